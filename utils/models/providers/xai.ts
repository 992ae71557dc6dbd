import type { Provider } from '../types';

/** Prices and windows: pi-ai 1.5.2 model data of 10 November 2026, checked against the names in the vendor’s SDK. Above 200,000 input tokens it costs more; by how much is not in our data. */
export const xai: Provider = {
  id: 'xai',
  name: 'xAI',
  wire: 'openai-compatible',
  baseUrl: 'https://api.x.ai/v1',
  keyPage: 'https://console.x.ai',
  needsKey: true,
  keyShape: '^xai-',
  listing: 'openai',
  asOf: '2026-11-10',
  models: [
    {
      id: 'grok-4.7',
      name: 'grok-4.7',
      window: 500_000,
      price: { currency: 'USD', input: 2, output: 6, cacheRead: 0.5 },
      tools: true,
      thinking: 'optional',
    },
  ],
};

import type { Provider } from '../types';

/** It reports usage by itself, and refuses to be asked for it. Prices and windows: pi-ai 1.5.2 model data of 10 November 2026, checked against the names in the vendor’s SDK. */
export const mistral: Provider = {
  id: 'mistral',
  name: 'Mistral',
  wire: 'openai-compatible',
  baseUrl: 'https://api.mistral.ai/v1',
  keyPage: 'https://console.mistral.ai/api-keys',
  needsKey: true,
  listing: 'openai',
  quirks: { usageUnasked: true, nineLetterIds: true },
  asOf: '2026-11-10',
  models: [
    {
      id: 'mistral-large-4',
      name: 'mistral-large-4',
      window: 1_000_000,
      price: { currency: 'USD', input: 0.7, output: 2.1, cacheRead: 0.07 },
      tools: true,
    },
  ],
};

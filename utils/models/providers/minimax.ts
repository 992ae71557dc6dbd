import type { Provider } from '../types';

/** Prices and windows: pi-ai 1.5.2 model data of 10 November 2026, checked against the names in the vendor’s SDK. Above 512,000 input tokens it costs more; by how much is not in our data. */
export const minimax: Provider = {
  id: 'minimax',
  name: 'MiniMax',
  wire: 'openai-compatible',
  baseUrl: 'https://api.minimax.io/v1',
  keyPage: 'https://platform.minimax.io/user-center/basic-information/interface-key',
  needsKey: true,
  asOf: '2026-11-10',
  listing: 'openai',
  models: [
    {
      id: 'MiniMax-M3',
      name: 'MiniMax-M3',
      window: 1_000_000,
      price: { currency: 'USD', input: 0.3, output: 1.2, cacheRead: 0.06 },
      tools: true,
      thinking: 'optional',
    },
  ],
};

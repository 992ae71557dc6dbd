import type { Provider } from '../types';

/** Prices of peak hours (01-04 and 06-10 UTC on weekdays), which are the dearer ones: off-peak they are half. Checked on 27 October 2026. */
export const deepseek: Provider = {
  id: 'deepseek',
  name: 'DeepSeek',
  wire: 'deepseek',
  baseUrl: 'https://api.deepseek.com/v1',
  keyPage: 'https://platform.deepseek.com/api_keys',
  needsKey: true,
  keyShape: '^sk-[0-9a-f]{32}$',
  listing: 'openai',
  asOf: '2026-10-27',
  models: [
    {
      id: 'deepseek-flash',
      name: 'deepseek-flash',
      window: 1_000_000,
      price: { currency: 'USD', input: 0.3, output: 1.2, cacheRead: 0.006, varies: true },
      tools: true,
      thinking: 'optional',
    },
    {
      id: 'deepseek-v4-pro',
      name: 'deepseek-v4-pro',
      window: 1_000_000,
      price: { currency: 'USD', input: 1.32, output: 3.96, cacheRead: 0.044, varies: true },
      tools: true,
      thinking: 'optional',
    },
  ],
};

import type { Provider } from '../types';

/** Its list of models tells windows and prices; without it nothing is known. */
export const openrouter: Provider = {
  id: 'openrouter',
  name: 'OpenRouter',
  wire: 'openrouter',
  baseUrl: 'https://openrouter.ai/api/v1',
  keyPage: 'https://openrouter.ai/settings/keys',
  needsKey: true,
  keyShape: '^sk-or-',
  listing: 'openai',
  quirks: { cacheMark: true },
  asOf: '2026-11-10',
  models: [],
};

import type { Provider } from '../types';

/** Windows are those of the loaded models; its list tells them. */
export const lmStudio: Provider = {
  id: 'lm-studio',
  name: 'LM Studio',
  wire: 'openai-compatible',
  baseUrl: 'http://127.0.0.1:1234/v1',
  needsKey: false,
  localAddresses: ['http://127.0.0.1:1234/v1'],
  listing: 'lm-studio',
  asOf: '2026-11-10',
  models: [],
};

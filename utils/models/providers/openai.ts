import type { Provider } from '../types';

export const openai: Provider = {
  id: 'openai',
  name: 'OpenAI',
  wire: 'openai-compatible',
  baseUrl: 'https://api.openai.com/v1',
  keyPage: 'https://platform.openai.com/api-keys',
  needsKey: true,
  asOf: '2026-11-10',
  models: [
    { id: 'gpt-6.1-terra', name: 'gpt-6.1-terra', window: 1_050_000 },
    { id: 'gpt-6-luna', name: 'gpt-6-luna', window: 1_050_000 },
    { id: 'gpt-6.1-sol', name: 'gpt-6.1-sol', window: 1_050_000 },
  ],
};

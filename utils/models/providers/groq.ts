import type { Provider } from '../types';

/** Its list of models tells windows. */
export const groq: Provider = {
  id: 'groq',
  name: 'Groq',
  wire: 'openai-compatible',
  baseUrl: 'https://api.groq.com/openai/v1',
  keyPage: 'https://console.groq.com/keys',
  needsKey: true,
  keyShape: '^gsk_',
  listing: 'openai',
  asOf: '2026-11-10',
  models: [],
};

import type { Provider } from '../types';

/** Any server that speaks the OpenAI chat-completions dialect: a company’s gateway, or a server that is not in this list. */
export const custom: Provider = {
  id: 'custom',
  name: 'OpenAI-compatible',
  wire: 'openai-compatible',
  baseUrl: '',
  needsKey: false,
  listing: 'openai',
  asOf: '2026-11-10',
  models: [],
};

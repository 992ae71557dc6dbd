import type { Provider } from '../types';

/** Through its own protocol: the OpenAI one cannot set the window, and cuts in silence what is longer. */
export const ollama: Provider = {
  id: 'ollama',
  name: 'Ollama',
  wire: 'ollama',
  baseUrl: 'http://127.0.0.1:11434',
  needsKey: false,
  localAddresses: ['http://127.0.0.1:11434', 'http://localhost:11434'],
  listing: 'ollama',
  asOf: '2026-11-10',
  models: [],
};

import type { Provider } from '../types';

/** Refuses what is too long, with both numbers, and keeps its cache: the most honest of local servers. */
export const llamaCpp: Provider = {
  id: 'llama-cpp',
  name: 'llama.cpp',
  wire: 'openai-compatible',
  baseUrl: 'http://127.0.0.1:8080/v1',
  needsKey: false,
  localAddresses: ['http://127.0.0.1:8080/v1'],
  listing: 'llama-cpp',
  counting: 'llama-cpp',
  asOf: '2026-11-10',
  models: [],
};

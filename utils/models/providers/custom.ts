import type { Provider } from '../types';

/** Any server that speaks the OpenAI chat-completions dialect: LM Studio, vLLM, llama.cpp, a company's gateway. */
export const custom: Provider = {
  id: 'custom',
  name: 'OpenAI-compatible',
  wire: 'openai-compatible',
  baseUrl: '',
  needsKey: false,
  asOf: '2026-11-10',
  models: [],
};

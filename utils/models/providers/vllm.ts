import type { Provider } from '../types';

/** Its list of models tells the window (`max_model_len`). */
export const vllm: Provider = {
  id: 'vllm',
  name: 'vLLM',
  wire: 'openai-compatible',
  baseUrl: 'http://127.0.0.1:8000/v1',
  needsKey: false,
  listing: 'openai',
  asOf: '2026-11-10',
  models: [],
};

import type { Provider } from '../types';

/** Its list of models has names only; windows are the user’s to fill in. */
export const siliconflow: Provider = {
  id: 'siliconflow',
  name: 'SiliconFlow',
  wire: 'openai-compatible',
  baseUrl: 'https://api.siliconflow.com/v1',
  keyPage: 'https://cloud.siliconflow.com/account/ak',
  needsKey: true,
  keyShape: '^sk-[a-z]{48}$',
  listing: 'openai',
  asOf: '2026-11-10',
  models: [],
};

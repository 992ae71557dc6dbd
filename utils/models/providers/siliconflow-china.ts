import type { Provider } from '../types';

/** The mainland platform; its keys are its own. */
export const siliconflowChina: Provider = {
  id: 'siliconflow-china',
  name: '硅基流动 (siliconflow.cn)',
  wire: 'openai-compatible',
  baseUrl: 'https://api.siliconflow.cn/v1',
  keyPage: 'https://cloud.siliconflow.cn/account/ak',
  needsKey: true,
  keyShape: '^sk-[a-z]{48}$',
  listing: 'openai',
  asOf: '2026-11-10',
  models: [],
};

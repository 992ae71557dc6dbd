import type { Provider } from '../types';
import { glmModels } from './zai';

/** The mainland platform of Z.ai, billed in yuan at prices of its own, which our data do not have. */
export const zhipu: Provider = {
  id: 'zhipu',
  name: '智谱 (bigmodel.cn)',
  wire: 'openai-compatible',
  baseUrl: 'https://open.bigmodel.cn/api/paas/v4',
  keyPage: 'https://open.bigmodel.cn/usercenter/apikeys',
  needsKey: true,
  keyShape: '^[0-9a-f]{32}\\.[A-Za-z0-9]{16}$',
  listing: 'openai',
  asOf: '2026-11-10',
  models: glmModels.map(({ price: _, ...model }) => model),
};

import type { Provider } from '../types';
import { kimiModels } from './moonshot';

export const moonshotChina: Provider = {
  id: 'moonshot-china',
  name: '月之暗面 (kimi.com)',
  wire: 'openai-compatible',
  baseUrl: 'https://api.moonshot.cn/v1',
  keyPage: 'https://platform.kimi.com/console/api-keys',
  needsKey: true,
  asOf: '2026-11-10',
  models: kimiModels,
};

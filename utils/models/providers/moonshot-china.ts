import type { Provider } from '../types';
import { kimiModels } from './moonshot';

/** The same models, billed in yuan at prices of its own, which our data do not have. */
export const moonshotChina: Provider = {
  id: 'moonshot-china',
  name: '月之暗面 (kimi.com)',
  wire: 'moonshot',
  baseUrl: 'https://api.moonshot.cn/v1',
  keyPage: 'https://platform.kimi.com/console/api-keys',
  needsKey: true,
  keyShape: '^sk-[A-Za-z0-9]{40,}$',
  listing: 'openai',
  counting: 'moonshot',
  quirks: { cacheKey: true, continuesPartial: true },
  asOf: '2026-11-10',
  models: kimiModels.map(({ price: _, ...model }) => model),
};

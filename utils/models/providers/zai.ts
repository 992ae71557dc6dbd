import type { Model, Provider } from '../types';

/** Prices and windows: pi-ai 1.5.2 model data of 10 November 2026. */
export const glmModels: Model[] = [
  {
    id: 'glm-5.3',
    name: 'glm-5.3',
    window: 1_000_000,
    price: { currency: 'USD', input: 1.4, output: 4.4, cacheRead: 0.26 },
    tools: true,
    thinking: 'optional',
  },
  {
    id: 'glm-5.3-flash',
    name: 'glm-5.3-flash',
    window: 1_000_000,
    price: { currency: 'USD', input: 0.15, output: 0.5, cacheRead: 0.03 },
    tools: true,
    thinking: 'optional',
  },
];

/** This vendor has cut too long a request without a word; the receipt compares what was sent with what it counted. */
export const zai: Provider = {
  id: 'zai',
  name: 'Z.ai',
  wire: 'openai-compatible',
  baseUrl: 'https://api.z.ai/api/paas/v4',
  keyPage: 'https://z.ai/manage-apikey/apikey-list',
  needsKey: true,
  keyShape: '^[0-9a-f]{32}\\.[A-Za-z0-9]{16}$',
  listing: 'openai',
  asOf: '2026-11-10',
  models: glmModels,
};

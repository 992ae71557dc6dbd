import type { Model, Provider } from '../types';

/** Windows from the vendor’s model list of November 2026. It bills by region and plan: our data have no prices. */
export const qwenModels: Model[] = [
  {
    id: 'qwen3.8-max',
    name: 'qwen3.8-max',
    window: 1_000_000,
    tools: true,
    thinking: 'optional',
    tokenFactors: { latin: 1.1, han: 1.0 },
  },
  {
    id: 'qwen3.8-flash',
    name: 'qwen3.8-flash',
    window: 1_000_000,
    tools: true,
    thinking: 'optional',
    tokenFactors: { latin: 1.1, han: 1.0 },
  },
  {
    id: 'qwen3.7-max',
    name: 'qwen3.7-max',
    window: 1_000_000,
    tools: true,
    thinking: 'optional',
    tokenFactors: { latin: 1.1, han: 1.0 },
  },
];

export const qwen: Provider = {
  id: 'qwen',
  name: 'Qwen (Alibaba Cloud)',
  wire: 'alibaba',
  baseUrl: 'https://dashscope-intl.aliyuncs.com/compatible-mode/v1',
  keyPage: 'https://modelstudio.console.alibabacloud.com/?tab=playground#/api-key',
  needsKey: true,
  keyShape: '^sk-[0-9a-f]{32}$',
  listing: 'openai',
  quirks: { cacheMark: true },
  asOf: '2026-11-10',
  models: qwenModels,
};

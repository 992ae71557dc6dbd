import type { Provider } from '../types';
import { qwenModels } from './qwen';

/** The mainland platform; its keys are its own. */
export const qwenChina: Provider = {
  id: 'qwen-china',
  name: '阿里云百炼',
  wire: 'alibaba',
  baseUrl: 'https://dashscope.aliyuncs.com/compatible-mode/v1',
  keyPage: 'https://bailian.console.aliyun.com/?tab=model#/api-key',
  needsKey: true,
  keyShape: '^sk-[0-9a-f]{32}$',
  listing: 'openai',
  quirks: { cacheMark: true },
  asOf: '2026-11-10',
  models: qwenModels,
};

import type { Model, Provider } from '../types';

/** Windows from the model pages of platform.kimi.ai. Keys of the two platforms are not interchangeable. */
export const kimiModels: Model[] = [
  { id: 'kimi-k3.1-pro', name: 'kimi-k3.1-pro', window: 1_048_576 },
  { id: 'kimi-k3', name: 'kimi-k3', window: 1_048_576 },
  { id: 'kimi-k2.6', name: 'kimi-k2.6', window: 262_144 },
];

export const moonshot: Provider = {
  id: 'moonshot',
  name: 'Moonshot AI (kimi.ai)',
  wire: 'openai-compatible',
  baseUrl: 'https://api.moonshot.ai/v1',
  keyPage: 'https://platform.kimi.ai/console/api-keys',
  needsKey: true,
  asOf: '2026-11-10',
  models: kimiModels,
};

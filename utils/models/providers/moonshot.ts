import type { Model, Provider } from '../types';

/**
 * Windows and prices from the model pages of platform.kimi.ai. Kimi counts about two Chinese characters as a token
 * (two million characters, one million tokens, at its launch); more is reckoned until an answer has shown it.
 */
export const kimiModels: Model[] = [
  {
    id: 'kimi-k3.1-pro',
    name: 'kimi-k3.1-pro',
    window: 1_048_576,
    price: { currency: 'USD', input: 2, output: 10, cacheRead: 0.2, cacheWrite: 2 },
    tools: true,
    thinking: 'always',
    tokenFactors: { latin: 1.0, han: 0.8 },
  },
  {
    id: 'kimi-k3',
    name: 'kimi-k3',
    window: 1_048_576,
    price: { currency: 'USD', input: 3, output: 15, cacheRead: 0.3 },
    tools: true,
    tokenFactors: { latin: 1.0, han: 0.8 },
  },
  {
    id: 'kimi-k2.6',
    name: 'kimi-k2.6',
    window: 262_144,
    price: { currency: 'USD', input: 0.95, output: 4, cacheRead: 0.16 },
    tools: true,
    thinking: 'optional',
    tokenFactors: { latin: 1.0, han: 0.8 },
  },
  {
    id: 'kimi-k2.7-code',
    name: 'kimi-k2.7-code',
    window: 262_144,
    price: { currency: 'USD', input: 0.95, output: 4, cacheRead: 0.19 },
    tools: true,
    tokenFactors: { latin: 1.0, han: 0.8 },
  },
];

/** Keys of the two platforms are not interchangeable. */
export const moonshot: Provider = {
  id: 'moonshot',
  name: 'Moonshot AI (kimi.ai)',
  wire: 'moonshot',
  baseUrl: 'https://api.moonshot.ai/v1',
  keyPage: 'https://platform.kimi.ai/console/api-keys',
  needsKey: true,
  keyShape: '^sk-[A-Za-z0-9]{40,}$',
  listing: 'openai',
  counting: 'moonshot',
  quirks: { cacheKey: true, continuesPartial: true },
  asOf: '2026-11-10',
  models: kimiModels,
};

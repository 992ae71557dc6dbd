import type { Provider } from '../types';

/** Prices and windows: pi-ai 1.5.2 model data of 10 November 2026, checked against the names in the vendor’s SDK. */
export const google: Provider = {
  id: 'google',
  name: 'Google Gemini',
  wire: 'google',
  baseUrl: 'https://generativelanguage.googleapis.com/v1beta',
  keyPage: 'https://aistudio.google.com/apikey',
  needsKey: true,
  keyShape: '^(?:AIza|AQ\\.)',
  listing: 'google',
  counting: 'google',
  asOf: '2026-11-10',
  models: [
    {
      id: 'gemini-3.8-flash',
      name: 'gemini-3.8-flash',
      window: 1_048_576,
      price: { currency: 'USD', input: 0.75, output: 3.75, cacheRead: 0.075 },
      vision: true,
      tools: true,
      thinking: 'optional',
      tokenFactors: { latin: 1.1, han: 1.0 },
    },
    {
      id: 'gemini-4-argon',
      name: 'gemini-4-argon',
      window: 1_048_576,
      outputLimit: 32_000,
      price: { currency: 'USD', input: 2, output: 10, cacheRead: 0.1 },
      vision: true,
      tools: true,
      thinking: 'optional',
      tokenFactors: { latin: 1.1, han: 1.0 },
    },
    {
      id: 'gemini-3.5-flash-lite',
      name: 'gemini-3.5-flash-lite',
      window: 1_048_576,
      price: { currency: 'USD', input: 0.3, output: 2.5, cacheRead: 0.03 },
      vision: true,
      tools: true,
      thinking: 'optional',
      tokenFactors: { latin: 1.1, han: 1.0 },
    },
  ],
};

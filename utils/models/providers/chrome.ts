import type { Provider } from '../types';

/** The model that Chrome brings. Its window is small; the browser itself says how large. */
export const chrome: Provider = {
  id: 'chrome',
  name: 'Chrome built-in AI',
  wire: 'chrome',
  baseUrl: '',
  needsKey: false,
  asOf: '2026-11-10',
  models: [{ id: 'chrome', name: 'Gemini Nano', window: 9216 }],
};

import type { Provider } from '../types';

/** The built-in reader: no key, no network, no model. It quotes and does not write, so nothing limits its input. */
export const excerptsProvider: Provider = {
  id: 'excerpts',
  name: 'Excerpts',
  wire: 'excerpts',
  baseUrl: '',
  needsKey: false,
  asOf: '2026-11-10',
  models: [{ id: 'excerpts', name: 'Excerpts', window: Number.POSITIVE_INFINITY }],
};

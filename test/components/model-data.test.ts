import { describe, expect, it } from 'vitest';
import { correctionOf, fieldsOf } from '@/components/settings/model-data';
import type { Model } from '@/utils/models/types';

const model: Model = {
  id: 'a',
  name: 'A',
  window: 100_000,
  outputLimit: 8_192,
  price: { currency: 'USD', input: 2, output: 10, steps: [{ above: 50_000, input: 4, output: 20 }] },
  thinking: 'always',
};
const shown = fieldsOf(model);

describe('correcting what is known of a model', () => {
  it('keeps what was changed and leaves the rest to the data', () => {
    expect(correctionOf({ ...shown, vision: true }, shown)).toEqual({ vision: true });
    expect(correctionOf({ ...shown, outputLimit: '4096' }, shown)).toEqual({ outputLimit: 4_096 });
    expect(correctionOf({ ...shown, input: '0.5' }, shown)).toEqual({
      price: { currency: 'USD', input: 0.5, output: 10 },
    });
    expect(correctionOf({ ...shown, thinks: false }, shown)).toEqual({ thinking: 'never' });
    expect(correctionOf(shown, shown)).toEqual({});
  });

  it('keeps earlier corrections that were not touched', () => {
    const before = { outputLimit: 8_192, window: 90_000, tools: true };
    expect(correctionOf({ ...shown, vision: true }, shown, before)).toEqual({ ...before, vision: true });
  });

  it('goes back to the data where a field was emptied', () => {
    const before = { outputLimit: 8_192, price: { currency: 'USD', input: 2, output: 10 } as const };
    expect(correctionOf({ ...shown, outputLimit: '', output: '' }, shown, before)).toEqual({});
  });
});

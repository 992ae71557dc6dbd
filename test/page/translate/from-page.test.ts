import { describe, expect, it } from 'vitest';
import { checkedFromPage } from '@/utils/page/translate/from-page';

const unit = { id: 3, text: 'The <1>chair</1>', kind: 'text' };

describe('what a page says', () => {
  it('is taken as it is when it is what it should be', () => {
    const messages = [
      { type: 'units', units: [{ ...unit, lang: 'en' }], complete: true },
      { type: 'order', units: [3, 1, 2] },
      { type: 'gone', units: [3] },
      { type: 'moved', url: 'https://example.org/two', title: 'Two' },
      { type: 'again', unit: 3 },
      { type: 'term', id: 'a' },
      { type: 'written', exact: 1, slots: 0, plain: 0 },
      { type: 'undone' },
    ];
    for (const message of messages) expect(checkedFromPage(message)).toEqual(message);
  });

  it('loses what is none: numbers, kinds, languages, empty runs, fields that nobody named', () => {
    const units = [
      unit,
      { ...unit, id: -1 },
      { ...unit, id: 1.5 },
      { ...unit, id: '4' },
      { ...unit, text: ' ' },
      { ...unit, text: 7 },
      { ...unit, kind: 'script' },
      { ...unit, id: 5, lang: '"><script>', onload: 'x' },
      { ...unit, id: 6, text: 'x'.repeat(200_001) },
      null,
    ];
    expect(checkedFromPage({ type: 'units', units, complete: 'yes' })).toEqual({
      type: 'units',
      units: [unit, { ...unit, id: 5 }],
      complete: false,
    });
    expect(checkedFromPage({ type: 'order', units: [1, 1, 'x', -2, Number.NaN, 2] })).toEqual({
      type: 'order',
      units: [1, 2],
    });
  });

  it('is nothing at all when it is no message', () => {
    const strange = [
      undefined,
      null,
      'undone',
      42,
      {},
      { type: 'constructor' },
      { type: 'units' },
      { type: 'order', units: { length: 3 } },
      { type: 'moved', url: 'no address', title: '' },
      { type: 'moved', url: `https://example.org/${'x'.repeat(30_000)}` },
      { type: 'again', unit: '3' },
      { type: 'term', id: 'x'.repeat(300) },
    ];
    for (const message of strange) expect(checkedFromPage(message)).toBeUndefined();
  });
});

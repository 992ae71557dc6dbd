import { describe, expect, it } from 'vitest';
import type { Part } from '@/utils/models/types';
import { ThinkTags } from '@/utils/models/wire/think-tags';
import fc from '../fixtures/property';

function read(pieces: string[]) {
  const tags = new ThinkTags();
  const parts: Part[] = [...pieces.flatMap((piece) => tags.push(piece)), ...tags.flush()];
  const join = (type: Part['type']) =>
    parts.map((part) => (part.type === type && 'text' in part ? part.text : '')).join('');
  return { thinking: join('thinking-delta'), text: join('text-delta') };
}

describe('thinking in the text', () => {
  it.each([
    ['none', 'Six.', { thinking: '', text: 'Six.' }],
    ['at the start', '<think>Hm.</think>Six.', { thinking: 'Hm.', text: 'Six.' }],
    ['with white space around', '\n<think>\nHm.\n</think>\n\nSix.\n', { thinking: 'Hm.\n', text: 'Six.\n' }],
    ['by its other name', '<thinking>Hm.</thinking>Six.', { thinking: 'Hm.', text: 'Six.' }],
    ['that never ends', '<think>Hm. </thi', { thinking: 'Hm. </thi', text: '' }],
    ['with a tag that is none', '<think>a </b> < c</think>Six.', { thinking: 'a </b> < c', text: 'Six.' }],
    ['empty', '<think>\n\n</think>\n\nSix.', { thinking: '', text: 'Six.' }],
    [
      'in the middle, which is the answer',
      'A <think>b</think>',
      { thinking: '', text: 'A <think>b</think>' },
    ],
    ['only begun', '<thi', { thinking: '', text: '<thi' }],
    ['and nothing else', '<think>Hm.</think>', { thinking: 'Hm.', text: '' }],
    [
      'twice, of which the second is the answer',
      '<think>a</think><think>b</think>',
      { thinking: 'a', text: '<think>b</think>' },
    ],
    ['like a tag', '<table>', { thinking: '', text: '<table>' }],
  ])('%s', (_, whole, parts) => {
    expect(read([whole])).toEqual(parts);
    expect(read(Array.from(whole))).toEqual(parts);
  });

  it('is found wherever the text is cut', () => {
    const text = fc.string({
      unit: fc.constantFrom('<', '/', 't', 'think', '>', '</think>', '<think>', ' ', '\n', '月'),
    });
    fc.assert(
      fc.property(text, fc.array(fc.nat(6)), (whole, lengths) => {
        const pieces: string[] = [];
        let rest = whole;
        for (const length of lengths) {
          pieces.push(rest.slice(0, length));
          rest = rest.slice(length);
        }
        expect(read([...pieces, rest])).toEqual(read([whole]));
      }),
    );
  });

  it('is not looked for once the server says itself what is thinking', () => {
    const tags = new ThinkTags();
    tags.settle();
    expect(tags.push('<think>')).toEqual([{ type: 'text-delta', text: '<think>' }]);
  });
});

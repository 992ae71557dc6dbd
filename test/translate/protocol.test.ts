import { describe, expect, it } from 'vitest';
import { escapeMarked } from '@/utils/page/translate/marked';
import { refusalOf } from '@/utils/translate/check';
import { createLineReader, type ProtocolLine } from '@/utils/translate/protocol';
import type { PageUnit } from '@/utils/translate/types';
import fc from '../fixtures/property';
import { translated } from './scripted';

const readAll = (pieces: string[]): ProtocolLine[] => {
  const reader = createLineReader();
  return [...pieces.flatMap((piece) => reader.push(piece)), ...reader.end()];
};
const unitLine = (unit: number, echo: string, text: string) => ({ kind: 'unit', unit, echo, text });

describe('the lines of a batch', () => {
  it.each([
    ['{"s":41,"k":"The deputy,","x":"副主席"}', [unitLine(41, 'The deputy,', '副主席')]],
    ['{"s":"41","k":"The","x":"副"},', [unitLine(41, 'The', '副')]],
    ["{s: 41, k: 'The', x: '副'}", [unitLine(41, 'The', '副')]],
    ['[{"s":1,"k":"a","x":"b"}]', [unitLine(1, 'a', 'b')]],
    ['{"s":1,"k":"a","x":"b"} {"s":2,"k":"c","x":"d"}', [unitLine(1, 'a', 'b'), unitLine(2, 'c', 'd')]],
    [
      '{"t":["the chair","主席职权","the office"]}',
      [{ kind: 'term', source: 'the chair', target: '主席职权', note: 'the office' }],
    ],
    ['{"t":["Basin Order",""]}', [{ kind: 'term', source: 'Basin Order', target: '' }]],
    ['41|副主席 <1>就任</1>', [{ kind: 'unit', unit: 41, text: '副主席 <1>就任</1>' }]],
    ['[41] | 副主席', [{ kind: 'unit', unit: 41, text: '副主席' }]],
    ['```json', []],
    ['[', []],
    ['Sure, here it is:', [{ kind: 'other', text: 'Sure, here it is:' }]],
    ['{"s":41,"k":"The', [{ kind: 'other', text: '{"s":41,"k":"The' }]],
    ['{"s":41}', [{ kind: 'other', text: '{"s":41}' }]],
    ['{"s":1.5,"x":"a"}', [{ kind: 'other', text: '{"s":1.5,"x":"a"}' }]],
    ['{"__proto__":{"s":1},"x":"a"}', [{ kind: 'other', text: '{"__proto__":{"s":1},"x":"a"}' }]],
  ])('%s', (line, expected) => expect(readAll([line])).toEqual(expected));

  it('are the same wherever they are cut', () => {
    const line = fc.oneof(
      fc.record({ s: fc.nat(), k: fc.string(), x: fc.string() }).map((value) => JSON.stringify(value)),
      fc.tuple(fc.string({ minLength: 1 }), fc.string()).map((t) => JSON.stringify({ t })),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(line), fc.array(fc.nat(200)), (lines, cuts) => {
        const whole = lines.join('\n');
        const pieces: string[] = [];
        let at = 0;
        for (const cut of cuts) {
          pieces.push(whole.slice(at, at + cut));
          at += cut;
        }
        pieces.push(whole.slice(at));
        expect(readAll(pieces)).toEqual(readAll([whole]));
      }),
    );
  });

  it('count at a cut only where they cannot have gone on', () => {
    const cut = (text: string) => {
      const reader = createLineReader();
      return [...reader.push(text), ...reader.end(true)];
    };
    const line = '{"s":1,"k":"a {b}","x":"c {d} e"}';
    expect(cut(line)).toEqual([unitLine(1, 'a {b}', 'c {d} e')]);
    for (let at = 0; at < line.length; at++) expect(cut(line.slice(0, at))).toEqual([]);
    expect(cut('1|a whole line, or the half of one')).toEqual([]);
    expect(cut(`${line}\n2|b`)).toEqual([unitLine(1, 'a {b}', 'c {d} e')]);
  });

  it('give back every text that was written in them', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ s: fc.nat(), k: fc.string(), x: fc.string() })), (values) => {
        const lines = readAll([values.map((value) => JSON.stringify(value)).join('\n')]);
        expect(lines).toEqual(values.map(({ s, k, x }) => unitLine(s, k, x)));
      }),
    );
  });
});

describe('a translation of a unit', () => {
  const unit: PageUnit = {
    id: 1,
    kind: 'text',
    text: 'The deputy asked for <1>a written answer</1> by Friday <2/>.',
  };
  const echo = 'The deputy';
  const right = translated(unit.text);
  const other: PageUnit = {
    id: 2,
    kind: 'text',
    text: 'Members questioned whether the tender could be reopened before the spring tides.',
  };

  it.each([
    ['is taken', { text: right, echo }, undefined],
    ['is taken when marks change places', { text: '<2/> Ж <1>Ж Ж Ж</1> Ж Ж Ж', echo }, undefined],
    ['has the words of another unit first', { text: right, echo: 'Members questioned' }, 'shifted'],
    ['has no first words', { text: right }, 'shifted'],
    ['is empty', { text: ' ', echo }, 'empty'],
    ['is the source', { text: unit.text, echo }, 'copy'],
    ['has another unit in it', { text: `${right} ${other.text}`, echo }, 'leak'],
    ['is far longer', { text: 'Ж '.repeat(90), echo }, 'leak'],
    ['lost a mark', { text: right.replace('<2/>', ''), echo }, 'marks'],
    ['has a mark twice', { text: `${right}<2/>`, echo }, 'marks'],
    ['has an unknown mark', { text: right.replace('<2/>', '<7/>'), echo }, 'marks'],
    ['has marks across each other', { text: 'Ж <1>Ж<2/>', echo }, 'marks'],
    ['has tags of HTML', { text: `<b>${right}</b>`, echo }, 'tags'],
  ])('%s', (_, candidate, expected) => {
    expect(refusalOf(unit, candidate, { neighbours: [other] })).toBe(expected);
  });

  it('has the figures of a row that begins with the same words', () => {
    const row = (figure: string): PageUnit => ({
      id: 1,
      kind: 'cell',
      text: `Paid to the harbour ${figure} crowns`,
    });
    const neighbours = [row('1,250'), row('880')];
    const shifted = { text: '已付港口 1250 克朗', echo: 'Paid to' };
    expect(refusalOf(row('19'), shifted, { neighbours })).toBe('shifted');
    expect(refusalOf(row('1,250'), shifted, { neighbours })).toBeUndefined();
    // Written out, or in the units of the language, it is no other row.
    expect(
      refusalOf(row('19'), { text: '已付港口十九克朗', echo: 'Paid to' }, { neighbours }),
    ).toBeUndefined();
    expect(
      refusalOf(row('12,000'), { text: '已付港口 1.2 万克朗', echo: 'Paid to' }, { neighbours }),
    ).toBeUndefined();
  });

  it('may be the same where there is nothing to translate', () => {
    for (const text of ['GPT-4o', 'Ada Lovelace', '1,024 × 768', 'https://example.org/a?b=c'])
      expect(refusalOf({ id: 1, kind: 'cell', text }, { text, echo: text })).toBeUndefined();
  });

  it('is short where its unit is long', () => {
    const long: PageUnit = { id: 1, kind: 'text', text: 'word '.repeat(200) };
    expect(refusalOf(long, { text: 'Ж Ж Ж', echo: 'word word' })).toBe('short');
  });

  it('is never taken for a unit that it does not repeat', () => {
    const words = fc.array(fc.stringMatching(/^[a-z]{2,8}$/), { minLength: 3, maxLength: 12 });
    fc.assert(
      fc.property(words, words, (own, others) => {
        fc.pre(own[0] !== others[0] && !own.join('').startsWith(others.slice(0, 2).join('')));
        fc.pre(!others.slice(0, 2).join('').startsWith(own.join('')));
        const text = escapeMarked(own.join(' '));
        const candidate = { text: translated(text), echo: others.slice(0, 2).join(' ') };
        expect(refusalOf({ id: 1, kind: 'text', text }, candidate)).toBe('shifted');
      }),
    );
  });
});

import { describe, expect, it } from 'vitest';
import { checkMarks, parseMarked, plainMarked } from '@/utils/page/translate/marked';
import { divide, joinPieces } from '@/utils/translate/divide';
import { tokensOf } from '@/utils/translate/parts';
import { cpuTime } from '../cpu-time';
import fc from '../fixtures/property';

const sentence = (index: number) =>
  `Sentence ${index} of the long minutes tells what the harbour master said.`;
const long = Array.from({ length: 60 }, (_, index) => sentence(index)).join(' ');
const together = (marked: string, most: number) => {
  const pieces = divide(marked, most);
  return joinPieces(
    pieces,
    pieces.map(({ text }) => text),
    (_, gap) => gap,
  );
};

describe('a unit in pieces', () => {
  it('is cut between sentences, in as few pieces as do, and is itself again', () => {
    const pieces = divide(long, 200);
    expect(pieces.length).toBeGreaterThan(3);
    for (const { text } of pieces) {
      expect(text).toMatch(/^Sentence .* said\.$/);
      expect(tokensOf(text)).toBeLessThan(220);
    }
    expect(pieces.length).toBeLessThan(Math.ceil(tokensOf(long) / 200) + 3);
    expect(together(long, 200)).toBe(long);
  });

  it('keeps marks whole where it can, and closes and opens those that are longer than a piece', () => {
    const linked = Array.from({ length: 40 }, (_, index) =>
      sentence(index).replace('harbour master', `<${index + 1}>harbour master</${index + 1}>`),
    ).join(' ');
    for (const { text, goesOn } of divide(linked, 200)) {
      expect(goesOn).toEqual([]);
      expect(parseMarked(text)).toBeDefined();
    }
    expect(together(linked, 200)).toBe(linked);
    const bold = `<1>${long} <2>${long}</2></1> The end.`;
    const pieces = divide(bold, 300);
    for (const { text } of pieces) expect(parseMarked(text)).toBeDefined();
    expect(together(bold, 300)).toBe(bold);
    const moved = pieces.map(({ text }) => text.toUpperCase().replace(/^(<1>)/, 'AND $1'));
    const joined = joinPieces(pieces, moved, () => ' ');
    expect(checkMarks(bold, joined)).toBeUndefined();
    expect(plainMarked(joined)).toContain('SENTENCE 59');
  });

  it('is cut within a sentence only where that alone is too long, and never within a sign', () => {
    const endless = `${'R&amp;D &lt;b '.repeat(300)}<1/> end`;
    const pieces = divide(endless, 60);
    expect(pieces.length).toBeGreaterThan(5);
    for (const { text } of pieces) expect(plainMarked(text)).not.toMatch(/&amp|&lt|\bamp;|\blt;/);
    expect(together(endless, 60)).toBe(endless);
    const chinese = '主席宣布会议开始，港务长报告了费用。'.repeat(80);
    for (const { text } of divide(chinese, 200)) expect(text.endsWith('。')).toBe(true);
    expect(together(chinese, 200)).toBe(chinese);
  });

  it('is itself again, whatever it is', () => {
    const part = fc.oneof(
      fc.constantFrom(...['One. ', 'Two two two! ', '三。', '&amp;', '&lt;', ' ', '\n', '😀', 'a']),
      fc.string({ maxLength: 6 }).map((text) => text.replace(/[<&]/g, '')),
    );
    const marked = fc
      .array(fc.tuple(part, fc.constantFrom('', 'atom', 'mark', 'nested')), { minLength: 1, maxLength: 60 })
      .map((parts) => {
        let mark = 0;
        const made = parts.map(([text, kind]) => {
          if (kind === 'atom') return `${text}<${++mark}/>`;
          if (kind === 'mark') return `<${++mark}>${text}x</${mark}>`;
          if (kind === 'nested') return `<${++mark}>${text}<${++mark}>y. ${text}</${mark}></${mark - 1}>`;
          return text;
        });
        return made.join('');
      });
    fc.assert(
      fc.property(marked, fc.integer({ min: 2, max: 60 }), (text, most) => {
        const pieces = divide(text, most);
        for (const { text: piece } of pieces) {
          expect(parseMarked(piece)).toBeDefined();
          if (pieces.length > 1) expect(plainMarked(piece)).toMatch(/[\p{L}\p{N}]/u);
        }
        expect(together(text, most)).toBe(text);
      }),
    );
  });

  it('takes a time that grows with its length alone', () => {
    const start = cpuTime();
    expect(together(`${long} `.repeat(100), 1_000).length).toBeGreaterThan(100_000);
    expect(cpuTime() - start).toBeLessThan(3_000);
  });
});

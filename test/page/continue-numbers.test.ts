import { describe, expect, it } from 'vitest';
import { continueNumbers } from '@/utils/page/continue-numbers';
import { numberPassages, type Passage, passageText, type Reading } from '@/utils/source';
import fc from '../fixtures/property';

const reading = (texts: string[]): Reading => ({
  kind: 'tab',
  title: '',
  gaps: [],
  ...numberPassages(texts.map((text): Passage => ({ text, kind: 'text' }))),
});
const numbers = (before: string[], after: string[]) =>
  continueNumbers(reading(before), reading(after)).segments.map(({ number }) => number);

describe('continueNumbers', () => {
  it.each([
    ['nothing changed', 'abc', 'abc', [1, 2, 3]],
    ['the page grew at its end', 'abc', 'abcde', [1, 2, 3, 4, 5]],
    ['something came in between', 'abcd', 'abxcd', [1, 2, 5, 3, 4]],
    ['something came before', 'abc', 'xyabc', [4, 5, 1, 2, 3]],
    ['something went: its number is not given again', 'abcd', 'abdx', [1, 2, 4, 5]],
    ['equal passages follow their neighbours', 'araras', 'araxras', [1, 2, 3, 7, 4, 5, 6]],
    ['only equal passages grew', 'aa', 'aaa', [1, 2, 3]],
    ['it is another page', 'abcdefghij', 'klmnopqrsa', [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]],
    ['there was nothing before', '', 'ab', [1, 2]],
  ])('keeps the numbers of what is still there: %s', (_, before, after, expected) => {
    expect(numbers([...before], [...after])).toEqual(expected);
  });

  it('counts from the last number ever given when it goes on a second time', () => {
    const second = continueNumbers(reading([...'abcd']), reading([...'abxcd']));
    const third = continueNumbers(second, reading([...'abxcdz']));
    expect(third.segments.map(({ number }) => number)).toEqual([1, 2, 5, 3, 4, 6]);
    expect(passageText(third, 5)).toBe('x');
    expect(third.text).toContain('¶5 x\n\n¶3 c');
  });

  it('never gives a number twice, and a kept number means the same words', () => {
    const page = fc.array(fc.constantFrom(...'abcdefgh'), { maxLength: 40 });
    fc.assert(
      fc.property(page, page, (before, after) => {
        const old = reading(before);
        const next = continueNumbers(old, reading(after));
        const given = next.segments.map(({ number }) => number);
        expect(new Set(given).size).toBe(given.length);
        expect(given.map((number) => passageText(next, number))).toEqual(after);
        const isSamePage = given.some((number, index) => number !== index + 1);
        if (!isSamePage) return;
        for (const number of given) {
          const words = passageText(old, number);
          if (words !== undefined) expect(passageText(next, number)).toBe(words);
        }
      }),
    );
  });
});

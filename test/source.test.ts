import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  countWords,
  numberPassages,
  type Passage,
  passageText,
  scriptLanguage,
  sourceId,
} from '@/utils/source';
import { cpuTime } from './cpu-time.ts';
import fc from './fixtures/property';

const passage = (text: string): Passage => ({ text, kind: 'text' });

describe('numberPassages', () => {
  it('numbers passages from 1 and ends each with a blank line', () => {
    const { text, segments, characters, words } = numberPassages([
      { text: '# Tides', kind: 'heading' },
      passage('Two words.'),
    ]);
    expect(text).toBe('¶1 # Tides\n\n¶2 Two words.');
    expect(segments).toEqual([
      { number: 1, start: 3, end: 10, kind: 'heading' },
      { number: 2, start: 15, end: 25, kind: 'text' },
    ]);
    expect(characters).toBe(17);
    expect(words).toBe(3);
  });

  it('gives an empty text for no passages', () => {
    expect(numberPassages([])).toEqual({ text: '', segments: [], characters: 0, words: 0 });
  });

  it('finds every passage again at its offsets, to the letter', () => {
    const texts = fc.array(
      fc.oneof(
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }),
        fc.constantFrom('¶2 ', ' ¶12 not a mark', 'ends with spaces  ', '\n', 'a\n\nb', '𠮷', '月亮'),
      ),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(texts, (list) => {
        const source = numberPassages(list.map(passage));
        expect(source.segments.map(({ start, end }) => source.text.slice(start, end))).toEqual(list);
        expect(list.map((_, index) => passageText(source, index + 1))).toEqual(list);
        expect(source.characters).toBe(list.join('').length);
        const rebuilt = list.map((text, index) => `¶${index + 1} ${text}`).join('\n\n');
        expect(source.text).toBe(rebuilt);
      }),
    );
  });

  it('is linear in the number of passages', () => {
    const list = Array.from({ length: 100_000 }, (_, index) => passage(`Paragraph ${index}.`));
    const start = cpuTime();
    const source = numberPassages(list);
    expect(cpuTime() - start).toBeLessThan(2_000);
    expect(passageText(source, 100_000)).toBe('Paragraph 99999.');
  });
});

describe('passageText', () => {
  const source = numberPassages([passage('One.'), passage('Two.')]);

  it.each([0, 3, -1, 1.5, Number.NaN])('has nothing for passage %d', (number) => {
    expect(passageText(source, number)).toBeUndefined();
  });
});

describe('countWords', () => {
  it.each([
    ['', 0],
    ['   \n\t ', 0],
    ['The tide turns twice a day.', 6],
    ["Don't say it’s o'clock", 4],
    ['state-of-the-art snake_case', 2],
    ['naïve café élan', 3],
    ['3.5 million', 3],
    ['望舒通读全文。', 6],
    ['ひらがなとカタカナ', 9],
    ['달이 밝다', 4],
    ['他用 GPT-6 读了 3 遍 Ulysses。', 8],
    ['AI时代', 3],
    ['𠮷野家', 3],
    ['Москва слезам не верит', 4],
  ])('counts %j as %i', (text, words) => {
    expect(countWords(text)).toBe(words);
  });

  it.each(['- - -', '| --- | --- |', '— … 。，！', '***', "' ’ _", '🌕 🌖'])(
    'finds no word in %j',
    (text) => {
      expect(countWords(text)).toBe(0);
    },
  );

  it('does not count the mark of a list item', () => {
    expect(countWords('-   One item')).toBe(2);
  });

  it('takes a long text without hanging', () => {
    expect(countWords('word '.repeat(200_000))).toBe(200_000);
    expect(countWords('字'.repeat(200_000))).toBe(200_000);
    expect(countWords('x'.repeat(1_000_000))).toBe(1);
  });
});

describe('scriptLanguage', () => {
  it.each([
    ['zh', '潮水每天涨落两次。'],
    ['zh', 'GPT-6 读完了这本书，还写了一篇长长的评论。'],
    ['ja', '潮は一日に二度満ち引きする。'],
    ['ja', 'カタカナ'],
    ['ko', '조수는 하루에 두 번 바뀐다.'],
    [undefined, 'The tide turns. 潮水'],
    [undefined, 'Москва'],
    [undefined, '3.14 🌕'],
    [undefined, ''],
  ])('is %s for %j', (language, text) => {
    expect(scriptLanguage(text)).toBe(language);
  });

  it('looks at the beginning of a long text only', () => {
    expect(scriptLanguage(`${'潮'.repeat(2_000)}${'tide '.repeat(100_000)}`)).toBe('zh');
  });
});

describe('sourceId', () => {
  it.each([
    ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
  ])('is the SHA-256 of %j', async (text, hash) => {
    expect(await sourceId(text)).toBe(hash);
  });

  it('hashes the UTF-8 bytes of any script', async () => {
    const text = '¶1 通读全文 🌕 naïve';
    expect(await sourceId(text)).toBe(createHash('sha256').update(text, 'utf8').digest('hex'));
  });
});

import { describe, expect, it } from 'vitest';
import { indexOf, type Piece, plainPassage, splitCitations } from '@/utils/citations';
import { cpuTime } from '../cpu-time.ts';
import { sourceOf } from '../fixtures/sources';

/** A piece as one string: words as they are, a citation as ⟦document:paragraph⟧. */
const drawn = (pieces: Piece[]) =>
  pieces
    .map((piece) =>
      typeof piece === 'string'
        ? piece
        : `⟦${piece.document}:${piece.paragraph}${piece.last ? `–${piece.last}` : ''}⟧`,
    )
    .join('');

describe('splitCitations', () => {
  it.each([
    ['no citation at all', 'The tide turns.', 1, 'The tide turns.'],
    ['an empty text', '', 1, ''],
    ['a paragraph', 'It turns. ¶12', 1, 'It turns. ⟦1:12⟧'],
    ['a paragraph of a document', 'It turns. 3 ¶22', 3, 'It turns. ⟦3:22⟧'],
    ['a mark with a space', 'It turns ¶ 12.', 1, 'It turns ⟦1:12⟧.'],
    ['spaces that do not break', 'It turns 2\u00a0¶\u00a012.', 2, 'It turns ⟦2:12⟧.'],
    ['brackets', 'It turns [¶4].', 1, 'It turns [⟦1:4⟧].'],
    ['brackets with a document', 'It turns [2 ¶4].', 2, 'It turns [⟦2:4⟧].'],
    ['Chinese brackets', '潮水转了（¶4）。', 1, '潮水转了（⟦1:4⟧）。'],
    ['a mark after a full stop', 'It turns.¶4', 1, 'It turns.⟦1:4⟧'],
    ['a mark after a Chinese full stop', '潮水转了。¶4', 1, '潮水转了。⟦1:4⟧'],
    ['a mark after a word', '潮水转了¶4。', 1, '潮水转了⟦1:4⟧。'],
    ['a section number before the mark', 'See section 4.2 ¶7.', 3, 'See section 4.2 ⟦1:7⟧.'],
    ['a large number before the mark', 'It cost 1,200 ¶7.', 3, 'It cost 1,200 ⟦1:7⟧.'],
    ['a year before the mark', 'In 2026 ¶7', 3, 'In 2026 ⟦1:7⟧'],
    ['a number before the mark with one document', 'There are 3 ¶22', 1, 'There are 3 ⟦1:22⟧'],
    ['a number above the count of documents', 'There are 5 ¶22', 3, 'There are 5 ⟦1:22⟧'],
    ['the number zero before the mark', 'It was 0 ¶22', 3, 'It was 0 ⟦1:22⟧'],
    ['a name that ends in a number', 'They tested GPT-3 ¶22', 3, 'They tested GPT-3 ⟦1:22⟧'],
    ['a quarter', 'Sales fell in Q3 ¶22', 3, 'Sales fell in Q3 ⟦1:22⟧'],
    ['a price', 'It costs $3 ¶22', 3, 'It costs $3 ⟦1:22⟧'],
    ['a document after a full stop', 'It turns.3 ¶22', 3, 'It turns.⟦3:22⟧'],
    ['a document after a Chinese word', '潮水转了3 ¶22。', 3, '潮水转了⟦3:22⟧。'],
    ['consecutive marks of one among several documents', '¶1 ¶2 ¶3', 3, '⟦1:1⟧ ⟦1:2⟧ ⟦1:3⟧'],
    ['consecutive marks', '¶1 ¶2 ¶3', 1, '⟦1:1⟧ ⟦1:2⟧ ⟦1:3⟧'],
    ['consecutive marks of documents', '1 ¶1 2 ¶2', 2, '⟦1:1⟧ ⟦2:2⟧'],
    ['marks between commas', '(¶1, ¶2,¶3)', 1, '(⟦1:1⟧, ⟦1:2⟧,⟦1:3⟧)'],
    ['marks with nothing between', '¶1¶2', 1, '⟦1:1⟧⟦1:2⟧'],
    ['marks after a Chinese comma', '¶1、¶2', 1, '⟦1:1⟧、⟦1:2⟧'],
    ['a range between marks', '¶3–¶5', 1, '⟦1:3–5⟧'],
    ['a range of numbers', '¶3-5 says so', 1, '⟦1:3–5⟧ says so'],
    ['a range with a document', 'It turns 2 ¶3–5.', 2, 'It turns ⟦2:3–5⟧.'],
    ['a range in full width', '潮水转了（¶１２～１４）。', 1, '潮水转了（⟦1:12–14⟧）。'],
    ['a range that runs backwards', 'It turns ¶12-9.', 1, 'It turns ⟦1:12⟧-9.'],
    ['a range that is too long to be one', '¶1-9999 and ¶2', 1, '⟦1:1⟧-9999 and ⟦1:2⟧'],
    ['a dash between a mark and a number', 'It turns ¶3 - 12 mills.', 1, 'It turns ⟦1:3⟧ - 12 mills.'],
    ['doubled marks', 'See ¶¶12-14.', 1, 'See ⟦1:12–14⟧.'],
    ['doubled marks with a list', 'See ¶¶ 12, 15 and 18.', 1, 'See ⟦1:12⟧, ⟦1:15⟧ and ⟦1:18⟧.'],
    ['a list in brackets', 'It turns [¶12, 15–17].', 1, 'It turns [⟦1:12⟧, ⟦1:15–17⟧].'],
    ['a number after a comma', 'By ¶12, 15 people had left.', 1, 'By ⟦1:12⟧, 15 people had left.'],
    ['a document that is said once', 'It turns 2 ¶4, ¶7 and ¶9.', 3, 'It turns ⟦2:4⟧, ⟦2:7⟧ and ⟦2:9⟧.'],
    ['full-width digits', '潮水转了（２ ¶４）。', 3, '潮水转了（⟦2:4⟧）。'],
    ['a document without a space', '潮水转了[2¶4]。', 3, '潮水转了[⟦2:4⟧]。'],
    ['the only document in brackets', 'It turns [1 ¶4].', 1, 'It turns [⟦1:4⟧].'],
    ['a document in brackets that was not sent', 'It turns [5 ¶4].', 3, 'It turns [⟦5:4⟧].'],
    ['a document after a sentence that was not sent', 'It turns. 5 ¶4', 3, 'It turns. ⟦5:4⟧'],
    ['a paragraph in Chinese words', '潮水转了（第12段）。', 1, '潮水转了（⟦1:12⟧）。'],
    ['a range in Chinese words', '见第 12–14 段', 1, '见⟦1:12–14⟧'],
    ['a Chinese word for something else', '第3页第12行', 1, '第3页第12行'],
    ['a mark before a decimal point', '¶3. Next', 1, '⟦1:3⟧. Next'],
    ['a mark that opens the text', '¶3 says so', 1, '⟦1:3⟧ says so'],
    ['a paragraph sign alone', 'The sign ¶ is a pilcrow.', 1, 'The sign ¶ is a pilcrow.'],
    ['more digits than a paragraph has', '¶1234567', 1, '¶1234567'],
  ])('reads %s', (_, text, documents, expected) => {
    expect(drawn(splitCitations(text, documents))).toBe(expected);
  });

  it('names a document in its mark only when there are several', () => {
    expect(splitCitations('2 ¶4', 2)).toEqual([{ document: 2, paragraph: 4, mark: '2 ¶4' }]);
    expect(splitCitations('¶4', 2)).toEqual([{ document: 1, paragraph: 4, mark: '¶4' }]);
  });

  it('loses no word between the marks', () => {
    const text = 'One ¶1, [2 ¶2] and 4.2 ¶3; “four”（¶4）。';
    const words = splitCitations(text, 3).map((piece) => (typeof piece === 'string' ? piece : piece.mark));
    expect(words.join('')).toBe(text);
  });

  it('takes a long text without hanging', () => {
    const pieces = splitCitations('12 345 6.7 ¶1 '.repeat(20_000), 3);
    expect(pieces.filter((piece) => typeof piece !== 'string')).toHaveLength(20_000);
  });
});

describe('a passage by its number', () => {
  it('is the passage to the letter', async () => {
    expect(indexOf(await sourceOf(['One.', 'Two  words.'])).passage(2)).toBe('Two  words.');
  });

  it.each([0, 9])('is nothing for paragraph %i', async (paragraph) => {
    expect(indexOf(await sourceOf(['One.', 'Two.'])).passage(paragraph)).toBeUndefined();
  });
});

describe('plainPassage', () => {
  it.each([
    ['a paragraph', 'Plain words, 3 * 4 * 5.', 'Plain words, 3 * 4 * 5.'],
    ['a heading', '### The tide', 'The tide'],
    ['a list item', '-   One\n    -   Two', 'One\n    -   Two'],
    ['a numbered item', '12. Twelve', 'Twelve'],
    ['a quote', '> One\n> two', 'One\ntwo'],
    [
      'strong and emphatic words',
      'A **strong** and *emphatic* `code` ~~gone~~.',
      'A strong and emphatic code gone.',
    ],
    ['links', 'See [the page](https://example.org/a_b) now.', 'See the page now.'],
    ['images', '![A ship](https://example.org/s.png) and ![none]', 'A ship and none'],
    ['names with underscores', 'Call read_all_pages now.', 'Call read_all_pages now.'],
    ['names with double underscores', 'Call __init__ and __main__.', 'Call __init__ and __main__.'],
    ['a code block', '```ts\nconst a = `b`;\n\n// # end\n```', 'const a = `b`;\n\n// # end'],
    ['a code block with a longer fence', '````\n```\n````', '```'],
  ])('takes the marks off %s', (_, passage, plain) => {
    expect(plainPassage(passage)).toBe(plain);
  });

  it('takes a long passage without hanging', () => {
    const start = cpuTime();
    plainPassage('*'.repeat(5_000));
    plainPassage(`${'['.repeat(5_000)}x`);
    plainPassage('`a'.repeat(20_000));
    expect(cpuTime() - start).toBeLessThan(2_000);
  });
});

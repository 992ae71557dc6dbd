import { Lexer } from 'marked';
import { describe, expect, it } from 'vitest';
import { type Block, createBlockSplitter as createGroups } from '@/components/answer/markdown/split-blocks';
import { cpuTime } from '../cpu-time.ts';
import fc from '../fixtures/property';
import { Random } from '../fixtures/random';

/** Beside split-blocks.test.ts: blocks of every kind, in any order, in any pieces. */

/** The blocks themselves: how they are grouped for drawing is no part of what they are. */
function createBlockSplitter() {
  const splitter = createGroups();
  return { split: (text: string, streaming: boolean): Block[] => splitter.split(text, streaming).flat() };
}

const paragraphs = [
  'The tide turns at six. ¶3 It turns **twice** a day, *never* `three` times.',
  'A line\nand the next, with a [link](https://example.org/a_b) and ~~nothing~~.',
  '潮水每天涨落**两次**。¶12（2 ¶3）',
  'Costs $5 & more < less > _some_ \\*stars\\*.',
];
const blocks = [
  ...paragraphs,
  '# Heading',
  '### Heading with `code` and **bold**',
  'Setext\n======',
  '- one\n- two **bold**\n- three',
  '- loose one\n\n- loose two\n\n  with a second paragraph\n\n- loose three',
  '1. one\n2. two\n   - nested\n   - more\n3. three',
  '1. loose one\n\n2. loose two\n\n10. loose ten',
  '* [ ] open\n* [x] done',
  '> quoted\n> twice\n>\n> - with a list',
  '| a | b |\n| --- | ---: |\n| 1 | 2 |\n| **3** | 4 |',
  '```js\nconst a = 1;\n\n# not a heading\n\n- not a list\n```',
  '~~~\ntilde\n\n```\n~~~',
  '    indented code\n\n    more of it',
  '---',
  '***',
  '<div>\nnot markup\n</div>',
  '- item with code\n\n  ```sh\n  a\n\n  b\n  ```\n\n- next',
];

const raws = (list: Block[]) => list.map(({ raw, start }) => ({ raw, start }));
const whole = (text: string) => createBlockSplitter().split(text, false);

/** The blocks of a text that arrives in pieces, the last time as an answer that has ended. */
function fed(text: string, sizes: () => number): Block[] {
  const splitter = createBlockSplitter();
  for (let end = 0; end < text.length; end += sizes()) splitter.split(text.slice(0, end), true);
  return splitter.split(text, false);
}

const document = fc
  .array(fc.constantFrom(...blocks), { minLength: 1, maxLength: 12 })
  .map((list) => list.join('\n\n'));

describe('the blocks of an answer', () => {
  it('are the same whether it arrives in pieces or at once', () => {
    fc.assert(
      fc.property(document, fc.integer(), (text, seed) => {
        const random = new Random(seed);
        const largest = random.pick([1, 3, 20, 200]);
        const end = fed(text, () => random.between(1, largest));
        const expected = whole(text);
        expect(raws(end)).toEqual(raws(expected));
        expect(end.map(({ token }) => token)).toEqual(expected.map(({ token }) => token));
      }),
      { numRuns: 150 },
    );
  });

  it('are those of the whole text for every kind of block, character by character', () => {
    const text = blocks.join('\n\n');
    const expected = new Lexer({ gfm: true }).lex(text).filter(({ type }) => type !== 'space');
    expect(fed(text, () => 1).map(({ raw }) => raw)).toEqual(expected.map(({ raw }) => raw));
  });

  it('are together the text, blank lines aside', () => {
    fc.assert(
      fc.property(document, (text) => {
        const squeeze = (value: string) => value.replace(/\s+/g, '');
        const list = whole(text);
        expect(squeeze(list.map(({ raw }) => raw).join(''))).toBe(squeeze(text));
        for (const { start, raw } of list) expect(text.slice(start, start + raw.length)).toBe(raw);
      }),
      { numRuns: 100 },
    );
  });

  it('keep the same object once they are settled', () => {
    const random = new Random(11);
    const text = Array.from({ length: 60 }, () => random.pick(blocks)).join('\n\n');
    const splitter = createBlockSplitter();
    let before: Block[] = [];
    let kept = 0;
    for (let end = 0; end < text.length; end += random.between(1, 40)) {
      const now = splitter.split(text.slice(0, end), true);
      // Everything but the last few blocks is settled and must not be drawn again.
      for (let index = 0; index < before.length - 3; index++) {
        expect(now[index]).toBe(before[index]);
        kept++;
      }
      before = now;
    }
    expect(kept).toBeGreaterThan(1_000);
  });

  it('have different starts, which are their identity', () => {
    const starts = whole(blocks.join('\n\n')).map(({ start }) => start);
    expect(new Set(starts).size).toBe(starts.length);
    expect(starts.toSorted((a, b) => a - b)).toEqual(starts);
  });
});

describe('a block that is still growing', () => {
  it.each([
    ['a list', '- one\n\n', '- one\n\n- two', 1],
    ['a numbered list', '1. one\n\n2', '1. one\n\n2. two', 1],
    ['a table', '| a |\n| --- |\n', '| a |\n| --- |\n| 1 |', 1],
    ['code with blank lines', '```\na\n\n', '```\na\n\nb\n```', 1],
    ['a quote', '> a\n', '> a\n> b', 1],
    ['a paragraph', 'one\n', 'one\ntwo', 1],
    ['a heading under its line', 'Title\n', 'Title\n===', 1],
  ])('is not closed too early: %s', (_, part, text, count) => {
    const splitter = createBlockSplitter();
    splitter.split(part, true);
    const list = splitter.split(text, true);
    expect(raws(list)).toEqual(raws(whole(text)));
    expect(list).toHaveLength(count);
  });

  it('ends at what follows it', () => {
    const text = '- one\n- two\n\nAfter the list.\n\n| a |\n| --- |\n| 1 |\n\nAfter the table.';
    expect(fed(text, () => 1).map(({ token }) => token.type)).toEqual([
      'list',
      'paragraph',
      'table',
      'paragraph',
    ]);
  });
});

describe('half-open marks', () => {
  it('never show half an address', () => {
    const [block] = createBlockSplitter().split('See [the page](https://exam', true);
    expect(JSON.stringify(block?.token)).not.toContain('](https://exam');
  });

  it('leave the finished answer to the letter', () => {
    const text = 'An open ** mark, a ` tick, a [bracket and 2 * 3.';
    const splitter = createBlockSplitter();
    splitter.split(text, true);
    expect(splitter.split(text, false).map(({ raw }) => raw)).toEqual([text]);
  });
});

describe('an answer that is not appended to', () => {
  it('starts over when it is shorter', () => {
    const splitter = createBlockSplitter();
    splitter.split('One.\n\nTwo.\n\nThree.', false);
    expect(splitter.split('One.', false).map(({ raw }) => raw)).toEqual(['One.']);
    expect(splitter.split('', false)).toEqual([]);
  });

  it('reads a line end that is cut in two', () => {
    const text = '# One\r\n\r\nText\r\nof one.\r\n\r\n- a\r\n- b\r\n\rEnd.';
    const expected = whole(text.replace(/\r\n?/g, '\n'));
    expect(raws(whole(text))).toEqual(raws(expected));
    expect(raws(fed(text, () => 1))).toEqual(raws(expected));
  });
});

describe('a long answer', () => {
  it('is looked at only where it grows', () => {
    const text = 'A paragraph of a long answer, with **some** words.\n\n'.repeat(2_000);
    const start = cpuTime();
    const list = fed(text, () => 400);
    expect(list).toHaveLength(2_000);
    expect(cpuTime() - start).toBeLessThan(4_000);
  });
});

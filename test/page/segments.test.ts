import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitPassages } from '@/utils/page/segments';

const lines = (...list: string[]) => list.join('\n');
const kinds = (markdown: string) => splitPassages(markdown).map(({ kind }) => kind);
const texts = (markdown: string) => splitPassages(markdown).map(({ text }) => text);

describe('splitPassages', () => {
  it('splits paragraphs at blank lines and keeps their line breaks', () => {
    expect(splitPassages('One.\nStill one.\n\n\n\nTwo.\n')).toEqual([
      { text: 'One.\nStill one.', kind: 'text' },
      { text: 'Two.', kind: 'text' },
    ]);
  });

  it('knows headings, quotes, tables and code', () => {
    const markdown = lines(
      '# Title',
      '',
      '> Quoted',
      '> twice',
      '',
      '| a | b |',
      '| --- | --- |',
      '| 1 | 2 |',
      '',
      '```js',
      'code();',
      '```',
    );
    expect(kinds(markdown)).toEqual(['heading', 'quote', 'table', 'code']);
  });

  it('does not take a hash, a pipe or a number in the text for structure', () => {
    expect(kinds(lines('#hashtag first', '', 'a | b', '', '2026 was long', '', '-5 degrees'))).toEqual([
      'text',
      'text',
      'text',
      'text',
    ]);
  });

  it('gives nothing for an empty text', () => {
    expect(splitPassages('')).toEqual([]);
    expect(splitPassages(' \n\t\n \n')).toEqual([]);
  });
});

describe('lists', () => {
  it('make one passage per item', () => {
    expect(splitPassages(lines('-   One', '-   Two', '', '1.  First', '2)  Second'))).toEqual([
      { text: '-   One', kind: 'list-item' },
      { text: '-   Two', kind: 'list-item' },
      { text: '1.  First', kind: 'list-item' },
      { text: '2)  Second', kind: 'list-item' },
    ]);
  });

  it('keep the continuation lines of an item with it', () => {
    const item = lines('-   One', '    still one', '', '    and a second paragraph');
    expect(texts(lines(item, '', 'After.'))).toEqual([item, 'After.']);
  });

  it('keep a nested list with its item', () => {
    const item = lines('-   One', '    -   Nested', '        1.  Deep', '    -   More');
    expect(texts(lines(item, '-   Two'))).toEqual([item, '-   Two']);
  });

  it('end at a line that is not indented', () => {
    expect(texts(lines('-   One', '', 'Not in the list.', '', '-   Two'))).toEqual([
      '-   One',
      'Not in the list.',
      '-   Two',
    ]);
  });

  it('keep code inside an item with it, blank lines and dashes included', () => {
    const item = lines(
      '-   Run this:',
      '',
      '    ```sh',
      '    - one',
      '',
      '    # two',
      '    ```',
      '',
      '    Then rest.',
    );
    const passages = splitPassages(lines(item, '-   Two'));
    expect(passages).toEqual([
      { text: item, kind: 'list-item' },
      { text: '-   Two', kind: 'list-item' },
    ]);
  });

  it('keep code with two spaces before it with the item', () => {
    const item = lines('- Run this:', '', '  ```', '  a', '', '  - b', '  ```');
    expect(texts(lines(item, '', 'After.'))).toEqual([item, 'After.']);
  });
});

describe('fenced code', () => {
  it('is one passage, with blank lines, headings and lists inside', () => {
    const code = lines('```md', '# not a heading', '', '- not an item', '', '', '    deep', '```');
    expect(splitPassages(lines('Before.', '', code, '', 'After.'))).toEqual([
      { text: 'Before.', kind: 'text' },
      { text: code, kind: 'code' },
      { text: 'After.', kind: 'text' },
    ]);
  });

  it('closes only at a fence of the same kind and at least the same length', () => {
    const code = lines('````', '```', 'inside', '```', '~~~~', '````');
    expect(texts(lines(code, 'After.'))).toEqual([code, 'After.']);
    const tilde = lines('~~~', '```', '~~~');
    expect(texts(lines(tilde, '', 'After.'))).toEqual([tilde, 'After.']);
  });

  it('separates itself from text without blank lines around it', () => {
    expect(texts(lines('Before.', '```', 'a', '```', 'After.'))).toEqual([
      'Before.',
      lines('```', 'a', '```'),
      'After.',
    ]);
  });

  it('is not opened by code in a line of text', () => {
    expect(
      texts(lines('```` ``` ```` opens a block.', '', 'Next.', '', '```js``` too.', '', 'Last.')),
    ).toEqual(['```` ``` ```` opens a block.', 'Next.', '```js``` too.', 'Last.']);
  });

  it('does not swallow the rest of the page when it never closes', () => {
    const passages = texts(lines('``` opens a block.', '', 'Next.', '', '# Heading', '', 'Last.'));
    expect(passages).toEqual(['``` opens a block.', 'Next.', '# Heading', 'Last.']);
  });
});

describe('any Markdown', () => {
  const line = fc.oneof(
    { weight: 3, arbitrary: fc.constant('') },
    { weight: 2, arbitrary: fc.string({ maxLength: 20 }).map((text) => text.replace(/[\r\n]/g, ' ')) },
    fc.constantFrom(
      '# Heading',
      '-   item',
      '1.  item',
      '    -   nested',
      '    indented',
      '  two spaces',
      '```',
      '```js',
      '````',
      '~~~',
      '    ```',
      '> quote',
      '| a | b |',
      '| --- | --- |',
      'text',
      '\tafter a tab',
      '   ',
      '¶3 not a mark',
    ),
  );
  const filled = (text: string) =>
    text
      .split('\n')
      .map((entry) => entry.trimEnd())
      .filter(Boolean);

  it('keeps every line that is not blank, in order', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 40 }), (list) => {
        const markdown = list.join('\n');
        expect(filled(texts(markdown).join('\n'))).toEqual(filled(markdown));
      }),
      { numRuns: 1_000 },
    );
  });

  it('keeps every character, white space aside', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (markdown) => {
        const squeeze = (text: string) => text.replace(/\s+/g, '');
        expect(squeeze(texts(markdown).join(''))).toBe(squeeze(markdown));
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['paragraphs', 'A paragraph.\n\n'.repeat(50_000)],
    ['blank lines', `a${'\n'.repeat(200_000)}b`],
    ['spaces', `a${' '.repeat(200_000)}b`],
    ['spaces that do not break', `a${'\u00a0'.repeat(200_000)}b`],
    ['spaces in code', `\`\`\`\na${' '.repeat(200_000)}b\n\`\`\``],
    ['blank lines in code', `\`\`\`\na${'\n'.repeat(200_000)}b\n\`\`\``],
    ['fences that never close', '``` open\n\n'.repeat(20_000)],
    ['list items', '-   item\n\n'.repeat(50_000)],
  ])('is split in linear time: %s', (_, markdown) => {
    const start = performance.now();
    splitPassages(markdown);
    expect(performance.now() - start).toBeLessThan(1_500);
  });
});

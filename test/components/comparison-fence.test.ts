import type { Tokens } from 'marked';
import { describe, expect, it } from 'vitest';
import { isComparison, isFenceClosed } from '@/components/answer/markdown/fences';
import { lexed } from '@/components/answer/markdown/lex';
import { type Block, createBlockSplitter } from '@/components/answer/markdown/split-blocks';

/** A comparison is one block, however long it is and however it arrives. */

const line = (index: number) =>
  JSON.stringify({ row: `Row ${index}`, cells: [{ text: `${index} *a* [b](c`, paragraph: 1 }, null] });
const fenceOf = (rows: number) =>
  `\`\`\`comparison\n{"columns":[{"document":1,"name":"A"},{"document":2,"name":"B"}]}\n${Array.from({ length: rows }, (_, index) => line(index)).join('\n')}\n\`\`\``;
const around = (fence: string) => `**The first.** ¶1\n\n${fence}\n\nMore in ¶2.\n`;

const kinds = (text: string, size: number) => {
  const splitter = createBlockSplitter();
  for (let end = size; end < text.length; end += size) splitter.split(text.slice(0, end), true);
  return splitter.split(text, false).flat();
};

const codeOf = (block: Block | undefined) => (block?.token as Tokens.Code | undefined)?.text ?? '';

describe('the fence of a comparison', () => {
  it.each([
    [37, 500],
    [911, 2_000],
    [4_096, 2_000],
    [1_000_000, 2_000],
  ])('is one block in pieces of %i', (size, rows) => {
    const fence = fenceOf(rows);
    const blocks = kinds(around(fence), size);
    expect(blocks.map(({ token }) => token.type)).toEqual(['paragraph', 'code', 'paragraph']);
    const [, block] = blocks;
    expect(block?.raw.trimEnd()).toBe(fence);
    expect(codeOf(block)).toBe(fence.split('\n').slice(1, -1).join('\n'));
    expect(block?.start).toBe(around(fence).indexOf('```'));
  });

  it('is read once, whatever its length', () => {
    const text = around(fenceOf(20_000));
    lexed.characters = 0;
    kinds(text, 16_000);
    expect(lexed.characters).toBeLessThan(text.length * 12);
  });

  it('has all of a line that is longer than a block', () => {
    const long = JSON.stringify({ row: 'Long', cells: ['x'.repeat(70_000), 'end'] });
    const fence = `\`\`\`comparison\n{"columns":["A","B"]}\n${long}\n\`\`\``;
    const [, block] = kinds(around(fence), 1_000);
    expect(codeOf(block).split('\n')[1]).toBe(long);
  });

  it('leaves other code as it was: divided', () => {
    const code = fenceOf(2_000).replace('comparison', 'js');
    expect(kinds(around(code), 4_096).length).toBeGreaterThan(4);
    const other = fenceOf(2_000).replace('comparison', 'json').replace('"columns"', '"heads"');
    expect(kinds(around(other), 4_096).length).toBeGreaterThan(4);
  });

  it('is known by how it begins where a model calls it JSON', () => {
    const blocks = kinds(around(fenceOf(2_000).replace('comparison', 'json')), 4_096);
    expect(blocks.map(({ token }) => token.type)).toEqual(['paragraph', 'code', 'paragraph']);
  });
});

describe('fences', () => {
  it.each([
    ['```comparison\n{}\n```', true],
    ['```comparison\n{}\n```\n\n', true],
    ['~~~ Comparison x\n{}\n~~~~  ', true],
    ['```comparison\n{}\n``', false],
    ['```comparison\n{}\n', false],
    ['```comparison', false],
  ])('%j is closed: %s', (raw, closed) => {
    const [block] = createBlockSplitter().split(raw, true).flat();
    expect(block && isComparison(block.token)).toBe(true);
    expect(isFenceClosed(raw)).toBe(closed);
  });
});

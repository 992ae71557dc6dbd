import { describe, expect, it } from 'vitest';
import { type Block, createBlockSplitter as createGroups } from '@/components/answer/markdown/split-blocks';
import fc from '../fixtures/property';

/** The blocks themselves: how they are grouped for drawing is no part of what they are. */
function createBlockSplitter() {
  const splitter = createGroups();
  return { split: (text: string, streaming: boolean): Block[] => splitter.split(text, streaming).flat() };
}

const answer = [
  '**The claim** stands first ¶4, and *the rest* follows.',
  '### Why now',
  '- One reason ¶12\n- Another, with `code`\n\n- a third after a blank line',
  '1. first\n2. second\n   continued',
  '> A quotation “to the letter” ¶7\n> on two lines',
  '| Mill | Fall |\n|---|---|\n| Carrow | 2.1 m |\n| Pell | 1.8 m |',
  '```ts\nconst a = 1;\n\nconst b = 2;\n```',
  '潮汐磨坊正在回归，靠的是**稳定**的小规模发电。¶4',
  '---',
  'The end, with a [link](https://example.org/a?b=1) and 2 < 3 & so on.',
].join('\n\n');

const shape = (blocks: Block[]) => blocks.map(({ raw, token }) => `${token.type}: ${raw.trimEnd()}`);

/** Feeds `text` in pieces of the given lengths and calls `look` after each. */
function feed(text: string, lengths: number[], look: (blocks: Block[], shown: string) => void): Block[] {
  const splitter = createBlockSplitter();
  let end = 0;
  for (let turn = 0; end < text.length; turn++) {
    end = Math.min(text.length, end + (lengths[turn % lengths.length] ?? 1));
    const shown = text.slice(0, end);
    look(splitter.split(shown, true), shown);
  }
  return splitter.split(text, false);
}

describe('splitting a streamed answer into blocks', () => {
  it('ends with the blocks of the whole text, however it was cut', () => {
    const whole = shape(createBlockSplitter().split(answer, false));
    expect(whole.length).toBe(10);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 40 }), (lengths) => {
        expect(shape(feed(answer, lengths, () => {}))).toEqual(whole);
      }),
      { numRuns: 60 },
    );
  });

  it('never touches a settled block again', () => {
    const seen = new Map<number, Block>();
    let before: Block[] = [];
    feed(answer.repeat(3), [7], (blocks) => {
      // All but the last two were followed by a block of their own in the step before: they are settled.
      for (const block of before.slice(0, -2)) {
        const now = blocks.find(({ start }) => start === block.start);
        const known = seen.get(block.start);
        if (known) expect(now).toBe(known);
        if (now) seen.set(block.start, now);
      }
      before = blocks;
    });
    expect(seen.size).toBeGreaterThan(20);
  });

  it('closes half-open marks only while the answer streams', () => {
    const splitter = createBlockSplitter();
    const [streamed] = splitter.split('A **bold cla', true);
    expect(streamed?.raw).toBe('A **bold cla**');
    const [ended] = splitter.split('A **bold cla', false);
    expect(ended?.raw).toBe('A **bold cla');
  });

  it('keeps blank lines inside code and loose lists in one block', () => {
    const types = (text: string) =>
      createBlockSplitter()
        .split(text, false)
        .map(({ token }) => token.type);
    expect(types('```\na\n\nb\n```\n\nafter')).toEqual(['code', 'paragraph']);
    expect(types('- a\n\n- b\n\nafter')).toEqual(['list', 'paragraph']);
  });

  it('reads every kind of line end', () => {
    const splitter = createBlockSplitter();
    splitter.split('One.\r\n\r\nTwo', true);
    expect(shape(splitter.split('One.\r\n\r\nTwo.\r\n\r\nThree', true))).toEqual([
      'paragraph: One.',
      'paragraph: Two.',
      'paragraph: Three',
    ]);
  });

  it('starts over when the text was replaced', () => {
    const splitter = createBlockSplitter();
    splitter.split('One.\n\nTwo.\n\nThree', true);
    expect(shape(splitter.split('Another.\n\nText', false))).toEqual([
      'paragraph: Another.',
      'paragraph: Text',
    ]);
  });
});

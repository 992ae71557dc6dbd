import { describe, expect, it } from 'vitest';
import { isUnmeasured, measuredText, passagesOf, sourceOfText, tidied } from '@/utils/chat/pasted-text';
import { cpuTime } from '../cpu-time.ts';
import fc from '../fixtures/property';

const join = (text: string) => passagesOf(text).map((passage) => passage.text);

describe('the passages of a pasted text', () => {
  it('are its paragraphs, to the letter', () => {
    const line = fc.stringMatching(/^[\w 月亮🌕\t.]{0,60}$/u);
    const text = fc
      .array(fc.oneof(line, fc.constantFrom('', '', '\n')), { maxLength: 60 })
      .map((lines) => lines.join('\n'));
    fc.assert(
      fc.property(text, (words) => {
        expect(join(words).join('\n\n')).toBe(words);
      }),
    );
  });

  it('are divided where they are too long for one, at a line, a sentence or a word, with nothing lost', () => {
    const sentence = 'The tide turns at six and the mill stands still. ';
    const lines = `${'x'.repeat(79)}\n`.repeat(200);
    for (const text of [sentence.repeat(500), lines, '月亮🌕'.repeat(9_000), 'word '.repeat(9_000)]) {
      const parts = join(text);
      expect(parts.join('')).toBe(text);
      expect(Math.max(...parts.map(({ length }) => length))).toBeLessThanOrEqual(4_000);
      // No pair is torn apart.
      for (const part of parts) expect(part.isWellFormed()).toBe(true);
    }
    expect(join(sentence.repeat(500))[0]).toMatch(/still\. $/);
    expect(join(lines)[0]).toMatch(/x\n$/);
  });

  it('have no carriage returns and nothing around them', () => {
    expect(tidied('\r\n\r\nOne.\r\nTwo.\r\rThree. \r\n ')).toBe('One.\nTwo.\n\nThree.');
  });
});

it('is tidied in one go, however long a run of spaces in it is', () => {
  const text = `a${' '.repeat(300_000)}b${'\n'.repeat(300_000)}c \n`;
  expect(tidied(text)).toBe(text.slice(0, -2));
});

describe('a pasted text of 5 MB', () => {
  const text = Array.from(
    { length: 50_000 },
    (_, index) => `Paragraph ${index} says what ${'it '.repeat(28)}`,
  );

  it('becomes one source with every word, and lets the browser breathe meanwhile', async () => {
    let longest = 0;
    let last = cpuTime();
    const pause = async () => {
      longest = Math.max(longest, cpuTime() - last);
      await new Promise((resolve) => setTimeout(resolve));
      last = cpuTime();
    };
    const whole = text.join('\n\n').trim();
    expect(whole.length).toBeGreaterThan(5_000_000);
    last = cpuTime();
    const entry = await sourceOfText(whole, 'Pasted text', { pause, now: () => 1 });
    const { source } = entry;
    expect(source).toMatchObject({ kind: 'file', title: 'Pasted text', gaps: [], readAt: 1 });
    expect(source.segments).toHaveLength(50_000);
    expect(
      source.segments.every(({ start, end }, index) =>
        source.text.slice(start, end).startsWith(`Paragraph ${index} `),
      ),
    ).toBe(true);
    expect(source.words).toBe(50_000 * 32);
    // Twice what is aimed at, and some for a machine with other things to do.
    expect(longest).toBeLessThan(120);
    expect(isUnmeasured(entry)).toBe(true);
    const measured = await measuredText(entry);
    expect(isUnmeasured(measured)).toBe(false);
    // Before it is measured its size is nearly right, so that the moon does not jump.
    expect(entry.tokens / measured.tokens).toBeGreaterThan(0.8);
    expect(entry.tokens / measured.tokens).toBeLessThan(1.25);
  }, 30_000);
});

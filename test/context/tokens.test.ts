import { encode } from 'gpt-tokenizer/encoding/o200k_base';
import { estimateTokenCount } from 'tokenx';
import { describe, expect, it } from 'vitest';
import { estimateTokens, measureLongText, measureText } from '@/utils/context/tokens';
import { readTable } from '@/utils/files/table';
import { tables } from '../bench/sheets/tables';
import { longChinesePage } from '../fixtures/long-chinese-page';
import { longEnglishPage } from '../fixtures/long-english-page';
import { paragraphsOfPage } from '../fixtures/long-page';
import { Random } from '../fixtures/random';
import { mixedText } from '../fixtures/sources';

const noPause = () => Promise.resolve();
const atMost = (text: string, length = 200_000) => text.slice(0, length);

const texts: [string, () => string][] = [
  ['English', () => atMost(paragraphsOfPage(longEnglishPage()).join('\n\n'))],
  ['Chinese', () => atMost(paragraphsOfPage(longChinesePage()).join('\n\n'))],
  ['mixed text', () => mixedText(new Random(3), 200_000)],
  ['one word without end', () => 'abcdefghij'.repeat(20_000)],
  ['a table of figures', () => '| 12,345 | 6.789 | 10^6 |\n'.repeat(8_000)],
];

describe('the estimate', () => {
  it('of sheets is as near to the truth as that of prose', async () => {
    for (const [name, rows] of Object.entries(tables())) {
      const bytes = new TextEncoder().encode(`sep=\x01\n${rows.map((row) => row.join('\x01')).join('\n')}`);
      const { text } = await readTable(bytes, { name: 'a.csv' });
      const share = estimateTokens(text) / encode(text).length;
      expect(share, name).toBeGreaterThan(0.95);
      expect(share, name).toBeLessThan(1.1);
    }
  });

  it('takes indents for what tokenx takes them', () => {
    const code = 'func main() {\n\tif x {\n\t\treturn\n\t}\n}\n';
    expect(estimateTokens(code)).toBe(estimateTokenCount(code));
  });
});

describe('the estimate in slices', () => {
  it.each(texts)('agrees to one part in a hundred with the whole one for %s', async (_, make) => {
    const text = make();
    const whole = estimateTokens(text);
    const { tokens: sliced, han } = await measureLongText(text, noPause);
    expect(Math.abs(sliced - whole) / whole).toBeLessThan(0.01);
    expect(Math.abs(han - measureText(text).han) / whole).toBeLessThan(0.01);
  });

  it('is the whole one for a short text, and nothing for none', async () => {
    expect(await measureLongText('A short text. 短文。')).toEqual({
      tokens: estimateTokens('A short text. 短文。'),
      han: 2,
      hangul: 0,
      dense: 0,
    });
    expect(await measureLongText('')).toEqual({ tokens: 0, han: 0, hangul: 0, dense: 0 });
  });

  it('gives way between slices and not after the last', async () => {
    let pauses = 0;
    const pause = async () => void pauses++;
    await measureLongText('word '.repeat(1_600), pause);
    expect(pauses).toBe(0);
    await measureLongText('word '.repeat(16_000), pause);
    expect(pauses).toBeGreaterThanOrEqual(9);
    expect(pauses).toBeLessThanOrEqual(11);
  });

  it('lets timers run in between', async () => {
    let ticks = 0;
    const timer = setInterval(() => ticks++, 1);
    await measureLongText('word '.repeat(40_000));
    clearInterval(timer);
    expect(ticks).toBeGreaterThan(3);
  });
});

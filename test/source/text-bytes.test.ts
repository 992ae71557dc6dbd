import { expect, it } from 'vitest';
import { sourceId } from '@/utils/source';
import { bytesOf } from '@/utils/source/text-bytes';

const atOnce = (text: string) => new TextEncoder().encode(text);

it('is what the encoder gives at once, also where a slice ends within a character', async () => {
  const pair = '𠮷';
  const long = 2 ** 18;
  for (const before of [long - 2, long - 1, long]) {
    const text = `${'a'.repeat(before)}${pair.repeat(4)}${'潮汐'.repeat(long)}`;
    expect(Buffer.compare(await bytesOf(text), atOnce(text))).toBe(0);
  }
  // Halves of pairs that stand alone.
  const broken = `${'a'.repeat(long - 1)}\ud842${'b'.repeat(long)}\udfb7`;
  expect(Buffer.compare(await bytesOf(broken), atOnce(broken))).toBe(0);
  expect(await bytesOf('')).toHaveLength(0);
});

it('lets others have their turn while a book is encoded', async () => {
  let turns = 0;
  const timer = setInterval(() => turns++, 0);
  const bytes = await bytesOf('“x” '.repeat(1_000_000));
  clearInterval(timer);
  expect(bytes.length).toBe(8_000_000);
  expect(turns).toBeGreaterThan(3);
});

it('gives a text the name that it always had', async () => {
  expect(await sourceId('望舒')).toBe('a029ba341e17059c2d254de4dc4538eade095fea9dad2a22c12d6748ae5fc9ee');
});

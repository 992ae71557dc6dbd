import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sampleWords } from '@/utils/browser/sample';
import { readPage } from '@/utils/page';
import { pageOf } from '../fixtures/documents';

const folder = resolve(import.meta.dirname, '../../assets/public/sample');

describe('the article that comes along', () => {
  it.each([
    ['en.html', 'en', 'The return of the tide mill'],
    ['zh.html', 'zh-Hans', '潮汐磨坊的回归'],
  ])('is read whole, and has as many words as the welcome page says: %s', async (file, tag, title) => {
    const reading = await readPage(
      pageOf(readFileSync(resolve(folder, file), 'utf8'), `https://sample.test/${file}`),
    );
    expect(reading.title).toContain(title);
    expect(sampleWords(tag)).toBe(reading.words);
    const { read = 0, visible = 1 } = reading.coverage ?? {};
    expect(read / visible).toBeGreaterThan(0.99);
  });
});

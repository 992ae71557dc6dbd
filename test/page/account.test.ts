import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readPage } from '@/utils/page';
import { accountFor, reasonsBy, textsOf } from '@/utils/page/account';
import { flatten, sizeOf } from '@/utils/page/flatten';
import { normalize } from '@/utils/page/normalize';
import { sites } from '@/utils/page/sites';
import { fixturePage, pageOf } from '../fixtures/documents';

const pages = readdirSync(resolve(import.meta.dirname, '../fixtures/pages'), {
  recursive: true,
  encoding: 'utf8',
}).filter((name) => name.endsWith('.html') && !/^(empty|concealed|spa)/.test(name));

/** Characters of everything that can be seen, as the page is before anything is chosen. */
async function visibleSize(name: string): Promise<number> {
  const page = await flatten(fixturePage(name));
  normalize(page.document);
  return textsOf(page.document.body).reduce((sum, { data }) => sum + sizeOf(data), 0);
}

describe('every visible character', () => {
  it.each(pages)('of %s is in the text or in a gap', async (name) => {
    const visible = await visibleSize(name);
    for (const mode of ['article', 'everything'] as const) {
      const { coverage, gaps } = await readPage(fixturePage(name), { mode });
      const furniture = gaps.find(({ why }) => why === 'furniture')?.size ?? 0;
      const outside = gaps.find(({ why }) => why === 'outside-article')?.size ?? 0;
      expect((coverage?.read ?? 0) + outside + furniture).toBe(visible);
      expect(coverage?.visible).toBe((coverage?.read ?? 0) + outside);
    }
  });

  it('of a page with an adapter is, too', async () => {
    const name = 'sites/hacker-news.html';
    const url = 'https://news.ycombinator.com/item?id=1';
    const removed: number[] = [];
    const options = { sites, trace: ({ size }: { size: number }) => void removed.push(size) };
    const { coverage, gaps } = await readPage(fixturePage(name, url), options);
    const left = gaps.filter(({ why }) => why === 'furniture' || why === 'outside-article');
    const sum = left.reduce((total, { size }) => total + size, coverage?.read ?? 0);
    expect(sum).toBe(await visibleSize(name));
    // The trace names each of them.
    expect(removed.reduce((total, size) => total + size, coverage?.read ?? 0)).toBe(sum);
  });
});

describe('the account', () => {
  it('counts each text once, by the nearest reason above it', () => {
    const { body } = pageOf(
      '<body><p>Kept words</p><nav>Menu <b>of</b></nav><div><i>Beside</i></div></body>',
    );
    const [nav, div] = [body.querySelector('nav'), body.querySelector('div')];
    if (!nav || !div) return expect.fail('both are there');
    const account = accountFor(
      textsOf(body),
      reasonsBy(
        new Map<Node, 'furniture' | 'outside-article'>([
          [nav, 'furniture'],
          [div, 'outside-article'],
        ]),
      ),
    );
    expect(account.kept).toBe(9);
    expect(account.dropped.get('furniture')).toMatchObject({ size: 6, words: 2 });
    expect(account.dropped.get('outside-article')).toMatchObject({ size: 6, words: 1, sample: 'Beside' });
  });
});

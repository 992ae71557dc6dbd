import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countHan, leastHanCharacters, longChinesePage } from '../fixtures/long-chinese-page.ts';
import { missingFrom, type PageServer, paragraphsOf, startPageServer } from './page-server.ts';

let server: PageServer;
beforeAll(async () => {
  server = await startPageServer();
});
afterAll(() => server.close());

const read = async (path: string) => (await fetch(server.origin + path)).text();

describe('paragraphsOf', () => {
  it.each([
    ['/article', 50, 'Every morning at the turn of the tide', 'already writing it down.'],
    ['/zh-article', 38, '每天清晨五点四十分', '像是有人在水上应了一下。'],
    ['/spa', 4, 'The borrowed umbrella', 'will begin at once.'],
    ['/spa/second', 4, 'There is no clock', 'say anything else.'],
    ['/big', 3500, 'According to entry 1,', '.'],
    ['/long-zh', 1250, '到了第一天', '。'],
  ])('finds the paragraphs of %s, all different', (path, least, start, end) => {
    const paragraphs = paragraphsOf(path);
    expect(paragraphs.length).toBeGreaterThanOrEqual(least);
    expect(new Set(paragraphs).size).toBe(paragraphs.length);
    expect(paragraphs[0]?.slice(0, start.length)).toBe(start);
    expect(paragraphs.at(-1)?.endsWith(end)).toBe(true);
    expect(paragraphs.join()).not.toMatch(/biscuits|rights reserved|版权所有/);
  });

  it('finds the texts of the page without an article, and nothing on the empty one', () => {
    expect(paragraphsOf('/no-article')).toHaveLength(33);
    expect(paragraphsOf('/no-article')[3]).toBe('Job 4100 Piano to Pell');
    expect(paragraphsOf('/empty')).toEqual([]);
    expect(() => paragraphsOf('/nowhere')).toThrow('/nowhere');
  });
});

describe('missingFrom', () => {
  it('forgives the marks of Markdown and nothing else', () => {
    const paragraphs = ['A link and emphasis.', 'Plain words here.', 'Left out.'];
    const prompt = '¶1 A [link](https://example.org/a) and *emphasis*.\n\n¶2 Plain words here.';
    expect(missingFrom(prompt, paragraphs)).toEqual(['Left out.']);
    expect(missingFrom(prompt, ['Plain words.'])).toEqual(['Plain words.']);
  });
});

describe('the long pages', () => {
  it('has at least 200,000 Han characters in paragraphs that differ', async () => {
    const paragraphs = paragraphsOf('/long-zh');
    expect(countHan(paragraphs.join(''))).toBeGreaterThanOrEqual(leastHanCharacters);
    expect(missingFrom(await read('/long-zh'), paragraphs)).toEqual([]);
    const headings = longChinesePage().chapters.map(({ heading }) => heading);
    expect(headings.length).toBeGreaterThan(20);
    expect(new Set(headings).size).toBe(headings.length);
  });

  it('is generated the same every time', () => {
    expect(longChinesePage()).toEqual(longChinesePage());
  });

  it('serves two megabytes of English', async () => {
    const html = await read('/big');
    expect(html.length).toBeGreaterThan(2 * 1024 * 1024);
    expect(html).toContain(paragraphsOf('/big').at(-1));
  });
});

describe('the server', () => {
  it('serves the fixtures and notes the visits', async () => {
    const [first] = paragraphsOf('/zh-article');
    expect(await read('/zh-article')).toContain(first);
    expect(await read('/empty')).toContain('<canvas');
    expect((await fetch(`${server.origin}/nowhere`)).status).toBe(404);
    expect(server.visits.slice(-3)).toEqual(['/zh-article', '/empty', '/nowhere']);
  });

  it('holds the second half of the loading page until it is released', async () => {
    const response = await fetch(`${server.origin}/loading`);
    let received = '';
    let done = false;
    const reading = (async () => {
      for await (const piece of response.body?.pipeThrough(new TextDecoderStream()) ?? []) received += piece;
      done = true;
    })();
    await expect.poll(() => received.length).toBeGreaterThan(5000);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(done).toBe(false);
    const paragraphs = paragraphsOf('/loading');
    const missing = missingFrom(received.replace(/<[^>]+>/g, ''), paragraphs);
    expect(missing.length).toBeGreaterThan(15);
    expect(missing.length).toBeLessThan(paragraphs.length - 15);
    server.release();
    await reading;
    expect(received).toContain('</html>');
  });
});

import { expect, it } from 'vitest';
import { isOnlyLinks, linksIn } from '@/utils/chat/links-in-question';

it.each([
  ['https://a.test/eels', ['https://a.test/eels']],
  ['https://a.test/1\nhttp://b.test/2?q=a&b=c#d\n', ['https://a.test/1', 'http://b.test/2?q=a&b=c#d']],
  [
    'See https://a.test/x, (https://b.test/y_(z)). And https://c.test!',
    ['https://a.test/x', 'https://b.test/y_(z)', 'https://c.test'],
  ],
  ['请读https://a.test/x这篇文章', ['https://a.test/x']],
  ['请看（https://a.test/x）。', ['https://a.test/x']],
  ['https://zh.wikipedia.org/wiki/潮汐 里说了什么？', ['https://zh.wikipedia.org/wiki/潮汐']],
  ['https://a.test/x https://a.test/x', ['https://a.test/x']],
  ['What is http? And https://? Or ftp://a.test/x', []],
  ['mail me at a@b.test', []],
])('finds the links in “%s”', (text, links) => expect(linksIn(text)).toEqual(links));

it('tells links alone from a question with links', () => {
  const both = 'https://a.test/\nhttps://a.test/x\n';
  expect(isOnlyLinks(both, linksIn(both))).toBe(true);
  expect(isOnlyLinks('Read https://a.test/x', ['https://a.test/x'])).toBe(false);
});

it('is quick with what is no address', () => {
  const start = performance.now();
  linksIn(`https://${'a('.repeat(20_000)}`);
  linksIn('https://'.repeat(20_000));
  expect(performance.now() - start).toBeLessThan(1_000);
});

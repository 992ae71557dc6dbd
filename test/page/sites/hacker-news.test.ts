import { describe, expect, it } from 'vitest';
import { hackerNews } from '@/utils/page/sites/hacker-news';
import { flatPage, linesOf } from '../../fixtures/flat';
import { growsLinearly, holdsUp, readSitePage } from './held-up';

const url = 'https://news.ycombinator.com/item?id=900';
const listUrl = 'https://news.ycombinator.com/?p=2';

describe('a story', () => {
  it('is its title, text and comments in order, each with author and age', () => {
    const { content } = readSitePage(hackerNews, 'hacker-news.html', url);
    expect(linesOf(content)).toEqual([
      'A clock that runs on tides (example.org)',
      'brine · 212 points · 5 hours ago (2026-03-01)',
      'We built it on a pier last summer.',
      'Ask us anything about the gears.',
      'Comments',
      'slack_water · 4 hours ago (2026-03-01)',
      'How do you handle neap tides?',
      'The range here is under a metre.',
      'range < 1.0',
      'stop()',
      'brine · → slack_water · 4 hours ago (2026-03-01)',
      'A weight stores the surplus of the spring tide.',
      'grit · → brine · 3 hours ago (2026-03-01) · [dead]',
      'Nobody needs this clock.',
      'foam · → slack_water · 3 hours ago (2026-03-01)',
      '[flagged]',
      'chaoxi · 2 hours ago (2026-03-01)',
      '钱塘江的潮水能带动它吗？',
    ]);
    expect(content.querySelector('h1 a')?.getAttribute('href')).toBe('https://example.org/tide-clock');
    expect(content.querySelector('pre code')?.textContent).toContain('    stop()');
  });

  it('counts the comments on its next pages', () => {
    const result = readSitePage(hackerNews, 'hacker-news.html', url);
    expect(result.title).toBe('A clock that runs on tides');
    expect(result.gaps).toEqual([{ why: 'not-loaded', size: 335 }]);
  });

  it('may be a comment with the story it belongs to', () => {
    const html = `<table class="fatitem"><tr class="athing" id="5"><td class="default"><span class="comhead"><a class="hnuser" href="user?id=eel">eel</a>
      <span class="age" title="2026-03-02T10:00:00 1"><a href="item?id=5">1 day ago</a></span> <span class="onstory">| on: <a href="item?id=900">A clock that runs on tides</a></span></span>
      <div class="comment"><div class="commtext c00">It stops in winter.<p>Ice.</div></div></td></tr></table>`;
    const result = hackerNews.read(flatPage(html, url), {});
    expect(linesOf(result?.content as Element)).toEqual([
      'eel · 1 day ago (2026-03-02) · A clock that runs on tides',
      'It stops in winter.',
      'Ice.',
    ]);
    expect(result?.gaps).toBeUndefined();
  });
});

describe('a list of stories', () => {
  it('has each story with its points, author and comments', () => {
    const result = readSitePage(hackerNews, 'hacker-news-front.html', listUrl);
    expect(linesOf(result.content)).toEqual([
      'Stories that were shown this week.',
      'Firing a kiln with sunlight (example.org)',
      'clay · 88 points · 1 hour ago (2026-03-01) · 41 comments',
      'Lanternworks is hiring a glazier',
      '2 hours ago (2026-03-01)',
    ]);
    expect(result.content.querySelector('ol')?.getAttribute('start')).toBe('31');
    expect(result.gaps).toEqual([{ why: 'not-loaded', size: 0 }]);
  });
});

describe('an adapter', () => {
  holdsUp(hackerNews, 'hacker-news.html', url);
  holdsUp(hackerNews, 'hacker-news-front.html', listUrl);
  growsLinearly(
    hackerNews,
    url,
    '<table class="fatitem"><tr class="athing"><td class="title"><span class="titleline"><a href="/a">A</a></span></td></tr></table><table>',
    (index) =>
      `<tr class="athing comtr"><td class="ind" indent="0"></td><td><span class="comhead"><a class="hnuser">u</a></span><div class="comment">last${index}</div></td></tr>`,
  );
});

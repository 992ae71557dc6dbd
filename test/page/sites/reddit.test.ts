import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { JSDOM } from 'jsdom';
import { describe, expect, it } from 'vitest';
import { flatten } from '@/utils/page/flatten';
import { reddit } from '@/utils/page/sites/reddit';
import { flatPage, linesOf } from '../../fixtures/flat';
import { growsLinearly, holdsUp, readSitePage } from './held-up';

const url = 'https://www.reddit.com/r/Breadmaking/comments/1abc234/how_do_you_keep_a_starter_alive/';
const oldUrl = 'https://old.reddit.com/r/cities/comments/9/the_tram/';

/** How deep the element with these words is quoted. */
function depthOf(content: Element, words: string): number {
  let element = [...content.querySelectorAll('*')].findLast((node) => node.textContent?.includes(words));
  let depth = 0;
  for (; element && element !== content; element = element.parentElement ?? undefined) {
    if (element.nodeName === 'BLOCKQUOTE') depth++;
  }
  return depth;
}

describe('a thread', () => {
  it('is the post and its comments in order, each with author, points and date', () => {
    expect(linesOf(readSitePage(reddit, 'reddit.html', url).content)).toEqual([
      'How do you keep a sourdough starter alive in winter?',
      'oven_weather · r/Breadmaking · 3d ago (2026-02-03) · 128 points · Question',
      'My kitchen drops to twelve degrees at night.',
      'Rye flour, fed daily.',
      'A jar with a loose lid.',
      'What would you change?',
      'Comments',
      'rye_or_die · 54 points · 3d ago (2026-02-03)',
      'Put it in the oven with only the light on.',
      'Mine sits at twenty-four degrees that way, see this lamp.',
      'oven_weather · → rye_or_die · 9 points · 3d ago (2026-02-03)',
      'Does the light not dry the crust?',
      'rye_or_die · → oven_weather · 12 points · 3d ago (2026-02-03)',
      'dry the crust',
      'Not with a wet cloth on top.',
      '[deleted] · → rye_or_die',
      'Comment deleted by user',
      '面包学徒 · 1 point · 2d ago (2026-02-04)',
      '我把罐子放在暖气旁边，每天喂两次。',
    ]);
  });

  it('says how many comments the page has not loaded', () => {
    expect(readSitePage(reddit, 'reddit.html', url).gaps).toEqual([{ why: 'not-loaded', size: 7 }]);
  });

  it('keeps pictures and takes links out of their counters', () => {
    const { content } = readSitePage(reddit, 'reddit.html', url);
    expect(content.querySelector('img[alt]:not([alt=""])')?.getAttribute('alt')).toBe(
      'A jar of grey starter on a window sill',
    );
    expect(content.querySelector('a[href="https://example.org/lamp"]')?.textContent).toBe('this lamp');
  });

  it('shows by quotes how deep a comment stands', () => {
    const { content } = readSitePage(reddit, 'reddit.html', url);
    expect(depthOf(content, 'oven with only')).toBe(0);
    expect(depthOf(content, 'Does the light')).toBe(1);
    expect(depthOf(content, 'Not with a wet cloth')).toBe(2);
    expect(depthOf(content, '我把罐子')).toBe(0);
  });

  it('has its link when it is a link, and counts all comments while none is loaded', () => {
    const html = `<main><shreddit-post post-title="Look" comment-count="13" content-href="https://example.org/look" author="a">
      <h1 slot="title">Look at this</h1></shreddit-post></main>`;
    const result = reddit.read(flatPage(html, url), {});
    expect(result?.content.querySelector('a')?.getAttribute('href')).toBe('https://example.org/look');
    expect(result?.gaps).toEqual([{ why: 'not-loaded', size: 13 }]);
  });

  it('does not grow with the depth of its comments, and believes no depth beyond that of its tree', () => {
    const comment = (depth: number) =>
      `<shreddit-comment author="u${depth}" depth="${depth}"><div slot="comment"><p>word${depth}</p></div>`;
    const html = `<shreddit-post post-title="Deep" comment-count="60"></shreddit-post>${Array.from({ length: 60 }, (_, depth) => comment(depth)).join('')}<shreddit-comment author="liar" depth="1e9"><div slot="comment">late</div></shreddit-comment>`;
    const { content } = reddit.read(flatPage(html, url), {}) ?? {};
    expect(depthOf(content as Element, 'word59')).toBe(6);
    expect(linesOf(content as Element)).toContain('u59 · → u58');
    expect(linesOf(content as Element).at(-1)).toBe('late');
  });
});

describe('a thread on old.reddit.com', () => {
  it('is the post and its comments in order', () => {
    const result = readSitePage(reddit, 'reddit-old.html', oldUrl);
    expect(linesOf(result.content)).toEqual([
      'The tram that never stops',
      'kerbside · r/cities · 1 month ago (2026-01-10) · 77 points',
      'Line nine has no stops after midnight.',
      'Comments',
      'depot · 21 points · 1 month ago (2026-01-10)',
      'It turns at the harbour loop.',
      'kerbside · → depot · 4 points · 1 month ago (2026-01-10)',
      'So who rides it?',
      '[deleted] · 1 month ago (2026-01-11)',
      '[removed]',
    ]);
    expect(result.gaps).toEqual([{ why: 'not-loaded', size: 12 }]);
    expect(result.content.querySelector('h1 a')?.getAttribute('href')).toBe('https://example.org/tram');
  });
});

describe('an adapter', () => {
  holdsUp(reddit, 'reddit.html', url);
  holdsUp(reddit, 'reddit-old.html', oldUrl);
  growsLinearly(
    reddit,
    url,
    '<shreddit-post post-title="Long"></shreddit-post>',
    (index) =>
      `<shreddit-comment author="u" depth="0"><div slot="commentMeta"><a href="/user/u">u</a></div><div slot="comment"><p>last${index}</p></div></shreddit-comment>`,
  );

  it('reads comments whose parts stand in slots of their shadow trees', async () => {
    const html = readFileSync(join(import.meta.dirname, '../../fixtures/pages/sites/reddit.html'), 'utf8');
    const { document } = new JSDOM(html, { url }).window;
    for (const host of document.querySelectorAll('shreddit-post, shreddit-comment')) {
      const shadow = host.attachShadow({ mode: 'open' });
      const names = [...host.children].map((child) => child.getAttribute('slot') ?? '');
      shadow.innerHTML = `<section>${[...new Set(names)].map((name) => `<div><slot name="${name}"></slot></div>`).join('')}<button>Collapse</button></section>`;
    }
    const result = reddit.read(await flatten(document), {});
    expect(linesOf(result?.content as Element)).toEqual(
      linesOf(readSitePage(reddit, 'reddit.html', url).content),
    );
  });

  it('leaves lists of posts to the reader of lists', () => {
    const html =
      '<shreddit-post post-title="One"></shreddit-post><shreddit-post post-title="Two"></shreddit-post>';
    expect(reddit.read(flatPage(html, 'https://www.reddit.com/r/Breadmaking/'), {})).toBeNull();
  });
});

import { describe, expect, it } from 'vitest';
import {
  byline,
  countIn,
  dated,
  heading,
  inLanguage,
  leaveOut,
  make,
  notLoaded,
  outermost,
  siteContent,
} from '@/utils/page/sites/build';
import { flatPage } from '../../fixtures/flat';

const page = (html = '', language = '') =>
  flatPage(`<html lang="${language}"><body>${html}</body></html>`, 'https://example.org/');

describe('numbers in words', () => {
  it.each([
    ['348 hidden items Load more…', 348],
    ['1,204 Comments', 1204],
    ['Show 4 more comments', 4],
    ['1.2K replies', 1200],
    ['3 minutes', 3],
    ['5 months', 5],
    ['查看全部 23 条回复', 23],
    ['3.2万条评论', 32_000],
    ['Load more', 0],
    ['', 0],
  ])('%s is %i', (words, count) => {
    expect(countIn(words)).toBe(count);
  });
});

describe('an author line', () => {
  it('is the author in bold and what is known, without what is empty', () => {
    const flat = page('<h3><a href="/ada">ada</a></h3><span id="none"> </span>');
    const author = flat.document.querySelector('h3');
    const line = byline(flat, author, null, flat.document.querySelector('#none'), '12 points');
    expect(line?.textContent).toBe('ada · 12 points');
    expect(line?.querySelector('strong a')?.textContent).toBe('ada');
    expect(line?.querySelector('h3')).toBeNull();
    expect(byline(flat, null, '', false, undefined)).toBeNull();
  });

  it('has no links that run scripts, and no bold in bold', () => {
    const flat = page('<a href="javascript:void(0)">name</a><strong>bold</strong>');
    const line = byline(flat, flat.document.querySelector('strong'), flat.document.querySelector('a'));
    expect(line?.querySelector('a')).toBeNull();
    expect(line?.querySelectorAll('strong')).toHaveLength(1);
    expect(line?.textContent).toBe('bold · name');
  });
});

describe('a date', () => {
  const date = (html: string) => dated(page(), page(html).document.querySelector('time'))?.textContent;

  it('gets its day when the words say no year', () => {
    expect(date('<time datetime="2026-05-02T07:40:00Z">3 days ago</time>')).toBe('3 days ago (2026-05-02)');
    expect(date('<time title="2026-05-02 07:40:00Z">昨天</time>')).toBe('昨天 (2026-05-02)');
    expect(date('<time datetime="2026-05-02">2 May 2026</time>')).toBe('2 May 2026');
    expect(date('<time datetime="2026-05-02"></time>')).toBe('2026-05-02');
    expect(date('<time>just now</time>')).toBe('just now');
    expect(date('<p>no date</p>')).toBeUndefined();
  });
});

describe('a heading', () => {
  it('takes a heading apart and keeps its code', () => {
    const flat = page('<h1>Read <code>all</code></h1>');
    const made = heading(flat, 2, flat.document.querySelector('h1'), ' #5');
    expect(made.localName).toBe('h2');
    expect(made.textContent).toBe('Read all #5');
    expect(made.querySelector('h1')).toBeNull();
    expect(made.querySelector('code')?.textContent).toBe('all');
  });

  it('sets the words of blocks beside each other', () => {
    const flat = page('<header><div>one</div><div>two</div></header>');
    expect(heading(flat, 3, flat.document.querySelector('header')).textContent).toBe('one two');
  });

  it('speaks the language of the page', () => {
    expect(inLanguage(page('', 'zh-Hans'), 'Comments', '评论')).toBe('评论');
    expect(inLanguage(page('', 'en'), 'Comments', '评论')).toBe('Comments');
    expect(inLanguage({ ...page(), title: '盐田里的一百个早晨' }, 'Comments', '评论')).toBe('评论');
  });
});

describe('moving', () => {
  it('finds outermost elements only, in order', () => {
    const flat = page('<p id="a"><b id="b"><i class="x">1</i></b></p><i class="x">2</i>');
    const found = outermost(flat.document, 'p, .x');
    expect(found.map(({ textContent }) => textContent)).toEqual(['1', '2']);
  });

  it('puts what is left out into one navigation at the end of the page', () => {
    const flat = page('<main><button>a</button>text<button>b</button></main>');
    const main = flat.document.querySelector('main');
    if (main) {
      leaveOut(flat, main, 'button');
      leaveOut(flat, main, '.none');
    }
    expect(main?.textContent).toBe('text');
    expect(flat.document.querySelectorAll('nav')).toHaveLength(1);
    expect(flat.document.querySelector('nav')?.textContent).toBe('ab');
  });

  it('gives no content without words, and gaps only when there are some', () => {
    const flat = page();
    expect(siteContent(make(flat, 'article', heading(flat, 1, ' ')))).toBeNull();
    expect(siteContent(make(flat, 'article', 'a'), 'title', notLoaded([]))).toEqual({
      content: expect.anything(),
      title: 'title',
    });
    expect(notLoaded([3, 0, 4])).toEqual([{ why: 'not-loaded', size: 7 }]);
  });
});

import { describe, expect, it } from 'vitest';
import { sites } from '@/utils/page/sites';
import { siteFor } from '@/utils/page/sites/site-for';
import { flatPage } from '../../fixtures/flat';

describe('the adapter for a page', () => {
  it.each([
    ['https://x.com/ada/status/1', 'x'],
    ['https://mobile.twitter.com/ada', 'x'],
    ['https://netflix.com/', undefined],
    ['https://www.reddit.com/r/a/', 'reddit'],
    ['https://reddit.com.example/r/a/', undefined],
    ['https://news.ycombinator.com/', 'hacker-news'],
    ['https://www.ycombinator.com/', undefined],
    ['https://mail.google.com/mail/u/0/', 'gmail'],
    ['https://outlook.office.com/mail/', 'outlook'],
    ['https://mail.proton.me/u/0/', 'proton-mail'],
    ['https://www.google.com/search?q=a', 'google'],
    ['https://www.google.com.hk/search?q=a', 'google'],
    ['https://scholar.google.com/', undefined],
    ['https://cn.bing.com/search?q=a', 'bing'],
    ['https://duckduckgo.com/?q=a', 'duckduckgo'],
    ['https://www.baidu.com/s?wd=a', 'baidu'],
    ['https://baike.baidu.com/item/a', undefined],
    ['https://zhuanlan.zhihu.com/p/1', 'zhihu'],
    ['https://notzhihu.com/', undefined],
    ['https://forum.example/t/1', undefined],
    ['not an address', undefined],
  ])('%s is %s', (url, id) => {
    const page = { ...flatPage('<p>Words</p>', 'https://example.org/'), url };
    expect(siteFor(page, sites)?.id).toBe(id);
  });

  it('is found by the software where the host says nothing', () => {
    const html = '<div id="main-outlet"><div class="topic-post"><div class="cooked">One.</div></div></div>';
    expect(siteFor(flatPage(html, 'https://forum.example/t/1'), sites)?.id).toBe('discourse');
  });
});

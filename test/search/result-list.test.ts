// @vitest-environment jsdom
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { collectResults, engineNameOf, judgeResults, rulesFor } from '@/utils/search/result-list';
import { resultPages } from '@/utils/search/result-pages';

const folder = resolve(import.meta.dirname, '../fixtures/search');
const read = (path: string) => readFileSync(join(folder, path), 'utf8');
const documentOf = (html: string) => new DOMParser().parseFromString(html, 'text/html');
const judge = (html: string, address: string) =>
  judgeResults(collectResults(rulesFor(address), documentOf(html)), address);

const titles = ['Tides of a small harbour', '潮汐表怎么读', 'C++ & Rust side by side'];
const addresses = [
  'https://tides.example/harbour',
  'https://zh.example/%E6%BD%AE%E6%B1%90',
  'https://rust.example/c?x=1&y=2',
];
const all = (last = addresses[2]) => ({
  kind: 'hits',
  hits: [...addresses.slice(0, 2), last].map((url, index) => ({ url, title: titles[index] })),
});

/** Where each engine shows its results, and where its last one leads when it does not say. */
const places: Record<string, { address: string; last?: string }> = {
  google: { address: 'https://www.google.com.hk/search?q=tides' },
  bing: { address: 'https://cn.bing.com/search?q=tides' },
  duckduckgo: { address: 'https://duckduckgo.com/?q=tides&ia=web' },
  baidu: { address: 'https://www.baidu.com/s?wd=tides', last: 'http://www.baidu.com/link?url=ccc' },
  brave: { address: 'https://search.brave.com/search?q=tides' },
  sogou: { address: 'https://www.sogou.com/web?query=tides', last: 'https://www.sogou.com/link?url=hedJjc' },
  so360: { address: 'https://www.so.com/s?q=tides', last: 'https://www.so.com/link?m=ccc' },
  yandex: { address: 'https://yandex.com/search/?text=tides' },
  ecosia: { address: 'https://www.ecosia.org/search?q=tides' },
  startpage: { address: 'https://www.startpage.com/sp/search' },
  yahoo: { address: 'https://search.yahoo.com/search?p=tides' },
};

describe('the page of results', () => {
  it('has a fixture for every engine of the table', () => {
    const files = readdirSync(join(folder, 'pages')).map((name) => name.replace('.html', ''));
    expect(files.sort()).toEqual([...resultPages.map(({ id }) => id), 'unknown'].sort());
    expect(Object.keys(places).sort()).toEqual(resultPages.map(({ id }) => id).sort());
  });

  it.each(Object.entries(places))(
    'of %s is read, without advertisements and menus',
    (id, { address, last }) => {
      const html = read(`pages/${id}.html`);
      expect(judge(html, address)).toEqual(all(last));
    },
  );

  it.each(['google', 'bing', 'duckduckgo', 'baidu', 'yandex', 'ecosia', 'startpage', 'yahoo', 'unknown'])(
    'of %s is read without knowing it, by what all have in common',
    (id) => {
      const list = judge(read(`pages/${id}.html`), 'https://search.nobody-knows.example/find?q=tides');
      if (list.kind !== 'hits') throw new Error(`It was ${list.kind}`);
      // A stranger cannot tell which links lead on, nor which words of a page are advertisements.
      expect(list.hits.filter(({ title }) => titles.includes(title)).map(({ title }) => title)).toEqual(
        titles,
      );
    },
  );

  it('leaves out everything that is no public page', () => {
    expect(judge(read('pages/unknown.html'), 'https://find.example/?q=tides')).toEqual(all());
  });

  it('of DuckDuckGo without scripts is read the same way', () => {
    expect(judge(read('engines/duckduckgo.html'), 'https://html.duckduckgo.com/html/?q=tides')).toEqual(
      all(),
    );
  });

  it('has no words of the engine in what is kept', () => {
    for (const [id, { address }] of Object.entries(places))
      expect(JSON.stringify(judge(read(`pages/${id}.html`), address))).not.toContain('SNIPPET');
  });

  it('with ten thousand links costs no more than a few of them', () => {
    const many = Array.from(
      { length: 10_000 },
      (_, at) => `<h3><a href="https://a${at}.example/">${at}</a></h3>`,
    );
    const list = judge(many.join(''), 'https://find.example/');
    expect(list.kind === 'hits' && list.hits.length).toBe(300);
  });
});

const page = (body: string, title = '') => `<title>${title}</title><body>${body}`;

describe('a page without results', () => {
  it.each([
    ['captcha', 'https://www.google.com/sorry/index?continue=x', page('About this page')],
    [
      'captcha',
      'https://www.google.com/search?q=a',
      page('Our systems have detected unusual traffic from you'),
    ],
    ['captcha', 'https://duckduckgo.com/?q=a', page('<form id="challenge-form">Select all ducks</form>')],
    ['captcha', 'https://html.duckduckgo.com/html/', page('<div class="anomaly-modal__modal">Ducks</div>')],
    ['captcha', 'https://wappass.baidu.com/static/captcha/?x=1', page('安全验证')],
    ['captcha', 'https://www.baidu.com/s?wd=a', page('请完成下方验证', '百度安全验证')],
    [
      'captcha',
      'https://www.bing.com/search?q=a',
      page('<iframe src="/turing/captcha/challenge"></iframe>One step'),
    ],
    ['captcha', 'https://any.example/?q=a', page('Checking', 'Just a moment...')],
    [
      'captcha',
      'https://any.example/?q=a',
      page('<iframe src="https://challenges.cloudflare.com/x"></iframe>Hi'),
    ],
    ['captcha', 'https://yandex.ru/showcaptcha?cc=1', page('Подтвердите')],
    ['captcha', 'https://www.sogou.com/antispider/?from=x', page('用户您好')],
    ['captcha', 'https://www.startpage.com/sp/captcha', page('Hello')],
    ['consent', 'https://consent.google.com/m?continue=x', page('Before you continue to Google')],
    ['consent', 'https://consent.yahoo.com/v2/collectConsent', page('Yahoo is part of a family')],
    [
      'consent',
      'https://www.google.com/search?q=a',
      page('<form action="https://consent.google.com/save">I</form>'),
    ],
    ['empty', 'https://www.google.com/search?q=a', page('Your search - qwxz - did not match any documents.')],
    ['empty', 'https://www.bing.com/search?q=a', page('<li class="b_no"><h1>There are no results</h1></li>')],
    ['empty', 'https://www.baidu.com/s?wd=a', page('<div class="content_none">很抱歉</div>')],
    ['empty', 'https://www.so.com/s?q=a', page('抱歉，没有找到与“qwxz”相关的网页')],
    ['empty', 'https://html.duckduckgo.com/html/', page('<div class="no-results">No results.</div>')],
    [
      'changed',
      'https://www.google.com/search?q=a',
      page('<div><a href="https://a.example/">A result</a></div>'),
    ],
    ['changed', 'https://any.example/', page('')],
  ])('is told: %s at %s', (kind, address, html) => {
    expect(judge(html, address)).toEqual({ kind });
  });

  it('is never taken for one when it has results', () => {
    const html = page(
      '<iframe src="https://www.google.com/recaptcha/x"></iframe><h3><a href="https://a.example/">How to verify you are human</a></h3>',
    );
    expect(judge(html, 'https://www.google.com/search?q=captcha').kind).toBe('hits');
  });
});

describe('the name of an engine', () => {
  it.each([
    ['https://www.google.co.uk/search', 'Google'],
    ['https://consent.google.com/m', 'Google'],
    ['https://wappass.baidu.com/static', '百度'],
    ['https://ya.ru/', 'Yandex'],
    ['https://www.somebody.example/find', 'somebody.example'],
    ['https://google.evil.example/', 'google.evil.example'],
    ['nothing', ''],
  ])('%s', (address, name) => expect(engineNameOf(address)).toBe(name));
});

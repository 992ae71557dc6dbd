import { describe, expect, it } from 'vitest';
import { targetOf } from '@/utils/page/sites/addresses';
import { baidu } from '@/utils/page/sites/baidu';
import { bing } from '@/utils/page/sites/bing';
import { duckDuckGo } from '@/utils/page/sites/duckduckgo';
import { google } from '@/utils/page/sites/google';
import type { Site } from '@/utils/page/sites/types';
import { flatPage, linesOf } from '../../fixtures/flat';
import { growsLinearly, holdsUp, readSitePage } from './held-up';

const pages: [Site, string, string][] = [
  [google, 'google.html', 'https://www.google.com/search?q=how+to+bind+a+book'],
  [bing, 'bing.html', 'https://www.bing.com/search?q=tallest+lighthouse'],
  [duckDuckGo, 'duckduckgo.html', 'https://duckduckgo.com/?q=moss+garden'],
  [baidu, 'baidu.html', 'https://www.baidu.com/s?wd=%E7%AB%AF%E5%8D%88%E8%8A%82%E7%9A%84%E7%94%B1%E6%9D%A5'],
];

/** The title of each result with its address. */
function resultsOf(site: Site, file: string, url: string): string[] {
  const links = readSitePage(site, file, url).content.querySelectorAll('h2 > a');
  return [...links].map((link) => `${link.textContent} <${link.getAttribute('href')}>`);
}

describe('a page of results', () => {
  it.each([
    [
      ...(pages[0] as [Site, string, string]),
      [
        'how to bind a book',
        'Binding by hand',
        'Fold the sheets into sections and sew them through the fold.',
        'Example Craft',
        'People also ask',
        'Which thread is best for books?',
        'Can I bind a book without sewing?',
        'Yes, with glue and a clamp.',
        'Coptic stitch, step by step',
        'Paper Room',
        'Mar 2, 2026 — A stitch that lets the book lie flat, drawn in nine steps.',
        'Tools',
        '线装书的装订方法',
        '先折页，再打孔，最后用丝线缝合。',
        'Bookbinding',
        'Bookbinding joins loose sheets into a volume.',
      ],
    ],
    [
      ...(pages[1] as [Site, string, string]),
      [
        'tallest lighthouse',
        '133 metres',
        'The tallest lighthouse of our invention stands in Port Amber.',
        'Port Amber Light',
        'Amber Coast',
        'Built of red stone, it can be seen from forty miles.',
        '最高的灯塔',
        '灯塔高一百三十三米，夜里四十海里外可见。',
        'Port Amber',
        'A harbour town with nine thousand people.',
      ],
    ],
    [
      ...(pages[2] as [Site, string, string]),
      [
        'moss garden',
        'Keeping a moss garden',
        'Moss wants shade, rain water and patience.',
        '苔庭の手入れ',
        '朝の水やりが大切です。',
        'Moss',
        'Mosses are small plants without flowers.',
      ],
    ],
    [
      ...(pages[3] as [Site, string, string]),
      [
        '端午节的由来',
        '端午节的由来与习俗',
        '每年农历五月初五，人们包粽子、赛龙舟。',
        '示例文化网',
        '粽子_百科',
        '粽子是用箬叶包裹糯米蒸制的食品。',
      ],
    ],
  ])('of $id is its results and boxes in order, without advertisements', (site, file, url, lines) => {
    expect(linesOf(readSitePage(site, file, url).content)).toEqual(lines);
  });

  it('links each result straight to its page', () => {
    const [ofGoogle, ofBing, ofDuckDuckGo, ofBaidu] = pages.map((page) => resultsOf(...page));
    expect(ofGoogle).toEqual([
      'Binding by hand <https://www.example.org/binding>',
      'Coptic stitch, step by step <https://example.com/coptic?page=2>',
      '线装书的装订方法 <https://example.cn/zhuangding>',
    ]);
    expect(ofBing).toEqual([
      'Port Amber Light <https://example.org/amber>',
      '最高的灯塔 <https://example.cn/dengta>',
    ]);
    expect(ofDuckDuckGo).toEqual([
      'Keeping a moss garden <https://example.org/moss>',
      '苔庭の手入れ <https://example.jp/koke>',
    ]);
    expect(ofBaidu).toEqual([
      '端午节的由来与习俗 <https://example.cn/duanwu>',
      '粽子_百科 <https://baike.example.cn/zongzi>',
    ]);
  });

  it('has more than is shown only where more is put below it', () => {
    expect(pages.map((page) => readSitePage(...page).gaps)).toEqual([
      undefined,
      undefined,
      [{ why: 'not-loaded', size: 0 }],
      undefined,
    ]);
  });

  it('is read from html.duckduckgo.com as well', () => {
    const html = `<div id="links" class="results"><div class="result result--ad"><a class="result__a" href="https://ads.example/">Ad</a></div>
      <div class="result web-result"><h2 class="result__title"><a class="result__a" href="https://duckduckgo.com/l/?uddg=https%3A%2F%2Fexample.org%2F">Moss</a></h2>
      <a class="result__url" href="https://example.org/">example.org</a><a class="result__snippet" href="https://example.org/">Green and <b>soft</b>.</a></div></div>`;
    const result = duckDuckGo.read(flatPage(html, 'https://html.duckduckgo.com/html/?q=moss'), {});
    expect(linesOf(result?.content as Element)).toEqual(['moss', 'Moss', 'Green and soft.']);
  });
});

describe('hosts', () => {
  it.each([
    ['https://www.google.de/search?q=a', true],
    ['https://www.google.com.hk/search?q=a', true],
    ['https://www.google.co.jp/search?q=a', true],
    ['https://mail.google.com/', false],
    ['https://www.google.com.evil.example/search?q=a', false],
    ['https://www.notgoogle.com/search?q=a', false],
  ])('%s is Google: %s', (url, isGoogle) => {
    expect(google.matches?.(flatPage('', url))).toBe(isGoogle);
  });
});

describe('an address behind a counter', () => {
  it.each([
    ['https://www.google.com/url?q=https://example.org/a%3Fb%3D1&sa=U', 'https://example.org/a?b=1'],
    ['https://www.bing.com/ck/a?p=1&u=a1aHR0cHM6Ly9leGFtcGxlLmNuL-S4rQ', 'https://example.cn/中'],
    ['https://www.bing.com/ck/a?u=a1%%%', 'https://www.bing.com/ck/a?u=a1%%%'],
    [
      'https://duckduckgo.com/l/?uddg=javascript%3Aalert(1)',
      'https://duckduckgo.com/l/?uddg=javascript%3Aalert(1)',
    ],
    ['https://link.zhihu.com/?target=https%3A//example.org/', 'https://example.org/'],
    ['https://example.org/url?q=https://example.com/', 'https://example.org/url?q=https://example.com/'],
    ['not an address', 'not an address'],
  ])('%s leads to %s', (address, target) => {
    expect(targetOf(address)).toBe(target);
  });
});

describe('adapters', () => {
  growsLinearly(
    google,
    'https://www.google.com/search?q=a',
    '<div id="rso">',
    (index) => `<div><a href="https://example.org/${index}"><h3>Title</h3></a><p>last${index}</p></div>`,
  );
  for (const page of pages) describe(page[0].id, () => holdsUp(...page));

  it('leave other pages of the engine alone', () => {
    expect(
      google.read(flatPage('<div id="rso"><a href="/a"><h3>A</h3></a></div>', 'https://www.google.com/'), {}),
    ).toBeNull();
    expect(
      google.read(flatPage('<div id="rso"><p>no results</p></div>', pages[0]?.[2] ?? ''), {}),
    ).toBeNull();
  });
});

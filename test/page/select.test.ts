// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import type { FlatPage } from '@/utils/page/flat-page';
import { sizeOf } from '@/utils/page/flatten';
import { type SelectOptions, select, selectInSteps } from '@/utils/page/select';

type Removal = Parameters<NonNullable<SelectOptions['trace']>>[0];

function flatPage(
  html: string,
  { url = 'https://mills.test/notes/the-mill-at-carrow', title = 'The mill at Carrow' } = {},
): FlatPage {
  const flat = document.implementation.createHTMLDocument('');
  flat.body.innerHTML = html;
  return { document: flat, url, title, liveOf: () => undefined, hidden: [], frames: [] };
}

/** The text that is left, with a space between pieces, and what was removed. */
function read(
  html: string,
  mode: SelectOptions['mode'] = 'article',
  options?: { url?: string; title?: string },
) {
  const page = flatPage(html, options);
  const removals: Removal[] = [];
  const { dropped } = select(page, { mode, trace: (removal) => removals.push(removal) });
  const isDropped = (node: Node) => [...dropped.keys()].some((root) => root.contains(node));
  const kept = textsBelow(page.document.body).filter((text) => !isDropped(text));
  return { page, dropped, removals, text: kept.map(({ data }) => data.trim()).join(' ') };
}

function textsBelow(root: Element): Text[] {
  const texts: Text[] = [];
  const walker = root.ownerDocument.createTreeWalker(root, 4 /* NodeFilter.SHOW_TEXT */);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (/\S/.test((node as Text).data)) texts.push(node as Text);
  }
  return texts;
}

const sentences = [
  'The mill at Carrow stands where the river turns, and its wheel has been still since the flood of that winter.',
  'Its last miller kept a book in which he wrote down every sack that came in, who had brought it, and what the weather did.',
  'When the weir broke in the spring, nobody had the money to mend it, so the stones were sold to a builder from the town.',
  'The book was found much later, under the floor of the drying loft, wrapped in a piece of sailcloth and quite dry.',
  'From it we know that rye was ground on Mondays, that barley came last, and that children rode along on the sacks.',
  'A few of the entries are in another hand, perhaps that of his daughter, who ran the mill alone for two years.',
];
const prose = (count: number) =>
  Array.from(
    { length: count },
    (_, index) => `<p>${sentences[index % sentences.length]} (${index})</p>`,
  ).join('');

const menu =
  '<header class="site-header"><nav><ul><li><a href="/">Home</a></li><li><a href="/mills">Mills</a></li><li><a href="/contact">Contact</a></li></ul></nav></header>';
const footer =
  '<footer class="site-footer"><p>© 2024 The Mills Society. All rights reserved.</p><ul><li><a href="/privacy">Privacy policy</a></li><li><a href="/terms">Terms of use</a></li></ul></footer>';
const around = (content: string) => `${menu}<main>${content}</main>${footer}`;
const article = (content = '') =>
  `<article><h1>The mill at Carrow</h1>${prose(6)}${content}${prose(6)}</article>`;

describe('an article', () => {
  it('is kept whole, without the menu and the footer around it', () => {
    const { text } = read(around(article()));
    for (const sentence of sentences) expect(text).toContain(sentence);
    expect(text).toContain('The mill at Carrow');
    expect(text).not.toMatch(/Contact|Privacy policy|All rights reserved/);
  });

  const extra = {
    'a list of related articles':
      '<div class="related-posts"><h3>Related articles</h3><ul><li><a href="/a">The weir at Pell</a></li><li><a href="/b">Rye and barley</a></li><li><a href="/c">Millers of the north</a></li></ul></div>',
    'buttons for sharing':
      '<div class="social-share"><ul><li><a href="/s/1">Share on Facebook</a></li><li><a href="/s/2">Tweet</a></li></ul></div>',
    'a sidebar of links':
      '<aside class="sidebar"><h3>Popular</h3><ul><li><a href="/x">Ten wheels to see</a></li><li><a href="/y">How sails are set</a></li></ul></aside>',
    'a box for subscribing':
      '<aside class="newsletter-signup"><h4>Newsletter</h4><form><label>Sign up for our newsletter</label><button>Subscribe</button></form></aside>',
  };
  it.each(Object.entries(extra))('is kept without %s behind it', (_, html) => {
    const { text, dropped } = read(around(`${article()}${html}`));
    for (const sentence of sentences) expect(text).toContain(sentence);
    expect(text).not.toMatch(/Rye and barley|Facebook|Ten wheels|Sign up for our/);
    expect(dropped.size).toBeGreaterThan(2);
  });

  const parts = {
    'a note beside the text':
      '<aside class="note"><p>Carrow is the old name: on newer maps the place is called Carrowmouth, after the inlet below it.</p></aside>',
    'a heading in a header': '<section><header><h2>What the book says</h2></header></section>',
    'a table':
      '<table><tr><th>Grain</th><th>Sacks</th></tr><tr><td>Rye</td><td>412</td></tr><tr><td>Barley</td><td>97</td></tr></table>',
    'a list': '<ul><li>Two pairs of stones</li><li>One wheel of oak</li><li>A drying loft</li></ul>',
    code: '<pre><code>sacks = rye + barley\nprint(sacks)</code></pre>',
    'a caption':
      '<figure><img src="/wheel.jpg"><figcaption>The wheel before the flood, drawn from memory</figcaption></figure>',
    'a quotation': '<blockquote><p>Today nothing but water came down the race.</p></blockquote>',
  };
  it.each(Object.entries(parts))('keeps %s inside it', (_, html) => {
    const inside = flatPage(html).document.body.textContent ?? '';
    expect(inside.length).toBeGreaterThan(10);
    const { text } = read(around(article(html)));
    expect(text.replace(/\s+/g, '')).toContain(inside.replace(/\s+/g, ''));
  });

  it('is kept though a form is around the whole page', () => {
    const { text } = read(`<form id="aspnetForm">${around(article())}</form>`);
    for (const sentence of sentences) expect(text).toContain(sentence);
    expect(text).not.toContain('Contact');
  });

  it.each(['sidebar', 'footer', 'related', 'comments', 'breadcrumb', 'widget'])(
    'is not dropped for standing in an element called “%s”',
    (name) => {
      const { text } = read(`${menu}<div class="${name}">${article()}</div>${footer}`);
      for (const sentence of sentences) expect(text).toContain(sentence);
    },
  );

  it('is kept in Chinese as well', () => {
    const paragraph =
      '磨坊坐落在河湾处，自从那年冬天发大水以后，水轮就再也没有转动过。最后一位磨坊主有一本账簿，记着每一袋送来的粮食。';
    const paragraphs = Array.from({ length: 8 }, (_, index) => `<p>${paragraph}（${index}）</p>`).join('');
    const links =
      '<div class="nav"><a href="/1">首页</a><a href="/2">新闻</a><a href="/3">体育</a><a href="/4">财经</a></div>';
    const related =
      '<div class="hot"><h3>热门推荐</h3><ul><li><a href="/5">古桥的故事</a></li><li><a href="/6">渡口今昔</a></li></ul></div>';
    const { text } = read(`${links}<div class="article"><h1>河湾的磨坊</h1>${paragraphs}</div>${related}`);
    for (let index = 0; index < 8; index++) expect(text).toContain(`（${index}）`);
    expect(text).not.toMatch(/体育|古桥/);
  });
});

describe('other kinds of pages', () => {
  it('keeps every post of a discussion', () => {
    const post = (index: number) =>
      `<div class="post comment"><div class="author"><a href="/u/${index}">miller${index}</a></div><div class="post-body"><p>Post ${index}: ${sentences[index % 6]}</p></div></div>`;
    const posts = Array.from({ length: 12 }, (_, index) => post(index)).join('');
    const { text } = read(
      around(`<h1>Who remembers the mill?</h1><div class="thread comments">${posts}</div>`),
      'article',
      {
        url: 'https://forum.mills.test/threads/who-remembers-the-mill.42/',
        title: 'Who remembers the mill?',
      },
    );
    for (let index = 0; index < 12; index++) expect(text).toContain(`Post ${index}:`);
  });

  it('keeps the entries of a page that lists things', () => {
    const card = (index: number) =>
      `<div class="product-card"><h3><a href="/p/${index}">Millstone no. ${index}</a></h3><p class="price">€ ${index * 90}</p></div>`;
    const cards = Array.from({ length: 24 }, (_, index) => card(index + 1)).join('');
    const { text } = read(around(`<h1>Millstones</h1><div class="product-grid">${cards}</div>`), 'article', {
      url: 'https://mills.test/collections/millstones',
      title: 'Millstones',
    });
    for (let index = 1; index <= 24; index++) expect(text).toContain(`Millstone no. ${index}`);
  });

  it('keeps all of a page of nothing but links', () => {
    const links = Array.from({ length: 40 }, (_, index) => `<li><a href="/${index}">Mill ${index}</a></li>`);
    expect(read(`<nav><ul>${links.join('')}</ul></nav>`).dropped.size).toBe(0);
  });

  it('keeps a sentence beside a menu that is nearly all of the page', () => {
    const links = Array.from(
      { length: 40 },
      (_, index) => `<li><a href="/p${index}">Port number ${index}</a></li>`,
    );
    const sentence = 'Welcome to all the ports of the northern coast.';
    for (const url of [
      'https://ports.test/',
      'http://localhost/',
      'about:blank',
      'https://ports.test/a/list-of-ports',
    ]) {
      const page = { url, title: 'Ports' };
      const { text } = read(`<nav><ul>${links.join('')}</ul></nav><p>${sentence}</p>`, 'article', page);
      expect(text, url).toContain(sentence);
    }
  });
});

describe('a banner that asks for consent', () => {
  const banner =
    '<div class="cookie-banner"><p>We use cookies to remember which mill you looked at last, and to count how many people visit these pages.</p><button>Accept</button></div>';

  it.each(['article', 'everything'] as const)('is left out in mode %s', (mode) => {
    const { text } = read(`${around(article())}${banner}`, mode);
    expect(text).not.toContain('We use cookies');
  });

  it('is not taken for one when it is the text', () => {
    const { text } = read(around(`<div class="cookie-notice-guide cookies">${article()}</div>`));
    for (const sentence of sentences) expect(text).toContain(sentence);
  });
});

describe('everything', () => {
  it('keeps all that can be read, and leaves out labels of menus at most', () => {
    const beside = `<aside class="sidebar"><p>${sentences[0]}</p></aside>`;
    const { text, removals } = read(around(`${article()}${beside}`), 'everything');
    expect(text.split(sentences[0] ?? '').length - 1).toBe(3);
    for (const { sample, reason } of removals) {
      expect(sample.length).toBeLessThan(200);
      expect(reason).toMatch(/^furniture/);
    }
  });

  it('keeps more than an article', () => {
    const html = around(
      `${article()}<div class="related-posts"><h3>More</h3><p>${sentences[2]} <a href="/n">On the weir</a></p></div>`,
    );
    expect(sizeOf(read(html, 'everything').text)).toBeGreaterThanOrEqual(sizeOf(read(html).text));
  });
});

describe('the account', () => {
  const pages = {
    article: around(article('<ul><li>One</li><li>Two</li></ul>')),
    'mixed texts': `Loose words ${menu} more loose words <div>${prose(4)} tail</div>${footer} the end`,
    'no text': '<div><img src="/a.png"></div>',
    'one word': '<p>Word</p>',
  };
  it.each(Object.entries(pages))('is exact: %s', (_, html) => {
    for (const mode of ['article', 'everything'] as const) {
      const { page, dropped, text } = read(html, mode);
      const nodes = [...dropped.keys()];
      for (const node of nodes) {
        expect(nodes.some((other) => other !== node && other.contains(node))).toBe(false);
        expect(page.document.body.contains(node)).toBe(true);
      }
      const left = nodes.reduce((sum, node) => sum + sizeOf(node.textContent ?? ''), 0);
      expect(sizeOf(text) + left).toBe(sizeOf(page.document.body.textContent ?? ''));
    }
  });

  it('comes out the same in small steps', () => {
    const page = flatPage(around(article()));
    const steps = selectInSteps(page, { mode: 'article' });
    let count = 0;
    let step = steps.next();
    for (; !step.done; step = steps.next()) count++;
    expect(count).toBeGreaterThan(5);
    expect(step.value).toEqual(select(page, { mode: 'article' }));
  });

  it('leaves the page as it is', () => {
    const page = flatPage(around(article()));
    const before = page.document.body.innerHTML;
    select(page, { mode: 'article' });
    expect(page.document.body.innerHTML).toBe(before);
  });

  it('says of each removal what it was, where and why', () => {
    const { removals, dropped } = read(around(article()));
    expect(removals).toHaveLength(dropped.size);
    const header = removals.find(({ path }) => path === 'header.site-header');
    expect(header).toMatchObject({ size: sizeOf('HomeMillsContact') });
    expect(header?.reason).toMatch(/^furniture: \S/);
    expect(header?.sample).toContain('Mills');
  });
});

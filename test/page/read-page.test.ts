import { describe, expect, it } from 'vitest';
import { AppError } from '@/utils/errors';
import { type ReadPageOptions, type Removal, readPage } from '@/utils/page';
import { passageText } from '@/utils/source';
import { fixturePage, pageOf } from '../fixtures/documents';
import { missingFrom, paragraphsOf } from '../servers/paragraphs';

const read = (html: string, options?: ReadPageOptions) => readPage(pageOf(html), options);

const elsewhere = 'Read also what the harbour master says of the new lamp, and what it costs the town.';
const sentence = 'The keeper of the light writes down every ship that passes the point at night.';
const paragraphs = (count: number) =>
  Array.from({ length: count }, (_, index) => `<p>${index}. ${sentence}</p>`).join('');

async function troubleOf(html: string) {
  try {
    await read(html);
  } catch (error) {
    if (error instanceof AppError) return error.toTrouble();
    throw error;
  }
  return undefined;
}

describe('an article', () => {
  it.each([
    ['article.html', '/article', 'en'],
    ['zh-article.html', '/zh-article', 'zh'],
  ])('is read whole: %s', async (file, path, language) => {
    const reading = await readPage(fixturePage(file, `https://example.org${path}#part`));
    expect(missingFrom(reading.text, paragraphsOf(path))).toEqual([]);
    expect(reading).toMatchObject({ kind: 'tab', url: `https://example.org${path}#part` });
    expect(reading.lang).toMatch(new RegExp(`^${language}`));
    // A dateline or a share line may be missing from what Readability chose; paragraphs may not.
    const { read: count = 0, visible = 1 } = reading.coverage ?? {};
    expect(count / visible).toBeGreaterThan(0.99);
    // What is missing is accounted for to the character, however little it is.
    const gap = reading.gaps.find(({ why }) => why === 'outside-article');
    expect(gap?.size ?? 0).toBe(visible - count);
  });

  it('keeps its passages in order, numbered, without the furniture around it', async () => {
    const html = `<title>The light</title><nav>Home About</nav><article><h1>The light</h1>${paragraphs(12)}</article><footer>All rights reserved</footer>`;
    const reading = await read(html);
    const first = reading.text.indexOf('0. The keeper');
    expect(first).toBeGreaterThan(0);
    expect(reading.text.indexOf('11. The keeper')).toBeGreaterThan(first);
    expect(reading.text).not.toMatch(/Home About|rights reserved/);
    expect(reading.title).toBe('The light');
    expect(reading.gaps).toEqual([{ why: 'furniture', size: 26 }]);
    for (const { number } of reading.segments) expect(passageText(reading, number)?.trim()).toBeTruthy();
  });

  it('leaves the live page as it was', async () => {
    const page = fixturePage('article.html');
    const before = page.documentElement.outerHTML;
    await readPage(page);
    expect(page.documentElement.outerHTML).toBe(before);
  });

  it('says in a trace what it left out and why', async () => {
    const removals: Removal[] = [];
    const html = `<nav>Home and About</nav><article>${paragraphs(10)}<p hidden>Never seen</p></article>`;
    await read(html, { trace: (removal) => removals.push(removal) });
    expect(removals).toContainEqual(
      expect.objectContaining({ reason: expect.stringMatching(/^furniture/), path: 'nav', size: 12 }),
    );
    expect(removals).toContainEqual(expect.objectContaining({ sample: 'Never seen', size: 9 }));
  });
});

describe('a page that is not an article', () => {
  it('is read whole when the extraction picks a small box and loses a list', async () => {
    const page = fixturePage('no-article.html');
    const reading = await readPage(page);
    expect(missingFrom(reading.text, paragraphsOf('/no-article'))).toEqual([]);
    const { read: count = 0, visible = 1 } = reading.coverage ?? {};
    expect(count / visible).toBeGreaterThan(0.98);
  });

  it.each([['nothing else', '']])('is read with its navigation when it has %s', async (_, rest) => {
    const links = Array.from(
      { length: 40 },
      (_, index) => `<li><a href="/p${index}">Port number ${index}</a></li>`,
    );
    const reading = await read(`<title>Ports</title><nav><ul>${links.join('')}</ul></nav>${rest}`);
    expect(reading.text).toContain('Port number 0');
    expect(reading.text).toContain('Port number 39');
    expect(reading.gaps).toEqual([]);
  });

  it('is read with everything when that is asked for', async () => {
    const html = `<nav>Home and About</nav><article>${paragraphs(10)}</article><aside>${elsewhere}</aside>`;
    expect((await read(html)).text).not.toContain(elsewhere);
    const all = await read(html, { mode: 'everything' });
    expect(all.text).toContain('Home and About');
    expect(all.text).toContain(elsewhere);
    expect(all.gaps).toEqual([]);
  });

  it('is read when it consists of figures', async () => {
    const reading = await read(
      `<title>Digits</title><p>3.14159 26535 89793 23846 26433 83279 50288 41971</p>`,
    );
    expect(reading.text).toContain('50288');
  });

  it('is read when its formulas are pictures', async () => {
    const formula = '<img class="latex" src="f.png" alt="\\sum_{n=1}^{\\infty} \\frac{1}{n^2}">';
    expect((await read(`<title>Sums</title><p>${formula}</p>`)).text).toContain('\\frac{1}{n^2}');
  });

  it('keeps the words of 1,500 nested elements', async () => {
    const html = Array.from({ length: 1_500 }, (_, depth) => `<div>word${depth} `).join('');
    const words = new Set((await read(html)).text.match(/word\d+/g));
    expect(words.size).toBe(1_500);
  }, 30_000);

  it('is named after its host when it has no title', async () => {
    const { title } = await readPage(pageOf(`<body><p>${sentence}</p>`, 'https://harbour.example/'));
    expect(title).toBe('harbour.example');
  });
});

describe('an empty page', () => {
  it('is refused, with the count of its images and frames', async () => {
    const html = '<title>Gallery</title><img src="a.png"><img src="b.png"><iframe></iframe><p>  </p>';
    expect(await troubleOf(html)).toEqual({ code: 'page-empty', facts: { images: 2, frames: 1 } });
  });

  it.each([
    ['nothing at all', ''],
    ['a body without text', '<body><div><span> \n </span></div></body>'],
    ['a few characters', '<body><p>Loading...</p></body>'],
    ['scripts only', '<body><script>const text = "a long text that is not to be read";</script></body>'],
  ])('is refused: %s', async (_, html) => {
    expect((await troubleOf(html))?.code).toBe('page-empty');
  });

  it('is handed on when frames of other sites may hold its text', async () => {
    const { frames, characters } = await read(
      '<frameset cols="*"><frame src="https://a.example/"></frameset>',
    );
    expect(frames).toMatchObject([{ path: [0] }]);
    expect(characters).toBeLessThan(60);
  });

  it('is refused when it is the fixture with a canvas', async () => {
    await expect(readPage(fixturePage('empty.html'))).rejects.toThrow('page-empty');
  });
});

describe('gaps', () => {
  it('know frames of other sites wherever they stand', async () => {
    const frame = (host: string) => `<iframe src="https://${host}/page"></iframe>`;
    const live = pageOf(
      `<article>${paragraphs(10)}${frame('inside.example')}</article><nav>Home and About ${frame('menu.example')}</nav>`,
    );
    for (const element of live.querySelectorAll('iframe')) {
      Object.defineProperty(element, 'contentDocument', { value: null });
    }
    const removals: Removal[] = [];
    const { frames } = await readPage(live, { trace: (removal) => removals.push(removal) });
    expect(removals).toContainEqual(expect.objectContaining({ reason: 'frame', sample: 'menu.example' }));
    expect(frames.map(({ host, after }) => [host, after])).toEqual([
      ['menu.example', undefined],
      ['inside.example', expect.any(Number)],
    ]);
  });

  it('say that the page was still loading', async () => {
    const page = pageOf(`<body>${paragraphs(3)}`);
    Object.defineProperty(page, 'readyState', { value: 'loading' });
    expect((await readPage(page)).gaps).toContainEqual({ why: 'still-loading', size: 0 });
  });
});

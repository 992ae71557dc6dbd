import { describe, expect, it } from 'vitest';
import { AppError } from '@/utils/errors';
import { type ReadPageOptions, readPage } from '@/utils/page';
import { extractArticle, wholeBody } from '@/utils/page/article';
import { passageText } from '@/utils/source';
import { fixturePage, pageOf } from '../fixtures/documents';
import { missingFrom, paragraphsOf } from '../servers/paragraphs';

const read = (html: string, options?: ReadPageOptions) => readPage(pageOf(html), options);

const sentence = 'The keeper of the light writes down every ship that passes the point at night.';
const paragraphs = (count: number) =>
  Array.from({ length: count }, (_, index) => `<p>${index}. ${sentence}</p>`).join('');

function troubleOf(html: string) {
  try {
    read(html);
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
  ])('is read whole: %s', (file, path, language) => {
    const reading = readPage(fixturePage(file, `https://example.org${path}#part`));
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

  it('keeps its passages in order, numbered, without the furniture around it', () => {
    const html = `<title>The light</title><nav>Home About</nav><article><h1>The light</h1>${paragraphs(12)}</article><footer>All rights reserved</footer>`;
    const reading = read(html);
    const first = reading.text.indexOf('0. The keeper');
    expect(first).toBeGreaterThan(0);
    expect(reading.text.indexOf('11. The keeper')).toBeGreaterThan(first);
    expect(reading.text).not.toMatch(/Home About|rights reserved/);
    expect(reading.title).toBe('The light');
    expect(reading.gaps).toEqual([{ why: 'furniture', size: 26 }]);
    for (const { number } of reading.segments) expect(passageText(reading, number)?.trim()).toBeTruthy();
  });

  it('leaves the live page as it was', () => {
    const page = fixturePage('article.html');
    const before = page.documentElement.outerHTML;
    readPage(page);
    expect(page.documentElement.outerHTML).toBe(before);
  });

  it('says in a trace what it decided', () => {
    const lines: string[] = [];
    readPage(fixturePage('no-article.html'), { trace: (line) => lines.push(line) });
    expect(lines[0]).toMatch(/^visible: \d+ characters of prose/);
    expect(lines[1]).toMatch(/article leaves out \d+ % of the prose|no article/);
  });
});

describe('a page that is not an article', () => {
  it('is read whole when the extraction picks a small box and loses a list', () => {
    const page = fixturePage('no-article.html');
    const box = extractArticle(page)?.content.textContent ?? '';
    expect(box).toContain('New in version 5.2');
    expect(box).not.toContain('Job 4107');
    const reading = readPage(page);
    expect(missingFrom(reading.text, paragraphsOf('/no-article'))).toEqual([]);
    expect(reading.coverage?.read).toBe(reading.coverage?.visible);
  });

  it.each([
    ['nothing else', ''],
    ['little else', '<p>Welcome.</p>'],
  ])('is read with its navigation when it has %s', (_, rest) => {
    const links = Array.from(
      { length: 40 },
      (_, index) => `<li><a href="/p${index}">Port number ${index}</a></li>`,
    );
    const reading = read(`<title>Ports</title><nav><ul>${links.join('')}</ul></nav>${rest}`);
    expect(reading.text).toContain('Port number 0');
    expect(reading.text).toContain('Port number 39');
    expect(reading.gaps).toEqual([]);
  });

  it('is read with everything when that is asked for', () => {
    const html = `<nav>Home and About</nav><article>${paragraphs(10)}</article><aside>Seen elsewhere</aside>`;
    expect(read(html).text).not.toContain('Seen elsewhere');
    const all = read(html, { mode: 'everything' });
    expect(all.text).toContain('Home and About');
    expect(all.text).toContain('Seen elsewhere');
    expect(all.gaps).toEqual([]);
  });

  it('is read when it consists of figures', () => {
    const reading = read(`<title>Digits</title><p>3.14159 26535 89793 23846 26433 83279 50288 41971</p>`);
    expect(reading.text).toContain('50288');
  });

  it('keeps the words of 1,500 nested elements', () => {
    const html = Array.from({ length: 1_500 }, (_, depth) => `<div>word${depth} `).join('');
    const words = new Set(read(html).text.match(/word\d+/g));
    expect(words.size).toBe(1_500);
  }, 30_000);

  it('is named after its host when it has no title', () => {
    expect(readPage(pageOf(`<body><p>${sentence}</p>`, 'https://harbour.example/')).title).toBe(
      'harbour.example',
    );
  });
});

describe('an empty page', () => {
  it('is refused, with the count of its images and frames', () => {
    const html = '<title>Gallery</title><img src="a.png"><img src="b.png"><iframe></iframe><p>  </p>';
    expect(troubleOf(html)).toEqual({ code: 'page-empty', facts: { images: 2, frames: 1 } });
  });

  it.each([
    ['nothing at all', ''],
    ['a body without text', '<body><div><span> \n </span></div></body>'],
    ['a few characters', '<body><p>Loading...</p></body>'],
    ['scripts only', '<body><script>const text = "a long text that is not to be read";</script></body>'],
    ['a frameset', '<frameset cols="*"><frame src="a.html"></frameset>'],
  ])('is refused: %s', (_, html) => {
    expect(troubleOf(html)?.code).toBe('page-empty');
  });

  it('is refused when it is the fixture with a canvas', () => {
    expect(() => readPage(fixturePage('empty.html'))).toThrow('page-empty');
  });
});

describe('gaps', () => {
  it('say that the page was still loading', () => {
    const page = pageOf(`<body>${paragraphs(3)}`);
    Object.defineProperty(page, 'readyState', { value: 'loading' });
    expect(readPage(page).gaps).toContainEqual({ why: 'still-loading', size: 0 });
  });

  it('count the frames that are large enough to be seen', () => {
    const page = pageOf(`<body>${paragraphs(3)}<iframe></iframe><iframe></iframe><iframe></iframe>`);
    for (const frame of [...page.querySelectorAll('iframe')].slice(1)) {
      Object.defineProperty(frame, 'clientWidth', { value: 600 });
      Object.defineProperty(frame, 'clientHeight', { value: 400 });
    }
    expect(readPage(page).gaps).toContainEqual({ why: 'frame', size: 2 });
  });
});

describe('wholeBody', () => {
  it('takes furniture off a copy, or leaves it', () => {
    const html = '<body><nav>Menu</nav><p>Text</p><aside><button>More</button></aside></body>';
    expect(wholeBody(pageOf(html), { withFurniture: false }).textContent).toBe('Text');
    expect(wholeBody(pageOf(html), { withFurniture: true }).textContent).toBe('MenuTextMore');
  });
});

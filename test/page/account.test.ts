import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { JSDOM } from 'jsdom';
import { describe, expect, it, vi } from 'vitest';
import { type Removal, readPage } from '@/utils/page';
import { accountFor, reasonsBy, textsOf } from '@/utils/page/account';
import { flatten, sizeOf } from '@/utils/page/flatten';
import { sites } from '@/utils/page/sites';
import type { Gap, Reading } from '@/utils/source';
import { fixturePage, pageOf } from '../fixtures/documents';

const pages = readdirSync(resolve(import.meta.dirname, '../fixtures/pages'), {
  recursive: true,
  encoding: 'utf8',
}).filter((name) => name.endsWith('.html') && !/^(empty|concealed|spa)/.test(name));

/** Characters of everything that can be seen, as the page is before anything is changed or chosen. */
async function visibleSize(live: Document): Promise<number> {
  const page = await flatten(live);
  return textsOf(page.document.body).reduce((sum, { data }) => sum + sizeOf(data), 0);
}

const sizeOfGap = ({ gaps }: Reading, why: Gap['why']) => gaps.find((gap) => gap.why === why)?.size ?? 0;
const leftOut = (reading: Reading) =>
  sizeOfGap(reading, 'outside-article') + sizeOfGap(reading, 'furniture') + sizeOfGap(reading, 'page-tools');

describe('every visible character', () => {
  it.each(pages)('of %s is in the text or in a gap', async (name) => {
    const visible = await visibleSize(fixturePage(name));
    for (const mode of ['article', 'everything'] as const) {
      const removed: Removal[] = [];
      const reading = await readPage(fixturePage(name), { mode, trace: (one) => removed.push(one) });
      const read = reading.coverage?.read ?? 0;
      expect(read + leftOut(reading)).toBe(visible);
      expect(reading.coverage?.visible).toBe(read + sizeOfGap(reading, 'outside-article'));
      // The trace names all that was taken away before anything was chosen.
      const tools = removed.filter(({ reason }) => reason.startsWith('page-tools'));
      expect(tools.reduce((sum, { size }) => sum + size, 0)).toBe(sizeOfGap(reading, 'page-tools'));
      expect(tools.filter(({ reason }) => reason.endsWith('lost'))).toEqual([]);
    }
  });

  it('of a page with an adapter is, too', async () => {
    const name = 'sites/hacker-news.html';
    const url = 'https://news.ycombinator.com/item?id=1';
    const removed: number[] = [];
    const options = { sites, trace: ({ size }: { size: number }) => void removed.push(size) };
    const reading = await readPage(fixturePage(name, url), options);
    const sum = (reading.coverage?.read ?? 0) + leftOut(reading);
    expect(sum).toBe(await visibleSize(fixturePage(name)));
    // The trace names each of them.
    expect(removed.reduce((total, size) => total + size, reading.coverage?.read ?? 0)).toBe(sum);
  });
});

describe('what normalising takes away', () => {
  const prose =
    '<p>The keeper of the light writes down every ship that passes the point at night.</p>'.repeat(6);
  const account = async (html: string) => {
    const live = pageOf(`<title>Light</title><article><h1>Light</h1>${prose}${html}${prose}</article>`);
    const removed: Removal[] = [];
    const reading = await readPage(live, { trace: (one) => removed.push(one) });
    expect((reading.coverage?.read ?? 0) + leftOut(reading)).toBe(await visibleSize(live));
    const tools = removed.filter(({ reason }) => reason.startsWith('page-tools'));
    expect(tools.reduce((sum, { size }) => sum + size, 0)).toBe(sizeOfGap(reading, 'page-tools'));
    return { reading, tools, size: sizeOfGap(reading, 'page-tools') };
  };

  it.each([
    [
      'line numbers and a copy button of code',
      '<div class="highlight"><button>Copy</button><table class="rouge-table"><tr><td class="gutter"><pre>1\n2</pre></td><td class="code"><pre>let a = 1\nlet b = 2</pre></td></tr></table></div>',
      6,
      'let a = 1\nlet b = 2',
    ],
    [
      'line numbers in the lines',
      '<pre><code><span class="line"><span class="lineno">10</span>let a</span>\n<span class="line"><span class="lineno">11</span>let b</span></code></pre>',
      4,
      'let a\nlet b',
    ],
    ['edit links', '<h2>Lamp<span class="mw-editsection">[edit]</span></h2><p>It turns.</p>', 6, 'It turns.'],
    [
      'signs beside headings',
      '<h2>Lamp<a class="headerlink" href="#lamp">¶</a></h2><p>It turns.</p>',
      1,
      'It turns.',
    ],
    [
      'links from notes back to the text',
      '<p>It turns.<sup id="r1"><a href="#n1">1</a></sup></p><ol><li id="n1"><p>Since 1901 it has been turned by hand, as the book of the keeper says. <a href="#r1">↩</a></p></li></ol>',
      1,
      '[^1]: Since 1901 it has been turned by hand',
    ],
    [
      'what an editor draws beside its lines',
      '<div class="cm-editor"><div class="cm-gutters"><div class="cm-gutterElement">1</div></div><div class="cm-content"><div class="cm-line">let a</div></div></div>',
      1,
      'let a',
    ],
  ])('is a gap and in the trace: %s', async (_, html, expected, text) => {
    const { reading, size, tools } = await account(html);
    expect(size).toBe(expected);
    expect(tools.length).toBeGreaterThan(0);
    expect(reading.text).toContain(text);
  });

  it('is not what is only written otherwise: formulas, code and the marks of notes', async () => {
    const { reading, size } = await account(
      '<p>So <span class="katex"><span class="katex-mathml"><math><semantics><mrow><msup><mi>x</mi><mn>2</mn></msup></mrow><annotation encoding="application/x-tex">x^2</annotation></semantics></math></span><span class="katex-html">x2</span></span> it is.</p><pre><code>let a</code></pre>',
    );
    expect(size).toBe(0);
    expect(reading.text).toContain('So $x^2$ it is.');
  });

  it('keeps what MathJax drew when the source beside it says nothing', async () => {
    const drawn = '<span class="MathJax">a plus b</span><script type="math/tex"></script>';
    expect((await account(`<p>Now ${drawn} it is.</p>`)).reading.text).toContain('Now a plus b');
  });

  it('translates MathML that MathJax keeps in a script', async () => {
    const drawn = '<span class="MathJax">x2</span>';
    const script = '<script type="math/mml"><math><msup><mi>x</mi><mn>2</mn></msup></math></script>';
    vi.stubGlobal('DOMParser', new JSDOM('').window.DOMParser);
    expect((await account(`<p>Now ${drawn}${script} it is.</p>`)).reading.text).toContain('Now $x^2$ it');
    vi.unstubAllGlobals();
  });

  it('keeps the numbers of a spreadsheet that remembers how they were made', async () => {
    const cells =
      '<tr><th>Ship</th><th>Sum</th></tr><tr><td>Anna</td><td data-formula="=SUM(A1:A9)">4217</td></tr>';
    expect((await account(`<table>${cells}</table>`)).reading.text).toContain('| Anna | 4217 |');
  });

  it('keeps prose that only calls itself a formula', async () => {
    const text = 'Nobody had seen the second lamp, which stood behind the first one. '.repeat(30);
    const { reading } = await account(`<div class="mwe-math-element"><img alt="x">${text}</div>`);
    expect(reading.text).toContain('Nobody had seen the second lamp');
  });
});

describe('the account', () => {
  it('counts each text once, by the nearest reason above it', () => {
    const { body } = pageOf(
      '<body><p>Kept words</p><nav>Menu <b>of</b></nav><div><i>Beside</i></div></body>',
    );
    const [nav, div] = [body.querySelector('nav'), body.querySelector('div')];
    if (!nav || !div) return expect.fail('both are there');
    const account = accountFor(
      textsOf(body),
      reasonsBy(
        new Map<Node, 'furniture' | 'outside-article'>([
          [nav, 'furniture'],
          [div, 'outside-article'],
        ]),
      ),
    );
    expect(account.kept).toBe(9);
    expect(account.dropped.get('furniture')).toMatchObject({ size: 6, words: 2 });
    expect(account.dropped.get('outside-article')).toMatchObject({ size: 6, words: 1, sample: 'Beside' });
  });
});

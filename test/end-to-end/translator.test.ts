import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PageUnit, Placement } from '../../utils/page/translate/types.ts';
import { startTranslateServer, type TranslateServer } from '../servers/translate-server.ts';
import { type Harness, launch } from './harness.ts';
import { longestTask } from './task-time.ts';
import { driveTranslator, granted, inOtherWords } from './translator-driver.ts';

/** What is written into pages, as a person finds it there: to click on, to hover, to scroll past. */

/** What the pages under test have in their own world. */
declare const fixture: { written(): string; clicks: Record<string, number> };

let pages: TranslateServer;
let others: Server;
let origin: string;
let harness: Harness;

const xhtml = `<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml" lang="en"><head><title>Strictly written</title></head>
<body><p>A paragraph of <em>another</em> kind of document.</p></body></html>`;
const framed = `<!doctype html><html lang="en"><head><title>Frames</title></head>
<frameset cols="50%,50%"><frame src="/inner"></frame><frame src="/inner"></frame></frameset></html>`;
const inner = '<!doctype html><html lang="en"><body><p>A paragraph in a frame.</p></body></html>';
/** What nobody sees, beside what is made in the same ways and is seen. */
const concealed = `<!doctype html><html lang="en"><style>
.gone { opacity: 0 } .shut { height: 0; overflow: hidden } .open .shut { height: auto }
.hero { position: relative; background: #fff } .hero i { position: absolute; inset: 0; background: #246 } .hero b { position: relative; color: #fff }
.ratio { height: 0; padding-bottom: 20%; overflow: hidden; position: relative } .ratio p { position: absolute; inset: 0 }
</style><body><main>
<p>The first paragraph is seen.</p>
<p class="gone">Nothing of this is opaque.</p>
<p style="font-size:0">These letters have no size. <span style="font-size:16px">These letters have one.</span></p>
<h2 style="text-indent:-9999px;overflow:hidden">A picture stands for this title.</h2>
<p style="color:#fff">White letters on white paper.</p>
<p style="color:#fefefe;background:#fff">Nearly white letters on white.</p>
<p style="color:transparent">Letters without ink on paper.</p>
<p style="color:transparent;background:linear-gradient(red,blue);background-clip:text">Letters of many colours.</p>
<div class="hero"><i></i><b>White letters on a dark picture.</b></div>
<div class="ratio"><p>Words in a box of a given shape.</p></div>
<div style="background:#111"><p style="color:#eee">Light letters on dark paper.</p></div>
<div id="fold"><div class="shut"><p>Folded up at first.</p></div></div>
<iframe src="http://localhost:PORT/inner" width="500" height="400"></iframe>
<iframe src="http://localhost:PORT/inner" width="300" height="250"></iframe>
<iframe src="/inner" width="400" height="300"></iframe>
<p>The last paragraph is seen.</p>
</main></body></html>`;
const nodes = `<!doctype html><html lang="en"><body><main>${Array.from(
  { length: 4_000 },
  (_, index) =>
    `<p>Words ${index} <b>that</b> stand <i>in</i> many <a href="/x">small</a> pieces <span>of</span> a <em>long</em> page <u>that</u> has <s>a</s> hundred <q>thousand</q> nodes</p>\n`,
).join('')}</main></body></html>`;

beforeAll(async () => {
  others = createServer(({ url = '' }, response) => {
    const [type, body] = {
      '/xhtml': ['application/xhtml+xml', xhtml],
      '/framed': ['text/html', framed],
      '/inner': ['text/html', inner],
      '/nodes': ['text/html', nodes],
      '/concealed': ['text/html', concealed.replaceAll('PORT', new URL(origin).port)],
    }[url] ?? ['text/plain', ''];
    response.writeHead(body ? 200 : 404, { 'content-type': `${type}; charset=utf-8` }).end(body);
  });
  await new Promise<void>((done) => others.listen(0, '127.0.0.1', done));
  origin = `http://127.0.0.1:${(others.address() as AddressInfo).port}`;
  pages = await startTranslateServer();
  harness = await launch({ grant: [granted] });
  await harness.grantNow(granted);
});

afterAll(async () => {
  await harness?.close();
  await pages?.close();
  others?.close();
});

/** A page, everything its console complains of, and the translator in it. */
async function open(url: string) {
  const page = await harness.page(url);
  const errors: string[] = [];
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  page.on('pageerror', (error) => errors.push(String(error)));
  const driver = await driveTranslator(harness, page);
  return { page, errors, driver };
}

const placed = (units: PageUnit[]): Placement[] =>
  units.map(({ id, text }) => ({ unit: id, text: inOtherWords(text) }));

const html = (page: Page) => page.evaluate(() => document.documentElement.outerHTML);

describe('a translation in a page', () => {
  it('can be clicked like the text it stands beside, and asks again and opens terms by mouse and keys', async () => {
    const { page, errors, driver } = await open(`${pages.origin}/prose`);
    const before = await page.evaluate(() => fixture.written());
    const units = await driver.start();
    const { id = 0, text = '' } = units.find((unit) => unit.text.includes('board of grey')) ?? {};
    const words = inOtherWords(text);
    await driver.place([{ unit: id, text: `港务长${words}`, terms: [{ words: '港务长', id: 'master' }] }]);
    const link = await page.waitForSelector(`wholemoon-t[data-unit="${id}"] a`);
    await link?.click();
    // The page listens on its own link and keeps it from leading away.
    expect(Object.values(await page.evaluate(() => fixture.clicks))).toEqual([1]);
    await page.click(`wholemoon-t[data-unit="${id}"] wholemoon-t-term`);
    expect(await driver.until('term')).toEqual({ type: 'term', id: 'master' });
    const failed = units[0]?.id ?? 0;
    await driver.tell({ type: 'failed', units: [failed] });
    await page.waitForSelector('wholemoon-t-again');
    await page.evaluate(() => {
      const sign = document.querySelector('wholemoon-t-again');
      // A page may send clicks too; those do not count.
      sign?.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }));
      (sign as HTMLElement).focus();
    });
    await page.keyboard.press('Enter');
    expect(await driver.until('again')).toEqual({ type: 'again', unit: failed });
    expect((await driver.heard()).filter(({ type }) => type === 'again')).toHaveLength(1);
    await driver.undo();
    expect(await page.evaluate(() => fixture.written())).toBe(before);
    expect(errors).toEqual([]);
    await page.close();
  });

  it('breaks no box: where there is no room it is shown when the pointer is there', async () => {
    const { page, driver } = await open(`${pages.origin}/cards`);
    const heights = () =>
      page.evaluate(() =>
        Array.from(document.querySelectorAll('.card, .card h3, .card p, .fixed, .row'), (box) => [
          Math.round(box.getBoundingClientRect().height),
          box.scrollHeight - box.clientHeight,
        ]),
      );
    const before = await heights();
    const units = await driver.start();
    await driver.place(placed(units));
    await setTimeout(100);
    expect(await heights()).toEqual(before);
    for (const box of ['.card h3', '.fixed p']) {
      await page.hover(box);
      await page.waitForSelector('wholemoon-t:popover-open');
      const shown = await page.$eval('wholemoon-t:popover-open', (bubble) => {
        const { top, bottom, left, right } = bubble.getBoundingClientRect();
        const inside = top >= 0 && left >= 0 && bottom <= innerHeight && right <= innerWidth;
        return { inside, text: bubble.textContent ?? '', role: bubble.getAttribute('role') };
      });
      expect(shown).toEqual({
        inside: true,
        text: expect.stringMatching(/\p{Script=Han}/u),
        role: 'tooltip',
      });
      await page.keyboard.press('Escape');
      expect(await page.$('wholemoon-t:popover-open')).toBeNull();
    }
    await page.close();
  });

  it('comes into a page of 2,000 paragraphs without a halt, what is in sight first, and keeps the place', async () => {
    const { page, driver } = await open(`${pages.origin}/paragraphs`);
    const before = await page.evaluate(() => fixture.written());
    const top = () =>
      page.evaluate(() =>
        Math.round((document.querySelectorAll('main p')[1_000] as Element).getBoundingClientRect().top),
      );
    const longest = await longestTask(page, async () => {
      const units = await driver.start();
      expect(units).toHaveLength(2_002);
      await page.evaluate(() => {
        const paragraph = document.querySelectorAll('main p')[1_000] as Element;
        paragraph.scrollIntoView({ block: 'start', behavior: 'instant' });
      });
      // Of what the page says: the order after the walk, and that after scrolling.
      const { units: order } = await driver.until('order', ({ units: [first = 0] }) => first > 990);
      expect(order).toHaveLength(2_002);
      const place = await top();
      await driver.place(placed(units.slice(0, 600)));
      expect(Math.abs((await top()) - place)).toBeLessThanOrEqual(2);
      await driver.place(placed(units.slice(600)));
      await driver.tell({ type: 'display', display: 'translation' });
      await page.waitForFunction(() => document.querySelectorAll('wholemoon-t').length === 0);
    });
    console.log(`2,000 paragraphs: longest task ${longest} ms of the processor`);
    expect(longest).toBeLessThanOrEqual(50);
    await driver.undo();
    expect(await page.evaluate(() => fixture.written())).toBe(before);
    await page.close();
  });

  it('is asked for of what is seen alone, and of the rest when that is shown; frames of other sites are counted', async () => {
    const { page, driver } = await open(`${origin}/concealed`);
    const units = (await driver.start()).map(({ text }) => text);
    expect(units).toEqual([
      'The first paragraph is seen.',
      'These letters have one.',
      'Letters of many colours.',
      'White letters on a dark picture.',
      'Words in a box of a given shape.',
      'Light letters on dark paper.',
      'A paragraph in a frame.',
      'The last paragraph is seen.',
    ]);
    expect(await driver.until('frames')).toEqual({ type: 'frames', foreign: 1 });
    await page.evaluate(() => {
      document.querySelector('#fold')?.classList.add('open');
      document.querySelector('.gone')?.classList.remove('gone');
    });
    const later: string[] = [];
    for (const end = Date.now() + 10_000; later.length < 2 && Date.now() < end; ) {
      const message = await driver.until('units');
      later.push(...message.units.map(({ text }) => text));
    }
    expect(later.sort()).toEqual(['Folded up at first.', 'Nothing of this is opaque.']);
    await driver.undo();
    await page.close();
  });

  it('a page of a hundred thousand nodes is cut without a halt', async () => {
    const { page, driver } = await open(`${origin}/nodes`);
    const longest = await longestTask(page, async () => {
      expect(await driver.start()).toHaveLength(4_000);
    });
    console.log(`100,000 nodes: longest task ${longest} ms of the processor`);
    expect(longest).toBeLessThanOrEqual(50);
    await page.close();
  });

  it.each(['/xhtml', '/framed'])(
    'stands in documents of other kinds, and leaves no error: %s',
    async (path) => {
      const { page, errors, driver } = await open(origin + path);
      const before = await html(page);
      const units = await driver.start();
      const written = await driver.place(placed(units));
      expect(written).toMatchObject({ exact: units.length, plain: 0 });
      const shown = await Promise.all(
        page.frames().map((frame) => frame.$$eval('wholemoon-t', (own) => own.map((one) => one.textContent))),
      );
      expect(shown.flat()).toHaveLength(path === '/xhtml' ? 1 : 2);
      expect(units).toHaveLength(path === '/xhtml' ? 1 : 2);
      await driver.undo();
      expect(await html(page)).toBe(before);
      expect(errors).toEqual([]);
      await page.close();
    },
  );
});

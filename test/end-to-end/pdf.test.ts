import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { writePdf } from '../fixtures/pdf.ts';
import {
  chinesePdf,
  partlyScannedPdf,
  plainPdf,
  scannedPdf,
  sentence,
  twoColumnPdf,
} from '../fixtures/pdf-documents.ts';
import { type PdfServer, serveHtml, servePdf, startPdfServer, withCookie } from '../servers/pdf-server.ts';
import {
  connectModel,
  named,
  openPanel,
  press,
  pressText,
  screenshot,
  screenText,
  see,
  summarize,
  until,
  waitForAnswerEnd,
} from './steps.ts';
import { startWorld, type World } from './world.ts';

const columns = twoColumnPdf(40);
const locked = twoColumnPdf(3, { password: 'open sesame', title: 'Locked annals' });
const chinese = chinesePdf();
const scanned = partlyScannedPdf();
const long = plainPdf(900);
const html = `<article>${`<p>${sentence(1)}</p>`.repeat(30)}</article>`;

let world: World;
let server: PdfServer;

beforeAll(async () => {
  server = await startPdfServer({
    '/download': servePdf(columns.bytes),
    '/page.pdf': serveHtml(html),
    '/locked.pdf': servePdf(locked.bytes),
    '/chinese.pdf': servePdf(chinese.bytes),
    '/scanned.pdf': servePdf(scanned.bytes),
    '/pictures.pdf': servePdf(scannedPdf()),
    '/long.pdf': servePdf(long.bytes),
    '/sign-in': serveHtml('<p>Welcome.</p>', { 'set-cookie': 'session=abc; SameSite=Strict; HttpOnly' }),
    '/members': withCookie('session=abc', servePdf(columns.bytes)),
    '/form': serveHtml('<form method="post" action="/made"><button>Make</button></form>'),
    '/made': (request, response) =>
      (request.method === 'POST' ? servePdf(columns.bytes) : serveHtml('<p>Use the form.</p>'))(
        request,
        response,
      ),
    '/broken.pdf': servePdf(columns.bytes.slice(0, 900)),
  });
  world = await startWorld({ grant: ['http://127.0.0.1/*', 'file:///*'] });
  await connectModel(world.harness, { baseUrl: world.model.baseUrl, window: 4_000_000 });
}, 120_000);
afterEach(() => world.tidy());
afterAll(async () => {
  await world.close();
  await server.close();
});

const visit = (path: string) => world.harness.page(server.origin + path);
const open = async (path: string) => openPanel(world.harness, await visit(path));

/** What the model got, with line ends as spaces. */
async function sentText(panel: Page): Promise<string> {
  await summarize(panel);
  await waitForAnswerEnd(panel);
  return (await world.model.request(0)).prompt.replace(/\s+/g, ' ');
}

/** The page that Chromium's own viewer says it shows. */
async function viewerPages(): Promise<number[]> {
  const viewers = world.harness.browser
    .targets()
    .filter((target) => target.url().startsWith('chrome-extension://mhjfbmdgcfjbbpaeojofohoefgiehjai/'));
  const expression =
    "document.querySelector('pdf-viewer')?.shadowRoot?.querySelector('viewer-toolbar')?.pageNo";
  return Promise.all(
    // The viewer of a tab that is just closing shows no page.
    viewers.map(async (viewer) => {
      try {
        const session = await viewer.createCDPSession();
        const { result } = await session.send('Runtime.evaluate', { expression });
        await session.detach();
        return result.value as number;
      } catch {
        return 0;
      }
    }),
  );
}

describe('a PDF in the tab', () => {
  it('is found by its type and sent whole: every sentence of every page, in order', async () => {
    const panel = await open('/download?id=7');
    await see(panel, 'Read in full');
    await see(panel, '40 pages');
    await see(panel, 'Annals of the Mill Stream');
    const prompt = await sentText(panel);
    let from = 0;
    for (const text of columns.sentences.flat()) {
      const at = prompt.indexOf(text, from);
      expect({ text, isInOrder: at >= from }).toEqual({ text, isInOrder: true });
      from = at;
    }
    for (let page = 1; page <= 40; page++) expect(prompt).toContain(`[page ${page}] `);
    // Once for the browser's viewer and once for the reading, however often the panel asks.
    expect(server.visits.filter((entry) => entry === 'GET /download?id=7')).toHaveLength(2);
    await screenshot(panel, 'pdf-read');
  });

  it('is the context in which a few of its words are translated, in the panel', async () => {
    const panel = await open('/download?id=6');
    await see(panel, 'Read in full');
    const words = columns.sentences[2]?.[3] ?? '';
    world.model.next({ text: '磨坊主写下了这一天。' });
    await world.harness.dispatchMenu({ menuItemId: 'translate-selection', selectionText: words });
    await see(panel, '磨坊主写下了这一天。');
    await waitForAnswerEnd(panel);
    const prompt = (await world.model.request(0)).prompt.replace(/\s+/g, ' ');
    for (const text of columns.sentences.flat()) expect(prompt).toContain(text);
    const asked = prompt.slice(prompt.lastIndexOf('<selection '));
    expect(asked).toContain(words);
    expect(asked).not.toContain(columns.sentences[2]?.[8]);
  });

  it('is not what a name says: a web page at x.pdf is read as a page', async () => {
    const panel = await open('/page.pdf');
    await see(panel, 'Read in full');
    expect(await screenText(panel)).not.toContain('1 page');
    expect(await sentText(panel)).toContain(sentence(1));
  });

  it('is read with the cookies of the tab', async () => {
    const page = await visit('/sign-in');
    await page.goto(`${server.origin}/members`).catch(() => {});
    await see(await openPanel(world.harness, page), '40 pages');
  });

  it('that a form made is not mistaken for the page at its address', async () => {
    const page = await visit('/form');
    await Promise.all([
      page.click('button'),
      until(() => server.visits.includes('POST /made'), 'the form was sent'),
    ]);
    await until(() => page.url().endsWith('/made'), 'the file is shown');
    await see(await openPanel(world.harness, page), 'I got a web page in place of made.');
  });

  it('in Chinese is read though its font is not part of it', async () => {
    const panel = await open('/chinese.pdf');
    const prompt = await sentText(panel);
    for (const text of chinese.sentences.flat()) expect(prompt).toContain(text);
  });

  it('asks for its password, says when it is wrong, and sends it nowhere', async () => {
    const panel = await open('/locked.pdf');
    await see(panel, 'locked.pdf is locked with a password. Type it to read the file.');
    await screenshot(panel, 'pdf-password');
    await panel.type('input[type=password]', 'close sesame');
    await press(panel, 'Open');
    await see(panel, 'That password does not open it.');
    await screenshot(panel, 'pdf-password-wrong');
    await panel.click('input[type=password]', { count: 3 });
    await panel.type('input[type=password]', 'open sesame');
    await press(panel, 'Open');
    await see(panel, 'Locked annals');
    const prompt = await sentText(panel);
    for (const text of locked.sentences.flat()) expect(prompt).toContain(text);
    expect(prompt).not.toContain('sesame');
    expect(server.visits.filter((entry) => entry === 'GET /locked.pdf')).toHaveLength(2);
  });

  it('names the pages that are scans', async () => {
    const panel = await open('/scanned.pdf');
    await see(panel, '3 of 6 pages');
    await pressText(panel, 'What was read');
    await see(panel, 'Not read: 3 pages that are pictures without text (3, 5–6)');
    await screenshot(panel, 'pdf-scanned');
    expect(await sentText(panel)).toContain('why="scanned-pages" size="3" pages="3, 5–6"');
  });

  it('without a word says so', async () => {
    await see(await open('/pictures.pdf'), 'pictures.pdf has no text to read. Its 2 pages are pictures');
  });

  it('that is broken says so', async () => {
    await see(await open('/broken.pdf'), 'broken.pdf is not a complete PDF.');
  });

  it('shows how far it is, stops at once, and is then in no question', async () => {
    const page = await visit('/long.pdf');
    await world.harness.clickAction(page);
    const panel = await world.harness.panel();
    await until(
      async () => /Reading page \d+ of 900/.test(await screenText(panel)),
      'the page is counted',
      panel,
    );
    await screenshot(panel, 'pdf-progress');
    await press(panel, 'Stop');
    await until(
      async () => /You stopped at page \d+ of 900/.test(await screenText(panel)),
      'it stopped',
      panel,
    );
    await screenshot(panel, 'pdf-stopped');
    await press(panel, 'Read the tab in front');
    await see(panel, '900 pages', 60_000);
  });

  it('that was stopped is sent as far as it was read, labelled as a part, when the user wants that', async () => {
    const page = await visit('/long.pdf?part');
    await world.harness.clickAction(page);
    const panel = await world.harness.panel();
    await until(
      async () => /Reading page \d\d+ of 900/.test(await screenText(panel)),
      'pages are read',
      panel,
    );
    await press(panel, 'Stop');
    await see(panel, 'You stopped at page');
    await press(panel, 'Use what was read');
    await until(async () => /\d+ of 900 pages/.test(await screenText(panel)), 'a part is there', panel);
    expect(await screenText(panel)).not.toContain('Read in full');
    await pressText(panel, 'What was read');
    await until(
      async () => /Not read: \d+ pages after you stopped \(\d+–900\)/.test(await screenText(panel)),
      'the missing pages are named',
      panel,
    );
    await screenshot(panel, 'pdf-part');
    const prompt = await sentText(panel);
    expect(prompt).toMatch(/why="stopped-pages" size="\d+" pages="\d+–900"/);
    expect(prompt).toContain('[page 2] ');
    expect(prompt).not.toContain('[page 900] ');
  });

  it('is given again without a second reading when its tab comes back', async () => {
    const page = await visit('/chinese.pdf?again');
    const panel = await openPanel(world.harness, page);
    await see(panel, 'Read in full');
    const before = server.visits.length;
    const other = await visit('/page.pdf');
    await see(panel, 'I have not been asked to read this page yet.');
    await page.bringToFront();
    await see(panel, 'Read in full');
    expect(server.visits.slice(before).filter((entry) => entry.includes('chinese'))).toEqual([]);
    await other.close();
  });

  it('is turned to the page of a citation', async () => {
    world.model.next({ text: 'It says so. ¶30' });
    const page = await visit('/download?id=8');
    const panel = await openPanel(world.harness, page);
    await summarize(panel);
    await waitForAnswerEnd(panel);
    await (await panel.waitForSelector(named('Source ¶30, show quote')))?.click();
    const shown = await panel.waitForSelector('::-p-xpath(//button[contains(., "Show page")])');
    const number = Number(/\d+/.exec((await shown?.evaluate((button) => button.textContent)) ?? '')?.[0]);
    expect(number).toBeGreaterThan(1);
    await shown?.click();
    await until(() => page.url().endsWith(`#page=${number}`), 'the address names the page');
    // Tabs of earlier tests show their first page.
    await until(async () => (await viewerPages()).includes(number), 'the viewer shows the page');
  });

  it('on this computer is read once files are allowed', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'pdf-'));
    const path = join(folder, 'notes.pdf');
    writeFileSync(path, writePdf({ pages: [{ texts: [{ x: 72, y: 700, text: sentence(77) }] }] }));
    const panel = await openPanel(world.harness, await world.harness.page(pathToFileURL(path).href));
    await see(panel, 'The browser has not let me read files yet.');
    await screenshot(panel, 'pdf-file');
    await press(panel, 'Allow files');
    await see(panel, 'Read in full');
    expect(await sentText(panel)).toContain(sentence(77));
    rmSync(folder, { recursive: true });
  });
});

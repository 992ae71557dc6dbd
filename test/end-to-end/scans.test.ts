/** What has no text: scanned pages, pictures, screenshots. */
import type { Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { scannedPage } from '../fixtures/drawn-text.ts';
import { writePdf } from '../fixtures/pdf.ts';
import { sentence } from '../fixtures/pdf-documents.ts';
import { type LanguageServer, startLanguageServer } from '../servers/language-server.ts';
import { type PdfServer, serveHtml, servePdf, startPdfServer } from '../servers/pdf-server.ts';
import { seeNothingWrong } from './axe.ts';
import {
  ask,
  connectModel,
  find,
  openPanel,
  press,
  screenText,
  see,
  until,
  waitForAnswerEnd,
} from './steps.ts';
import { startWorld, type World } from './world.ts';

/** Functions given to `evaluate` run in the extension; this is what they use there. */
declare const chrome: {
  storage: {
    local: {
      get(key: string): Promise<Record<string, unknown>>;
      set(items: Record<string, unknown>): Promise<void>;
    };
  };
};

const typed = (number: number) => ({ texts: [{ x: 72, y: 700, text: sentence(number) }] });
const planted = [
  'The seal of the lower lock was broken on the ninth of March.',
  'Nobody trusted entry 4711 of the ledger before the flood.',
];
/** Three pages, the second of which is a scan; its sentences belong between those of the others. */
const partly = writePdf({ pages: [typed(1), scannedPage(planted, 'The lower lock'), typed(3)] });
const wholly = writePdf({ pages: [scannedPage(planted), scannedPage(['A second sheet.'])] });

/** Two squares, of which a frame around their middle has a half of each. */
const squares = `<style>html,body{margin:0;height:100%;background:#fff}
  #red{position:absolute;left:100px;top:80px;width:120px;height:60px;background:#f00}
  #blue{position:absolute;left:220px;top:80px;width:120px;height:60px;background:#00f}</style>
  <p>${'Words beside the squares. '.repeat(20)}</p><div id="red"></div><div id="blue"></div>`;

let world: World;
let server: PdfServer;
let languages: LanguageServer;

beforeAll(async () => {
  languages = await startLanguageServer();
  server = await startPdfServer({
    '/partly.pdf': servePdf(partly),
    '/wholly.pdf': servePdf(wholly),
    '/squares': serveHtml(squares),
  });
  world = await startWorld({ grant: ['http://127.0.0.1/*', '<all_urls>'], args: languages.args });
  await connectModel(world.harness, { baseUrl: world.model.baseUrl, window: 1_000_000 });
  await letSee();
}, 120_000);
afterEach(() => world.tidy());
afterAll(async () => {
  await world?.close();
  await Promise.all([server?.close(), languages?.close()]);
});

const open = async (path: string) => openPanel(world.harness, await world.harness.page(server.origin + path));

/** The model sees pictures from here on, or no longer. */
async function letSee(vision = true): Promise<void> {
  const options = await world.harness.openExtensionPage('options.html');
  await options.evaluate(async (sees) => {
    const { providers } = (await chrome.storage.local.get('providers')) as {
      providers: { corrections?: object }[];
    };
    for (const entry of providers) entry.corrections = { 'test-model': { vision: sees } };
    await chrome.storage.local.set({ providers });
  }, vision);
  await options.close();
}

/** What the model was sent last, with line ends as spaces. */
async function sent(panel: Page, question: string) {
  const before = world.model.requests.length;
  await ask(panel, question);
  await waitForAnswerEnd(panel);
  const { prompt, text } = await world.model.request(before);
  return { prompt: prompt.replace(/\s+/g, ' '), text };
}

describe('a PDF with a scanned page', () => {
  it('says what comes from where before it is fetched, and reads the words in their place', async () => {
    const panel = await open('/partly.pdf');
    await see(panel, 'Page 2 of partly.pdf is a picture without text.');
    expect(languages.asked).toEqual([]);
    await press(panel, 'Read the words (OCR)');
    await see(
      panel,
      '2.8 MB of language data come from cdn.jsdelivr.net, once. The pages stay on this computer.',
    );
    await seeNothingWrong(panel, '.scanned');
    await press(panel, 'Read 1 page');
    await see(panel, 'Page 2 is a scan. Its words were read by OCR on this computer.', 60_000);
    expect(languages.asked).toHaveLength(1);
    expect(await screenText(panel)).not.toContain('is a picture without text');
    const { prompt } = await sent(panel, 'What was broken?');
    const places = [sentence(1), planted[0], planted[1], sentence(3)].map((words) =>
      prompt.indexOf(words ?? ''),
    );
    expect(places.every((place) => place > 0)).toBe(true);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(prompt).toContain('[page 2]');
  });

  it('is read with these words from then on, without anything being fetched or recognised again', async () => {
    const panel = await open('/partly.pdf?again');
    await see(panel, 'Page 2 is a scan. Its words were read by OCR on this computer.');
    const { prompt } = await sent(panel, 'Once more: what was broken?');
    expect(prompt).toContain(planted[0]);
    expect(languages.asked).toHaveLength(1);
  });
});

describe('a PDF of scans alone', () => {
  it('goes to a model that sees as pictures, each with its page', async () => {
    const panel = await open('/wholly.pdf');
    await see(panel, 'wholly.pdf has no text to read. Its 2 pages are pictures');
    await press(panel, 'Send as 2 pictures, ≈3.2K tokens');
    await see(panel, '2 pages go with the question as pictures.');
    const { text } = await sent(panel, 'What do these sheets say?');
    expect(text).toContain('[wholly.pdf, page 1]');
    expect(text.indexOf('[wholly.pdf, page 2]')).toBeGreaterThan(text.indexOf('[wholly.pdf, page 1]'));
    const pictures = [...text.matchAll(/data:image\/png;base64,([\w+/=]+)/g)].map(([, data = '']) =>
      Buffer.from(data, 'base64'),
    );
    expect(pictures.map((picture) => [picture.readUInt32BE(16), picture.readUInt32BE(20)])).toEqual([
      [1_545, 2_000],
      [1_545, 2_000],
    ]);
  });

  it('says of a model that does not see what helps', async () => {
    await letSee(false);
    const panel = await open('/wholly.pdf?blind');
    await see(panel, 'test-model cannot see pictures.');
    await find(panel, 'Use another model', 'button');
    expect(await screenText(panel)).not.toContain('Send as');
    await letSee();
  });
});

describe('a screenshot', () => {
  /** Pixels of a picture at shares of its width and height. */
  const pixels = (panel: Page, data: string, places: [number, number][]) =>
    panel.evaluate(
      async (base64, at) => {
        const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
        const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
        const context = new OffscreenCanvas(image.width, image.height).getContext('2d');
        context?.drawImage(image, 0, 0);
        return {
          size: [image.width, image.height],
          colours: at.map(([x, y]) =>
            Array.from(
              context?.getImageData(Math.floor(x * image.width), Math.floor(y * image.height), 1, 1).data ??
                [],
            ).slice(0, 3),
          ),
        };
      },
      data,
      places,
    );

  it('of a part that is drawn has these pixels and no others; Esc takes nothing', async () => {
    const page = await world.harness.page(`${server.origin}/squares`);
    const panel = await openPanel(world.harness, page);
    const begin = async () => {
      await press(panel, 'Add files');
      await (await find(panel, 'Screenshot of a part of it', 'menuitem')).click();
      await see(panel, 'Draw a frame on the page. Esc cancels.');
      await until(
        () => page.evaluate(() => document.activeElement !== document.body),
        'the page is covered',
        page,
      );
    };
    await begin();
    await page.keyboard.press('Escape');
    await until(async () => !(await screenText(panel)).includes('Draw a frame'), 'it is over', panel);
    expect(await panel.$$('[data-file]')).toHaveLength(0);

    await begin();
    await page.mouse.move(160, 90);
    await page.mouse.down();
    await page.mouse.move(250, 110);
    await page.mouse.move(280, 130);
    await page.mouse.up();
    await see(panel, 'Screenshot of');
    const { text } = await sent(panel, 'Which colours are there?');
    expect(text).toContain('/squares]');
    const [, data = ''] = /data:image\/png;base64,([\w+/=]+)/.exec(text) ?? [];
    const ratio = await page.evaluate(() => devicePixelRatio);
    expect(
      await pixels(panel, data, [
        [0.05, 0.1],
        [0.45, 0.9],
        [0.55, 0.1],
        [0.95, 0.9],
      ]),
    ).toEqual({
      size: [120 * ratio, 40 * ratio],
      colours: [
        [255, 0, 0],
        [255, 0, 0],
        [0, 0, 255],
        [0, 0, 255],
      ],
    });
    // Nothing of ours is left on the page.
    expect(await page.evaluate(() => document.documentElement.children.length)).toBe(2);
  });
});

/** What has no text: scanned pages, pictures, screenshots. */
import type { Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { scannedPage } from '../fixtures/drawn-text.ts';
import { writePdf } from '../fixtures/pdf.ts';
import { sentence } from '../fixtures/pdf-documents.ts';
import { type LanguageServer, startLanguageServer } from '../servers/language-server.ts';
import { type PdfServer, servePdf, startPdfServer } from '../servers/pdf-server.ts';
import { seeNothingWrong } from './axe.ts';
import { ask, connectModel, find, openPanel, press, screenText, see, waitForAnswerEnd } from './steps.ts';
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

let world: World;
let server: PdfServer;
let languages: LanguageServer;

beforeAll(async () => {
  languages = await startLanguageServer();
  server = await startPdfServer({
    '/partly.pdf': servePdf(partly),
    '/wholly.pdf': servePdf(wholly),
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

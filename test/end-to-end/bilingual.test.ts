import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { writePdf } from '../fixtures/pdf.ts';
import { paragraph } from '../fixtures/pdf-documents.ts';
import { type PdfServer, servePdf, startPdfServer } from '../servers/pdf-server.ts';
import { translator } from '../servers/translator.ts';
import { connectModel, find, openPanel, press, pressText, screenText, see, until } from './steps.ts';
import { lookAt } from './trouble-steps.ts';
import { startWorld, type World } from './world.ts';

/** A source translated in the panel: a PDF of three pages. */

const words = [
  'The chair opened the meeting and noted that the quorum was met by all the members of the board.',
  'The harbour master explained the costs of the tender and asked the board for its view of them.',
  'The deputy took the chair, and the motion about the harbour had lapsed before the spring tides.',
];
const file = writePdf({
  title: 'Minutes of the harbour',
  pages: words.map((text, page) => ({
    texts: [
      { x: 72, y: 760, text: `Part ${page + 1} of the minutes`, size: 18 },
      ...paragraph(text, { x: 72, y: 700, width: 400, size: 11 }),
    ],
  })),
});

let world: World;
let server: PdfServer;
const folder = mkdtempSync(join(tmpdir(), 'bilingual-'));

beforeAll(async () => {
  server = await startPdfServer({ '/minutes.pdf': servePdf(file) });
  world = await startWorld({ grant: ['<all_urls>'] });
  await connectModel(world.harness, { baseUrl: world.model.baseUrl, window: 400_000 });
  const session = await world.harness.browser.target().createCDPSession();
  await session.send('Browser.setDownloadBehavior', { behavior: 'allow', downloadPath: folder });
  world.model.always(translator({ terms: [['chair', '主席', 'the person']] }));
});
afterAll(async () => {
  await world.close();
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

async function openTranslation(panel: Page): Promise<void> {
  const meter = await panel.waitForSelector('button[aria-label$="What the model will read"]');
  await meter?.click();
  await find(panel, 'What the model will read', 'dialog');
  await (await panel.waitForSelector('.tray-title'))?.click();
  await pressText(panel, 'Translate it');
}

const translated = (page: Page) =>
  page.$$eval('.translation .translated', (all) => all.map((element) => element.textContent ?? ''));

it('is read in two languages, saved, opened again without a request, and opened wide', async () => {
  const page = await world.harness.page(`${server.origin}/minutes.pdf`);
  const panel = await openPanel(world.harness, page);
  await openTranslation(panel);
  // The text is in the language of the interface: nothing is sent before something is chosen.
  await see(panel, 'already in English');
  expect(world.model.requests).toHaveLength(0);
  await pressText(panel, 'Translate into Simplified Chinese');
  await until(async () => (await translated(panel)).length === 6, 'all paragraphs are translated', panel);
  const texts = await translated(panel);
  expect(texts.filter((text) => text.includes('主席'))).toHaveLength(2);
  expect(await panel.$eval('.translation .translated', (element) => (element as HTMLElement).lang)).toBe(
    'zh-Hans',
  );
  // The document stands whole before what is asked, once for each request.
  const [first] = world.model.requests;
  for (const text of words) expect(first?.prompt.replace(/\s+/g, ' ')).toContain(text);
  const before = await screenText(panel);
  for (const mark of ['Page 1', 'Page 2', 'Page 3', '¶1', '¶6', ...words]) expect(before).toContain(mark);

  // A term leads to the glossary of this text, and back to where one was.
  await (await panel.waitForSelector('.translated .term-words'))?.click();
  await see(panel, 'Terms in this text');
  await until(
    () => panel.$$eval('input', (fields) => fields.some(({ value }) => value === '主席')),
    'the term is open',
    panel,
  );
  await press(panel, 'Back');
  await until(async () => (await translated(panel)).length === 6, 'the text is back', panel);

  // Found in the translation, and in the original.
  await press(panel, 'Find in the text');
  await panel.keyboard.type('主席');
  await see(panel, '1 of 2');
  await panel.keyboard.press('Enter');
  await see(panel, '2 of 2');
  await panel.keyboard.press('Escape');

  const settings = await world.harness.openExtensionPage('options.html');
  await panel.bringToFront();
  await lookAt(settings, panel, 'bilingual', {
    views: [
      [360, 'light', 'English'],
      [480, 'dark', '简体中文'],
    ],
    height: 760,
  });

  // As files: everything is there.
  const kinds = { 'Both languages as Markdown': '.md', 'Translation for Word': '.doc' };
  for (const [label, ending] of Object.entries(kinds)) {
    await press(panel, 'More');
    await press(panel, label, 'menuitem');
    const isThere = () => readdirSync(folder).some((name) => name.endsWith(ending));
    await until(async () => isThere(), `the file ${ending} is there`, panel);
  }
  for (const name of readdirSync(folder)) {
    const text = readFileSync(`${folder}/${name}`, 'utf8');
    for (const one of texts) expect(text).toContain(one);
    if (name.endsWith('.md')) for (const one of words) expect(text).toContain(one);
  }

  // Closed and opened again: what was translated costs nothing.
  const sent = world.model.requests.length;
  await press(panel, 'Back');
  await page.bringToFront();
  await openTranslation(panel);
  await until(async () => (await translated(panel)).length === 6, 'the translations are there again', panel);
  expect(await translated(panel)).toEqual(texts);

  // With the width of a tab.
  await press(panel, 'More');
  const opened = world.harness.browser.waitForTarget((target) => target.url().includes('/bilingual.html'));
  await press(panel, 'Open in a tab', 'menuitem');
  const wide = await (await opened).page();
  if (!wide) throw new Error('No tab');
  await until(async () => (await translated(wide)).length === 6, 'the translations are in the tab', wide);
  await lookAt(settings, wide, 'bilingual-wide', {
    views: [
      [1100, 'light', 'English'],
      [480, 'dark', '简体中文'],
    ],
    height: 800,
  });
  expect(world.model.requests).toHaveLength(sent);
}, 90_000);

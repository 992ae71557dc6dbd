import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import type { Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { readFile } from '../../utils/files/read-file.ts';
import { amount, invoiceList, invoicePdf, invoicePng } from '../fixtures/corpus/invoices.ts';
import { gbkTable, ledger } from '../fixtures/corpus/ledger.ts';
import { novel } from '../fixtures/corpus/novel.ts';
import { percent, recallOf } from '../fixtures/corpus/planted.ts';
import { resumes } from '../fixtures/corpus/resumes.ts';
import { inTreeOrder, sourceFolder } from '../fixtures/corpus/source-folder.ts';
import { twoColumnPdf } from '../fixtures/pdf-documents.ts';
import { cellsOf } from '../fixtures/sheet-cells.ts';
import { dropFiles, seeAttached, writeBelow } from './drop-files.ts';
import { ask, connectModel, press, see, until, waitForAnswerEnd } from './steps.ts';
import { longestTask } from './task-time.ts';
import { startWorld, type World } from './world.ts';

/** Functions given to `evaluate` run in the panel; this is what they use there. */
declare const chrome: {
  storage: {
    local: {
      get(key: string): Promise<{ providers: { corrections?: object }[] }>;
      set(values: object): Promise<void>;
    };
  };
};

/**
 * The corpus from the user's hand to the server of a model: every sentence and every cell that was planted, in order
 * and with its coordinate. And back: forty invoices become a table.
 */

const folder = mkdtempSync(join(tmpdir(), 'wholemoon-corpus-'));
const downloads = mkdtempSync(join(tmpdir(), 'wholemoon-table-'));

let world: World;

beforeAll(async () => {
  world = await startWorld();
  await connectModel(world.harness, { baseUrl: world.model.baseUrl, window: 20_000_000 });
  const session = await world.harness.browser.target().createCDPSession();
  await session.send('Browser.setDownloadBehavior', { behavior: 'allow', downloadPath: downloads });
}, 120_000);
afterEach(() => world.tidy());
afterAll(async () => {
  await world.close();
  for (const path of [folder, downloads]) rmSync(path, { recursive: true, force: true });
});

const write = (name: string, bytes: Uint8Array | string) => writeBelow(folder, name, bytes);

/** What the server got of the newest question. */
async function sent(panel: Page, question: string): Promise<string> {
  await ask(panel, question);
  await waitForAnswerEnd(panel, 60_000);
  return (await world.model.request(world.model.requests.length - 1)).prompt;
}

async function choose(panel: Page, menu: string, entry: string): Promise<void> {
  await press(panel, menu);
  await (await panel.waitForSelector(`::-p-aria([name=${JSON.stringify(entry)}][role="menuitem"])`))?.click();
  await panel.waitForSelector('.menu', { hidden: true });
}

// Much work on a slow computer.
const patience = 180_000;

describe('the corpus', () => {
  it('reaches the server whole: 300 pages, 200,000 characters, 100,000 cells, applicants and a table in GBK', {
    timeout: patience,
  }, async () => {
    const annals = twoColumnPdf(300);
    const [book, sheet, table] = [novel(), ledger(), gbkTable()];
    const people = resumes();
    const { panel } = await world.openArticle();
    const files = [
      write('annals.pdf', annals.bytes),
      write(book.name, book.bytes),
      write(sheet.name, sheet.bytes),
      write(table.name, table.bytes),
      ...people.map(({ name, bytes }) => write(name, bytes)),
    ];
    const started = performance.now();
    const longest = await longestTask(panel, async () => {
      await dropFiles(panel, files);
      await seeAttached(panel, files.length, patience);
    });
    console.info(
      `${files.length} files: ${Math.round(performance.now() - started)} ms, longest task ${longest} ms`,
    );
    expect(longest).toBeLessThanOrEqual(50);
    const prompt = await sent(panel, 'What is in all of this?');
    const plain = prompt.replaceAll('*', '');
    const pages = annals.sentences.flatMap((page, index) =>
      page.map((text) => ({ text, at: `page ${index + 1}` })),
    );
    for (const [name, planted] of [
      ['300-page PDF', pages],
      ['200,000-character novel', book.planted],
      ['50 applicants', people.flatMap((person) => person.planted)],
    ] as const) {
      const recall = recallOf(plain, planted);
      console.info(`${name}: ${percent(recall)} of ${recall.characters} characters at the server`);
      expect(recall.missing, name).toEqual([]);
    }
    // That every cell is in the reading is held by test/files/corpus.test.ts; here, that every letter of it is sent.
    for (const { name, bytes } of [sheet, table]) {
      const reading = await readFile(bytes, { name });
      expect(prompt.includes(reading.text), `${name} is in the request, every letter of it`).toBe(true);
    }
    const places = ['annals.pdf', book.name, sheet.name, table.name, ...people.map(({ name }) => name)].map(
      (name) => prompt.indexOf(name),
    );
    expect(places).toEqual(places.toSorted((one, other) => one - other));
  });

  it('of source code reaches it with its tree, and without what its .gitignore names', async () => {
    const { name, entries, planted, ignored, binaries } = sourceFolder();
    for (const { path, bytes } of entries) write(join(name, path), bytes);
    const { panel } = await world.openArticle();
    const field = await panel.waitForSelector('input[type="file"][webkitdirectory]');
    await (field as unknown as { uploadFile(path: string): Promise<void> }).uploadFile(join(folder, name));
    await seeAttached(panel, 1);
    const prompt = await sent(panel, 'What does this do?');
    const recall = recallOf(prompt, inTreeOrder(prompt, planted));
    console.info(`400-file folder: ${percent(recall)} of ${recall.characters} characters at the server`);
    expect(recall.missing).toEqual([]);
    for (const { words } of ignored) expect(prompt).not.toContain(words);
    for (const path of binaries) expect(prompt).toContain(path.split('/').at(-1));
  });

  it('of good and bad files: what is bad says so in its row and stops nothing', async () => {
    const { panel } = await world.openArticle();
    const good = resumes(6);
    await dropFiles(panel, [
      write('empty.csv', ''),
      write(good[0]?.name ?? '', good[0]?.bytes ?? ''),
      write('cut.docx', good[2]?.bytes.slice(0, 300) ?? ''),
      write('locked.pdf', twoColumnPdf(1, { password: 'open sesame' }).bytes),
      write(good[1]?.name ?? '', good[1]?.bytes ?? ''),
      write('talk.key', 'no words'.repeat(10).replaceAll('o', '\0')),
      write('broken.xlsx', 'PK\x03\x04 and no more'),
      write(good[3]?.name ?? '', good[3]?.bytes ?? ''),
    ]);
    await seeAttached(panel, 3);
    for (const why of [
      'Empty: 0 bytes',
      'Damaged. Nothing of it was read.',
      'Locked with a password.',
      'I cannot read .key files.',
    ])
      await see(panel, why);
    const prompt = await sent(panel, 'Who are they?');
    for (const index of [0, 1, 3]) {
      const { planted = [] } = good[index] ?? {};
      expect(recallOf(prompt, planted).missing).toEqual([]);
    }
  });
});

describe('forty invoices', () => {
  it('become a table, which is saved for Excel with numbers and dates', { timeout: patience }, async () => {
    const invoices = invoiceList();
    const files = await Promise.all(
      invoices.map(async (invoice, index) => (index < 36 ? invoicePdf(invoice) : invoicePng(invoice))),
    );
    const { panel } = await world.openArticle();
    // As a user corrects it in settings: this model sees pictures.
    await panel.evaluate(async () => {
      const { providers } = await chrome.storage.local.get('providers');
      for (const entry of providers) entry.corrections = { 'test-model': { vision: true } };
      await chrome.storage.local.set({ providers });
    });
    await dropFiles(
      panel,
      files.map(({ name, bytes }) => write(name, bytes)),
    );
    await seeAttached(panel, 36);
    const prompt = await sent(panel, 'Are all of them there?');
    for (const { planted } of files.slice(0, 36)) expect(recallOf(prompt, planted).missing).toEqual([]);
    const { text } = await world.model.request(world.model.requests.length - 1);
    expect(text.match(/data:image\/png;base64,/g)).toHaveLength(4);
    // The scripted model does not read: it says what stands on the invoices, with the place of each.
    const numbers = new Map(
      [...prompt.matchAll(/<document index="(\d+)"[^\n]*?(INV-2026-\d{3})\.pdf/g)].map(([, index, name]) => [
        name,
        index,
      ]),
    );
    expect(numbers.size).toBe(36);
    const rows = invoices.map(({ number, from, day, net, tax }) => {
      const cited = numbers.has(number) ? ` [${numbers.get(number)} ¶1]` : '';
      return `| ${number}${cited} | ${from} | ${day} | ${amount(net)} | ${amount(tax)} | €${amount(net + tax)} |`;
    });
    world.model.next({
      text: `All of them:\n\n| Invoice | From | Date | Net | Tax | Total |\n|---|---|---|--:|--:|--:|\n${rows.join('\n')}\n`,
      chunkCharacters: 400,
    });
    await ask(panel, 'Put all invoices into one table');
    await waitForAnswerEnd(panel, 60_000);
    await choose(panel, 'Copy or save this table', 'Download for Excel');
    const saved = () => readdirSync(downloads).find((name) => name.endsWith('.xlsx'));
    await until(async () => saved() !== undefined, 'the table was saved');
    expect(saved()).toMatch(/^Put all invoices into one table /);
    const bytes = new Uint8Array(readFileSync(join(downloads, saved() ?? '')));
    expect(Object.keys(unzipSync(bytes))).toContain('xl/worksheets/sheet2.xml');
    // What was saved is read by the reader of sheets, which shows what Excel shows.
    const cells = cellsOf(await readFile(bytes, { name: saved() ?? '' }));
    for (const [index, { number, from, day, net, tax }] of invoices.entries()) {
      const row = ['A', 'B', 'C', 'D', 'E', 'F'].map((letter) => cells.get(`Table!${letter}${index + 2}`));
      expect(row).toEqual([number, from, day, amount(net), amount(tax), `€${amount(net + tax)}`]);
    }
    expect(cells.get('Sources!E2')).toBe('INV-2026-001.pdf');
  });
});

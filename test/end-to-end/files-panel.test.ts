/** Files in the panel, as their user sees them: dropped, listed, opened, asked about, and led back to. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ElementHandle, Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { writePdf } from '../fixtures/pdf.ts';
import { calculated, inline, makeWorkbook, value } from '../fixtures/workbooks.ts';
import { seeNothingWrong } from './axe.ts';
import { ask, find, press, see, until, waitForAnswerEnd } from './steps.ts';
import { type Stage, startStage } from './trouble-steps.ts';

let stage: Stage;
const folder = join(tmpdir(), `wholemoon-files-${process.pid}`);

const sheetOf = (name: string, rows: number, state?: 'hidden') => ({
  name,
  ...(state && { state }),
  rows: [
    { number: 1, cells: [inline('A1', 'Invoice'), inline('B1', 'Net'), inline('C1', 'Gross')] },
    ...Array.from({ length: rows }, (_, index) => ({
      number: index + 2,
      cells: [
        inline(`A${index + 2}`, `${name} invoice ${index + 1} of the mill`),
        value(`B${index + 2}`, 100 + index),
        calculated(`C${index + 2}`, `B${index + 2}*1.2`, (100 + index) * 1.2),
      ],
    })),
  ],
});

const files: Record<string, Uint8Array | string> = {
  'invoices.xlsx': makeWorkbook({
    sheets: [sheetOf('Q3', 200), sheetOf('Costs 2026', 30), sheetOf('Old', 5, 'hidden')],
  }),
  'levels.csv': `day,level\n${Array.from({ length: 900 }, (_, day) => `${day},${day % 7}.5`).join('\n')}`,
  'contract.pdf': writePdf({
    password: 'weir',
    pages: [{ texts: [{ text: 'The lease of the weir ends in May.', x: 72, y: 700, size: 12 }] }],
  }),
  'slides.key': new Uint8Array([0, 1, 2, 3, 4, 5, 6, 7]),
  'empty.csv': '',
};

beforeAll(async () => {
  mkdirSync(folder, { recursive: true });
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  stage = await startStage();
});
afterAll(async () => {
  await stage?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Chooses files in the field behind the menu. */
async function choose(panel: Page, ...names: string[]): Promise<void> {
  const field = (await panel.$('input[type="file"]')) as ElementHandle<HTMLInputElement>;
  await field.uploadFile(...names.map((name) => join(folder, name)));
}

/** What the rows say, each in one line. */
const rows = (panel: Page): Promise<string[]> =>
  panel.$$eval('.file-row', (list) =>
    list.map((row) => (row as HTMLElement).innerText.replace(/\s+/g, ' ').trim()),
  );
const seeRows = (panel: Page, expected: (string | RegExp)[]) =>
  until(
    async () => {
      const shown = await rows(panel);
      return (
        shown.length === expected.length &&
        expected.every((one, index) =>
          typeof one === 'string' ? shown[index] === one : one.test(shown[index] ?? ''),
        )
      );
    },
    `the rows are ${expected.join(' | ')}`,
    panel,
  );
const focused = (panel: Page) =>
  panel.evaluate(
    () => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? '',
  );

it('lights the whole panel up while files are held over it, and takes what is dropped on any view', async () => {
  const { panel } = stage;
  await panel.evaluate(() => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(['day,level\n1,2.5\n2,3.5'], 'dropped.csv'));
    const drag = (type: string) =>
      document.body.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer }));
    drag('dragover');
    (globalThis as { drop?: () => void }).drop = () => void drag('drop');
  });
  await panel.waitForSelector('.drop-overlay');
  const [box, width, height] = await panel.evaluate(() => [
    document.querySelector('.drop-overlay')?.getBoundingClientRect().toJSON(),
    innerWidth,
    innerHeight,
  ]);
  expect([box.width, box.height]).toEqual([width, height]);
  await see(panel, 'They stay on this computer until you ask.');
  await press(panel, 'History');
  await panel.evaluate(() => (globalThis as { drop?: () => void }).drop?.());
  await seeRows(panel, [/^dropped\.csv 3 rows \d+$/]);
  expect(await panel.$('.drop-overlay')).toBeNull();
  // Who brings a file is asking about it: the page is one click away.
  await find(panel, 'Add “The Last Keepers of the Tide Book”', 'button');
  await press(panel, 'Remove dropped.csv');
  await seeRows(panel, []);
});

it('lists each file in its own units, and says of each other what is in the way and what helps', async () => {
  const { panel } = stage;
  await choose(panel, ...Object.keys(files));
  await seeRows(panel, [
    /^invoices\.xlsx 2 sheets, 232 rows, formulas as values [\d.]+K$/,
    /^levels\.csv 901 rows [\d.]+K$/,
    'contract.pdf Locked with a password. Enter it',
    'slides.key I cannot read .key files. Export it as PDF.',
    'empty.csv Empty: 0 bytes',
  ]);
  await see(panel, '5 files');
  await see(panel, '1 hidden sheet of invoices.xlsx is left out');
  await seeNothingWrong(panel, '.files');

  // By keys alone: a wrong password, the right one, and the rows that nobody needs.
  await (await find(panel, 'Enter it: the password for contract.pdf', 'button')).focus();
  await panel.keyboard.press('Enter');
  await find(panel, 'Password for contract.pdf', 'textbox').catch(() =>
    panel.waitForSelector('.file-password'),
  );
  await panel.keyboard.type('mill');
  await panel.keyboard.press('Enter');
  await see(panel, 'This password does not open it.');
  await until(
    () => panel.evaluate(() => document.activeElement?.getAttribute('type') === 'password'),
    'the password is asked for again where it was',
    panel,
  );
  await seeNothingWrong(panel, '.files', false);
  await panel.keyboard.type('weir');
  await panel.keyboard.press('Enter');
  await until(
    async () => /^contract\.pdf 1 of 1 pages? \d+$/.test((await rows(panel))[2] ?? ''),
    'it is read',
    panel,
  );
  expect(await focused(panel)).toBe('Remove contract.pdf');
  await (await find(panel, 'Remove slides.key', 'button')).focus();
  await panel.keyboard.press('Enter');
  await until(async () => (await focused(panel)) === 'Remove empty.csv', 'the next row has the focus', panel);
  await panel.keyboard.press('Enter');
  await until(async () => (await rows(panel)).length === 3, 'both are gone', panel);
});

it('reads what a workbook hides at one click, in the place where it stood', async () => {
  const { panel } = stage;
  await press(panel, 'Read it too: invoices.xlsx');
  await until(
    async () => /^invoices\.xlsx 3 sheets, 238 rows, formulas as values/.test((await rows(panel))[0] ?? ''),
    'the hidden sheet is read',
    panel,
  );
});

it('leads from a citation to sheet and cells, and to the words in the whole text', async () => {
  const { panel, model } = stage;
  model.next((request) => {
    const [, number = ''] =
      /¶(\d+) \[Q3![^\n]*\n(?:[^¶]*\n)?[^¶]*Q3 invoice 150 of the mill/.exec(request.prompt) ?? [];
    return { text: `It is “Q3 invoice 150 of the mill” 2 ¶${number}.` };
  });
  await ask(panel, 'Which invoice is missing?');
  await waitForAnswerEnd(panel);
  const prompt = model.requests.at(-1)?.prompt ?? '';
  expect(prompt).toContain('Q3 invoice 150 of the mill\t249\t298.8');
  expect(prompt).toContain('Old invoice 5 of the mill');
  expect(prompt).toContain('The lease of the weir ends in May.');

  await (await panel.waitForSelector('a.citation'))?.click();
  await see(panel, 'Sheet Q3, A');
  expect(await panel.$$eval('.quote-card td mark', (marks) => marks.map((mark) => mark.textContent))).toEqual(
    ['Q3 invoice 150 of the mill'],
  );
  await press(panel, 'Show in the file');
  await panel.waitForSelector('dialog[open] .is-cited mark');
  const place = await panel.evaluate(() => {
    const mark = document.querySelector('dialog .is-cited mark')?.getBoundingClientRect();
    const box = document.querySelector('dialog .source-text')?.getBoundingClientRect();
    return mark && box ? [mark.top >= box.top, mark.bottom <= box.bottom] : [];
  });
  expect(place).toEqual([true, true]);
  await seeNothingWrong(panel, 'dialog');

  // The browser’s own search finds only what is drawn.
  await (await find(panel, 'Find in this text', 'searchbox')).focus();
  await panel.keyboard.type('invoice 30 of the mill');
  await see(panel, '1 of 2');
  await panel.keyboard.press('Enter');
  await see(panel, '2 of 2');
  await until(
    () =>
      panel.evaluate(() =>
        [...document.querySelectorAll('dialog mark')].some((mark) =>
          mark.textContent?.startsWith('Costs 2026'),
        ),
      ),
    'the other sheet is shown',
    panel,
  );
  await panel.keyboard.press('Escape');
  await panel.keyboard.press('Escape');
  await until(async () => (await panel.$('dialog[open]')) === null, 'the sheet closed', panel);
  expect(await focused(panel)).toBe('Show in the file');
});

it('adds to a chat that has begun, knows what is there already, and says so in the tray', async () => {
  const { panel } = stage;
  await choose(panel, 'levels.csv', 'slides.key');
  await seeRows(panel, [/^levels\.csv Already here as \d$/, /^slides\.key I cannot read/]);
  await seeNothingWrong(panel, '.files.is-compact', false);
  await press(panel, 'Remove levels.csv');
  await press(panel, 'Remove slides.key');
  await seeRows(panel, []);
  await (await panel.$('.context-meter'))?.click();
  await see(panel, '3 sheets, 238 rows, formulas as values');
  await panel.locator('.tray-title ::-p-text(invoices.xlsx)').click();
  await see(panel, 'Show what was read');
  await see(panel, 'List the formulas');
  await seeNothingWrong(panel, 'dialog', false);
  await press(panel, 'Done');
});

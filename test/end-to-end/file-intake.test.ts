import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { makeWord, paragraph, run } from '../fixtures/files/office.ts';
import { plainPdf, twoColumnPdf } from '../fixtures/pdf-documents.ts';
import { dropFiles } from './drop-files.ts';
import { measureTasks } from './main-thread.ts';
import { ask, closePanel, composer, connectModel, press, see, until, waitForAnswerEnd } from './steps.ts';
import { startWorld, type World } from './world.ts';

/** Files on their way from the user's hand to the model: dropped in numbers, in the middle of being read, twice. */

const folder = mkdtempSync(join(tmpdir(), 'wholemoon-files-'));

let world: World;

beforeAll(async () => {
  world = await startWorld();
  await connectModel(world.harness, { baseUrl: world.model.baseUrl, window: 8_000_000 });
}, 120_000);
afterEach(() => world.tidy());
afterAll(async () => {
  await world.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A file on the disk. Gives its path. */
function write(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** What is kept of the question that is being written: what is attached to it, and what is still on its way. */
const kept = (panel: Page) =>
  panel.evaluate(
    () =>
      new Promise<{ attached: number; waiting: string[]; unkept: number }>((resolve, reject) => {
        const opening = indexedDB.open('wholemoon');
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const database = opening.result;
          const transaction = database.transaction(['drafts']);
          const drafts = transaction.objectStore('drafts').getAll();
          transaction.oncomplete = () => {
            database.close();
            const all = (
              drafts.result as {
                id: string;
                attached?: string[];
                waiting?: { key: string; title: string }[];
              }[]
            ).filter(({ id }) => id === 'new');
            const keys = all.flatMap(({ waiting = [] }) => waiting.map(({ key }) => key));
            resolve({
              attached: all.flatMap(({ attached = [] }) => attached).length,
              waiting: all.flatMap(({ waiting = [] }) => waiting.map(({ title }) => title)),
              unkept: keys.filter((key) => key.startsWith('unkept:')).length,
            });
          };
        };
      }),
  );

/** Whether the bytes of a file are kept, and can be read. */
const isKept = (panel: Page, name: string) =>
  panel.evaluate(
    (asked) =>
      new Promise<boolean>((resolve, reject) => {
        const opening = indexedDB.open('wholemoon');
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const reading = opening.result.transaction(['files']).objectStore('files').getAll();
          reading.onsuccess = () => {
            opening.result.close();
            const found = (reading.result as { name: string; size: number; bytes: Blob }[]).find(
              (file) => file.name === asked,
            );
            if (!found) return resolve(false);
            found.bytes.arrayBuffer().then(({ byteLength }) => resolve(byteLength === found.size), reject);
          };
        };
      }),
    name,
  );

const row = (number: number) => `The gauge at mill ${number} stood at ${number * 7} centimetres.`;
const word = (number: number) =>
  makeWord({ body: [row(number), `Second line of ${number}.`].map((text) => paragraph(run(text))).join('') });

describe('files that are dropped', () => {
  it('a hundred at once, are all read, in their order, and one that is damaged stops none', async () => {
    const files = Array.from({ length: 100 }, (_, index) => {
      const name = `file-${String(index).padStart(3, '0')}`;
      if (index === 50) return write(`${name}.docx`, word(index).slice(0, 700));
      if (index % 5 === 1) return write(`${name}.csv`, `Place,Words\nmill ${index},"${row(index)}"\n`);
      if (index % 5 === 2) return write(`${name}.py`, `# ${row(index)}\nprint(${index})\n`);
      if (index % 25 === 3) return write(`${name}.pdf`, plainPdf(3 + Math.floor(index / 25)).bytes);
      if (index % 5 === 3) return write(`${name}.html`, `<h1>Mill</h1><p>${row(index)}</p>`);
      return write(`${name}.docx`, word(index));
    });
    const { panel } = await world.openArticle();
    const start = performance.now();
    const { longest, total } = await measureTasks(panel, async () => {
      await dropFiles(panel, files);
      await until(async () => (await kept(panel)).attached === 99, '99 files were read', panel, 90_000);
    });
    const [wall, busy, most] = [performance.now() - start, total, longest].map(Math.round);
    console.log(`100 files: ${wall} ms, of which the panel was busy ${busy} ms, ${most} ms at a time`);
    expect(longest).toBeLessThanOrEqual(50);
    expect((await kept(panel)).waiting).toEqual(['file-050.docx']);
    await ask(panel, 'Which gauge is highest?');
    await waitForAnswerEnd(panel);
    const { prompt } = await world.model.request(0);
    let last = -1;
    for (const [index, path] of files.entries()) {
      if (index === 50 || path.endsWith('.pdf')) continue;
      const at = prompt.indexOf(row(index));
      expect(at, row(index)).toBeGreaterThan(last);
      last = at;
    }
  }, 120_000);

  it('are read on when the panel was closed in the middle, and an equal one is not read twice', async () => {
    const long = twoColumnPdf(400, { title: 'Long' });
    const files = [
      write('long.pdf', long.bytes),
      ...Array.from({ length: 8 }, (_, index) => write(`later-${index}.docx`, word(500 + index))),
      write('twin.docx', word(500)),
    ];
    const { page, panel } = await world.openArticle();
    await dropFiles(panel, files);
    const isKept = async () => {
      const { attached, waiting, unkept } = await kept(panel);
      return attached + waiting.length >= 9 && unkept === 0;
    };
    await until(isKept, 'all bytes are on the disk', panel);
    expect((await kept(panel)).waiting).toContain('long.pdf');
    await closePanel(world.harness, panel);
    await world.harness.clickAction(page);
    const again = await world.harness.panel();
    await composer(again);
    await until(
      async () => {
        const { attached, waiting } = await kept(again);
        return attached >= 9 && waiting.length === 0;
      },
      'everything was read',
      again,
      30_000,
    );
    await ask(again, 'What does the long one say?');
    await waitForAnswerEnd(again);
    const { prompt } = await world.model.request(0);
    const places = Array.from({ length: 8 }, (_, index) => prompt.indexOf(row(500 + index)));
    expect(places.every((place) => place > 0)).toBe(true);
    expect(places.toSorted((one, other) => one - other)).toEqual(places);
    expect(prompt.split(row(500))).toHaveLength(2);
    expect(prompt.indexOf('long.pdf')).toBeLessThan(places[0] ?? 0);
  }, 90_000);

  it('go when they are removed, while they are read and after, and stay or go with their chat', async () => {
    const { panel } = await world.openArticle();
    await dropFiles(panel, [
      write('slow.pdf', plainPdf(600).bytes),
      write('wrong.docx', word(700)),
      write('right.docx', word(701)),
    ]);
    await press(panel, 'Stop reading slow.pdf');
    await press(panel, 'Remove wrong.docx');
    await until(async () => (await kept(panel)).attached === 1, 'one is left', panel);
    expect((await kept(panel)).waiting).toEqual([]);
    await ask(panel, 'What stood the gauge at?');
    await waitForAnswerEnd(panel);
    const { prompt } = await world.model.request(0);
    expect(prompt).toContain(row(701));
    expect(prompt).not.toContain(row(700));
    expect(prompt).not.toContain('slow.pdf');

    await press(panel, 'History');
    await press(panel, 'More for “What stood the gauge at?”');
    await press(panel, 'Delete', 'menuitem');
    await see(panel, 'A file that only it used stays on this computer');
    expect(await isKept(panel, 'right.docx')).toBe(true);
    await press(panel, 'Delete the file too');
    await see(panel, 'So was 1 file.');
    expect(await isKept(panel, 'right.docx')).toBe(false);
    await press(panel, 'Undo');
    await until(() => isKept(panel, 'right.docx'), 'the file came back with its bytes', panel);
  }, 90_000);
});

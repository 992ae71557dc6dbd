import { describe, expect, it } from 'vitest';
import { readFolder } from '@/utils/files/folder';
import { planFolder } from '@/utils/files/folder-plan';
import { readPdf } from '@/utils/files/pdf';
import { readFile } from '@/utils/files/read-file';
import { invoiceList, invoicePdf } from '../fixtures/corpus/invoices';
import { gbkTable, ledger } from '../fixtures/corpus/ledger';
import { novel } from '../fixtures/corpus/novel';
import { type Planted, percent, recallOf } from '../fixtures/corpus/planted';
import { resumes } from '../fixtures/corpus/resumes';
import { inTreeOrder, sourceFolder } from '../fixtures/corpus/source-folder';
import { loadData } from '../fixtures/pdf-data';
import { twoColumnPdf } from '../fixtures/pdf-documents';
import { cellsOf } from '../fixtures/sheet-cells';

/** Everything that was planted in the corpus is in its readings, in order and with its coordinate. */

/** Prints how much of the characters was found; all of them have to be. */
function expectAll(name: string, text: string, planted: readonly Planted[]): void {
  const recall = recallOf(text, planted);
  console.info(
    `${name}: ${percent(recall)} of ${recall.characters} characters, ${recall.found} of ${planted.length} places`,
  );
  expect(recall.missing).toEqual([]);
  expect(recall.foundCharacters).toBe(recall.characters);
}

describe('PDF', () => {
  it('of 300 pages in two columns', async () => {
    const { bytes, sentences } = twoColumnPdf(300);
    const { text, pages, gaps } = await readPdf(bytes, { name: 'annals.pdf', loadData });
    expect({ pages, gaps: gaps.filter(({ why }) => why !== 'furniture') }).toEqual({ pages: 300, gaps: [] });
    const planted = sentences.flatMap((page, index) =>
      page.map((sentence) => ({ text: sentence, at: `page ${index + 1}` })),
    );
    // A paragraph that goes on from one page to the next has the mark of the page it begins on.
    expectAll('300-page PDF', text, planted);
  });

  it('of applicants and invoices', async () => {
    for (const { name, bytes, planted } of [
      ...resumes().filter(({ name }) => name.endsWith('.pdf')),
      ...invoiceList().map(invoicePdf),
    ]) {
      const { text } = await readPdf(bytes, { name, loadData });
      expect(recallOf(text, planted).missing, name).toEqual([]);
    }
  });
});

describe('sheets', () => {
  it('of 100,000 cells with dates, merged cells and formulas', async () => {
    const { name, bytes, cells } = ledger();
    const reading = await readFile(bytes, { name });
    const read = cellsOf(reading);
    let characters = 0;
    const wrong: string[] = [];
    for (const [place, text] of cells) {
      characters += text.length;
      if (read.get(place) !== text && wrong.length < 5) wrong.push(`${place}: ${text} / ${read.get(place)}`);
    }
    console.info(
      `${cells.size}-cell workbook: ${wrong.length === 0 ? '100.00 %' : wrong.join()} of ${characters} characters`,
    );
    expect(wrong).toEqual([]);
    expect(read.size).toBe(cells.size);
    expect([...read.keys()]).toEqual([...cells.keys()]);
    expect(reading.file.units).toMatchObject({ sheets: 4, cells: cells.size });
  });

  it('in GBK with semicolons', async () => {
    const { name, bytes, cells } = gbkTable();
    const reading = await readFile(bytes, { name });
    expect([...cellsOf(reading)]).toEqual([...cells]);
    expect(reading.file.notes).toEqual([
      expect.objectContaining({ what: 'decoded' }),
      { what: 'separated', sample: ';' },
    ]);
  });
});

describe('books', () => {
  it('of 200,000 Chinese characters', async () => {
    const { name, bytes, planted } = novel();
    const { text, file, gaps, characters } = await readFile(bytes, { name });
    expect(characters).toBeGreaterThan(200_000);
    expect(file.units.chapters).toBe(40);
    expect(gaps).toEqual([]);
    // Words that the book emphasises stand between stars.
    expectAll('200,000-character novel', text.replaceAll('*', ''), planted);
  });
});

describe('documents of Word', () => {
  it('of applicants', async () => {
    const all: Planted[] = [];
    let text = '';
    for (const { name, bytes, planted } of resumes().filter(({ name }) => name.endsWith('.docx'))) {
      const reading = await readFile(bytes, { name });
      expect(recallOf(reading.text, planted).missing, name).toEqual([]);
      all.push(...planted);
      text += `${reading.text}\n`;
    }
    expectAll('25 résumés of Word', text, all);
  });
});

describe('a folder of source code', () => {
  it('of 400 files, with its tree and without what its .gitignore names', async () => {
    const { name, entries, planted, ignored, binaries } = sourceFolder();
    const listed = entries.map(({ path, bytes }) => ({ path, size: bytes.length, bytes: async () => bytes }));
    const list = new TextDecoder().decode(entries.find(({ path }) => path === '.gitignore')?.bytes);
    const plan = planFolder(listed, [{ path: '.gitignore', text: list }]);
    const { text, gaps } = await readFolder(plan.asOne, { name, ignored: plan.ignored });
    for (const { words } of ignored) expect(text).not.toContain(words);
    const [first] = text.split(planted[0]?.text ?? '');
    for (const path of binaries) expect(first).toContain(path.split('/').at(-1));
    expect(gaps.map(({ why }) => why).toSorted()).toEqual(['binary-files', 'ignored-files'].toSorted());
    expectAll('400-file folder', text, inTreeOrder(text, planted));
  });
});

import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { type AnswerForm, answerAs } from '@/components/answer/export/save-answer';
import { setLanguage } from '@/utils/i18n';
import { amount, invoiceList } from '../fixtures/corpus/invoices';
import { anAnswer } from '../fixtures/records';
import { sourceOf } from '../fixtures/sources';

/** What is saved opens in LibreOffice (`apt-get install libreoffice-calc libreoffice-writer`), with every cell and word. */

const folder = mkdtempSync(join(tmpdir(), 'wholemoon-office-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const isThere = (() => {
  try {
    execFileSync('soffice', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

const invoices = invoiceList();
const table = [
  '## Invoices 发票',
  '',
  '| Invoice | From | Date | Net | Total | Note |',
  '|---|---|---|--:|--:|---|',
  ...invoices.map(
    ({ number, from, day, net, tax }, index) =>
      `| ${number} [1 ¶1] | ${from} | ${day} | ${amount(net)} | €${amount(net + tax)} | ${index === 0 ? '=1+1' : '已付'} |`,
  ),
  '',
  'تعود طواحين المد.',
].join('\n');

async function converted(form: AnswerForm, target: string): Promise<string> {
  await setLanguage('en');
  const file = await answerAs(
    {
      answer: anAnswer({ text: table }),
      question: 'All invoices',
      sources: [
        await sourceOf(['Invoice INV-2026-001'], { title: 'INV-2026-001.pdf' }),
        await sourceOf(['Another'], { title: 'other.pdf', url: 'https://example.org/other' }),
      ],
    },
    form,
  );
  writeFileSync(join(folder, `out.${form}`), Buffer.from(await file.arrayBuffer()));
  const args = [
    `-env:UserInstallation=file://${folder}/profile`,
    '--headless',
    '--convert-to',
    target,
    '--outdir',
    folder,
    join(folder, `out.${form}`),
  ];
  await promisify(execFile)('soffice', args, { timeout: 110_000 });
  return readFileSync(join(folder, `out.${target.split(':')[0]}`), 'utf8').replace(/^\ufeff/, '');
}

describe.skipIf(!isThere)('LibreOffice', () => {
  it('opens a table with its numbers, dates and harmless text', { timeout: 120_000 }, async () => {
    const flat = await converted('xlsx', 'fods');
    const cells = [...flat.matchAll(/<table:table-cell\b([^>]*)>\s*<text:p>([^<]*)</g)].map(
      ([, more = '', shown]) => ({
        value: /office:(?:date-)?value="([^"]*)"/.exec(more)?.[1] ?? shown,
        isFormula: more.includes('table:formula'),
      }),
    );
    expect(cells.some(({ isFormula }) => isFormula)).toBe(false);
    const rows = Array.from({ length: invoices.length + 1 }, (_, row) =>
      cells.slice(row * 6, row * 6 + 6).map(({ value }) => value),
    );
    expect(rows[0]).toEqual(['Invoice', 'From', 'Date', 'Net', 'Total', 'Note']);
    for (const [index, { number, from, day, net, tax }] of invoices.entries()) {
      const note = index === 0 ? '=1+1' : '已付';
      const total = (net + tax) / 100;
      expect(rows[index + 1]).toEqual([
        number,
        from.replace('&', '&amp;'),
        day,
        `${net / 100}`,
        `${total}`,
        note,
      ]);
    }
  });

  it('opens an answer as a document, every word of it', { timeout: 120_000 }, async () => {
    const text = await converted('docx', 'txt:Text (encoded):UTF8');
    for (const words of [
      'All invoices',
      'Invoices 发票',
      'INV-2026-040',
      '=1+1',
      'تعود طواحين المد',
      'Cited passages',
    ])
      expect(text).toContain(words);
  });
});

/** A table of an answer to take along; loaded when it is wanted. Nothing goes out unchecked. */

import type { Tokens } from 'marked';
import { csvFile, harmlessCell } from '@/utils/chat/export/csv';
import { fileName } from '@/utils/chat/export/file-name';
import { tableCsv, tableLines, tablesWorkbook, type WrittenTable } from '@/utils/chat/export/table-files';
import { whenChecked } from '@/utils/chat/export/when-checked';
import { xmlText } from '@/utils/chat/export/xml-text';
import type { Source } from '@/utils/source';
import { saveFile } from '../../save-file';
import { writtenTable } from './answer-table';

type Table = Pick<Tokens.Table, 'header' | 'rows'>;

const checked = (table: Table, sources: readonly Source[]) => whenChecked(() => writtenTable(table, sources));

export const tableAsCsv = async (table: Table, sources: readonly Source[]): Promise<string> =>
  tableCsv(await checked(table, sources), sources.length);

/** `title`: what the file is named after. */
export async function saveTable(
  table: Table,
  sources: readonly Source[],
  form: 'csv' | 'xlsx',
  title: string,
): Promise<void> {
  const written = await checked(table, sources);
  const file = form === 'csv' ? csvFile(tableCsv(written, sources.length)) : await tablesWorkbook([written]);
  saveFile(file, fileName(title, form));
}

/** Puts a table on the clipboard as one that spreadsheets and word processors paste into cells. */
export async function copyTable(table: Table, sources: readonly Source[]): Promise<void> {
  const written = await checked(table, sources);
  const lines = tableLines(written).map((row) => row.map(harmlessCell));
  const plain = lines.map((row) => row.map((text) => text.replace(/[\t\r\n]+/g, ' ')).join('\t')).join('\n');
  await navigator.clipboard.write([
    new ClipboardItem({
      'text/plain': new Blob([plain], { type: 'text/plain' }),
      'text/html': new Blob([tableHtml(written, lines)], { type: 'text/html' }),
    }),
  ]);
}

function tableHtml({ rightToLeft }: WrittenTable, [head = [], ...rows]: string[][]): string {
  const line = (row: string[], tag: string) =>
    `<tr>${row.map((text) => `<${tag}>${xmlText(text).replace(/\n/g, '<br>')}</${tag}>`).join('')}</tr>`;
  return `<meta charset="utf-8"><table${rightToLeft ? ' dir="rtl"' : ''}>${line(head, 'th')}${rows.map((row) => line(row, 'td')).join('')}</table>`;
}

import { parsePage } from '../page-text/tree';
import { pageText } from '../page-text/walk';

/** What a page in an output says; `isTable` when it is a table and little else. */
export function tableOfHtml(html: string): { text: string; isTable: boolean } {
  const { passages } = pageText(parsePage(html));
  const tables = passages.filter(({ kind }) => kind === 'table');
  const texts = passages.map(({ text }) => text);
  return { text: texts.join('\n\n'), isTable: tables.length > 0 };
}

import type { Tokens } from 'marked';
import { csvText } from '@/utils/chat/export/csv';
import { plainText } from './token-text';

/** A table as CSV (RFC 4180): one line a row, every row as wide as the head, lines ended with CR LF. */
export const csvOf = ({ header, rows }: Pick<Tokens.Table, 'header' | 'rows'>): string =>
  csvText([header, ...rows].map((row) => row.map((cell) => plainText(cell.tokens).trim())));

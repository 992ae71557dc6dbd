/**
 * Bytes of a PDF -> Reading. Knows pdf.js and nothing of the browser: it runs in a worker, and in Node for tests.
 */

import { AppError } from '../../errors';
import { countWords, type Gap, numberPassages, type Reading, scriptLanguage } from '../../source';
import type { Block } from './blocks';
import { sizeOf } from './characters';
import { plainText } from './inline';
import { layOut } from './layout';
import { type LoadData, openPdf } from './open';
import { chaptersOf, markChapters } from './outline';
import { pageList } from './page-list';
import { passagesOf } from './passages';
import { type Pages, type ReadPagesOptions, readPages } from './read-pages';
import type { PageText } from './types';

export interface ReadPdfOptions extends ReadPagesOptions {
  /** What the file is called, for the user: its name, or the last part of its address. */
  name: string;
  url?: string;
  password?: string;
  loadData: LoadData;
  /** Words that were recognised on pages without text of their own; they stand in the place of these pages. */
  recognised?: PageText[];
}

/**
 * Reads a whole PDF: every page in order, as numbered passages that know their page. The bytes are handed over.
 * @throws AppError pdf-password, pdf-broken, pdf-scanned
 */
export async function readPdf(bytes: Uint8Array, options: ReadPdfOptions): Promise<Reading> {
  const { name, url, signal } = options;
  signal?.throwIfAborted();
  const pdf = await openPdf(bytes, options);
  try {
    const read = await readPages(pdf, options);
    const failure = pdf.failure();
    if (failure) throw failure;
    const known = new Map(options.recognised?.map((page) => [page.number, page]));
    read.pages = read.pages.map((page) => (page.directions.length === 0 && known.get(page.number)) || page);
    const { blocks, furniture } = layOut(read.pages);
    markChapters(blocks, await chaptersOf(pdf.document));
    const passages = passagesOf(blocks);
    const numbered = numberPassages(passages);
    const letters = passages.reduce((sum, { text }) => sum + sizeOf(text), 0);
    if (countWords(numbered.text) === 0 && letters === 0) throw nothingToRead(read, name);
    const information = await pdf.document.getMetadata().catch(() => undefined);
    const info = (information?.info ?? {}) as { Title?: string; Language?: string };
    return {
      kind: 'tab',
      title: titleOf(info.Title, blocks, name),
      url,
      lang: scriptLanguage(numbered.text) ?? (info.Language || undefined),
      ...numbered,
      pages: read.total,
      gaps: gapsOf(read, furniture),
    };
  } finally {
    await pdf.close().catch(() => {});
  }
}

function nothingToRead({ total, unread, stopped }: Pages, name: string): AppError {
  if (stopped.length > 0) return new AppError('pdf-stopped', { page: total - stopped.length, pages: total });
  return unread.length === total
    ? new AppError('pdf-broken', { name })
    : new AppError('pdf-scanned', { name, pages: total });
}

function gapsOf({ pages, unread, stopped }: Pages, furniture: { size: number; sample: string }): Gap[] {
  const gaps: Gap[] = [];
  if (unread.length > 0) gaps.push({ why: 'unread-pages', size: unread.length, sample: pageList(unread) });
  if (stopped.length > 0)
    gaps.push({ why: 'stopped-pages', size: stopped.length, sample: pageList(stopped) });
  const scanned = pages
    .filter(({ directions, drawn }) => directions.length === 0 && drawn)
    .map(({ number }) => number);
  if (scanned.length > 0)
    gaps.push({ why: 'scanned-pages', size: scanned.length, sample: pageList(scanned) });
  if (furniture.size > 0) gaps.push({ why: 'furniture', size: furniture.size, sample: furniture.sample });
  const hidden = pages.reduce((sum, page) => sum + page.hidden.size, 0);
  if (hidden > 0)
    gaps.push({
      why: 'hidden',
      size: hidden,
      sample: pages.find((page) => page.hidden.size > 0)?.hidden.sample,
    });
  return gaps;
}

/** Titles that programs write when nobody gave one. */
const meaningless =
  /^(untitled|document\d*|microsoft (word|powerpoint|excel)\b.*|.*\.(docx?|pptx?|xlsx?|tex|dvi|pdf|indd|rtf|odt|qxp?)|slide \d+)$/i;

function titleOf(title: string | undefined, blocks: Block[], name: string): string {
  const given = title?.replace(/\s+/g, ' ').trim() ?? '';
  if (given && !meaningless.test(given)) return given;
  const headings = blocks.filter(({ kind, page }) => kind === 'heading' && page <= 2);
  const largest = headings.reduce<Block | undefined>(
    (best, block) => (best && best.size >= block.size ? best : block),
    undefined,
  );
  return (largest && plainText(largest.inlines).trim()) || name;
}

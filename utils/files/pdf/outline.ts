import type { Block } from './blocks';
import { plainText } from './inline';
import type { PdfDocument } from './open';

export interface Chapter {
  title: string;
  page: number;
  /** 1 for the outermost. */
  depth: number;
}

/** More entries than any book has. */
const mostEntries = 5_000;

interface Entry {
  title: string;
  dest: string | unknown[] | null;
  items: Entry[];
}

/** The chapters that a PDF's outline names, with their pages. Entries that lead nowhere are left out. */
export async function chaptersOf(document: PdfDocument): Promise<Chapter[]> {
  const outline = (await document.getOutline().catch(() => null)) as Entry[] | null;
  const chapters: Chapter[] = [];
  const open = [{ entries: outline ?? [], depth: 1, next: 0 }];
  for (let level = open.at(-1); level && chapters.length < mostEntries; level = open.at(-1)) {
    const entry = level.entries[level.next++];
    if (!entry) {
      open.pop();
      continue;
    }
    const page = await pageOf(document, entry.dest);
    if (page !== undefined && entry.title.trim())
      chapters.push({ title: entry.title.trim(), page, depth: level.depth });
    if (entry.items?.length > 0 && open.length < 20)
      open.push({ entries: entry.items, depth: level.depth + 1, next: 0 });
  }
  return chapters;
}

async function pageOf(document: PdfDocument, dest: Entry['dest']): Promise<number | undefined> {
  try {
    const explicit = typeof dest === 'string' ? await document.getDestination(dest) : dest;
    const [target] = (explicit ?? []) as unknown[];
    if (typeof target === 'number') return target + 1;
    if (!target) return undefined;
    return (await document.getPageIndex(target as Parameters<PdfDocument['getPageIndex']>[0])) + 1;
  } catch {
    return undefined;
  }
}

/** Marks the lines that an outline names as headings of its depth. Words are never added. */
export function markChapters(blocks: Block[], chapters: Chapter[]): void {
  const byPage = new Map<number, Block[]>();
  for (const block of blocks) {
    const list = byPage.get(block.page);
    if (list) list.push(block);
    else byPage.set(block.page, [block]);
  }
  const taken = new Set<Block>();
  for (const { title, page, depth } of chapters) {
    const wanted = bare(title);
    const block = byPage.get(page)?.find((candidate) => !taken.has(candidate) && matches(candidate, wanted));
    if (!block) continue;
    taken.add(block);
    block.style = { size: block.size, bold: false, ...block.style, depth: Math.min(6, depth) };
    block.kind = 'heading';
    block.depth = 0;
  }
}

function matches(block: Block, wanted: string): boolean {
  if (!wanted || block.kind === 'table' || block.kind === 'code') return false;
  const text = bare(plainText(block.inlines));
  return text === wanted || withoutNumber(text) === withoutNumber(wanted);
}

const bare = (text: string) =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
const withoutNumber = (text: string) => text.replace(/^(chapter|section|appendix)?\d+/, '') || text;

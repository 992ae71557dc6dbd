/** EPUB 2 and 3: every page of the book in the order of reading, with chapters as its contents count them. */

import type { Gap, Passage } from '../source';
import { type Archive, openArchive } from './archive';
import { safely } from './archive/safely';
import { readPage } from './book/chapters';
import { type Chapter, contentsOf, numberChapters } from './book/contents';
import { type BookPage, nameNotes } from './book/notes';
import { type BookPackage, readPackage } from './book/package';
import { documentReading } from './document/reading';
import { namesSample } from './file-reading';
import { addGaps } from './gaps';
import { parseHtml } from './html/parse';
import type { ReadFile } from './types';

/**
 * Reads a book whole. What is only shown when it is asked for, as notes in a window, stands at its end.
 * @throws AppError file-locked for a book whose chapters are locked
 */
export const readBook: ReadFile = async (bytes, { name, signal, onProgress, budget }) => {
  const archive = openArchive(bytes, { name, signal, ...(budget ? { budget } : {}) });
  const book = readPackage(archive, name);
  const spine = [
    ...book.spine.filter(({ isAside }) => !isAside),
    ...book.spine.filter(({ isAside }) => isAside),
  ];
  const gaps: Gap[] = [];
  const damaged = [...book.missing];
  const pages: BookPage[] = [];
  let pictures = 0;
  for (const { path, mediaType } of spine) {
    signal?.throwIfAborted();
    if (/^image\//.test(mediaType) && !/svg/.test(mediaType)) {
      pictures++;
      continue;
    }
    const text = safely(() => archive.text(path));
    if (text === undefined) damaged.push(path);
    else pages.push({ path, document: parseHtml(text, { isXhtml: true }) });
  }
  nameNotes(pages);
  const { chapters, count } = numberChapters(contentsOf(archive, book));
  const counted = chapters.length > 0 ? chapters : pages.map(({ path }, index) => pageAsChapter(path, index));
  const byPath = Map.groupBy(counted, ({ path }) => path);
  const passages: Passage[] = [];
  let chapter: Chapter | undefined;
  for (const [index, page] of pages.entries()) {
    signal?.throwIfAborted();
    const read = readPage(page, byPath.get(page.path) ?? [], chapter);
    passages.push(...read.passages);
    addGaps(gaps, read.gaps);
    chapter = read.chapter;
    onProgress?.({ done: index + 1, total: pages.length, unit: 'chapters' });
  }
  addGaps(gaps, [
    { why: 'pictures', size: pictures },
    { why: 'unread-parts', size: damaged.length, sample: namesSample(damaged) },
    { why: 'embedded-files', ...mediaIn(archive) },
  ]);
  return documentReading({
    name,
    passages: [...aboveBook(book, passages), ...passages],
    gaps,
    units: { chapters: count || pages.length },
    ...(book.language ? { lang: book.language } : {}),
  });
};

/** A book without contents: each of its pages is a chapter, and says itself what it is called. */
const pageAsChapter = (path: string, index: number): Chapter => ({
  title: '',
  path,
  fragment: '',
  depth: 0,
  number: index + 1,
});

/** Its title and who wrote it, where no title page says so. */
function aboveBook({ title, authors }: BookPackage, passages: readonly Passage[]): Passage[] {
  const start = passages
    .slice(0, 12)
    .map(({ text }) => text.slice(0, 500))
    .join('\n')
    .toLowerCase();
  const above: Passage[] = [];
  if (title && !start.includes(title.toLowerCase())) above.push({ text: `# ${title}`, kind: 'heading' });
  const unnamed = authors.filter((author) => !start.includes(author.toLowerCase()));
  if (unnamed.length > 0) above.push({ text: unnamed.join(', '), kind: 'text' });
  return above;
}

/** Sound and films in the book. */
function mediaIn({ entries }: Archive): { size: number; sample?: string } {
  const paths = entries
    .map(({ path }) => path)
    .filter((path) => /\.(mp3|m4a|m4v|mp4|ogg|oga|ogv|webm|wav|aac)$/i.test(path));
  return { size: paths.length, ...(paths.length > 0 ? { sample: namesSample(paths) } : {}) };
}

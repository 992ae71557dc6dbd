/** The readers of all kinds of files but PDF. They come into one worker, `entrypoints/document-reader.ts`. */

import { readArchive } from './archive-files';
import { readBook } from './book';
import { readCode } from './code';
import { readHtml } from './html';
import type { FileKindId } from './kinds';
import { readMail } from './mail';
import { readMarkdown } from './markdown';
import { readNotebook } from './notebook';
import { readOpenText } from './open-text';
import { readRichText } from './rich-text';
import { readSlides } from './slides';
import { readSubtitles } from './subtitles';
import { readTable } from './table';
import { readText } from './text';
import type { ReadFile } from './types';
import { readWord } from './word';
import { readWorkbook } from './workbook';

export const readers: Record<Exclude<FileKindId, 'pdf'>, ReadFile> = {
  word: readWord,
  'open-text': readOpenText,
  'rich-text': readRichText,
  workbook: readWorkbook,
  table: readTable,
  slides: readSlides,
  book: readBook,
  html: readHtml,
  markdown: readMarkdown,
  notebook: readNotebook,
  subtitles: readSubtitles,
  mail: readMail,
  archive: readArchive,
  code: readCode,
  text: readText,
};

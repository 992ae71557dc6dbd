/** Every kind of file that can be read. Its reader is the line with the same id in `readers.ts`; PDFs have a worker of their own. */

import type { FileKind } from './types';

const ooxml = 'application/vnd.openxmlformats-officedocument';

export const fileKinds = [
  { id: 'pdf', family: 'pdf', extensions: ['pdf'], mediaTypes: ['application/pdf'] },
  {
    id: 'word',
    family: 'document',
    extensions: ['docx', 'docm', 'dotx'],
    mediaTypes: [`${ooxml}.wordprocessingml.document`],
    isArchive: true,
  },
  {
    id: 'open-text',
    family: 'document',
    extensions: ['odt', 'ott', 'fodt'],
    mediaTypes: ['application/vnd.oasis.opendocument.text'],
    isArchive: true,
  },
  {
    id: 'rich-text',
    family: 'document',
    extensions: ['rtf'],
    mediaTypes: ['application/rtf', 'text/rtf'],
  },
  {
    id: 'workbook',
    family: 'sheet',
    extensions: ['xlsx', 'xlsm', 'xltx', 'xltm', 'xlsb', 'xls', 'xlt', 'et', 'ods', 'ots', 'fods'],
    mediaTypes: [
      `${ooxml}.spreadsheetml.sheet`,
      'application/vnd.ms-excel',
      'application/vnd.oasis.opendocument.spreadsheet',
    ],
    isArchive: true,
  },
  {
    id: 'table',
    family: 'sheet',
    extensions: ['csv', 'tsv', 'tab'],
    mediaTypes: ['text/csv', 'text/tab-separated-values'],
  },
  {
    id: 'slides',
    family: 'slides',
    extensions: ['pptx', 'pptm', 'ppsx', 'odp'],
    mediaTypes: [`${ooxml}.presentationml.presentation`, 'application/vnd.oasis.opendocument.presentation'],
    isArchive: true,
  },
  {
    id: 'book',
    family: 'book',
    extensions: ['epub'],
    mediaTypes: ['application/epub+zip'],
    isArchive: true,
  },
  {
    id: 'html',
    family: 'document',
    extensions: ['html', 'htm', 'xhtml'],
    mediaTypes: ['text/html', 'application/xhtml+xml'],
  },
  {
    id: 'markdown',
    family: 'text',
    extensions: ['md', 'markdown', 'mdx'],
    mediaTypes: ['text/markdown'],
  },
  {
    id: 'notebook',
    family: 'code',
    extensions: ['ipynb'],
    mediaTypes: ['application/x-ipynb+json'],
  },
  {
    id: 'subtitles',
    family: 'text',
    extensions: ['srt', 'vtt', 'ass', 'ssa'],
    mediaTypes: ['application/x-subrip', 'text/vtt'],
  },
  {
    id: 'mail',
    family: 'mail',
    extensions: ['eml', 'mbox'],
    mediaTypes: ['message/rfc822', 'application/mbox'],
  },
  // Files in a zip archive are read like those of a folder.
  { id: 'archive', family: 'folder', extensions: ['zip'], mediaTypes: ['application/zip'], isArchive: true },
  // Whatever else is text: programs by their endings, all other text as it is.
  { id: 'code', family: 'code', extensions: [], mediaTypes: [] },
  { id: 'text', family: 'text', extensions: ['txt', 'text', 'log'], mediaTypes: ['text/plain'] },
] as const satisfies readonly FileKind[];

export type FileKindId = (typeof fileKinds)[number]['id'];

/** Spreadsheets: Excel's of every age, OpenDocument's, and what other programs call by their names. */

import { AppError } from '../errors';
import { openArchive } from './archive';
import { isCompound, isEncryptedCompound } from './archive/compound';
import { decodeText } from './encoding';
import { readTable } from './table';
import type { ReadFile } from './types';
import { isBareRecords } from './workbook/bare-records';
import { readBinary, readBinaryPackage } from './workbook/binary';
import { BookText } from './workbook/book-text';
import { readOoxml } from './workbook/ooxml';
import { readOpenContent, readOpenDocument } from './workbook/open-document';

/**
 * Reads a workbook whole: every sheet with every cell at its coordinate, as the sheet shows it.
 * @throws AppError file-broken, file-locked, file-bomb, file-empty, file-nothing
 */
export const readWorkbook: ReadFile = async (bytes, context) => {
  const { name, signal } = context;
  if (bytes.length === 0) throw new AppError('file-empty', { name });
  const book = new BookText(context);
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) {
    const archive = openArchive(bytes, { name, signal });
    if (archive.has('xl/workbook.bin')) await readBinaryPackage(archive, book);
    else if (archive.has('content.xml')) await readOpenDocument(archive, book);
    else await readOoxml(archive, book);
  } else if (isCompound(bytes)) {
    if (isEncryptedCompound(bytes)) throw new AppError('file-locked', { name });
    await readBinary(bytes, book);
  } else if (isBareRecords(bytes)) await readBinary(bytes, book);
  else {
    const { text } = decodeText(bytes, { declared: declaredIn(bytes) });
    const head = text.slice(0, headCharacters);
    if (head.includes('urn:oasis:names:tc:opendocument:xmlns:office')) await readOpenContent(text, book);
    else if (head.includes('urn:schemas-microsoft-com:office:spreadsheet')) await readBinary(text, book);
    else return readTable(bytes, context);
  }
  return book.finish();
};

/** Where XML names what it is. */
const headCharacters = 8_192;

const declaredIn = (bytes: Uint8Array): string | undefined =>
  /^<\?xml[^>]*encoding=["']([\w-]+)["']/.exec(new TextDecoder('latin1').decode(bytes.subarray(0, 256)))?.[1];

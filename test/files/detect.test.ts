import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { detectFile, endingOf, guessFile } from '@/utils/files/detect';
import { compoundFile } from '../fixtures/files/compound';

const bytes = (text: string) => new TextEncoder().encode(text);
const archive = (files: Record<string, string>) =>
  zipSync(Object.fromEntries(Object.entries(files).map(([path, text]) => [path, strToU8(text)])));
const office = (part: string) =>
  archive({ '[Content_Types].xml': '<Types/>', '_rels/.rels': '', [part]: '<x/>' });
const open = (mediaType: string) =>
  zipSync({ mimetype: [strToU8(mediaType), { level: 0 }], 'content.xml': strToU8('<x/>') });

describe('what a file is', () => {
  it.each([
    ['a.docx', office('word/document.xml'), 'word'],
    ['a.docm', office('word/document.xml'), 'word'],
    ['a.xlsx', office('xl/workbook.xml'), 'workbook'],
    ['a.xlsb', office('xl/workbook.bin'), 'workbook'],
    ['a.pptx', office('ppt/presentation.xml'), 'slides'],
    ['a.odt', open('application/vnd.oasis.opendocument.text'), 'open-text'],
    ['a.ods', open('application/vnd.oasis.opendocument.spreadsheet'), 'workbook'],
    ['a.odp', open('application/vnd.oasis.opendocument.presentation'), 'slides'],
    ['a.epub', open('application/epub+zip'), 'book'],
    ['a.epub', archive({ 'META-INF/container.xml': '<x/>', 'a.html': '' }), 'book'],
    ['a.zip', archive({ 'word/document.txt': 'words', 'a.txt': 'a' }), 'archive'],
    ['a.jar', archive({ 'META-INF/MANIFEST.MF': 'x' }), 'archive'],
    ['a.xls', compoundFile(['Workbook']), 'workbook'],
    ['a.pdf', bytes('%PDF-1.7\n'), 'pdf'],
    ['a.rtf', bytes('{\\rtf1 Words}'), 'rich-text'],
    ['a.csv', bytes('a,b\n1,2\n'), 'table'],
    ['a.md', bytes('# A\n'), 'markdown'],
    ['a.html', bytes('<p>A</p>'), 'html'],
    ['a.ipynb', bytes('{"cells":[]}'), 'notebook'],
    ['a.srt', bytes('1\n00:00:01,000 --> 00:00:02,000\nA\n'), 'subtitles'],
    ['a.eml', bytes('From: a@b.test\n\nA'), 'mail'],
    ['a.rs', bytes('fn main() {}'), 'code'],
    ['a.txt', bytes('Words'), 'text'],
    ['README', bytes('Words'), 'text'],
    ['page', bytes('<!doctype html><p>A'), 'html'],
    [
      'a.xls',
      bytes(`<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">`),
      'workbook',
    ],
    ['a.xls', Uint8Array.of(9, 2, 6, 0, 0, 0, 16, 0, 0, 0, 0, 0), 'workbook'],
    ['a.png', bytes('\x89PNG\r\n\x1a\n').slice(1), 'picture'],
  ])('%s is told by its bytes and its name', (name, content, type) => {
    expect(detectFile(content, name).type).toBe(type);
  });

  it.each([
    ['a.csv', office('xl/workbook.xml'), 'workbook', 'xlsx'],
    ['a.xlsx', office('word/document.xml'), 'word', 'docx'],
    ['a.docx', compoundFile(['Workbook']), 'workbook', 'xls'],
    ['a.doc', bytes('{\\rtf1 Words}'), 'rich-text', 'rtf'],
    ['a.xls', bytes('<html><table><tr><td>1</table>'), 'html', 'html'],
    ['a.xls', bytes('a\tb\n1\t2\n'), 'table', 'tsv'],
    ['a.pdf', bytes('<!DOCTYPE html><p>Sign in'), 'html', 'html'],
    ['a.csv', bytes('<!DOCTYPE html><p>Sign in'), 'html', 'html'],
    ['a.docx', bytes('Only words'), 'text', 'txt'],
    ['a.docx', bytes('%PDF-1.4'), 'pdf', 'pdf'],
    ['a.pdf', archive({ 'a.txt': 'a' }), 'archive', 'zip'],
    ['a.pdf', Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 16), 'picture', 'jpg'],
  ])('%s with a wrong ending is read as what it is, which is said', (name, content, type, really) => {
    expect(detectFile(content, name)).toEqual({ type, really });
  });

  it.each([
    ['old.doc', compoundFile(['WordDocument', '1Table']), 'file-kind', 'doc'],
    ['old.ppt', compoundFile(['PowerPoint Document']), 'file-kind', 'ppt'],
    ['mail.msg', compoundFile(['__properties_version1.0']), 'file-kind', 'msg'],
    ['locked.xlsx', compoundFile(['EncryptionInfo', 'EncryptedPackage']), 'file-locked', 'xlsx'],
    ['song.mp3', Uint8Array.from({ length: 400 }, (_, index) => index % 256), 'file-kind', 'mp3'],
    ['thing', Uint8Array.from({ length: 400 }, (_, index) => index % 7), 'file-kind', 'none'],
    ['talk.key', archive({ 'Index/Document.iwa': 'x' }), 'file-kind', 'key'],
    ['empty.txt', new Uint8Array(), 'file-empty', 'txt'],
  ])('%s is refused with its kind', (name, content, trouble, kind) => {
    expect(detectFile(content, name)).toEqual({ trouble, kind });
  });

  it('knows the root of a compound file from what is embedded in it', () => {
    const book = compoundFile(['Workbook'], { inside: ['WordDocument'] });
    expect(detectFile(book, 'a.xls').type).toBe('workbook');
    expect(detectFile(book.subarray(0, 700), 'a.xls')).toEqual({ type: 'workbook' });
  });

  it('takes text in any encoding for text', () => {
    const wide = (text: string) =>
      new Uint8Array(Uint16Array.from(text, (_, i) => text.charCodeAt(i)).buffer);
    const line = 'Date,Level\r\n2026-11-01,3.2\r\n';
    for (const content of [
      wide(line.repeat(40)),
      wide(`\ufeff${line}`),
      Uint8Array.of(0xc4, 0xea, 0xb7, 0xdd, 0x2c, 0xcb, 0xae, 0xce, 0xbb, 0x0a),
      Uint8Array.of(0x93, 0xfa, 0x96, 0x7b, 0x8c, 0xea, 0x0d, 0x0a),
      bytes('\ufeff年份,水位\n'),
    ])
      expect(detectFile(content, 'a.csv')).toEqual({ type: 'table' });
  });

  it('guesses by the beginning alone', () => {
    const docx = office('word/document.xml');
    expect(guessFile(docx.subarray(0, 64), 'a.docx')).toBe('word');
    expect(guessFile(docx.subarray(0, 64), 'a.bin')).toBe('archive');
    expect(guessFile(bytes('%PDF-1.7'), 'a.bin')).toBe('pdf');
    expect(guessFile(bytes('\0\x01\x02\x03\x04'), 'a.bin')).toBeUndefined();
    expect(guessFile(bytes('a,b'), 'download', 'text/csv')).toBe('table');
  });

  it('reads endings as they are written', () => {
    expect(['A.DOCX', 'a.tar.gz', '.gitignore', 'a.', 'no', 'x.y/z', '年报.xlsx'].map(endingOf)).toEqual([
      'docx',
      'gz',
      '',
      '',
      '',
      '',
      'xlsx',
    ]);
  });
});

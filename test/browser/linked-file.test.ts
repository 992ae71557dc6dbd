// @vitest-environment jsdom
import 'fake-indexeddb/auto';
import { zipSync } from 'fflate';
import { JSDOM } from 'jsdom';
import { beforeEach, describe, expect, it } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { isFileToRead, nameOfAnswer, readLinkedFile } from '@/utils/browser/linked-file';
import { readLink } from '@/utils/browser/read-link';
import { AppError } from '@/utils/errors';
import type { DocumentRequest } from '@/utils/files/messages';
import { numberPassages } from '@/utils/source';
import type { FileRecord } from '@/utils/store/records';

beforeEach(() => fakeBrowser.reset());

const bytes = (text: string) => new TextEncoder().encode(text) as Uint8Array<ArrayBuffer>;
const docx = zipSync({
  '[Content_Types].xml': bytes('<Types/>'),
  'word/document.xml': bytes('<w/>'),
}) as Uint8Array<ArrayBuffer>;
const url = 'https://a.test/files/report';

describe('the name of a linked file', () => {
  it.each([
    [undefined, 'report'],
    ['attachment', 'report'],
    ['attachment; filename=levels.csv', 'levels.csv'],
    ['attachment; filename="a \\"b\\".xlsx"; size=3', 'a "b".xlsx'],
    ["attachment; filename=x.docx; filename*=UTF-8''%E5%B9%B4%E6%8A%A5.docx", '年报.docx'],
    ['attachment; filename="..\\\\..\\\\evil/over.docx"', 'over.docx'],
    ["attachment; filename*=UTF-8''%E5%; filename=broken.csv", 'broken.csv'],
  ])('of %s is %s', (disposition, name) => {
    expect(nameOfAnswer({ url, disposition })).toBe(name);
  });
});

describe('what a link leads to', () => {
  it.each([
    ['a.docx', docx, 'application/octet-stream', true],
    ['a', docx, 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', true],
    ['a', docx, 'text/plain', true],
    ['a.csv', bytes('a,b'), 'text/csv', true],
    ['a.csv', bytes('a,b'), 'application/octet-stream', true],
    ['export', bytes('a,b'), 'text/csv', true],
    ['a.md', bytes('# A'), 'text/plain', true],
    ['a.py', bytes('print(1)'), 'text/plain', true],
    ['a.ipynb', bytes('{}'), 'application/json', true],
    ['a.pdf', bytes('%PDF-1.4'), 'application/octet-stream', true],
    ['a.txt', bytes('words'), 'text/plain', false],
    ['data', bytes('{}'), 'application/json', false],
    ['a.png', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10), 'application/octet-stream', false],
    ['a.bin', Uint8Array.of(0, 1, 2, 3), 'application/octet-stream', false],
    ['a.zip', bytes('PK'), 'application/zip', false],
    ['page', bytes('<html><p>Sign in'), 'application/octet-stream', false],
  ])('%s is a file to read or none', (name, content, contentType, isFile) => {
    expect(isFileToRead({ bytes: content as Uint8Array<ArrayBuffer>, url, contentType }, name)).toBe(isFile);
  });

  it('is read like a dropped file, and kept where the user chose it', async () => {
    const asked: DocumentRequest[] = [];
    const kept: FileRecord[] = [];
    const options = {
      store: { put: async (record: FileRecord) => void kept.push(record) },
      readers: {
        document: async (request: DocumentRequest) => {
          asked.push(request);
          return {
            title: 'Inside',
            gaps: [],
            ...numberPassages([{ text: 'The mill', kind: 'text' as const }]),
            file: { type: 'word', units: { lines: 1 }, notes: [] },
          };
        },
        pdf: async () => Promise.reject(new AppError('pdf-broken')),
      },
    };
    const answer = { bytes: docx, url, contentType: 'application/octet-stream' };
    const reading = await readLinkedFile(answer, 'report.docx', { ...options, keeps: true });
    expect(reading).toMatchObject({
      kind: 'link',
      title: 'report.docx',
      url,
      text: '¶1 The mill',
      file: { name: 'report.docx', type: 'word', size: docx.length, units: { lines: 1 } },
    });
    expect(reading.file?.hash).toMatch(/^[0-9a-f]{64}$/);
    expect(kept).toMatchObject([{ id: reading.file?.hash, name: 'report.docx', size: docx.length }]);
    expect(asked).toMatchObject([{ name: 'report.docx', mediaType: 'application/octet-stream' }]);
    await readLinkedFile(answer, 'report.docx', options);
    expect(kept).toHaveLength(1);
    // No room for the bytes is no reason not to read them.
    const full = { put: () => Promise.reject(new DOMException('Full', 'QuotaExceededError')) };
    expect(await readLinkedFile(answer, 'r.docx', { ...options, store: full, keeps: true })).toMatchObject({
      title: 'r.docx',
    });
  });

  it('is refused by its size before it is loaded', async () => {
    const fetch: typeof globalThis.fetch = async (address) => {
      const response = new Response('x', {
        headers: {
          'content-type': 'application/vnd.ms-excel',
          'content-length': String(300 * 2 ** 20),
        },
      });
      Object.defineProperty(response, 'url', { value: String(address) });
      return response;
    };
    const parse = async (html: string) => new JSDOM(html).window.document;
    await expect(readLink(url, { mayRead: async () => true, parse, fetch })).rejects.toMatchObject({
      code: 'file-too-large',
      facts: { megabytes: 300, limit: 256 },
    });
  });
});

import { deflateSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { readArchive } from '@/utils/files/archive-files';
import type { FileContext } from '@/utils/files/types';
import { cpuTime } from '../cpu-time.ts';
import { makeBook, page } from '../fixtures/files/book.ts';
import { makeZip, type ZipEntry } from '../fixtures/files/zip.ts';
import { shown } from './read.ts';

const zip = (files: Record<string, string | Uint8Array>, lies: Partial<ZipEntry> = {}) =>
  makeZip(Object.entries(files).map(([name, data]) => ({ name, data, ...lies })));
const read = (bytes: Uint8Array<ArrayBuffer>, context: Partial<FileContext> = {}) =>
  readArchive(bytes, { name: 'sent.zip', ...context });

describe('a zip archive', () => {
  it('is read like a folder, without the folder that holds all of it', async () => {
    const reading = await read(
      zip({
        'mill-main/.gitignore': 'out/\n',
        'mill-main/src/a.py': 'print(1)\n',
        'mill-main/out/a.pyc': 'x',
        'mill-main/README.md': 'Read me.',
      }),
    );
    expect(shown(reading).slice(1)).toEqual([
      'heading [.gitignore]: ## .gitignore',
      'code [.gitignore, line 1]: ```ignore\nout/\n```',
      'heading [README.md]: ## README.md',
      'text [README.md, line 1]: Read me.',
      'heading [src/a.py]: ## src/a.py',
      'code [src/a.py, line 1]: ```python\nprint(1)\n```',
    ]);
    expect(reading.gaps).toEqual([{ why: 'ignored-files', size: 1, sample: 'out/' }]);
    expect(reading.title).toBe('sent.zip');
  });

  it('is read with the documents in it, each with its own places', async () => {
    const book = makeBook({ pages: [{ path: 'a.xhtml', text: page('<p>Low water.</p>') }] });
    const pdf = new TextEncoder().encode('%PDF-1.7\n%âãÏÓ\n1 0 obj');
    const reading = await read(
      zip({ 'book.epub': book, 'letter.html': '<p>Dear <b>mill</b></p>', 'plan.pdf': pdf }),
    );
    expect(shown(reading).slice(1)).toEqual([
      'heading [book.epub]: ## book.epub',
      'text [book.epub, chapter 1]: Low water.',
      'heading [letter.html]: ## letter.html',
      'text [letter.html]: Dear **mill**',
    ]);
    expect(reading.text).toContain('plan.pdf (26 B, not read: no text)');
    expect(reading.gaps).toEqual([{ why: 'binary-files', size: 1, sample: 'plan.pdf' }]);
    const withPdf = await read(zip({ 'plan.pdf': pdf, 'b.epub': book }), {
      readPdf: async () => ({
        title: '',
        text: '¶1 [page 4] A plan.',
        segments: [{ number: 1, start: 12, end: 19, kind: 'text', page: 4 }],
        gaps: [],
        characters: 7,
        words: 2,
        file: { units: {}, notes: [] },
      }),
    });
    expect(shown(withPdf)).toContain('text [plan.pdf, page 4]: A plan.');
  });

  it('reads archives in archives as far as the bounds allow, and says where it stops', async () => {
    let inner = zip({ 'deep.txt': 'At the bottom.' });
    for (const depth of [1, 2, 3, 4, 5])
      inner = zip({ [`level${depth}.zip`]: inner, [`text${depth}.txt`]: `On level ${depth}.` });
    const { text, gaps } = await read(inner);
    for (const depth of [5, 4, 3, 2]) expect(text).toContain(`On level ${depth}.`);
    expect(text).not.toContain('At the bottom.');
    expect(gaps).toEqual([{ why: 'unread-files', size: 1, sample: expect.stringMatching(/^level\d\.zip$/) }]);
  });

  it('refuses bombs, alone and in each other, and what is locked', async () => {
    const zeros = new Uint8Array(40 * 2 ** 20);
    const packed = deflateSync(zeros);
    const honest = makeZip([{ name: 'zeros.txt', data: 'x', packed, claims: { size: 300 * 2 ** 20 } }]);
    await expect(read(honest)).rejects.toMatchObject({
      code: 'file-too-large',
      facts: { megabytes: 300, limit: 8 },
    });
    const bomb = makeZip([{ name: 'zeros.txt', data: 'x', packed, claims: { size: 100 } }]);
    await expect(read(bomb)).rejects.toMatchObject({ code: 'file-bomb', facts: { name: 'sent.zip' } });
    const began = cpuTime();
    await expect(read(zip({ 'a.zip': bomb, 'b.zip': bomb }))).rejects.toMatchObject({ code: 'file-bomb' });
    expect(cpuTime() - began).toBeLessThan(8_000);
    await expect(read(zip({ 'a.txt': 'a' }, { isEncrypted: true }))).rejects.toMatchObject({
      code: 'file-locked',
    });
    const partly = await read(
      makeZip([
        { name: 'a.txt', data: 'open' },
        { name: 'b.txt', data: 'shut', isEncrypted: true },
      ]),
    );
    expect(partly.gaps).toEqual([{ why: 'unread-files', size: 1, sample: 'b.txt' }]);
  });

  it('keeps paths inside of it, and tells two files of one name apart', async () => {
    const reading = await read(
      makeZip([
        { name: '../../etc/passwd', data: 'one' },
        { name: '/absolute.txt', data: 'two' },
        { name: 'C:\\windows\\a.txt', data: 'three' },
        { name: 'same.txt', data: 'four' },
        { name: 'same.txt', data: 'five' },
        { name: 'a\n¶1 [page 1] b.txt', data: 'six' },
      ]),
    );
    const paths = reading.segments.flatMap(({ place, kind }) =>
      kind === 'heading' ? (place?.path ?? []) : [],
    );
    expect(paths.some((path) => path.includes('..') || path.startsWith('/'))).toBe(false);
    for (const word of ['one', 'two', 'three', 'four', 'five', 'six']) expect(reading.text).toContain(word);
    expect(reading.text.match(/(^|\n)¶/g)).toHaveLength(reading.segments.length);
  });

  it('with too many files is refused before any is read, and what is damaged is said', async () => {
    const entries = Array.from({ length: 12_000 }, (_, index) => ({
      name: `${index}.txt`,
      data: 'x',
      isStored: true,
    }));
    await expect(read(makeZip(entries))).rejects.toMatchObject({
      code: 'folder-too-large',
      facts: { files: 12_000, limit: 10_000 },
    });
    const whole = zip({ 'a.txt': 'one', 'b.txt': 'two' });
    await expect(read(whole.slice(0, 40))).rejects.toMatchObject({ code: 'file-broken' });
    await expect(read(makeZip([]))).rejects.toMatchObject({ code: 'file-nothing' });
    const damaged = await read(
      makeZip([
        { name: 'a.txt', data: 'one' },
        { name: 'b.txt', data: 'two', claims: { checksum: 1 } },
      ]),
    );
    expect(damaged.gaps).toEqual([{ why: 'unread-files', size: 1, sample: 'b.txt' }]);
    expect(damaged.text).toContain('b.txt (3 B, not read: damaged)');
  });
});

import { describe, expect, it } from 'vitest';
import { AppError } from '@/utils/errors';
import { passagesOf } from '@/utils/files/file-reading';
import { readFolder } from '@/utils/files/folder';
import { planFolder } from '@/utils/files/folder-plan';
import { encodeAs } from '../fixtures/encodings.ts';
import { notebook } from '../fixtures/files/notebook.ts';
import { folderFiles, sourceFolder } from '../fixtures/files/source-folder.ts';
import { falseMarks, shown } from './read.ts';

type Files = Record<string, string | Uint8Array<ArrayBuffer>>;
const read = (files: Files, rest = {}) =>
  readFolder(folderFiles(Object.entries(files).map(([path, text]) => ({ path, text }))), {
    name: 'mill',
    ...rest,
  });

const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, ...new Array(60).fill(0)]);

describe('a folder', () => {
  it('has its tree on top, with what was not read and why, and then every text with its path', async () => {
    const reading = await read(
      {
        'README.md': '# The mill\n\nWhat it does.\n',
        'logo.png': png,
        'empty.txt': '',
        'src/main.ts': 'export const level = 12;\n',
        'src/deep/tool.bin': Uint8Array.from({ length: 3_000 }, (_, index) => (index * 31) % 256),
      },
      {
        ignored: { files: 1_234, names: ['node_modules/', 'src/.DS_Store'] },
        apart: [{ path: 'docs/manual.pdf', size: 2_345_678 }],
      },
    );
    expect(shown(reading)).toEqual([
      [
        'code: ```',
        'mill/',
        '  empty.txt (0 B, empty)',
        '  logo.png (68 B, not read: picture)',
        '  README.md (26 B)',
        '  docs/',
        '    manual.pdf (2.3 MB, a source of its own)',
        '  node_modules/ (left out)',
        '  src/',
        '    .DS_Store (left out)',
        '    main.ts (25 B)',
        '    deep/',
        '      tool.bin (3 kB, not read: no text)',
        '```',
      ].join('\n'),
      'heading [README.md]: ## README.md',
      'heading [README.md, line 1]: # The mill',
      'text [README.md, line 3]: What it does.',
      'heading [src/main.ts]: ## src/main.ts',
      'code [src/main.ts, line 1]: ```typescript\nexport const level = 12;\n```',
    ]);
    expect(reading.file.units).toEqual({ files: 2, lines: 4 });
    expect(reading.gaps).toEqual([
      { why: 'binary-files', size: 2, sample: 'logo.png, src/deep/tool.bin' },
      { why: 'ignored-files', size: 1_234, sample: 'node_modules/, src/.DS_Store' },
    ]);
    expect(reading.title).toBe('mill');
  });

  it('of 400 files gives back every sentence in order, with its file and line', async () => {
    const { files, planted } = sourceFolder(400);
    const byPath = new Map(files.map((file) => [file.path, file]));
    const { asOne } = planFolder(files.map((file) => ({ ...file, size: file.text.length })));
    const reading = await readFolder(folderFiles(asOne), { name: 'mill' });
    const passages = passagesOf(reading);
    let found = 0;
    for (const sentence of planted) if (reading.text.includes(sentence)) found++;
    expect(found).toBe(planted.length);
    // In the order of the tree, and each file in its own.
    const order = [...reading.text.matchAll(/Planted (\d+)(?:\/(\d+))? /g)].map(([, file]) => Number(file));
    const expected = asOne.flatMap(({ path }) => [
      ...(byPath.get(path)?.text.matchAll(/Planted (\d+)/g) ?? []),
    ]);
    expect(order).toEqual(expected.map(([, file]) => Number(file)));
    for (const { text, place, kind } of passages) {
      if (place?.line === undefined) continue;
      const lines = byPath.get(place.path ?? '')?.text.split('\n') ?? [];
      const [first, second] = text.split('\n');
      expect(lines[place.line - 1]).toBe(kind === 'code' ? second : first);
    }
    expect(falseMarks(reading)).toBe(0);
  });

  it('reads old encodings, notebooks and subtitles, and says what is too large or damaged', async () => {
    const files = folderFiles([
      { path: 'gbk.txt', text: encodeAs('gb18030', '磨坊下游的水位在下降，委员会每天早晨测量') },
      { path: 'levels.ipynb', text: notebook([{ type: 'markdown', source: 'Measured.' }]) },
      { path: 'broken.ipynb', text: '{"cells": [' },
      { path: 'film.srt', text: '1\n00:00:01,000 --> 00:00:02,000\nThe river.\n' },
    ]);
    files.push({
      path: 'huge.log',
      size: 900_000_000,
      bytes: () => Promise.reject(new Error('must not be asked for')),
    });
    files.push({
      path: 'gone.txt',
      size: 10,
      bytes: () => Promise.reject(new AppError('file-unread', { name: 'gone.txt' })),
    });
    const reading = await readFolder(files, { name: 'mill' });
    expect(
      shown(reading)
        .slice(1)
        .filter((one) => !one.startsWith('heading')),
    ).toEqual([
      'text [gbk.txt, line 1]: 磨坊下游的水位在下降，委员会每天早晨测量',
      'text [levels.ipynb, cell 1]: Measured.',
      'text [broken.ipynb, line 1]: {"cells": [',
      'text [film.srt, 00:00:01]: The river.',
    ]);
    expect(reading.text).toContain('huge.log (900 MB, not read: too large)');
    expect(reading.gaps).toEqual([{ why: 'unread-files', size: 2, sample: 'huge.log, gone.txt' }]);
    expect(reading.file).toEqual({ units: { files: 4 }, notes: [{ what: 'decoded', sample: 'GB18030' }] });
  });

  it('takes a page for what it says, and for text where it belongs to a program', async () => {
    const page = '<h1>Levels</h1><p>Measured <i>twice</i>.</p>';
    const notes = await read({ 'a.html': page, 'b.md': 'Notes.' });
    expect(shown(notes).slice(1, 4)).toEqual([
      'heading [a.html]: ## a.html',
      'heading [a.html]: # Levels',
      'text [a.html]: Measured *twice*.',
    ]);
    const program = await read({ 'a.html': page, 'b.js': 'run()' });
    expect(shown(program)[2]).toBe(`code [a.html, line 1]: \`\`\`html\n${page}\n\`\`\``);
  });

  it('says that there is nothing to read where there is no text', async () => {
    await expect(read({ 'a.png': png })).rejects.toMatchObject({ code: 'file-nothing' });
  });

  it('is stopped between two files', async () => {
    const stop = new AbortController();
    const files = folderFiles([
      { path: 'a.txt', text: 'a' },
      { path: 'b.txt', text: 'b' },
    ]);
    const onProgress = () => stop.abort();
    await expect(readFolder(files, { name: 'mill', signal: stop.signal, onProgress })).rejects.toThrow();
  });
});

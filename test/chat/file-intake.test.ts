import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { withAttached } from '@/utils/chat/attaching';
import { createFileIntake } from '@/utils/chat/file-intake';
import { createFileWork } from '@/utils/chat/file-work';
import { createGathering, type Gathered, pickOf } from '@/utils/chat/gathering';
import type { FileReaders } from '@/utils/chat/read-dropped';
import { AppError } from '@/utils/errors';
import type { DocumentReading, DocumentRequest } from '@/utils/files/messages';
import { numberPassages } from '@/utils/source';
import { createDraftStore } from '@/utils/store/drafts';
import { createFileStore } from '@/utils/store/files';
import { conversationWith, gate } from '../fixtures/conversations';
import { measuredSource } from '../fixtures/sources';

const readingOf = (text: string): DocumentReading => ({
  ...numberPassages([{ text, kind: 'text' }]),
  title: 'Inside',
  gaps: [],
  file: { type: 'text', units: { lines: 1 }, notes: [] },
});

/** A panel whose readers give the words of text files, or do what a test says. */
function begin(readers: Partial<FileReaders> = {}) {
  const world = conversationWith();
  const store = createDraftStore(world.db);
  const files = createFileStore(world.db);
  const start = () => {
    const work = createFileWork({
      store: files,
      link: async (url, { choices }) => {
        const { source } = await measuredSource(['x'], { url });
        return { ...source, kind: 'link', text: `${JSON.stringify(choices)} of ${url}` };
      },
      readers: {
        document: async ({ file }) => readingOf((await file?.text()) ?? ''),
        pdf: async () => Promise.reject(new AppError('pdf-broken', { name: 'x' })),
        ...readers,
      },
    });
    return createGathering(world.conversation, {
      store,
      files: async (doors) => createFileIntake(doors, work),
    });
  };
  return { ...world, store, files, start, gathering: start() };
}

const file = (name: string, content: BlobPart = `Words of ${name}`, type = '') => ({
  file: new File([content], name, { type }),
});
const seen = (list: Gathered[]) => list.map((item) => `${item.title} ${item.status}`);

describe('files that are dropped', () => {
  it('become sources with their names, facts and hashes, and are kept', async () => {
    const { gathering, files } = begin();
    gathering.addFiles([file('levels.txt', 'The mill', 'text/plain'), file('b.txt', 'The weir')]);
    await expect.poll(() => gathering.get()).toHaveLength(2);
    expect(gathering.get()).toMatchObject([
      { kind: 'file', title: 'levels.txt', status: 'queued', file: { name: 'levels.txt', size: 8 } },
      { kind: 'file', title: 'b.txt', status: 'queued' },
    ]);
    await expect.poll(() => seen(gathering.get())).toEqual(['levels.txt ready', 'b.txt ready']);
    const [first] = gathering.get();
    if (first?.status !== 'ready') throw new Error('not ready');
    const { source, tokens } = first.entry;
    expect(source).toMatchObject({
      kind: 'file',
      title: 'levels.txt',
      text: '¶1 The mill',
      file: { name: 'levels.txt', size: 8, type: 'text', units: { lines: 1 }, notes: [] },
    });
    expect(tokens).toBeGreaterThan(0);
    expect(first.key).toBe(`file:${source.file?.hash}`);
    const kept = await files.get(source.file?.hash ?? '');
    expect(kept).toMatchObject({ name: 'levels.txt', size: 8, mediaType: 'text/plain' });
  });

  it('stand in the order of dropping, and one that cannot be read stops none', async () => {
    const { gathering } = begin({
      document: async ({ name, file: blob }) => {
        if (name === 'bad.txt') throw new AppError('file-broken', { name });
        return readingOf((await blob?.text()) ?? '');
      },
    });
    gathering.addFiles([file('a.txt'), file('bad.txt'), file('empty.txt', ''), file('c.txt')]);
    await expect
      .poll(() => seen(gathering.get()))
      .toEqual(['a.txt ready', 'bad.txt trouble', 'empty.txt trouble', 'c.txt ready']);
    expect(gathering.get().flatMap((item) => (item.status === 'trouble' ? item.trouble.code : []))).toEqual([
      'file-broken',
      'file-empty',
    ]);
  });

  it('stop when they are removed', async () => {
    const { closed, open } = gate();
    let wasStopped = false;
    const { gathering } = begin({
      document: async (_, { signal } = {}) => {
        signal?.addEventListener('abort', () => {
          wasStopped = true;
        });
        await closed;
        return readingOf('late');
      },
    });
    gathering.addFiles([file('a.txt')]);
    await expect.poll(() => seen(gathering.get())).toEqual(['a.txt reading']);
    gathering.remove(gathering.get()[0]?.id ?? '');
    expect(wasStopped).toBe(true);
    open();
    expect(gathering.get()).toEqual([]);
  });

  it('are read on when the panel opens again', async () => {
    let reads = 0;
    const { gathering, start } = begin({
      document: async ({ file: blob }, { signal } = {}) => {
        if (reads++ === 0)
          await new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));
        return readingOf((await blob?.text()) ?? '');
      },
    });
    gathering.addFiles([file('a.txt', 'The weir')]);
    await expect.poll(() => seen(gathering.get())).toEqual(['a.txt reading']);
    await gathering.kept();
    const again = start();
    await expect.poll(() => seen(again.get())).toEqual(['a.txt ready']);
    expect(again.get()).toMatchObject([
      { kind: 'file', file: { size: 8, type: 'text' }, entry: { source: { text: '¶1 The weir' } } },
    ]);
  });

  it('are asked for again when the panel was closed before they were kept', async () => {
    const { gathering, start } = begin();
    const slow = new File(['x'], 'slow.txt');
    slow.arrayBuffer = () => new Promise(() => {});
    gathering.addFiles([{ file: slow }, file('empty.txt', '')]);
    await expect.poll(() => seen(gathering.get())).toEqual(['slow.txt queued', 'empty.txt trouble']);
    await gathering.kept();
    const again = start();
    await expect.poll(() => seen(again.get())).toEqual(['slow.txt trouble']);
    expect(again.get()).toMatchObject([{ trouble: { code: 'file-gone', facts: { name: 'slow.txt' } } }]);
    // It is said once more until the user has seen it, and not after the row was taken away.
    again.remove(again.get()[0]?.id ?? '');
    await again.kept();
    const last = start();
    await last.kept();
    expect(last.get()).toEqual([]);
  });

  it('that are locked are read with a password', async () => {
    const { gathering } = begin({
      pdf: async (_, { name, password }) => {
        if (password !== 'moon') throw new AppError('pdf-password', { name });
        return { ...readingOf('Signed'), kind: 'tab', file: undefined, pages: 3 };
      },
    });
    gathering.addFiles([file('contract.pdf', '%PDF-1.7')]);
    await expect.poll(() => seen(gathering.get())).toEqual(['contract.pdf trouble']);
    gathering.readWithPassword(gathering.get()[0]?.id ?? '', 'moon');
    await expect.poll(() => seen(gathering.get())).toEqual(['contract.pdf ready']);
    expect(gathering.get()).toMatchObject([
      { entry: { source: { kind: 'file', title: 'contract.pdf', pages: 3, file: { type: 'pdf' } } } },
    ]);
  });

  it('that are pictures go with the question, in their order', async () => {
    const { gathering } = begin();
    const png = (size: number) =>
      new Uint8Array([137, 80, 78, 71, 13, 10, 26, 10, ...new Array(size).fill(7)]);
    gathering.addFiles([
      file('a.png', png(900_000)),
      file('b.png', png(4)),
      file('c.png', 'no\0\0\0', 'image/png'),
    ]);
    await expect
      .poll(() => seen(gathering.get()))
      .toEqual(['a.png picture', 'b.png picture', 'c.png trouble']);
    expect(gathering.get()[2]).toMatchObject({ trouble: { code: 'image-kind', facts: { name: 'c.png' } } });
  });

  it('are read again from what is kept, otherwise than before', async () => {
    const { gathering, db } = begin({
      document: async ({ choices, file: blob }) =>
        readingOf(`${await blob?.text()} ${JSON.stringify(choices ?? {})}`),
    });
    gathering.addFiles([file('a.xlsx', 'Sheet')]);
    await expect.poll(() => seen(gathering.get())).toEqual(['a.xlsx ready']);
    const [item] = gathering.get();
    if (item?.status !== 'ready') throw new Error('not ready');
    const again = await gathering.readAgain(item.entry, { hiddenSheets: true });
    expect(again.source).toMatchObject({
      title: 'a.xlsx',
      text: '¶1 Sheet {"hiddenSheets":true}',
      file: { hash: item.entry.source.file?.hash, choices: { hiddenSheets: true } },
    });
    // One that a link led to stays what it is.
    const source = {
      ...item.entry.source,
      kind: 'link' as const,
      title: 'Levels',
      url: 'https://a.test/a.xlsx',
    };
    expect((await gathering.readAgain({ ...item.entry, source }, { formulas: true })).source).toMatchObject({
      kind: 'link',
      title: 'Levels',
      url: 'https://a.test/a.xlsx',
      text: '¶1 Sheet {"formulas":true}',
    });
    await db.files.clear();
    await expect(gathering.readAgain(again, {})).rejects.toMatchObject({ code: 'file-gone' });
    // Where nothing was kept of it, it is loaded once more.
    expect((await gathering.readAgain({ ...item.entry, source }, { formulas: true })).source.text).toBe(
      '{"formulas":true} of https://a.test/a.xlsx',
    );
  });

  it('are not read twice when they are the same, which is told by their picks', async () => {
    let reads = 0;
    const { gathering, store } = begin({
      document: async ({ file: blob }) => {
        reads++;
        return readingOf(((await blob?.text()) ?? '').trim());
      },
    });
    const attach = async () => {
      let choices = await store.readSources('new');
      for (const item of gathering.get()) {
        if (item.status !== 'ready') continue;
        choices = withAttached(choices, item.entry, pickOf(item));
        gathering.remove(item.id);
      }
      await store.writeSources('new', choices);
      return choices;
    };
    gathering.addFiles([file('a.txt', 'The weir'), file('copy.txt', 'The weir'), file('b.txt', 'The weir ')]);
    await expect.poll(() => seen(gathering.get())).toEqual(['a.txt ready', 'copy.txt ready', 'b.txt ready']);
    expect(reads).toBe(2);
    expect(await attach()).toMatchObject({
      attached: [{ source: { title: 'a.txt' } }],
      picks: [{ title: 'a.txt' }, { title: 'copy.txt' }, { title: 'b.txt' }],
    });
    // What was attached before, and what an earlier question has sent, is known too.
    gathering.addFiles([file('late.txt', 'The weir')]);
    await expect.poll(() => seen(gathering.get())).toEqual(['late.txt ready']);
    expect(reads).toBe(2);
    expect((await attach()).attached).toHaveLength(1);
  });

  it('read the second of two equal files when the first is taken away', async () => {
    const { gathering } = begin({
      document: async ({ name, file: blob }, { signal } = {}) => {
        if (name === 'a.txt')
          await new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));
        return readingOf((await blob?.text()) ?? '');
      },
    });
    gathering.addFiles([file('a.txt', 'The weir'), file('copy.txt', 'The weir')]);
    await expect.poll(() => seen(gathering.get())).toEqual(['a.txt reading', 'copy.txt queued']);
    gathering.remove(gathering.get()[0]?.id ?? '');
    await expect.poll(() => seen(gathering.get())).toEqual(['copy.txt ready']);
  });

  it('are refused before they are read when they are too large', async () => {
    const { gathering } = begin();
    const huge = new File(['x'], 'huge.csv');
    Object.defineProperty(huge, 'size', { value: 300 * 2 ** 20 });
    let isRead = false;
    huge.arrayBuffer = () => {
      isRead = true;
      return Promise.reject(new Error('read'));
    };
    gathering.addFiles([{ file: huge }]);
    await expect.poll(() => seen(gathering.get())).toEqual(['huge.csv trouble']);
    expect(gathering.get()).toMatchObject([
      { trouble: { code: 'file-too-large', facts: { megabytes: 300, limit: 256 } } },
    ]);
    expect(isRead).toBe(false);
  });

  it('say that they are gone from the disk, or that there is no room to keep them', async () => {
    const { gathering, db } = begin();
    const gone = new File(['x'], 'gone.txt');
    gone.slice = () => {
      throw new DOMException('A requested file could not be read', 'NotReadableError');
    };
    gathering.addFiles([{ file: gone }]);
    await expect.poll(() => seen(gathering.get())).toEqual(['gone.txt trouble']);
    expect(gathering.get()).toMatchObject([
      { trouble: { code: 'file-unread', facts: { name: 'gone.txt' } } },
    ]);
    gathering.remove(gathering.get()[0]?.id ?? '');
    db.files.hook('creating', () => {
      throw new DOMException('Full', 'QuotaExceededError');
    });
    gathering.addFiles([file('full.txt')]);
    await expect.poll(() => seen(gathering.get())).toEqual(['full.txt trouble']);
    expect(gathering.get()).toMatchObject([{ trouble: { code: 'storage-full' } }]);
  });
});

describe('a folder that is dropped', () => {
  const part = (path: string, content = `Words of ${path}`) => ({
    file: new File([content], path.slice(path.lastIndexOf('/') + 1)),
    path,
  });

  it('becomes one source, without what its list of ignored files names', async () => {
    const asked: DocumentRequest[] = [];
    const { gathering } = begin({
      document: async (request) => {
        asked.push(request);
        return { ...readingOf('Tree'), file: { type: 'folder', hash: 'f0', units: { files: 2 }, notes: [] } };
      },
    });
    gathering.addFolder('mill', [
      part('mill/.gitignore', 'out/\n'),
      part('mill/src/a.ts'),
      part('mill/out/a.js'),
    ]);
    await expect
      .poll(() => gathering.get())
      .toMatchObject([{ kind: 'file', file: { name: 'mill', type: 'folder' } }]);
    await expect.poll(() => seen(gathering.get())).toEqual(['mill ready']);
    expect(asked[0]?.folder?.files.map(({ path }) => path)).toEqual(['.gitignore', 'src/a.ts']);
    expect(asked[0]?.folder?.ignored).toMatchObject({ files: 1, names: ['out/'] });
    expect(gathering.get()).toMatchObject([
      {
        entry: {
          source: { kind: 'file', title: 'mill', file: { name: 'mill', type: 'folder', hash: 'f0' } },
        },
      },
    ]);
  });

  it('of documents becomes a source for each, before what is dropped later', async () => {
    const { gathering } = begin();
    gathering.addFolder('people', [
      part('people/b.docx'),
      part('people/2025/a.docx'),
      part('people/2026/a.docx'),
    ]);
    gathering.addFiles([file('late.txt')]);
    await expect.poll(() => gathering.get().filter(({ status }) => status === 'ready')).toHaveLength(4);
    const inOrder = gathering.get().toSorted((one, other) => one.place - other.place);
    expect(seen(inOrder)).toEqual([
      'b.docx ready',
      '2025/a.docx ready',
      '2026/a.docx ready',
      'late.txt ready',
    ]);
  });

  it('says so when it has too many files, or nothing to read', async () => {
    const { gathering } = begin();
    gathering.addFolder(
      'huge',
      Array.from({ length: 20_000 }, (_, index) => part(`huge/${index}.txt`, '')),
    );
    gathering.addFolder('empty', []);
    await expect.poll(() => seen(gathering.get())).toEqual(['huge trouble', 'empty trouble']);
    expect(gathering.get()).toMatchObject([
      { trouble: { code: 'folder-too-large', facts: { name: 'huge', files: 20_000, limit: 10_000 } } },
      { trouble: { code: 'file-nothing', facts: { name: 'empty' } } },
    ]);
  });

  it('is asked for again when the panel was closed before it had been read', async () => {
    const { gathering, start } = begin({ document: () => new Promise(() => {}) });
    gathering.addFolder('mill', [part('mill/src/a.ts')]);
    await expect.poll(() => seen(gathering.get())).toEqual(['mill reading']);
    await gathering.kept();
    const again = start();
    await expect.poll(() => seen(again.get())).toEqual(['mill trouble']);
    expect(again.get()).toMatchObject([
      { file: { type: 'folder' }, trouble: { code: 'file-gone', facts: { name: 'mill' } } },
    ]);
  });
});

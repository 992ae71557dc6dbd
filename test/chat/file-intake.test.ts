import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { createFileWork } from '@/utils/chat/file-work';
import { createGathering, type Gathered } from '@/utils/chat/gathering';
import type { FileReaders } from '@/utils/chat/read-dropped';
import { AppError } from '@/utils/errors';
import type { DocumentReading } from '@/utils/files/messages';
import { numberPassages } from '@/utils/source';
import { createDraftStore } from '@/utils/store/drafts';
import { createFileStore } from '@/utils/store/files';
import { conversationWith, gate } from '../fixtures/conversations';

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
  const work = createFileWork({
    store: files,
    readers: {
      document: async ({ file }) => readingOf((await file?.text()) ?? ''),
      pdf: async () => Promise.reject(new AppError('pdf-broken', { name: 'x' })),
      ...readers,
    },
  });
  const start = () => createGathering(world.conversation, { store, files: async () => work });
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
    await db.files.clear();
    await expect(gathering.readAgain(again, {})).rejects.toMatchObject({ code: 'file-gone' });
  });
});

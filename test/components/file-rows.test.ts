import { expect, it } from 'vitest';
import { doneOf, fileRows, tokensOf } from '@/components/files/file-rows';
import type { Gathered } from '@/utils/chat/gathering';
import type { NextSource } from '@/utils/chat/next-request';
import type { MeasuredSource } from '@/utils/context/compose';
import type { FileFacts } from '@/utils/source';
import { measuredSource } from '../fixtures/sources';

const file = async (name: string, words: string): Promise<MeasuredSource> => {
  const entry = await measuredSource([words], { title: name });
  const facts: FileFacts = { name, hash: name, size: 9, type: 'table', units: { rows: 3 }, notes: [] };
  return { ...entry, source: { ...entry.source, kind: 'file', url: undefined, file: facts } };
};
const item = (name: string, place: number, status: 'queued' | 'reading'): Gathered => ({
  id: `file ${place}`,
  kind: 'file',
  title: name,
  file: { name, size: 9, type: 'pdf' },
  place,
  status,
});
const none = {
  gathered: [],
  attached: [],
  picks: [],
  images: [],
  sent: new Set<string>(),
  omit: new Set<string>(),
};

it('keeps every file in its place and under its name from hand to question', async () => {
  const [a, b] = [await file('a.csv', 'The mill'), await file('b.csv', 'The weir')];
  const rows = fileRows({
    ...none,
    gathered: [item('late.pdf', 4, 'queued'), item('early.pdf', 1, 'reading')],
    attached: [b, a],
    picks: [
      { key: 'file:b', id: b.source.id, place: 3 },
      { key: 'file:a', id: a.source.id, place: 2, title: 'a.csv' },
    ],
    images: [{ type: 'image', mediaType: 'image/png', data: '', name: 'board.png' }],
  });
  expect(rows.map(({ id, name, is, family }) => [id, name, is, family])).toEqual([
    ['1', 'early.pdf', 'reading', 'pdf'],
    ['2', 'a.csv', 'read', 'sheet'],
    ['3', 'b.csv', 'read', 'sheet'],
    ['4', 'late.pdf', 'queued', 'pdf'],
    ['picture 0', 'board.png', 'picture', 'picture'],
  ]);
  expect(doneOf(rows)).toBe(3);
  expect(tokensOf(rows)).toBe(a.tokens + b.tokens + 1_600);
});

it('says of the same file once more under which number it is there, and of one that is left out nothing', async () => {
  const [a, b, out] = [await file('a.csv', 'One'), await file('b.csv', 'Two'), await file('c.csv', 'Three')];
  const rows = fileRows({
    ...none,
    attached: [a, b, out],
    picks: [
      { key: 'file:a', id: a.source.id, place: 1 },
      { key: 'file:a 2', id: a.source.id, place: 2, title: 'copy of a.csv' },
      { key: 'file:b', id: b.source.id, place: 3 },
      { key: 'file:c', id: out.source.id, place: 4 },
    ],
    next: [
      { entry: a, number: 2, tokens: 7 } as NextSource,
      { entry: b, number: 1, tokens: 8 } as NextSource,
    ],
    sent: new Set([b.source.id]),
    omit: new Set([out.source.id]),
  });
  expect(rows.map((row) => [row.name, row.is, 'number' in row ? row.number : undefined])).toEqual([
    ['a.csv', 'read', undefined],
    ['copy of a.csv', 'twin', 2],
    ['b.csv', 'twin', 1],
  ]);
  expect(tokensOf(rows)).toBe(7);
});

import { expect, it } from 'vitest';
import { packSegments, unpackSegments } from '@/utils/page/packed-segments';
import { runThrough } from '@/utils/page/select/steps';
import { numberPassages, type Passage, type PassageKind } from '@/utils/source';

const kinds: PassageKind[] = ['text', 'heading', 'list-item', 'code', 'table', 'quote'];

it('leave the page as they are, of every kind and number', () => {
  const passages = Array.from(
    { length: 1_200 },
    (_, index): Passage => ({ text: 'x'.repeat(index % 37), kind: kinds[index % kinds.length] ?? 'text' }),
  );
  const { segments } = numberPassages(passages);
  expect(unpackSegments(runThrough(packSegments(segments)))).toEqual(segments);
  expect(unpackSegments(runThrough(packSegments([])))).toEqual([]);
});

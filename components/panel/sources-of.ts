import { readIn } from '@/utils/chat/sendings';
import { numbersOf } from '@/utils/chat/source-numbers';
import type { MeasuredSource } from '@/utils/context/compose';
import type { AnswerRecord } from '@/utils/store/records';

interface Slices {
  /** By the list of an answer's sendings or of the sources of one, which stays the same object while it streams. */
  byList: WeakMap<object, MeasuredSource[]>;
  byIds: Map<string, MeasuredSource[]>;
}

const slices = new WeakMap<MeasuredSource[], Slices>();

/**
 * The sources an answer was written from, in the order of their numbers. The same array each time, so that
 * finished blocks of an answer are not drawn again because their sources look new.
 */
export function sourcesOf(answer: AnswerRecord | undefined, all: MeasuredSource[]): MeasuredSource[] {
  // In passes, what has been sent grows from pass to pass.
  const list = answer?.passes ? answer.sendings : answer?.sendings.at(-1)?.estimate.bySource;
  if (!answer || !list) return all;
  const { byList, byIds } = slices.get(all) ?? { byList: new WeakMap(), byIds: new Map() };
  slices.set(all, { byList, byIds });
  const known = byList.get(list);
  if (known) return known;
  const slice = sliceOf(answer, all, byIds);
  byList.set(list, slice);
  return slice;
}

function sliceOf(
  answer: AnswerRecord,
  all: MeasuredSource[],
  byIds: Map<string, MeasuredSource[]>,
): MeasuredSource[] {
  const numbers = answer.passes
    ? numbersInPasses(all, answer)
    : new Map(answer.sendings.at(-1)?.estimate.bySource.map(({ id, index }) => [id, index]));
  if (numbers.size === all.length && all.every(({ source }, place) => numbers.get(source.id) === place + 1))
    return all;
  const key = [...numbers].join();
  const slice = byIds.get(key) ?? numbered(all, numbers);
  byIds.set(key, slice);
  return slice;
}

/** The numbers of sources that are read in passes; those that no pass has named yet have that of their place. */
function numbersInPasses(all: MeasuredSource[], answer: AnswerRecord): Map<string, number> {
  const numbers = numbersOf(answer);
  return new Map(readIn(all, answer).map(({ source: { id } }, place) => [id, numbers.get(id) ?? place + 1]));
}

/** Each source in the place of its number. What was left out has nothing that could be cited. */
function numbered(all: MeasuredSource[], numbers: Map<string, number>): MeasuredSource[] {
  const slice: MeasuredSource[] = Array(Math.max(0, ...numbers.values())).fill(leftOut);
  const read = all.filter(({ source }) => numbers.has(source.id));
  for (const entry of read) slice[(numbers.get(entry.source.id) ?? 0) - 1] = entry;
  // Of a single document a model cites the paragraphs alone.
  if (read.length === 1 && read[0] && slice[0] === leftOut) slice[0] = read[0];
  return slice;
}

const leftOut: MeasuredSource = {
  source: {
    id: '',
    kind: 'file',
    title: '',
    text: '',
    segments: [],
    gaps: [],
    characters: 0,
    words: 0,
    readAt: 0,
  },
  tokens: 0,
};

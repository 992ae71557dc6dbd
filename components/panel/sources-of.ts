import { readIn } from '@/utils/chat/sendings';
import type { MeasuredSource } from '@/utils/context/compose';
import type { AnswerRecord } from '@/utils/store/records';

interface Slices {
  /** By the list of an answer's sending or passes, which stays the same object while it streams. */
  byList: WeakMap<object, MeasuredSource[]>;
  byIds: Map<string, MeasuredSource[]>;
}

const slices = new WeakMap<MeasuredSource[], Slices>();

/**
 * The sources an answer was written from, in the order of their numbers. The same array each time, so that
 * finished blocks of an answer are not drawn again because their sources look new.
 */
export function sourcesOf(answer: AnswerRecord | undefined, all: MeasuredSource[]): MeasuredSource[] {
  const list = answer?.passes?.plan ?? answer?.sendings.at(-1)?.estimate.bySource;
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
  const ids = answer.passes
    ? readIn(all, answer).map(({ source }) => source.id)
    : (answer.sendings.at(-1)?.estimate.bySource ?? []).map((source) => source.id);
  if (ids.length === all.length && ids.every((id, index) => all[index]?.source.id === id)) return all;
  const key = ids.join();
  const places = new Map(all.map((entry) => [entry.source.id, entry]));
  const slice = byIds.get(key) ?? ids.flatMap((id) => places.get(id) ?? []);
  byIds.set(key, slice);
  return slice;
}

import { readIn } from '@/utils/chat/sendings';
import type { MeasuredSource } from '@/utils/context/compose';
import type { AnswerRecord } from '@/utils/store/records';

const slices = new WeakMap<MeasuredSource[], Map<string, MeasuredSource[]>>();

/**
 * The sources an answer was written from, in the order of their numbers. The same array each time, so that
 * finished blocks of an answer are not drawn again because their sources look new.
 */
export function sourcesOf(answer: AnswerRecord | undefined, all: MeasuredSource[]): MeasuredSource[] {
  const ids = answer?.passes
    ? readIn(all, answer).map(({ source }) => source.id)
    : answer?.sendings.at(-1)?.estimate.bySource.map((source) => source.id);
  if (!ids) return all;
  if (ids.length === all.length && ids.every((id, index) => all[index]?.source.id === id)) return all;
  const known = slices.get(all) ?? new Map<string, MeasuredSource[]>();
  slices.set(all, known);
  const key = ids.join();
  const slice = known.get(key) ?? ids.flatMap((id) => all.find((entry) => entry.source.id === id) ?? []);
  known.set(key, slice);
  return slice;
}

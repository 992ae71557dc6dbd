import { splitFollowUps } from '@/utils/chat/follow-ups';
import type { AnswerRecord } from '@/utils/store/records';

/** Whether an answer waits for a search rather than for its model. */
export const isSearching = ({ searches }: AnswerRecord): boolean =>
  /^(asking|finding|reading)$/.test(searches?.at(-1)?.state ?? '');

/**
 * Where a search stands in the shown text of an answer. Its place is known in the text as it was received; the two
 * differ only behind suggestions that were taken out.
 */
export function placeIn(body: string, text: string, at: number): number {
  const before = text.slice(0, at);
  return body.startsWith(before) ? at : Math.min(body.length, splitFollowUps(before).body.length);
}

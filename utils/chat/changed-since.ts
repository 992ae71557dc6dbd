import type { MeasuredSource } from '../context/compose';
import type { Source } from '../source';
import { pageAddress } from '../store/chats';

/** How a page differs from what was read of it for a chat. */
export interface Change {
  /** Paragraphs that were not there then, or said something else. */
  fresh: number;
  /** Paragraphs that are not there any more, or say something else. */
  gone: number;
}

/**
 * Letters that a paragraph has at least to be worth a word; a Han character counts as three. What is shorter is a
 * clock, a counter, “5 minutes ago”.
 */
const worthSaying = 40;

/**
 * What has changed on a page since it was last read for a chat; undefined when the chat has not read it, or when
 * nothing has. What is only a matter of how it was read (the article or everything, with hidden text or without, a
 * file stopped in the middle) is no change of the page.
 */
export function changeSince(sources: MeasuredSource[], now: Source): Change | undefined {
  if (!now.url || sources.some(({ source }) => source.id === now.id)) return undefined;
  const address = pageAddress(now.url);
  const before = sources.findLast(({ source }) => source.url && pageAddress(source.url) === address)?.source;
  if (!before) return undefined;
  const [then, today] = [passagesOf(before), passagesOf(now)];
  const fresh = mayHoldMore(now, before) ? 0 : differing(today, then);
  const gone = mayHoldMore(before, now) ? 0 : differing(then, today);
  return fresh + gone > 0 ? { fresh, gone } : undefined;
}

/** Whether `one` may have paragraphs that `other` has not because it was read in another way. */
function mayHoldMore(one: Source, other: Source): boolean {
  if (isEverything(one) && !isEverything(other)) return true;
  const lacks = (source: Source, ...why: string[]) => source.gaps.some((gap) => why.includes(gap.why));
  if (lacks(other, 'hidden', 'concealed') && !lacks(one, 'hidden', 'concealed')) return true;
  return lacks(other, 'stopped-pages', 'still-loading', 'too-large');
}

export const isEverything = ({ choices, words }: Source) =>
  choices !== undefined && choices.everything !== choices.article && words === choices.everything;

/** Paragraphs without the numbers that they have, however their spaces are set. */
const passagesOf = ({ text, segments }: Source) =>
  new Set(segments.map(({ start, end }) => text.slice(start, end).replace(/\s+/g, ' ').trim()));

function differing(some: Set<string>, others: Set<string>): number {
  let count = 0;
  for (const passage of some) if (!others.has(passage) && lettersOf(passage) >= worthSaying) count++;
  return count;
}

function lettersOf(passage: string): number {
  const han = passage.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu)?.length ?? 0;
  return (passage.match(/[\p{L}\p{N}]/gu)?.length ?? 0) + 2 * han;
}

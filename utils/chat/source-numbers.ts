/** The numbers of sources: what was sent once keeps its number, whatever is added or left out later. */

import type { AnswerRecord } from '../store/records';
import { numbersFound, numbersTaken } from './searches';

/** The numbers under which the requests of an answer named their sources, by the sources' ids. */
export function numbersOf({
  sendings,
  searches,
}: Pick<AnswerRecord, 'sendings' | 'searches'>): Map<string, number> {
  const numbers = numbersFound({ searches });
  for (const { estimate, omitted = [] } of sendings)
    for (const { id, index } of [...estimate.bySource, ...omitted]) numbers.set(id, index);
  return numbers;
}

/**
 * Numbers for the sources of the next request. `answers` are those on its way, the most recent last: what they
 * called a source holds, then what is `said` already. The others in `ids` get the least numbers that are free, in
 * order.
 */
export function assignNumbers(
  answers: AnswerRecord[],
  ids: Iterable<string>,
  said: readonly { id: string; index: number }[] = [],
): Map<string, number> {
  const numbers = new Map<string, number>();
  const taken = new Set<number>();
  const give = (id: string, number: number) => {
    if (numbers.has(id) || taken.has(number)) return;
    numbers.set(id, number);
    taken.add(number);
  };
  for (const answer of answers.toReversed()) for (const [id, number] of numbersOf(answer)) give(id, number);
  // A page that could not be read has its number too: the model was told about it.
  for (const answer of answers) for (const number of numbersTaken(answer)) taken.add(number);
  for (const { id, index } of said) give(id, index);
  let free = 1;
  for (const id of ids) {
    if (numbers.has(id)) continue;
    while (taken.has(free)) free++;
    give(id, free);
  }
  return numbers;
}

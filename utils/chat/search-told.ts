/** What is said to the model about its searches, once they have ended. */

import type { ToolCallPart } from '../models/types';
import { outcomeOf, searchWasRefused } from '../prompts/search';
import type { AnswerRecord, SearchRecord } from '../store/records';
import type { Writing } from './rounds';
import { settled } from './searches';

/** Something was looked up for it, with or without success. */
export const isDone = ({ queries, state }: SearchRecord): boolean =>
  queries.length > 0 && state !== 'refused';

/** Writes what is said to the model about the searches of a round, and gives the answer with that. */
export function tell(
  round: number,
  left: number | undefined,
  writing: Pick<Writing, 'answer' | 'change'>,
): AnswerRecord {
  const answer = writing.answer();
  const last = answer.searches?.findLast((record) => record.round === round && record.queries.length > 0);
  const searches = answer.searches?.map((record) =>
    record.round === round && record.queries.length > 0
      ? { ...record, ...toldOf(record, record === last ? left : undefined) }
      : record,
  );
  if (searches) writing.change({ searches });
  return writing.answer();
}

/** Absent where a search in words was refused: then the question stands as if there had been none. */
export function toldOf(record: SearchRecord, left?: number): Pick<SearchRecord, 'told'> {
  const { call, queries, pages, state } = record;
  const isFailed = queries.some(({ trouble }) => trouble !== undefined);
  if (state === 'refused' && !isFailed) return call ? { told: searchWasRefused } : {};
  return {
    told: outcomeOf({
      queries,
      isLink: call?.name === 'read_url',
      pages: settled(record, state).pages.map(({ number = 0, url, title, status, sameAs, trouble }) => ({
        number,
        url,
        title,
        status: status === 'waiting' || status === 'reading' ? 'unread' : status,
        ...(sameAs === undefined ? {} : { sameAs }),
        ...(trouble ? { trouble } : {}),
      })),
      isCut: pages.some(({ status, trouble }) => status === 'unread' && !trouble),
      left,
    }),
  };
}

/** Leaves out the last page of a round that was read. False when there is none. */
export function leaveOutLast(round: number, writing: Pick<Writing, 'answer' | 'change'>): boolean {
  const { searches = [] } = writing.answer();
  const at = searches.findLastIndex(
    (record) => record.round === round && record.pages.some(({ status }) => status === 'read'),
  );
  const record = searches[at];
  if (!record) return false;
  const rank = record.pages.findLastIndex(({ status }) => status === 'read');
  const page = record.pages[rank];
  if (!page) return false;
  const pages = record.pages.with(rank, { ...page, status: 'left-out' });
  writing.change({ searches: searches.with(at, { ...record, pages }) });
  return true;
}

/** Calls under names that no earlier call has: some servers count from one with each request. */
export function unlike(calls: ToolCallPart[], before: SearchRecord[]): ToolCallPart[] {
  const taken = new Set(before.flatMap(({ call }) => call?.id ?? []));
  return calls.map((call) => {
    let id = call.id;
    for (let number = 2; taken.has(id); number++) id = `${call.id}_${number}`;
    taken.add(id);
    return { ...call, id };
  });
}

/** What the searches of an answer come to in requests: which documents, where, and under which numbers. */

import type { Findings, Round } from '../context/compose';
import type { Trouble } from '../errors';
import type { Connection } from '../models/types';
import type { AnswerRecord, SearchPage, SearchRecord, TurnRecord } from '../store/records';
import type { SearchMode } from '../store/settings';

/** Sources of pages that were read for an answer and go with it; only of its first `count` searches, where that is said. */
export const foundIn = (
  { searches = [] }: Pick<AnswerRecord, 'searches'>,
  count = searches.length,
): string[] => searches.slice(0, count).flatMap(sourcesOf);

const sourcesOf = ({ pages }: SearchRecord): string[] =>
  pages.flatMap(({ status, sourceId }) => (status === 'read' && sourceId ? [sourceId] : []));

/** Sources of which the searches speak, sent or not: their texts stay on disk. */
export const keptBy = (searches: readonly SearchRecord[]): string[] => [
  ...new Set(searches.flatMap(({ pages }) => pages.flatMap(({ sourceId }) => sourceId ?? []))),
];

/**
 * Searches as a request has them. What was asked for in words stands with the question, what was asked for by calls in
 * the answer, call by call. One that has not come to its end has nothing to say yet.
 */
export function searched(
  { searches = [] }: Pick<AnswerRecord, 'searches'>,
  count = searches.length,
): { findings?: Findings[]; rounds?: Round[] } {
  const findings: Findings[] = [];
  const rounds: (Round & { number: number })[] = [];
  for (const record of searches.slice(0, count)) {
    const { call, told, at, round } = record;
    if (told === undefined) continue;
    const found = { sourceIds: sourcesOf(record), told };
    const last = rounds.at(-1);
    if (!call) findings.push(found);
    else if (last?.number === round && last.at === at) last.calls.push({ ...found, call });
    else rounds.push({ number: round, at, calls: [{ ...found, call }] });
  }
  return {
    ...(findings.length > 0 ? { findings } : {}),
    ...(rounds.length > 0 ? { rounds: rounds.map(({ at, calls }) => ({ at, calls })) } : {}),
  };
}

/** Whether a question is searched for before it is asked: because the user wants it, or the model has no other way. */
export const asksInWords = (
  { task }: Pick<TurnRecord, 'task'>,
  { model }: Pick<Connection, 'model'>,
  mode: SearchMode,
): boolean => {
  if (mode === 'always') return task === 'answer' || task === 'compare';
  return mode === 'auto' && !model.tools && task === 'answer';
};

/** Numbers of pages that were read, by their sources. */
export function numbersFound({ searches = [] }: Pick<AnswerRecord, 'searches'>): Map<string, number> {
  const numbers = new Map<string, number>();
  for (const { pages } of searches)
    for (const { number, sourceId } of pages) if (number && sourceId) numbers.set(sourceId, number);
  return numbers;
}

/** Numbers that pages have, read or not: the model has heard of all of them. */
export const numbersTaken = ({ searches = [] }: Pick<AnswerRecord, 'searches'>): number[] =>
  searches.flatMap(({ pages }) => pages.flatMap(({ number }) => number ?? []));

export const isRunning = ({ state }: SearchRecord): boolean =>
  state === 'asking' || state === 'finding' || state === 'reading';

/** A record in which nothing is under way any more. */
export function settled(record: SearchRecord, state: SearchRecord['state'], trouble?: Trouble): SearchRecord {
  const pages = record.pages.map(({ progress: _, ...page }): SearchPage => {
    const isOpen = page.status === 'waiting' || page.status === 'reading';
    return isOpen ? { ...page, status: 'unread', ...(trouble ? { trouble } : {}) } : page;
  });
  return { ...record, pages, state };
}

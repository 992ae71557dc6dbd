import type { MeasuredSource } from '../context/compose';
import type { AnswerRecord, TurnRecord } from '../store/records';
import { answeredTurns, type ConversationState } from './conversation-state';
import { foundIn } from './searches';

/** A source that a question on screen was asked with, and that is no longer on this computer. */
export interface MissingSource {
  id: string;
  /** What it was called, and its number, where an answer says so. */
  title?: string;
  number?: number;
}

/**
 * Sources of the path on screen whose texts are gone: a damaged or incomplete disk, a backup without them. Whatever
 * follows is asked without them.
 */
export function missingSources({
  turns,
  answers,
  shown,
  sources,
}: Pick<ConversationState, 'turns' | 'answers' | 'shown' | 'sources'>): MissingSource[] {
  const answered = answeredTurns({ answers, shown }, turns).map(({ answer }) => answer);
  const gone = new Map<string, MissingSource>(missingOf(turns, sources, answered).map((id) => [id, { id }]));
  if (gone.size === 0) return [];
  // The first answer that was given with it knows its name.
  for (const { id } of turns)
    for (const { sendings } of answers[id] ?? [])
      for (const { estimate } of sendings)
        for (const { id: name, title, index } of estimate.bySource) {
          const missing = gone.get(name);
          if (missing && missing.number === undefined) gone.set(name, { id: name, title, number: index });
        }
  return [...gone.values()];
}

/** Ids that these questions name, or that were found for these answers, and that are not among the sources. */
export function missingOf(
  turns: readonly TurnRecord[],
  sources: readonly MeasuredSource[],
  answers: readonly AnswerRecord[] = [],
): string[] {
  const there = new Set(sources.map(({ source }) => source.id));
  const named = [...turns.flatMap(({ sourceIds }) => sourceIds), ...answers.flatMap((one) => foundIn(one))];
  return named.filter((id) => !there.has(id));
}

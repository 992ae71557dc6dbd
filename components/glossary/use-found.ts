import { useMemo } from 'react';
import type { Glossary } from '@/utils/translate/glossary';
import type { RunTexts } from '@/utils/translate/run-types';
import { foldedTerm } from '@/utils/translate/term-text';
import type { Term } from '@/utils/translate/types';

/** What of a glossary is on a page and how it is called there: counts, what differs, senses, and what a search finds. */
export function useFound({
  glossary,
  terms,
  texts,
  query,
  isDone,
}: {
  glossary?: Glossary | undefined;
  terms: readonly Term[];
  texts?: RunTexts | undefined;
  query?: string | undefined;
  /** The run is through: from then on it is known what differs. */
  isDone: boolean;
}) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is looked for is what holds
  const uses = useMemo(() => texts && glossary?.uses(texts), [texts, glossary, terms]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is looked for is what holds
  const odd = useMemo(() => {
    const found = isDone && texts ? (glossary?.check(texts) ?? []) : [];
    return new Map(found.map(({ termId, units }) => [termId, units]));
  }, [texts, glossary, terms, isDone]);
  const senses = useMemo(() => {
    const counts = new Map<string, number>();
    for (const { source } of terms) counts.set(foldedTerm(source), (counts.get(foldedTerm(source)) ?? 0) + 1);
    return counts;
  }, [terms]);
  const found = useMemo(() => {
    const wanted = foldedTerm(query ?? '');
    const here = terms.filter(
      ({ source, target, note = '' }) =>
        !wanted || foldedTerm(`${source}\n${target}\n${note}`).includes(wanted),
    );
    // As they are met on the page; what holds for it and does not stand there comes last. A row stays where it is when it
    // is locked.
    const first = ({ id }: Term) => uses?.get(id)?.units[0] ?? Number.POSITIVE_INFINITY;
    const order = (one: Term, other: Term) => (first(one) === first(other) ? 0 : first(one) - first(other));
    return here.sort((one, other) => order(one, other) || one.createdAt - other.createdAt);
  }, [terms, query, uses]);
  return { uses, odd, senses, found };
}

/** The terms of one run: what the model called things, so that it calls them so to the end. */

import { plainMarked } from '../page/translate/marked';
import { hasTerm } from './occurrences';
import type { RunGlossary } from './page-run-types';
import type { RunTexts } from './run-types';
import type { Inconsistency, Term } from './types';

/** Terms of one run at most: what a model sends without end is no glossary. */
const mostTerms = 2_000;
/** Characters of a term and of what it is called at most. */
const longest = 200;

/** A glossary that lives as long as its run. */
export function createRunGlossary({
  url,
  lang,
  newId = () => crypto.randomUUID(),
  now = Date.now,
}: {
  url: string;
  lang: string;
  newId?: () => string;
  now?: () => number;
}): RunGlossary {
  const terms: Term[] = [];
  const listeners = new Set<() => void>();
  const [place = ''] = url.split('#', 1);
  const termsIn = (text: string) => terms.filter((term) => hasTerm(text, term));
  return {
    termsIn,
    version: (text) => JSON.stringify(termsIn(text).map(({ source, target }) => [source, target])),
    learn(said) {
      let isNew = false;
      for (const { source, target, note } of said) {
        const isTerm = source.trim() !== '' && source.length <= longest && target.length <= longest;
        // What was decided first holds, also for a second sense with the same name for it.
        const isKnown = terms.some((term) => term.source === source && (term.target === target || !note));
        if (!isTerm || isKnown || terms.length >= mostTerms) continue;
        const at = now();
        terms.push({
          id: newId(),
          source,
          target,
          ...(note ? { note: note.slice(0, longest) } : {}),
          match: { caseSensitive: false, wholeWord: true },
          scope: 'page',
          place,
          lang,
          isLocked: false,
          origin: 'model',
          createdAt: at,
          changedAt: at,
        });
        isNew = true;
      }
      if (isNew) for (const listener of listeners) listener();
    },
    count: ({ units }) => {
      const left = new Set(terms);
      for (const { text } of units) {
        if (left.size === 0) break;
        const plain = plainMarked(text);
        for (const term of left) if (hasTerm(plain, term)) left.delete(term);
      }
      return terms.length - left.size;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    check: (texts) => inconsistenciesIn(texts, terms),
    close: () => listeners.clear(),
  };
}

/** Units whose translation has none of the words that the terms with the same source allow. */
function inconsistenciesIn({ units, translations }: RunTexts, terms: readonly Term[]): Inconsistency[] {
  const written = new Map(translations.map(([unit, text]) => [unit, plainMarked(text)]));
  const found = new Map<string, number[]>();
  for (const { id, text } of units) {
    const translation = written.get(id);
    if (translation === undefined) continue;
    const plain = plainMarked(text);
    const inUnit = terms.filter((term) => hasTerm(plain, term));
    const isAllowed = ({ source, target }: Term) => translation.includes(target || source);
    for (const term of inUnit) {
      if (inUnit.some((other) => other.source === term.source && isAllowed(other))) continue;
      const isFirst = inUnit.find(({ source }) => source === term.source) === term;
      if (isFirst) found.set(term.id, [...(found.get(term.id) ?? []), id]);
    }
  }
  return [...found].map(([termId, list]) => ({ termId, units: list }));
}

/**
 * The terms of a page in one language: what the user said, for it, its site or everywhere, and what models called things
 * as they were met. The same in every window: what one changes the others see. Two senses of one word are two terms
 * with the same source.
 */

import { plainMarked } from '../page/translate/marked';
import { type GlossaryPlace, type TermStore, termStore, watchTerms } from '../store/terms';
import { checkConsistency, usesIn } from './consistency';
import { createGrowingMatcher } from './growing-matcher';
import { learnedTerms } from './learned-terms';
import { byRank, effectiveTerms, inScope, isDecided } from './precedence';
import type { RunTexts } from './run-types';
import { foldedTerm, plainTerm } from './term-text';
import type { GlossaryUse, Inconsistency, Term } from './types';

export type { GlossaryPlace } from '../store/terms';
export { placeOf } from './precedence';

/** How often a term stands in texts, and in which units. */
export interface TermUse {
  count: number;
  units: number[];
}

export interface Glossary extends GlossaryUse {
  /** Those that hold here: locked first, then what the user said, then page, site, everywhere, then as they were met. */
  get(): readonly Term[];
  subscribe(listener: () => void): () => void;
  /**
   * Changes a term, as the user wants it; what is new is added. Resolves when it is kept.
   * @throws DOMException QuotaExceededError when there is no room; then it is as it was
   */
  put(term: Term): Promise<void>;
  /** Another place for it: the term of a page becomes one of its site. */
  setScope(term: Term, scope: Term['scope']): Promise<void>;
  /** What the user keeps is for the whole site, where the page has one. */
  lock(term: Term, isLocked: boolean): Promise<void>;
  remove(ids: readonly string[]): Promise<void>;
  /** A term of the user, not kept yet. */
  make(source: string, target: string, more?: Partial<Pick<Term, 'note' | 'match' | 'scope'>>): Term;
  /** Takes over what other windows have changed. */
  reload(): Promise<void>;
  /** Resolves when all that was learned is kept. */
  settled(): Promise<void>;
  /** Where the terms are, by their ids. */
  uses(texts: Pick<RunTexts, 'units'>): Map<string, TermUse>;
  /** How many terms occur in these texts. */
  count(texts: Pick<RunTexts, 'units'>): number;
  /** Units whose translation has none of the words that a term allows. */
  check(texts: RunTexts): Inconsistency[];
  /** Nothing is told or heard any more; what was learned is still being written. */
  close(): void;
}

export interface GlossaryOptions {
  place: GlossaryPlace;
  store?: TermStore;
  newId?: () => string;
  now?: () => number;
}

/** Opens the glossary of a place. What cannot be read of what is kept is as if it were not there. */
export async function openGlossary({
  place,
  store = termStore,
  newId = () => crypto.randomUUID(),
  now = Date.now,
}: GlossaryOptions): Promise<Glossary> {
  const listeners = new Set<() => void>();
  /** What the database has, and what is on its way there. */
  let kept = new Map<string, Term>();
  const unsaved = new Map<string, Term>();
  /** Words that the user took out: a model is not to bring them back. */
  const removed = new Set<string>();
  let inForce: readonly Term[] = [];
  let writing: Promise<void> = Promise.resolve();
  const matcher = createGrowingMatcher<Term>();

  const settle = () => {
    const next = effectiveTerms([...new Map([...kept, ...unsaved]).values()]);
    const known = new Map(inForce.map((term) => [JSON.stringify(term), term]));
    const same = next.map((term) => known.get(JSON.stringify(term)) ?? term);
    // Told only when there is something to tell: the database says the same several times.
    if (same.length === inForce.length && same.every((term, index) => term === inForce[index])) return;
    inForce = same;
    matcher.set(inForce);
    for (const listener of [...listeners]) listener();
  };
  const take = (terms: readonly Term[]) => {
    const before = kept;
    kept = new Map(terms.map((term) => [term.id, term]));
    for (const { id, source } of before.values())
      if (!kept.has(id) && !unsaved.has(id)) removed.add(foldedTerm(source));
    for (const { source } of terms) removed.delete(foldedTerm(source));
    settle();
  };
  /** Of this window; what was read before one is not how it is after. */
  let writes = 0;
  const reload = async () => {
    for (;;) {
      const before = writes;
      const terms = await store.listFor(place);
      if (before === writes) return take(terms);
    }
  };
  /** A term that was learned a moment ago is written before it is changed. */
  const keep = async (term: Term) => {
    await writing;
    await store.write([term]);
    writes++;
    unsaved.delete(term.id);
    kept.set(term.id, term);
    removed.delete(foldedTerm(term.source));
    settle();
  };
  const put = (term: Term) => keep({ ...term, ...inScope(place, term.scope), changedAt: now() });

  await reload().catch(() => {});
  // A database that is closed says nothing more; what is known here still serves.
  const watching = watchTerms(place, store).subscribe({
    next: () => void reload().catch(() => {}),
    error: () => {},
  });

  const termsIn = (text: string) => [...new Set(usesIn(matcher, text).map(({ term }) => term))].sort(byRank);
  const uses: Glossary['uses'] = ({ units }) => {
    const found = new Map<string, TermUse>();
    for (const { id, text } of units)
      for (const { term } of usesIn(matcher, plainMarked(text))) {
        const use = found.get(term.id);
        if (!use) found.set(term.id, { count: 1, units: [id] });
        else {
          use.count++;
          if (use.units.at(-1) !== id) use.units.push(id);
        }
      }
    return found;
  };

  return {
    get: () => inForce,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    termsIn,
    decidedIn: (text) => termsIn(text).filter(isDecided),
    learn(found) {
      const wanted = found.filter(({ source }) => !removed.has(foldedTerm(source)));
      const { added, changed } = learnedTerms(wanted, inForce, {
        page: place.url,
        lang: place.lang,
        newId,
        now,
      });
      const all = [...added, ...changed];
      if (all.length === 0) return;
      for (const term of all) unsaved.set(term.id, term);
      settle();
      writing = writing
        .then(() => store.learn(all))
        .then(() => {
          writes++;
          for (const term of all) {
            if (unsaved.get(term.id) !== term) continue;
            unsaved.delete(term.id);
            kept.set(term.id, term);
          }
        })
        // What cannot be kept holds for this page all the same.
        .catch(() => {});
    },
    put,
    setScope: (term, scope) => put({ ...term, scope }),
    lock: (term, isLocked) =>
      put({
        ...term,
        isLocked,
        ...(isLocked && !isDecided(term) && term.scope === 'page' ? { scope: 'site' as const } : {}),
      }),
    async remove(ids) {
      await writing;
      await store.remove(ids);
      writes++;
      for (const id of ids) {
        const term = unsaved.get(id) ?? kept.get(id);
        if (term) removed.add(foldedTerm(term.source));
        unsaved.delete(id);
        kept.delete(id);
      }
      settle();
    },
    make(source, target, { note, match, scope = 'page' } = {}) {
      const at = now();
      return {
        id: newId(),
        source: plainTerm(source).trim(),
        target: target.trim(),
        ...(note?.trim() ? { note: note.trim() } : {}),
        match: match ?? { caseSensitive: false, wholeWord: true },
        ...inScope(place, scope),
        lang: place.lang,
        isLocked: true,
        origin: 'user',
        createdAt: at,
        changedAt: at,
      };
    },
    reload,
    settled: () => writing,
    uses,
    count: (texts) => uses(texts).size,
    check: ({ units, translations }) => checkConsistency(units, new Map(translations), inForce),
    close() {
      watching.unsubscribe();
      listeners.clear();
    },
  };
}

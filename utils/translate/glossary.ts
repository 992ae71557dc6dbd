/**
 * The terms of a page: its own over those of its site over those for everywhere, what the user decided over what a model
 * said. Two senses of one word are two terms with the same source.
 */

import { createState } from '../chat/state';
import { longestTerm } from '../store/term-shape';
import { type GlossaryPlace, type TermStore, termStore } from '../store/terms';
import { hasTerm } from './occurrences';
import type { GlossaryUse, Term } from './types';

export type { GlossaryPlace } from '../store/terms';

/** Terms of one page that a model may bring: a page can make it bring any number. */
const mostLearned = 1_000;

/** Words in a term that a model brings; longer ones are sentences. */
const mostWords = 8;

const rank: Record<Term['scope'], number> = { page: 0, site: 1, everywhere: 2 };

export interface Glossary extends GlossaryUse {
  /** Those that hold here: locked first, then page, site, everywhere, then as they were met. */
  get(): readonly Term[];
  subscribe(listener: () => void): () => void;
  /** Changes a term, as the user wants it; what is new is added. Resolves when it is kept. */
  put(term: Term): Promise<void>;
  /** Another place for it: the term of a page becomes one of its site. */
  setScope(term: Term, scope: Term['scope']): Promise<void>;
  remove(ids: readonly string[]): Promise<void>;
  /** A term of the user, not kept yet. */
  make(source: string, target: string, more?: Partial<Pick<Term, 'note' | 'match' | 'scope'>>): Term;
  /** Takes over what other windows have changed. */
  reload(): Promise<void>;
  /** Resolves when all that was learned is kept. */
  settled(): Promise<void>;
}

export interface GlossaryOptions {
  place: GlossaryPlace;
  store?: TermStore;
  newId?: () => string;
  now?: () => number;
}

/** The page and the site that an address is of. */
export function placeOf(address: string, lang: string): GlossaryPlace {
  const [url = ''] = address.split('#', 1);
  return { url, host: URL.canParse(url) ? new URL(url).host : '', lang };
}

/** Reads what is kept for a place. */
export async function openGlossary({
  place,
  store = termStore,
  newId = () => crypto.randomUUID(),
  now = Date.now,
}: GlossaryOptions): Promise<Glossary> {
  const state = createState<readonly Term[]>([]);
  const set = (terms: readonly Term[]) => state.set(inForce(terms));
  let writing: Promise<unknown> = Promise.resolve();
  /** What was learned here and may not be on disk yet. */
  const learned = new Map<string, Term>();

  const reload = async () => {
    const kept = await store.listFor(place);
    const ids = new Set(kept.map(({ id }) => id));
    set([...kept, ...[...learned.values()].filter(({ id }) => !ids.has(id))]);
  };
  const placeIn = (scope: Term['scope']) => ({ page: place.url, site: place.host, everywhere: '' })[scope];
  const write = async (terms: readonly Term[]) => {
    writing = writing.catch(() => {}).then(() => store.write(terms));
    await writing;
  };
  const newTerm = (source: string, target: string, more: Partial<Term>): Term => {
    const at = now();
    const scope = more.scope ?? 'page';
    return {
      id: newId(),
      source: source.trim().slice(0, longestTerm),
      target: target.trim().slice(0, longestTerm),
      match: { caseSensitive: false, wholeWord: true },
      isLocked: false,
      origin: 'model',
      createdAt: at,
      changedAt: at,
      ...more,
      scope,
      place: placeIn(scope),
      lang: place.lang,
    };
  };
  const termsIn = (text: string) => state.get().filter((term) => hasTerm(text, term));

  const put = async (term: Term) => {
    const changed = { ...term, place: placeIn(term.scope), changedAt: now() };
    learned.delete(term.id);
    set([...state.get().filter(({ id }) => id !== term.id), changed]);
    await write([changed]);
    await reload();
  };

  await reload();
  return {
    get: state.get,
    subscribe: state.subscribe,
    termsIn,
    version: (text) =>
      termsIn(text)
        .map(({ source, target, note = '' }) => JSON.stringify([source, target, note]))
        .sort()
        .join('\n'),
    learn(found) {
      const added: Term[] = [];
      for (const { source, target, note } of found) {
        const all = [...state.get(), ...added];
        if (!isTerm(source, target) || all.length >= mostLearned) continue;
        const same = all.filter((term) => folded(term.source) === folded(source));
        // What is decided holds; another sense has another word, and says what it means.
        const isDecided = same.some(({ isLocked, origin }) => isLocked || origin !== 'model');
        if (isDecided || same.some((term) => term.target === target.trim() || !note || !term.note)) continue;
        added.push(newTerm(source, target, note ? { note: note.slice(0, longestTerm) } : {}));
      }
      if (added.length === 0) return;
      for (const term of added) learned.set(term.id, term);
      set([...state.get(), ...added]);
      // What cannot be kept holds for this page all the same.
      write(added).catch(() => {});
    },
    put,
    setScope: (term, scope) => put({ ...term, scope }),
    async remove(ids) {
      for (const id of ids) learned.delete(id);
      set(state.get().filter(({ id }) => !ids.includes(id)));
      await writing.catch(() => {});
      await store.remove(ids);
      await reload();
    },
    make: (source, target, more = {}) => newTerm(source, target, { ...more, origin: 'user', isLocked: true }),
    reload,
    settled: async () => void (await writing.catch(() => {})),
  };
}

/** Case tells senses apart (the Chair, the chair), spaces do not. */
const folded = (source: string) => source.trim().replace(/\s+/gu, ' ').normalize('NFC');

/** Whether a model's line is a term at all: some words, not a sentence and not markup. */
function isTerm(source: string, target: string): boolean {
  const words = source.trim();
  return (
    words !== '' &&
    words.length <= longestTerm &&
    target.length <= longestTerm &&
    words.split(/\s+/u).length <= mostWords &&
    !/[<>{}\n]/.test(words + target)
  );
}

/**
 * Of the terms with one source only those of the nearest place hold, and of these what the user decided. In the order in
 * which a model is told them.
 */
function inForce(terms: readonly Term[]): Term[] {
  const nearest = new Map<string, number>();
  for (const { source, scope } of terms) {
    const key = folded(source);
    nearest.set(key, Math.min(nearest.get(key) ?? Number.POSITIVE_INFINITY, rank[scope]));
  }
  return terms
    .filter(({ source, scope }) => rank[scope] === nearest.get(folded(source)))
    .sort(
      (one, other) =>
        Number(other.isLocked) - Number(one.isLocked) ||
        rank[one.scope] - rank[other.scope] ||
        one.createdAt - other.createdAt,
    );
}

/** The terms of all glossaries. One that cannot be read is left where it is and not listed. */

import { liveQuery, type Observable } from 'dexie';
import type { Term } from '../translate/types';
import { type Database, database } from './database';
import { readableTerm } from './term-shape';

/** Where a glossary is used: the address of a page without what follows #, its host, and the language (BCP 47). */
export interface GlossaryPlace {
  url: string;
  host: string;
  lang: string;
}

/** Terms that only models said are kept up to this number; then the oldest of them go. */
const mostLearned = 20_000;

export const createTermStore = (db: Database = database) => ({
  /** Those that hold for a page, in one language: its own, its site's and those for everywhere. */
  listFor: async ({ url, host, lang }: GlossaryPlace): Promise<Term[]> => {
    const places = ['', host, url].map((place): [string, string] => [lang, place]);
    const found = await db.terms.where('[lang+place]').anyOf(places).toArray();
    return found
      .flatMap(readableTerm)
      .filter(({ scope, place }) => place === { page: url, site: host, everywhere: '' }[scope]);
  },

  /** All of them, or those of some scopes, in the order in which they were made. */
  list: async (scopes?: readonly Term['scope'][]): Promise<Term[]> =>
    (await db.terms.toArray())
      .flatMap(readableTerm)
      .filter(({ scope }) => !scopes || scopes.includes(scope))
      .sort((one, other) => one.createdAt - other.createdAt),

  /** @throws DOMException QuotaExceededError when there is no room */
  write: async (terms: readonly Term[]): Promise<void> => {
    await db.terms.bulkPut([...terms]);
  },

  /** Keeps what a model said, in the place of the oldest that models said when there is too much of it. */
  learn: async (terms: readonly Term[], most = mostLearned): Promise<void> =>
    db.transaction('rw', db.terms, async () => {
      await db.terms.bulkPut([...terms]);
      if ((await db.terms.count()) <= most) return;
      const learned = (await db.terms.toArray()).filter(
        ({ origin, isLocked }) => origin === 'model' && !isLocked,
      );
      if (learned.length <= most) return;
      // A tenth more than has to go, so that it is not done every time.
      const over = learned.length - most + Math.ceil(most / 10);
      const oldest = learned.sort((one, other) => one.changedAt - other.changedAt).slice(0, over);
      await db.terms.bulkDelete(oldest.map(({ id }) => id));
    }),

  remove: async (ids: readonly string[]): Promise<void> => {
    await db.terms.bulkDelete([...ids]);
  },
});

export type TermStore = ReturnType<typeof createTermStore>;

export const termStore = createTermStore();

/** The terms of a page, again after each change, in whichever window it is made. */
export const watchTerms = (place: GlossaryPlace, store = termStore): Observable<Term[]> =>
  liveQuery(() => store.listFor(place));

/** Terms that hold beyond a page, again after each change. */
export const watchSharedTerms = (store = termStore): Observable<Term[]> =>
  liveQuery(() => store.list(['site', 'everywhere']));

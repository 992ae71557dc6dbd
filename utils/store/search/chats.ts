import type { Source } from '../../source';
import { type Database, database } from '../database';
import type { AnswerRecord } from '../records';
import { type Piece, type Span, searchText, type TextHit } from './excerpts';
import { termsOf } from './terms';

/** A chat in which everything that was searched for stands somewhere. */
export interface ChatHit {
  id: string;
  /** The words around it; missing when it all stands in the title. */
  excerpt?: Piece[];
}

/** How far a search is, in chats, and perhaps a chat that it found. */
export interface SearchStep {
  done: number;
  total: number;
  /** Chats of which a part could not be read from the disk. */
  unreadable: number;
  hit?: ChatHit;
}

export interface SearchOptions {
  /** Chats to search, in this order; all of them, newest first, when not said. */
  ids?: string[];
  signal?: AbortSignal;
  db?: Database;
  /** What is shown of an answer; all that the model wrote, when not said. */
  shownOf?: (answer: AnswerRecord) => string;
}

/**
 * Searches titles, questions, answers, sources and addresses of chats, one chat after the other. One source is in
 * memory at a time, and each is read once however many chats share it. Terms may stand in different places of a chat.
 * @throws the signal's reason
 */
export async function* searchChats(
  query: string,
  { ids, signal, db = database, shownOf = ({ text }) => textOf(text) }: SearchOptions = {},
): AsyncGenerator<SearchStep, void> {
  const terms = termsOf(query);
  if (terms.length === 0) return;
  const order = ids ?? (await db.chats.orderBy('updatedAt').reverse().primaryKeys());
  const sources = new Map<string, TextHit | undefined>();
  let unreadable = 0;
  for (const [index, id] of order.entries()) {
    signal?.throwIfAborted();
    let hit: ChatHit | undefined;
    try {
      hit = await searchChat(id, terms, sources, { db, signal, shownOf });
    } catch {
      signal?.throwIfAborted();
      // What the disk does not give back is no reason to stop: the other chats are searched, and it is said.
      unreadable++;
    }
    yield { done: index + 1, total: order.length, unreadable, ...(hit ? { hit } : {}) };
  }
}

async function searchChat(
  id: string,
  terms: RegExp[],
  known: Map<string, TextHit | undefined>,
  { db, signal, shownOf }: Pick<SearchOptions, 'signal'> & Required<Pick<SearchOptions, 'db' | 'shownOf'>>,
): Promise<ChatHit | undefined> {
  const found = new Set<number>();
  let best: TextHit | undefined;
  /** True when nothing is missing any more. */
  const take = (hit: TextHit | undefined, isTitle = false) => {
    for (const term of hit?.terms ?? []) found.add(term);
    if (hit && !isTitle && hit.terms.size > (best?.terms.size ?? 0)) best = hit;
    return found.size === terms.length;
  };
  const result = (): ChatHit => ({ id, ...(best ? { excerpt: best.excerpt } : {}) });

  const chat = await db.chats.get(id);
  if (!chat) return undefined;
  if (take(searchText(textOf(chat.title), terms), true)) return result();
  const turns = await db.turns.where('chatId').equals(id).sortBy('position');
  for (const turn of turns) if (take(searchText(textOf(turn.question), terms))) return result();
  signal?.throwIfAborted();
  const answers = await db.answers.where('chatId').equals(id).sortBy('createdAt');
  for (const answer of answers) if (take(searchText(shownOf(answer), terms))) return result();
  for (const record of [...turns, ...answers]) {
    for (const header of listOf(record.headers))
      if (take(searchText(textOf(header?.title), terms))) return result();
  }
  for (const sourceId of new Set([...turns, ...answers].flatMap((record) => listOf(record.sourceIds)))) {
    signal?.throwIfAborted();
    if (!known.has(sourceId))
      known.set(sourceId, searchSource((await db.sources.get(sourceId))?.source, terms));
    if (take(known.get(sourceId))) return result();
  }
  for (const url of listOf(chat.urls)) if (take(searchText(readable(textOf(url)), terms))) return result();
  return undefined;
}

function searchSource(source: Source | undefined, terms: RegExp[]): TextHit | undefined {
  if (!source) return undefined;
  const inTitle = searchText(textOf(source.title), terms);
  const inText = searchText(textOf(source.text), terms, spansOf(listOf(source.segments)));
  if (!inTitle || !inText) return inText ?? inTitle;
  return { terms: new Set([...inText.terms, ...inTitle.terms]), excerpt: inText.excerpt };
}

/** Finds the passage that holds a place. Passages stand in the order of the text. */
const spansOf =
  (passages: Span[]) =>
  (place: number): Span | undefined => {
    let [low, high] = [0, passages.length - 1];
    while (low <= high) {
      const middle = (low + high) >> 1;
      const passage = passages[middle] as Span;
      if (place < passage.start) high = middle - 1;
      else if (place >= passage.end) low = middle + 1;
      else return passage;
    }
    return undefined;
  };

/** Records may be damaged: what is not a text has no words, what is not a list is empty. */
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const listOf = <T>(value: T[] | undefined): T[] => (Array.isArray(value) ? value : []);

/** An address as people type it: Chinese in place of percent signs. */
function readable(url: string): string {
  try {
    return decodeURI(url);
  } catch {
    return url;
  }
}

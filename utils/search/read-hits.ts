/** Reading the pages that were found, each whole: a few at a time, politely, no page and no text twice. */

import { createSlots, type Slots } from '../browser/slots';
import { type ErrorCode, toAppError } from '../errors';
import type { Source } from '../source';
import { canonicalAddress } from './addresses';
import { type Doors, type HitText, readHit } from './read-hit';
import type { Hit, HitProgress, HitReading } from './types';

export interface ReadHitsOptions {
  signal: AbortSignal;
  /** Texts that the request has already. */
  known: readonly Source[];
  /** The user has taken it out: it is not read, or no further. */
  isDropped: (rank: number) => boolean;
  onProgress: (rank: number, progress: HitProgress) => void;
  onRead: (rank: number, reading: HitReading) => void;
  doors?: Partial<Doors>;
}

/** Fetched at once, in all and from one site. Tabs have a limit of their own. */
const fetchesAtOnce = 5;
const ofOneSite = 2;

/** Of everything that reads here, so that a page that is read beside a list waits its turn like those of the list. */
const fetches = createSlots(fetchesAtOnce);
const sites = new Map<string, Slots>();

function siteSlots(url: string): Slots {
  const site = siteOf(url);
  const slots = sites.get(site) ?? createSlots(ofOneSite);
  sites.set(site, slots);
  return slots;
}

/** What reading comes to when the network goes. */
const lostLine: ErrorCode[] = ['link-unreachable', 'link-slow', 'file-cut'];

/** Milliseconds between two looks whether a page that is being read was taken out. */
const interval = 200;

/**
 * Reads all that it is given, in the order of their ranks. Resolves when every one has ended; when `signal` ends it,
 * nothing more is told, and tabs of ours are closed.
 */
export async function readHits(
  hits: readonly Hit[],
  { signal, known, isDropped, onProgress, onRead, doors }: ReadHitsOptions,
): Promise<void> {
  /** Who was first at an address, and with a text. */
  const firstAt = new Map<string, Promise<HitReading>>();
  const texts = new Map<string, number>();
  const knownIds = new Set(known.map(({ id }) => id));

  const read = async (rank: number, { url }: Hit): Promise<HitReading> => {
    const own = new AbortController();
    const stop = AbortSignal.any([signal, own.signal]);
    const watch = setInterval(
      () => isDropped(rank) && own.abort(new DOMException('Dropped', 'AbortError')),
      interval,
    );
    const leaving: (() => void)[] = [];
    try {
      onProgress(rank, { stage: 'waiting' });
      leaving.push(await siteSlots(url).take(stop));
      const leaveFetch = await fetches.take(stop);
      leaving.push(leaveFetch);
      stop.throwIfAborted();
      onProgress(rank, { stage: 'reading' });
      let inTab: true | undefined;
      const { source, live } = await readHit(url, {
        signal: stop,
        // A tab of ours waits for its turn without keeping others from theirs.
        onFetched: () => {
          leaveFetch();
          onProgress(rank, { stage: 'waiting' });
        },
        onProgress: (step) => {
          if (stop.aborted) return;
          if ('inTab' in step) inTab = true;
          onProgress(rank, { stage: 'reading', ...amountOf(step), ...(inTab ? { inTab } : {}) });
        },
        doors,
      });
      return take(rank, { source, live });
    } catch (error) {
      const trouble = toAppError(error).toTrouble();
      const isOffline = lostLine.includes(trouble.code) && globalThis.navigator?.onLine === false;
      return { kind: 'trouble', trouble: isOffline ? { code: 'offline', facts: {} } : trouble };
    } finally {
      clearInterval(watch);
      for (const leave of leaving) leave();
    }
  };

  /** The same text is sent once; one that differs in a letter is another. */
  const take = (rank: number, { source, live }: HitText): HitReading => {
    const first = texts.get(source.id);
    if (first !== undefined && !isDropped(first)) return { kind: 'same', rank: first };
    if (!knownIds.has(source.id)) texts.set(source.id, rank);
    return { kind: 'read', source: { ...source, kind: 'search' }, ...(live ? { live } : {}) };
  };

  const readOnce = async (rank: number, hit: Hit): Promise<void> => {
    const address = canonicalAddress(hit.url);
    const before = firstAt.get(address);
    let reading: HitReading;
    if (before) {
      reading = await before;
      // Of a text that the request has already, whoever asks knows the number.
      const first = reading.kind === 'read' ? texts.get(reading.source.id) : undefined;
      if (first !== undefined) reading = { kind: 'same', rank: first };
    } else {
      const reads = read(rank, hit);
      firstAt.set(address, reads);
      reading = await reads;
    }
    if (!signal.aborted && !isDropped(rank)) onRead(rank, reading);
  };

  const ends = hits.map((hit, rank) => (isDropped(rank) ? undefined : readOnce(rank, hit)));
  await Promise.all(ends);
}

function amountOf(step: object): { loaded?: number; total?: number } {
  const { loaded, total, page, pages, done } = step as Record<string, number | undefined>;
  if (page !== undefined) return { loaded: page, total: pages };
  if (done !== undefined) return { loaded: done, ...(total === undefined ? {} : { total }) };
  return loaded === undefined ? {} : { loaded, ...(total === undefined ? {} : { total }) };
}

/** Second levels under which countries give names away, as in `example.co.uk`. */
const shared = /^(ac|co|com|edu|gob|gov|gouv|go|ne|net|or|org)$/;

/** The site of an address, to be polite to: what one owner has, as far as that can be told without a list. */
export function siteOf(address: string): string {
  const hostname = URL.parse(address)?.hostname ?? address;
  if (/^[\d.]+$|^\[/.test(hostname)) return hostname;
  const labels = hostname.split('.');
  const isShared = labels.length > 2 && labels.at(-1)?.length === 2 && shared.test(labels.at(-2) ?? '');
  return labels.slice(isShared ? -3 : -2).join('.');
}

/** One round of searching as a machine of states. What its record means is said in search-types.ts. */

import { type MeasuredSource, measureLongText } from '../context/tokens';
import { toAppError } from '../errors';
import type { Hit, HitReading } from '../search/types';
import type { SearchPage, SearchQuery, SearchRecord } from '../store/records';
import { cleanQueries, isForUser, merged, passedOverIn } from './search-lists';
import type { SearchRun, SearchRunOptions } from './search-types';
import { isRunning, settled } from './searches';

export type * from './search-types';

/** Begins a round of searching at once, or with the question whether it may. */
export function createSearchRun(options: SearchRunOptions): SearchRun {
  const { wish, signal, onChange, onKeep, find, read, number, known, tokensOf } = options;
  const { measure = measureLongText } = options;
  const isLink = 'url' in wish;
  let record: SearchRecord = {
    id: options.id,
    ...(options.call ? { call: options.call } : {}),
    round: options.round,
    at: options.at,
    ...(wish.why ? { why: wish.why } : {}),
    queries: (isLink ? [wish.url] : cleanQueries(wish.queries)).map((text) => ({ text })),
    pages: [],
    state: options.asks ? 'asking' : 'finding',
  };
  const sources = new Map<string, MeasuredSource>();
  /** What is under way: replaced when the list begins anew. */
  let attempt = new AbortController();
  /** All of it has ended: what still waits for the user somewhere waits no more. */
  const over = new AbortController();
  /** Pages that are being read beside the list: once more, or in the place of others. */
  let beside: Promise<unknown>[] = [];
  /** Results behind those that are listed, best first. */
  let spare: Hit[] = [];
  let decide: (queries: string[] | undefined) => void = () => {};
  let again: string[] | undefined;

  const change = (next: Partial<SearchRecord>) => {
    record = { ...record, ...next };
    onChange(record);
  };
  const changePage = (rank: number, next: Partial<SearchPage>) => {
    const pages = [...record.pages];
    const page = pages[rank];
    // What was taken out stays out, whatever arrives for it.
    if (!page || page.status === 'dropped') return false;
    pages[rank] = { ...page, ...next };
    change({ pages });
    return true;
  };
  const changeQuery = (place: number, next: Partial<SearchQuery>) =>
    change({ queries: record.queries.map((query, at) => (at === place ? { ...query, ...next } : query)) });
  const keep = () => onKeep(record, [...sources.values()]).catch(() => {});

  /** One query after the other: engines count how many come at once. */
  const findAll = async (stop: AbortSignal): Promise<Hit[]> => {
    const lists: Hit[][] = [];
    for (const [place, { text }] of record.queries.entries()) {
      try {
        const { engineName, hits, passedOver } = await find(text, { signal: stop });
        if (stop.aborted) break;
        lists.push(hits);
        const before = passedOver.map(({ engineName: engine, trouble }) => ({ engine, trouble }));
        changeQuery(place, {
          engine: engineName,
          hits: hits.length,
          ...(before.length > 0 ? { passedOver: before } : {}),
        });
      } catch (error) {
        if (stop.aborted) break;
        const trouble = toAppError(error);
        changeQuery(place, { trouble: trouble.toTrouble(), ...passedOverIn(trouble) });
      }
    }
    return merged(lists);
  };

  const take = async (rank: number, reading: HitReading, stop: AbortSignal): Promise<void> => {
    if (stop.aborted) return;
    const sameAs = (before: number) => {
      if (changePage(rank, { status: 'same', sameAs: before, progress: undefined })) replace(rank, stop);
    };
    if (reading.kind === 'trouble') {
      const { trouble } = reading;
      if (changePage(rank, { status: 'unread', trouble, progress: undefined })) replace(rank, stop);
      return;
    }
    if (reading.kind === 'same') return sameAs(number + reading.rank);
    const { source } = reading;
    const before =
      known.find((entry) => entry.source.id === source.id)?.number ??
      record.pages.find(
        ({ status, sourceId }, place) => place !== rank && status === 'read' && sourceId === source.id,
      )?.number;
    if (before !== undefined) return sameAs(before);
    const measured = { source, ...(await measure(source.text)) };
    if (stop.aborted) return;
    sources.set(source.id, measured);
    const isTaken = changePage(rank, {
      status: 'read',
      sourceId: source.id,
      tokens: tokensOf(measured),
      ...(source.title ? { title: source.title } : {}),
      ...(source.pages ? { pages: source.pages } : {}),
      trouble: undefined,
      progress: undefined,
    });
    if (isTaken) await keep();
    else sources.delete(source.id);
  };

  const readAll = async (ranks: number[], stop: AbortSignal): Promise<void> => {
    const taking: Promise<void>[] = [];
    const rankOf = (place: number) => ranks[place] ?? -1;
    await read(
      ranks.map((rank) => ({ url: record.pages[rank]?.url ?? '', title: record.pages[rank]?.title ?? '' })),
      {
        signal: stop,
        known: [...known.map(({ source }) => source), ...[...sources.values()].map(({ source }) => source)],
        isDropped: (place) => record.pages[rankOf(place)]?.status === 'dropped',
        onProgress: (place, progress) => {
          if (stop.aborted) return;
          const { stage, ...facts } = progress;
          changePage(
            rankOf(place),
            stage === 'waiting' ? { status: 'waiting' } : { status: 'reading', progress: facts },
          );
        },
        onRead: (place, reading) => {
          const ofAll = reading.kind === 'same' ? { ...reading, rank: rankOf(reading.rank) } : reading;
          taking.push(take(rankOf(place), ofAll, stop));
        },
      },
    );
    await Promise.all(taking);
  };

  const readBeside = (rank: number, stop: AbortSignal): void => {
    beside.push(
      readAll([rank], stop).catch((error: unknown) => {
        if (!stop.aborted) changePage(rank, { status: 'unread', trouble: toAppError(error).toTrouble() });
      }),
    );
  };

  /**
   * So many whole pages are wanted: for one that cannot be read, or says what another says, the next result is read, as
   * long as the list has no more than twice as many. Each page once: one that is read again has had its replacement.
   */
  const replace = (rank: number, stop: AbortSignal): void => {
    const { pages } = record;
    const instead = pages[rank]?.number;
    const isReplaced = pages.some(({ insteadOf }) => insteadOf === instead);
    if (stop.aborted || instead === undefined || isReplaced || pages.length >= options.pages * 2) return;
    // Without a network the others cannot be read either.
    const next = globalThis.navigator?.onLine === false ? undefined : spare.shift();
    if (!next) return;
    const { url, title } = next;
    const at = pages.length;
    change({
      pages: [...pages, { url, title, status: 'waiting', number: number + at, insteadOf: instead }],
    });
    readBeside(at, stop);
  };

  const once = async (stop: AbortSignal): Promise<void> => {
    change({ state: 'finding' });
    await keep();
    const hits = isLink ? [{ url: record.queries[0]?.text ?? '', title: '' }] : await findAll(stop);
    if (stop.aborted) return;
    spare = hits.slice(options.pages);
    const pages = hits
      .slice(0, options.pages)
      .map(({ url, title }, rank): SearchPage => ({ url, title, status: 'waiting', number: number + rank }));
    change({ pages, state: 'reading' });
    await keep();
    if (pages.length > 0) await readAll([...pages.keys()], stop);
    // One that is read beside the list begins while others are read.
    while (beside.length > 0 && !stop.aborted) await Promise.all(beside.splice(0));
  };

  const begin = (queries: readonly string[]) => {
    sources.clear();
    change({ queries: cleanQueries(queries).map((text) => ({ text })), pages: [] });
  };

  /** What the user wants to be searched for; undefined when they do not, or stopped the answer. */
  const ask = async (): Promise<readonly string[] | undefined> => {
    // Before anything is shown or kept: a click may come at once.
    const decision = new Promise<string[] | undefined>((resolve) => {
      decide = resolve;
      if (signal.aborted) resolve(undefined);
      else signal.addEventListener('abort', () => resolve(undefined), { once: true });
    });
    change({ state: 'asking' });
    await keep();
    // Where an engine waits for them they have agreed to these words before.
    if (record.queries.some(({ trouble }) => trouble?.facts.tabId !== undefined))
      void options.whenAnswered?.(AbortSignal.any([signal, over.signal])).then(
        (isAnswered) => isAnswered && decide(record.queries.map(({ text }) => text)),
        () => {},
      );
    const queries = await decision;
    return signal.aborted ? undefined : queries;
  };

  const run = async (): Promise<void> => {
    let isAsked = options.asks;
    for (;;) {
      const queries = again ?? (isAsked ? await ask() : undefined);
      if (isAsked && !queries) return;
      if (queries) begin(queries);
      again = undefined;
      attempt = new AbortController();
      beside = [];
      const stop = AbortSignal.any([signal, attempt.signal, over.signal]);
      // Whatever goes wrong in between is a trouble of the pages that have not been read.
      await once(stop).catch((error: unknown) => {
        if (!stop.aborted) record = settled(record, record.state, toAppError(error).toTrouble());
      });
      isAsked = !stop.aborted && record.pages.length === 0 && record.queries.some(isForUser);
      if (signal.aborted || (!again && !isAsked)) return;
    }
  };

  const ended = run().then(async () => {
    over.abort(new DOMException('Ended', 'AbortError'));
    const state = signal.aborted ? 'stopped' : record.state === 'asking' ? 'refused' : 'done';
    change(settled(record, state));
    // Texts of pages that were taken out go with them.
    const left = new Set(record.pages.flatMap(({ sourceId }) => sourceId ?? []));
    for (const id of sources.keys()) if (!left.has(id)) sources.delete(id);
    await keep();
    return { record, sources: [...sources.values()] };
  });

  return {
    ended,
    go(queries) {
      if (record.state === 'asking' && (isLink || cleanQueries(queries).length > 0))
        decide(isLink ? record.queries.map(({ text }) => text) : queries);
    },
    refuse() {
      if (record.state === 'asking') decide(undefined);
    },
    answerNow() {
      if (!isRunning(record) || record.state === 'asking') return;
      attempt.abort(new DOMException('Answered with what is read', 'AbortError'));
    },
    drop(rank) {
      const page = record.pages[rank];
      if (!page || !isRunning(record) || page.status === 'dropped') return;
      const { sourceId: _, tokens: __, progress: ___, ...rest } = page;
      const pages = record.pages.with(rank, { ...rest, status: 'dropped' });
      change({ pages });
      void keep();
    },
    rerun(queries) {
      if (isLink || !isRunning(record) || cleanQueries(queries).length === 0) return;
      if (record.state === 'asking') return decide(queries);
      again = cleanQueries(queries);
      attempt.abort(new DOMException('Searched with other words', 'AbortError'));
    },
    retry(rank) {
      if (record.state !== 'reading' || record.pages[rank]?.status !== 'unread') return;
      changePage(rank, { status: 'waiting', trouble: undefined });
      readBeside(rank, AbortSignal.any([signal, attempt.signal]));
    },
  };
}

/**
 * Many units of one document, translated in batches: what is wanted first comes first, the first batch goes alone, so
 * that its terms and the vendor's cache are there for all others, and what is refused is asked for again on its own.
 */

import { calibrationKey } from '../chat/connection';
import { createState } from '../chat/state';
import { type AskOptions, ask as askModel } from './ask';
import type { BatchOutcome } from './batch-run';
import { batchTokens, mostUnits, nextBatch } from './batches';
import { createBudget } from './budget';
import { judge, type Verdict } from './judge';
import { createKeeper } from './keeper';
import { createListeners } from './listeners';
import { mannerOf, setManner } from './manners';
import { createPatience } from './patience';
import { runUnits } from './piece-run';
import { nameForCache, placementOf } from './recall';
import { createRetries } from './retries';
import { type TakingUp, takeUp } from './take-up';
import type { GlossaryUse, Placement, Translation, TranslationState } from './types';
import { createUnitList, type Entry } from './unit-list';

export interface TranslationOptions
  extends Pick<AskOptions, 'document' | 'connection' | 'chatId' | 'account' | 'stream' | 'fetch'>,
    Omit<TakingUp, 'document' | 'made'> {
  /** BCP 47. */
  lang: string;
  glossary: GlossaryUse;
  ask?: typeof askModel;
  now?: () => number;
}

/** Requests under way at once, after the first has ended. */
const mostAtOnce = 3;

export function createTranslation(options: TranslationOptions): Translation {
  const { connection, lang, glossary, cache, document, now = Date.now, ask = askModel } = options;
  const { model } = connection;
  const made = { model: calibrationKey(connection), lang, glossary };
  const units = createUnitList();
  const state = createState<TranslationState>({
    status: 'idle',
    total: 0,
    done: 0,
    failed: [],
    batches: { done: 0, total: 0 },
    skipped: 0,
  });
  const placed = createListeners<Placement[]>();
  const waiting = createListeners<number[]>();
  const failing = createListeners<number[]>();
  const refused: Record<string, number> = {};
  const going = new Set<AbortController>();
  /** What another run has learned meanwhile holds here too. */
  const manner = () => mannerOf(made.model);
  const retries = createRetries(units);
  let isComplete = false;
  let hasOrder = false;
  let isReady = false;
  let adding = 0;
  let batchesDone = 0;
  /** The last batch came back as it was asked for; until then one request goes at a time. */
  let isProven = false;
  const patience = createPatience(model.name);
  const keeper = createKeeper(cache, made);
  let pausedUntil = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const budget = createBudget(document, model);

  const isFinished = () =>
    isComplete && adding + going.size + units.count('new') + units.count('asked') === 0;
  const unitsAtOnce = () => Math.min(manner().units, mostUnits);
  const batchesLeft = () =>
    Math.max(
      Math.ceil(units.tokensOf('new') / batchTokens(model)),
      Math.ceil(units.count('new') / unitsAtOnce()),
    );
  const toCome = () => ({
    batches: going.size + batchesLeft(),
    tokens: units.tokensOf('asked') + units.tokensOf('new'),
  });

  const tell = (change: Partial<TranslationState> = {}) => {
    const { already: _, ...before } = state.get();
    const next: TranslationState = { ...before, ...budget.facts(toCome()), ...change };
    next.done = units.count('done');
    next.skipped = units.count('skipped');
    next.failed = units.in('failed');
    next.total = units.size() - next.skipped;
    next.batches = { done: batchesDone, total: batchesDone + going.size + batchesLeft() };
    if (manner().units < mostUnits) next.unitsAtOnce = manner().units;
    if (next.status === 'running' && isFinished()) next.status = 'done';
    if (isComplete && adding === 0 && units.size() > 0 && next.total === 0) next.already = lang;
    state.set(next);
  };

  const place = (some: readonly Entry[]) => {
    if (some.length > 0) placed.tell(some.map((entry) => placementOf(entry, glossary)));
  };
  const sayWaiting = () => waiting.tell(units.in('asked'));
  const sayFailed = () => failing.tell(units.in('failed'));

  const add: Translation['add'] = async (list, complete) => {
    adding++;
    try {
      await takeUp(list, units, { ...options, made }, place);
    } finally {
      adding--;
    }
    isComplete ||= complete;
    // A page that goes on brings a finished run to life again.
    const goesOn = state.get().status === 'done' && units.count('new') > 0;
    tell(goesOn ? { status: 'running' } : {});
    pump();
  };

  const pump = () => {
    if (!isReady || timer || state.get().status !== 'running') return;
    // The first batch is chosen when it is known what is on the screen.
    if (!isComplete && !hasOrder) return;
    while (going.size < (isProven ? mostAtOnce : 1)) {
      // What is under way ends; the user says whether it goes on.
      if (batchesLeft() > 0 && budget.isPassed(toCome())) return tell({ status: 'price' });
      const batch = takeBatch();
      if (batch.length === 0) break;
      void run(batch);
    }
    if (isFinished()) tell();
  };

  const takeBatch = (): Entry[] => {
    const most = unitsAtOnce();
    const refusedBefore = retries.next({ tokens: batchTokens(model), units: most });
    if (refusedBefore.length > 0) return refusedBefore;
    return nextBatch(units.open(), { tokens: batchTokens(model, batchesDone === 0), units: most });
  };

  const run = async (batch: Entry[]) => {
    const controller = new AbortController();
    going.add(controller);
    for (const entry of batch) units.set(entry, 'asked');
    nameForCache(batch, made);
    sayWaiting();
    tell();
    const outcome = await runUnits(batch, {
      ...options,
      units,
      ask,
      form: manner().form,
      signal: controller.signal,
      onMade: (entries) => {
        place(entries);
        keeper.add(entries);
        tell();
      },
      onText: () => {
        if (state.get().status === 'waiting' && !timer) tell({ status: 'running', until: undefined });
      },
      onPause: (seconds) => tell({ status: 'waiting', until: now() + seconds * 1000 }),
      onRefusal: (reason) => {
        refused[reason] = (refused[reason] ?? 0) + 1;
      },
    });
    going.delete(controller);
    if (outcome.isWhole) batchesDone++;
    budget.take(outcome);
    const isStopped = controller.signal.aborted;
    const verdict = settle(batch, outcome, isStopped);
    keeper.flush();
    goOnAfter(outcome, verdict, isStopped);
  };

  /** What becomes of the units that a request did not translate. */
  const settle = (batch: readonly Entry[], outcome: BatchOutcome, isStopped: boolean): Verdict => {
    const verdict = judge(batch, outcome, isStopped);
    for (const entry of verdict.open) units.set(entry, 'new');
    for (const entry of verdict.failed) units.set(entry, 'failed');
    // Their words are right and their marks are not: the page has ways to write them all the same.
    for (const entry of verdict.unmarked) {
      entry.text = entry.unmarked;
      units.set(entry, 'done');
    }
    place(verdict.unmarked);
    keeper.add(verdict.unmarked);
    retries.push(verdict.alone);
    // They were wanted before what comes next.
    units.prefer(verdict.open.map(({ unit }) => unit.id));
    askAgain(batch.filter(({ isAgain }) => isAgain));
    if (outcome.isWhole) isProven = verdict.most === undefined && outcome.made.length > 0;
    if (verdict.most !== undefined)
      setManner(made.model, { ...manner(), units: Math.min(manner().units, verdict.most) });
    return verdict;
  };

  const askAgain = (entries: readonly Entry[]) => {
    for (const entry of entries) {
      entry.isAgain = entry.state === 'asked';
      if (entry.isAgain) continue;
      entry.tries = 0;
      delete entry.unmarked;
      delete entry.division;
      units.set(entry, 'new');
    }
    units.prefer(entries.map(({ unit }) => unit.id));
  };

  const goOnAfter = (outcome: BatchOutcome, verdict: Verdict, isStopped: boolean) => {
    if (state.get().status === 'waiting' && !timer) tell({ status: 'running', until: undefined });
    if (!isStopped && ['running', 'waiting'].includes(state.get().status)) {
      const next = patience.after(outcome, verdict, timer !== undefined);
      if (next.kind === 'pause') pauseFor(next.seconds);
      // What came to nothing is shown where it stands; there is nothing more to stop.
      else if (next.kind === 'fail' && !(isFinished() && !outcome.trouble)) {
        end('failed');
        tell({ trouble: next.trouble });
      }
    }
    sayWaiting();
    tell();
    if (state.get().failed.length > 0) sayFailed();
    pump();
  };

  const pauseFor = (seconds: number) => {
    const until = now() + seconds * 1000;
    if (timer && until <= pausedUntil) return;
    clearTimeout(timer);
    pausedUntil = until;
    tell({ status: 'waiting', until });
    timer = setTimeout(() => {
      timer = undefined;
      if (state.get().status !== 'waiting') return;
      tell({ status: 'running', until: undefined });
      pump();
    }, seconds * 1000);
  };
  const end = (status: 'paused' | 'stopped' | 'failed') => {
    clearTimeout(timer);
    timer = undefined;
    tell({ status, until: undefined });
    for (const controller of going) controller.abort(new DOMException('Stopped by the user', 'AbortError'));
  };
  const goOn = () => {
    clearTimeout(timer);
    timer = undefined;
    isReady = true;
    patience.renew();
    tell({ status: 'running', trouble: undefined, until: undefined });
    pump();
  };

  return {
    get: state.get,
    subscribe: state.subscribe,
    add,
    setOrder(ids) {
      units.setOrder(ids);
      hasOrder = true;
      pump();
    },
    remove(ids) {
      units.remove(ids);
      tell();
    },
    start(agreed) {
      budget.agree(agreed);
      goOn();
    },
    pause() {
      if (['running', 'waiting'].includes(state.get().status)) end('paused');
    },
    resume: goOn,
    stop: () => end('stopped'),
    again(ids) {
      askAgain(ids.flatMap((id) => units.get(id) ?? []));
      sayFailed();
      if (isReady && ['done', 'failed'].includes(state.get().status)) goOn();
      else tell();
      pump();
    },
    placements: () =>
      units
        .in('done')
        .flatMap((id) => units.get(id) ?? [])
        .map((entry) => placementOf(entry, glossary)),
    onPlace: placed.on,
    onWaiting: waiting.on,
    onFailed: failing.on,
    refusals: () => refused,
  };
}

/**
 * One translation of one page, from the wish to the last paragraph: reads the tab whole, asks what has to be asked,
 * feeds what the page is cut into to the engine and what the engine makes back into the page. Knows no screen.
 */

import type { PageLine, PageSigns } from '../browser/translator-port';
import { createState } from '../chat/state';
import type { Money } from '../context/money';
import { type Trouble, toAppError } from '../errors';
import type { Connection } from '../models/types';
import type { FromPage } from '../page/translate/types';
import { commandsOf } from './page-run-commands';
import { createQuestions, sumOf } from './page-run-questions';
import type { Agreed, Engine, PageRun, PageRunDeps, PageRunOptions, RunGlossary } from './page-run-types';
import { createPageTexts } from './page-texts';
import { prepareRun } from './prepare-run';
import { newRun, type RunQuestion, type TranslationRun } from './run-types';
import { createSoon } from './soon';
import type { PageUnit, TranslationState } from './types';

/**
 * Milliseconds in which a page gives back what it was, says what is on the screen, an app that went to another page
 * draws it and tells of it; and between two countings of terms.
 */
const patience = { undo: 10_000, order: 400, settle: 400, next: 3_000, count: 300 };

export function createPageRun(options: PageRunOptions, deps: PageRunDeps): PageRun {
  const { tabId, onOver } = options;
  const { now = Date.now, newId = () => crypto.randomUUID() } = deps;
  const state = createState(newRun(newId(), options));
  const update = (change: Partial<TranslationRun>) => state.set({ ...state.get(), ...change });

  /** Of the text that the page shows now; a page that becomes another one gets another. */
  let controller = new AbortController();
  let line: PageLine | undefined;
  let engine: Engine | undefined;
  let glossary: RunGlossary | undefined;
  let chosen: Connection | undefined;
  /** Questions that were answered with yes, in this run. */
  const yes = new Set<Agreed>();
  const questions = createQuestions(deps);
  const page = createPageTexts();
  /** Units that are being judged and looked for in the cache. */
  let adding = 0;
  let undone: (() => void) | undefined;

  const ask = (question: RunQuestion) => update({ stage: 'asking', question, trouble: undefined });
  const refuse = (trouble: Trouble) => update({ stage: 'refused', trouble, question: undefined });

  const stopEngine = () => {
    controller.abort();
    counting.cancel();
    engine?.stop();
    engine = undefined;
    glossary?.close();
    glossary = undefined;
  };

  /** From the beginning, or from where a question was answered. The newest beginning is the one that counts. */
  const begin = async (settle = false) => {
    stopEngine();
    controller = new AbortController();
    const { signal } = controller;
    update({ stage: 'opening', question: undefined, trouble: undefined, state: undefined, inconsistent: [] });
    try {
      await open(signal, settle);
    } catch (error) {
      if (signal.aborted) return;
      const failure = toAppError(error);
      if (failure.code === 'too-long') return void (await offerMore(failure.toTrouble(), signal));
      refuse(failure.toTrouble());
    }
  };

  const open = async (signal: AbortSignal, settle: boolean) => {
    // An app draws its next page a little later than it says so.
    if (settle) await new Promise((resolve) => setTimeout(resolve, patience.settle));
    const onPage = ({ url, title }: PageSigns) => update({ url, title });
    const wish = { tabId, lang: state.get().lang, yes, connection: chosen, onPage };
    const prepared = await prepareRun(wish, deps, signal);
    if (!prepared) return;
    if ('question' in prepared) return ask(prepared.question);
    begun(prepared.engine, prepared.glossary, signal);
    if (line) return page.isEmpty() ? startPage() : feed();
    const connected = await deps.connectPage(tabId, { message: take, again: restart, ended });
    if (signal.aborted) return connected.close();
    line = connected;
    startPage();
  };

  /** The page tells its units again, with the numbers that they have. */
  const startPage = () => {
    const { lang, display } = state.get();
    line?.send({ type: 'start', lang, display, labels: deps.labels() });
  };

  const begun = (made: Engine, terms: RunGlossary, signal: AbortSignal) => {
    engine = made;
    glossary = terms;
    const whileHere =
      <Told extends unknown[]>(work: (...told: Told) => void) =>
      (...told: Told) => {
        if (engine === made && !signal.aborted) work(...told);
      };
    made.subscribe(whileHere(follow));
    made.onPlace(
      whileHere((placements) => {
        page.place(placements);
        line?.send({ type: 'place', placements });
      }),
    );
    made.onWaiting(whileHere((units) => line?.send({ type: 'waiting', units })));
    made.onFailed(whileHere((units) => line?.send({ type: 'failed', units })));
    terms.subscribe(whileHere(counting.ask));
  };

  /** What the page has told already goes to an engine that is new. */
  const feed = () => {
    const { left, isComplete, order } = page.get();
    if (order.length > 0) engine?.setOrder(order);
    if (left.length > 0) return void add(left, isComplete);
    // A page with nothing new on it.
    const made = engine;
    setTimeout(() => {
      if (made && made === engine && state.get().stage === 'opening') void decide(made);
    }, patience.next);
  };
  /** What it will cost is known when the page has told all of itself. */
  const add = async (some: PageUnit[], isComplete: boolean) => {
    const made = engine;
    adding++;
    try {
      await made?.add(some, isComplete);
    } finally {
      adding--;
    }
    if (!made || made !== engine) return;
    counting.ask();
    if (adding === 0 && page.get().isComplete && state.get().stage === 'opening') await decide(made);
  };
  /** Once for all that comes together: every term is looked for in every unit. */
  const counting = createSoon(
    () => later(glossary?.count(page.texts()).then((terms) => ({ terms }))),
    patience.count,
  );
  /** What takes a while to be known, unless the text is another one by then. */
  const later = async (change: Promise<Partial<TranslationRun>> | undefined) => {
    const made = engine;
    const known = await change;
    if (known && made === engine) update(known);
  };

  /** The engine is further than before: tells everybody. */
  const follow = () => {
    const found = engine?.get();
    if (!found || state.get().stage !== 'translating') return;
    if (found.trouble?.code === 'too-long' && found.done === 0)
      return void offerMore(found.trouble, controller.signal);
    if (found.status === 'price') {
      update({ state: found });
      return void askMore(found);
    }
    const wasDone = state.get().state?.status === 'done';
    update({ state: found, question: undefined });
    if (found.status === 'done' && !wasDone)
      void later(glossary?.check(page.texts()).then((inconsistent) => ({ inconsistent })));
  };

  const decide = async (made: Engine) => {
    if (!made.get().already) await page.whenOrdered(patience.order);
    const question = await questions.before(made, page.texts().units);
    if (made !== engine || state.get().stage !== 'opening') return;
    if (question) return ask(question);
    startEngine(made.get().price);
  };
  const startEngine = (sum: Money | undefined) => {
    questions.agree(sum);
    update({ stage: 'translating', question: undefined, ...(engine && { state: engine.get() }) });
    engine?.start(sum);
  };
  /** It turns out dearer than was agreed. Where that is not worth a question it goes on. */
  const askMore = async (found: TranslationState) => {
    const made = engine;
    const question = await questions.during(found);
    if (made !== engine || made?.get().status !== 'price') return;
    if (question) update({ question });
    else startEngine(sumOf(made.get()));
  };
  const offerMore = (trouble: Trouble, signal: AbortSignal) =>
    questions.tooLong(trouble).then((question) => !signal.aborted && ask(question));

  /** What the page says. */
  const take = (message: FromPage) => {
    page.take(message);
    if (message.type === 'units') void add(message.units, message.complete);
    else if (message.type === 'order') engine?.setOrder(message.units);
    else if (message.type === 'gone') engine?.remove(message.units);
    else if (message.type === 'again') engine?.again([message.unit]);
    else if (message.type === 'term') update({ term: { id: message.id, at: now() } });
    else if (message.type === 'frames') update({ foreignFrames: message.foreign });
    else if (message.type === 'moved') moved();
    else if (message.type === 'other') void begin();
    else if (message.type === 'undone') undone?.();
  };

  /** An app went to another of its pages: its text is another document, the terms of the site stay. */
  const moved = () => {
    if (state.get().stage === 'undone') return;
    questions.agree(undefined);
    void begin(true);
  };

  /** The page was away and is there again; what it had is in the cache. */
  const restart = () => {
    page.forget();
    void begin();
  };

  const end = () => {
    stopEngine();
    // Nothing is on its way any more.
    line?.send({ type: 'waiting', units: [] });
    line?.close();
    line = undefined;
  };
  const ended = (why: 'closed' | 'left') => {
    end();
    onOver?.(why);
  };

  const undo = async () => {
    if (state.get().stage === 'undone') return;
    stopEngine();
    update({ stage: 'undone', question: undefined, trouble: undefined });
    const answered = new Promise<void>((resolve) => {
      undone = resolve;
      setTimeout(resolve, patience.undo);
    });
    line?.send({ type: 'undo' });
    if (line) await answered;
    end();
    onOver?.('undone');
  };

  const perform = commandsOf({
    state,
    engine: () => engine,
    line: () => line,
    termsKnown: async () => glossary?.reload(),
    begin,
    agree(question) {
      if (question.kind === 'price' || question.kind === 'dearer') {
        const left = engine?.get().price ?? question.price;
        void deps.agreed(left).catch(() => {});
        return startEngine(question.price);
      }
      yes.add(question.kind === 'never' && question.lang ? 'never-language' : question.kind);
      return begin();
    },
    useModel(connection) {
      chosen = connection;
      questions.agree(undefined);
    },
    connected: deps.connected,
    forget() {
      page.forget();
      questions.agree(undefined);
    },
    undo,
    cancel() {
      // What was translated another day stands in the page already.
      if (page.texts().translations.length > 0) return undo();
      end();
      onOver?.('cancelled');
    },
  });

  return {
    ...state,
    async start({ toggles = false } = {}) {
      if (!toggles) return begin();
      const signs = await deps.look(tabId).catch(() => undefined);
      if (!signs?.hasOurs) return begin();
      try {
        line = await deps.connectPage(tabId, { message: take, again: () => {}, ended });
        await undo();
      } catch (error) {
        refuse(toAppError(error).toTrouble());
      }
    },
    command(command) {
      // A command is whatever another window said: what is none is nothing.
      Promise.resolve(command)
        .then(perform)
        .catch((error) => refuse(toAppError(error).toTrouble()));
    },
    texts: page.texts,
    end,
  };
}

import { beforeEach, describe, expect, it } from 'vitest';
import type { PageListeners, PageSigns } from '@/utils/browser/translator-port';
import type { Money } from '@/utils/context/money';
import { AppError } from '@/utils/errors';
import type { Connection } from '@/utils/models/types';
import type { FromPage, ToPage } from '@/utils/page/translate/types';
import { createPageRun } from '@/utils/translate/page-run';
import type { EngineOptions, PageRunDeps } from '@/utils/translate/page-run-types';
import type { RunTexts } from '@/utils/translate/run-types';
import type { PageUnit, Placement, TranslationState } from '@/utils/translate/types';

/** A page that answers as ours do, and keeps what it was told. */
function fakePage() {
  const told: ToPage[] = [];
  let listeners: PageListeners | undefined;
  let closed = 0;
  return {
    told,
    connect: async (_: number, on: PageListeners) => {
      listeners = on;
      return { send: (message: ToPage) => told.push(message), close: () => void closed++ };
    },
    says: (message: FromPage) => listeners?.message(message),
    comesBack: () => listeners?.again(),
    ends: (why: 'closed' | 'left') => listeners?.ended(why),
    closed: () => closed,
    last: (type: ToPage['type']) => told.findLast((message) => message.type === type),
    count: (type: ToPage['type']) => told.filter((message) => message.type === type).length,
  };
}

/** An engine that does what a test tells it to. */
function fakeEngine(options: EngineOptions, over: Partial<TranslationState> = {}) {
  let state: TranslationState = {
    status: 'idle',
    total: 0,
    done: 0,
    failed: [],
    batches: { done: 0, total: 0 },
    skipped: 0,
    ...over,
  };
  const units: PageUnit[] = [];
  const calls: string[] = [];
  const agreed: (Money | undefined)[] = [];
  const [states, places, waits, fails] = [
    new Set<() => void>(),
    new Set<(placements: Placement[]) => void>(),
    new Set<(ids: number[]) => void>(),
    new Set<(ids: number[]) => void>(),
  ];
  const tell = <T>(listeners: Set<(value: T) => void>, value: T) => {
    for (const listener of listeners) listener(value);
  };
  const listen =
    <T>(listeners: Set<T>) =>
    (listener: T) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    };
  const set = (change: Partial<TranslationState>) => {
    state = { ...state, ...change };
    for (const listener of states) listener();
  };
  const become = (call: string, status: TranslationState['status']) => {
    calls.push(call);
    set({ status });
  };
  return {
    options,
    units,
    calls,
    agreed,
    set,
    place: (...placements: Placement[]) => tell(places, placements),
    wait: (...ids: number[]) => tell(waits, ids),
    fail: (...ids: number[]) => tell(fails, ids),
    engine: {
      get: () => state,
      subscribe: listen(states),
      add: async (some: readonly PageUnit[]) => {
        units.push(...some);
        set({ total: units.length });
      },
      setOrder: (ids: readonly number[]) => void calls.push(`order ${ids.join()}`),
      remove: (ids: readonly number[]) => void calls.push(`remove ${ids.join()}`),
      start: (sum?: Money) => {
        agreed.push(sum);
        become('start', 'running');
      },
      pause: () => become('pause', 'paused'),
      resume: () => become('resume', 'running'),
      stop: () => become('stop', 'stopped'),
      again: (ids: readonly number[]) => void calls.push(`again ${ids.join()}`),
      onPlace: listen(places),
      onWaiting: listen(waits),
      onFailed: listen(fails),
    },
  };
}

const connection = (window = 100_000, wire = 'openai-compatible'): Connection =>
  ({
    provider: { id: 'p', wire },
    baseUrl: '',
    model: { id: `m${window}`, name: `M ${window}`, window },
  }) as never;

const signs: PageSigns = {
  url: 'https://example.org/minutes',
  title: 'Minutes',
  lang: 'en',
  hasOther: false,
  hasOurs: false,
};
const unit = (id: number): PageUnit => ({ id, text: `Paragraph ${id}.`, kind: 'text' });

let page = fakePage();
let engines: ReturnType<typeof fakeEngine>[] = [];
let over: string[] = [];

function open(deps: Partial<PageRunDeps> = {}, state: Partial<TranslationState> = {}) {
  const run = createPageRun(
    { tabId: 7, windowId: 1, place: 'page', lang: 'zh-Hans', onOver: (why) => over.push(why) },
    {
      look: async () => signs,
      connectPage: page.connect,
      readDocument: async () => ({ document: { source: { id: 's', lang: 'en' } } as never }),
      connect: async () => connection(),
      check: async () => {},
      connected: async () => [connection(), connection(1_000_000), connection(500_000)],
      openGlossary: async () => ({
        termsIn: () => [],
        decidedIn: () => [],
        learn: () => {},
        count: async ({ units }: RunTexts) => units.length,
        subscribe: () => () => {},
        check: async ({ translations }: RunTexts) =>
          translations.length > 1 ? [{ termId: 't', units: [translations[1]?.[0] ?? 0] }] : [],
        reload: async () => {},
        close: () => {},
      }),
      checkFits: async () => {},
      createEngine: (options) => {
        const made = fakeEngine(options, state);
        engines.push(made);
        return made.engine;
      },
      neverTranslatedSite: async () => undefined,
      mainLanguage: async () => 'en',
      mustAsk: async ({ amount }, total) => (total?.amount ?? amount) > 0.05,
      agreed: async () => {},
      labels: () => ({ again: 'Again' }),
      ...deps,
    },
  );
  return run;
}

const settle = (milliseconds = 5) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const engine = () => engines.at(-1) as ReturnType<typeof fakeEngine>;

async function started(deps?: Partial<PageRunDeps>, state?: Partial<TranslationState>) {
  const run = open(deps, state);
  await run.start();
  page.says({ type: 'order', units: [2, 3, 1] });
  page.says({ type: 'units', units: [unit(1), unit(2), unit(3)], complete: true });
  await settle();
  return run;
}

beforeEach(() => {
  page = fakePage();
  engines = [];
  over = [];
});

describe('a run', () => {
  it('reads the page, begins with what is on the screen, and writes what comes', async () => {
    const run = await started();
    expect(page.told[0]).toMatchObject({ type: 'start', lang: 'zh-Hans', display: 'both' });
    expect(run.get()).toMatchObject({ stage: 'translating', url: signs.url, title: 'Minutes' });
    expect(engine().calls).toEqual(['order 2,3,1', 'start']);
    engine().wait(2);
    engine().place({ unit: 2, text: '第二段。' });
    engine().fail(3);
    expect(page.told.slice(1)).toEqual([
      { type: 'waiting', units: [2] },
      { type: 'place', placements: [{ unit: 2, text: '第二段。' }] },
      { type: 'failed', units: [3] },
    ]);
    expect(run.texts().translations).toEqual([[2, '第二段。']]);
    await settle(350);
    expect(run.get().terms).toBe(3);
  });

  it('hears what the page says later: new units, gone ones, one that is wanted again, a term', async () => {
    const run = await started();
    page.says({ type: 'units', units: [unit(4)], complete: false });
    page.says({ type: 'gone', units: [1] });
    page.says({ type: 'again', unit: 3 });
    page.says({ type: 'term', id: 't1' });
    await settle();
    expect(engine().units.map(({ id }) => id)).toEqual([1, 2, 3, 4]);
    expect(engine().calls.slice(2)).toEqual(['remove 1', 'again 3']);
    expect(run.get().term).toMatchObject({ id: 't1' });
    expect(run.texts().units.map(({ id }) => id)).toEqual([2, 3, 4]);
  });

  it('asks about a price that is worth asking about, and sends nothing before', async () => {
    const price = { currency: 'USD' as const, amount: 0.12, exact: false };
    const run = await started({}, { price, cachedShare: 0.94 });
    expect(run.get()).toMatchObject({
      stage: 'asking',
      question: { kind: 'price', price, cachedShare: 0.94 },
    });
    expect(engine().calls).not.toContain('start');
    run.command({ type: 'go-on' });
    await settle();
    expect(engine().calls).toContain('start');
    expect(run.get()).toMatchObject({ stage: 'translating', question: undefined });
  });

  it('asks again before a run passes what was agreed, with the new sum, and goes on or stops there', async () => {
    const agreed = { currency: 'USD' as const, amount: 0.12, exact: false };
    const run = await started({}, { price: agreed });
    run.command({ type: 'go-on' });
    await settle();
    expect(engine().agreed).toEqual([agreed]);
    const spent = { currency: 'USD' as const, amount: 0.1, exact: true };
    const left = { currency: 'USD' as const, amount: 0.3, exact: false };
    engine().set({ status: 'price', spent, price: left, unitsAtOnce: 1, done: 1 });
    await settle();
    const price = { currency: 'USD', amount: 0.4, exact: false };
    expect(run.get()).toMatchObject({
      stage: 'translating',
      question: { kind: 'dearer', agreed, spent, price, unitsAtOnce: 1 },
    });
    run.command({ type: 'stop' });
    await settle();
    expect(run.get().question).toBeUndefined();
    engine().set({ status: 'price' });
    await settle();
    run.command({ type: 'go-on' });
    await settle();
    expect(engine().agreed).toEqual([agreed, price]);
    expect(run.get()).toMatchObject({ stage: 'translating', question: undefined });
  });

  it('asks nothing when it is dearer by less than is asked about', async () => {
    const run = await started({}, { price: { currency: 'USD', amount: 0.01, exact: false } });
    engine().set({ status: 'price', price: { currency: 'USD', amount: 0.03, exact: false } });
    await settle();
    expect(run.get().question).toBeUndefined();
    expect(engine().agreed.map((sum) => sum?.amount)).toEqual([0.01, 0.03]);
  });

  it('asks about the price of the next page of an app, though that of the first was agreed to', async () => {
    const price = { currency: 'USD' as const, amount: 0.12, exact: false };
    const run = await started({}, { price });
    run.command({ type: 'go-on' });
    await settle();
    page.says({ type: 'moved', url: 'https://example.org/next', title: 'Next' });
    page.says({ type: 'units', units: [unit(4)], complete: true });
    await settle(450);
    expect(run.get().question).toMatchObject({ kind: 'price', price });
  });

  it('leaves a page as it is when the answer is no', async () => {
    const price = { currency: 'USD' as const, amount: 0.12, exact: false };
    const run = await started({}, { price });
    run.command({ type: 'cancel' });
    await settle();
    expect(over).toEqual(['cancelled']);
    expect(engine().calls).toEqual(['order 2,3,1', 'stop']);
    expect(page.closed()).toBe(1);
  });

  it('takes out what another day had translated when the answer is no', async () => {
    const run = await started({}, { price: { currency: 'USD', amount: 0.12, exact: false } });
    engine().place({ unit: 1, text: '一' });
    run.command({ type: 'cancel' });
    await settle();
    expect(page.last('undo')).toEqual({ type: 'undo' });
    page.says({ type: 'undone' });
    await settle();
    expect(over).toEqual(['undone']);
  });

  it('says that there is no model, that a site is never translated, that another translator is at work', async () => {
    const none = open({ connect: async () => connection(1, 'excerpts') });
    await none.start();
    expect(none.get().question).toEqual({ kind: 'no-model' });
    const never = open({ neverTranslatedSite: async () => 'example.org' });
    await never.start();
    expect(never.get().question).toEqual({ kind: 'never', site: 'example.org' });
    never.command({ type: 'go-on' });
    await settle();
    expect(page.count('start')).toBe(1);
    const other = open({ look: async () => ({ ...signs, hasOther: true }) });
    await other.start();
    expect(other.get().question).toEqual({ kind: 'other-translator' });
  });

  it('says that a page is in the language already, and takes another language', async () => {
    const run = await started({ mainLanguage: async () => 'zh' }, { already: 'zh-Hans' });
    expect(run.get().question).toEqual({ kind: 'already', lang: 'zh-Hans' });
    run.command({ type: 'language', lang: 'en' });
    await settle();
    expect(page.last('start')).toMatchObject({ lang: 'en' });
    expect(engine().options.lang).toBe('en');
  });

  it('says that a language is never translated, and translates it this once', async () => {
    const run = await started({ mainLanguage: async () => 'ja' }, { already: 'zh-Hans' });
    expect(run.get().question).toEqual({ kind: 'never', lang: 'ja' });
    run.command({ type: 'go-on' });
    await settle();
    expect(engine().options.everything).toBe(true);
    // The page is connected and knows what it told.
    expect(engine().units).toHaveLength(3);
  });

  it('refuses a page that is too long with the numbers, and offers models that hold it, the smallest first', async () => {
    const run = open({
      checkFits: async ({ connection: { model } }) => {
        if (model.window < 400_000)
          throw new AppError('too-long', { needed: 300_000, limit: 100_000, model: 'M 100000', ours: 1 });
      },
    });
    await run.start();
    const { question } = run.get();
    expect(question).toMatchObject({ kind: 'too-long', needed: 300_000, limit: 100_000, model: 'M 100000' });
    expect(question?.kind === 'too-long' && question.models.map(({ modelName }) => modelName)).toEqual([
      'M 500000',
      'M 1000000',
    ]);
    expect(page.told).toEqual([]);
    run.command({ type: 'model', providerId: 'p', modelId: 'm500000' });
    await settle();
    expect(engine().options.connection.model.id).toBe('m500000');
  });

  it('is refused with the reason when the page may not be read, and begins anew', async () => {
    let allowed = false;
    const run = open({
      look: async () => {
        if (!allowed) throw new AppError('page-permission', { site: 'example.org' });
        return signs;
      },
    });
    await run.start();
    expect(run.get()).toMatchObject({ stage: 'refused', trouble: { code: 'page-permission' } });
    allowed = true;
    run.command({ type: 'start' });
    await settle();
    expect(run.get()).toMatchObject({ stage: 'opening', trouble: undefined });
  });

  it('pauses, goes on, stops, shows and repeats what failed', async () => {
    const run = await started();
    run.command({ type: 'pause' });
    run.command({ type: 'resume' });
    run.command({ type: 'display', display: 'translation' });
    run.command({ type: 'show', unit: 2 });
    await settle();
    engine().set({ failed: [3] });
    run.command({ type: 'again' });
    run.command({ type: 'stop' });
    await settle();
    expect(engine().calls.slice(2)).toEqual(['pause', 'resume', 'again 3', 'stop']);
    expect(page.last('display')).toEqual({ type: 'display', display: 'translation' });
    expect(page.last('show')).toEqual({ type: 'show', unit: 2 });
    expect(run.get()).toMatchObject({ display: 'translation', state: { status: 'stopped' } });
  });

  it('checks the wording when it is through, and mends it', async () => {
    const run = await started();
    engine().place({ unit: 1, text: '一' }, { unit: 2, text: '二' });
    engine().set({ status: 'done', done: 3 });
    await settle();
    expect(run.get().inconsistent).toEqual([{ termId: 't', units: [2] }]);
    run.command({ type: 'fix' });
    await settle();
    expect(engine().calls.at(-1)).toBe('again 2');
    expect(run.get().inconsistent).toEqual([]);
  });

  it('undoes: nothing more is sent, and the page answers before the run is over', async () => {
    const run = await started();
    run.command({ type: 'undo' });
    await settle();
    expect(engine().calls.at(-1)).toBe('stop');
    expect(run.get().stage).toBe('undone');
    expect(over).toEqual([]);
    page.says({ type: 'undone' });
    await settle();
    expect(over).toEqual(['undone']);
    expect(page.closed()).toBe(1);
    // What arrives too late is written nowhere.
    const before = page.told.length;
    engine().place({ unit: 1, text: '晚' });
    expect(page.told).toHaveLength(before);
  });

  it('takes an earlier translation out when the key is pressed on a page that has one', async () => {
    const run = open({ look: async () => ({ ...signs, hasOurs: true }) });
    void run.start({ toggles: true });
    await settle();
    expect(page.told).toEqual([{ type: 'undo' }]);
    page.says({ type: 'undone' });
    await settle();
    expect(over).toEqual(['undone']);
  });

  it('goes on with the new text when an app moves on, with another engine for another document', async () => {
    let url = signs.url;
    const run = await started({ look: async () => ({ ...signs, url }) });
    engine().place({ unit: 1, text: '一' });
    url = 'https://example.org/next';
    page.says({ type: 'moved', url, title: 'Next' });
    page.says({ type: 'gone', units: [2, 3] });
    page.says({ type: 'units', units: [unit(4)], complete: true });
    await settle(450);
    expect(engines).toHaveLength(2);
    expect(engines[0]?.calls.at(-1)).toBe('stop');
    expect(engine().units.map(({ id }) => id)).toEqual([4]);
    expect(engine().calls).toContain('start');
    expect(run.get()).toMatchObject({ url, stage: 'translating' });
    // The page was not asked to tell itself again.
    expect(page.count('start')).toBe(1);
  });

  it('stops and asks when another translator begins in the page', async () => {
    let hasOther = false;
    const run = await started({ look: async () => ({ ...signs, hasOther }) });
    hasOther = true;
    page.says({ type: 'other' });
    await settle();
    expect(engines[0]?.calls.at(-1)).toBe('stop');
    expect(run.get().question).toEqual({ kind: 'other-translator' });
  });

  it('begins anew in a page that was loaded again, and ends with one that is gone', async () => {
    await started();
    page.comesBack();
    await settle();
    expect(page.count('start')).toBe(2);
    page.says({ type: 'units', units: [unit(1)], complete: true });
    await settle();
    expect(engine().units.map(({ id }) => id)).toEqual([1]);
    page.ends('closed');
    expect(over).toEqual(['closed']);
    expect(engine().calls.at(-1)).toBe('stop');
  });

  it('lets no strange command do harm', async () => {
    const run = await started();
    for (const command of [{ type: 'constructor' }, { type: '__proto__' }, { type: 'burn' }])
      run.command(command as never);
    await settle();
    expect(run.get().stage).toBe('translating');
  });
});

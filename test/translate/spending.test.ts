import { describe, expect, it, vi } from 'vitest';
import { costOf } from '@/utils/context/prices';
import type { Connection } from '@/utils/models/types';
import { createTranslation, type TranslationOptions } from '@/utils/translate/run';
import type { PageUnit, Term, TranslationCache } from '@/utils/translate/types';
import { documentOf, listedGlossary, rightLines, scriptedModel, termOf, translated } from './scripted';

/** Every request has the whole document in it: what a model does wrong must not multiply them. */

const sentences = [
  'The chair opened the meeting at half past nine and noted that the quorum was met.',
  'The harbour master reported on the costs that are set out in <1>Appendix C</1> of the tender.',
  'Members questioned whether the tender could be reopened before the spring tides.',
  'The deputy asked for <1>a written answer</1> by Friday, and <2>nobody</2> objected to it.',
];
const unitsOf = (count: number): PageUnit[] =>
  Array.from({ length: count }, (_, index) => ({
    id: index + 1,
    text: `${['North', 'South', 'East', 'West', 'Middle'][index % 5]} quay number ${index}: ${sentences[index % 4]}`,
    kind: 'text',
  }));

let models = 0;
const connectionOf = (): Connection =>
  ({
    provider: { id: 'custom', name: 'Test', wire: 'openai-compatible' },
    baseUrl: 'http://127.0.0.1:1',
    // What is learned about a model is remembered: each test has its own.
    model: { id: `thrifty ${models++}`, name: 'Model', window: 200_000, outputLimit: 8_000 },
  }) as unknown as Connection;

const start = (units: PageUnit[], options: Partial<TranslationOptions> & Pick<TranslationOptions, 'ask'>) => {
  const run = createTranslation({
    document: documentOf(units),
    connection: connectionOf(),
    lang: 'ru',
    glossary: listedGlossary(),
    ...options,
  });
  void run.add(units, true);
  run.start();
  return run;
};
const until = (run: { get(): { status: string } }, ...statuses: string[]) =>
  vi.waitFor(() => expect(statuses).toContain(run.get().status), { timeout: 5_000, interval: 5 });

const keptIn = (kept: Map<string, string>): TranslationCache => ({
  read: async (keys) => keys.map((key) => kept.get(key)),
  write: async (entries) => {
    for (const { key, text } of entries) kept.set(key, text);
  },
});

describe('what a run costs', () => {
  it('stops with a model that translates nothing, and goes on when the user wants it', async () => {
    let isMended = false;
    const model = scriptedModel((asked) => (isMended ? rightLines(asked) : ['I cannot do that.']));
    const run = start(unitsOf(400), model);
    await until(run, 'failed');
    expect(run.get()).toMatchObject({ done: 0, trouble: { code: 'translation-useless' } });
    expect(model.asked.length).toBeLessThan(40);
    const { failed } = run.get();
    isMended = true;
    run.resume();
    await until(run, 'done');
    expect(run.get()).toMatchObject({ done: 400 - failed.length, failed });
    run.again(failed);
    await until(run, 'done');
    expect(run.get()).toMatchObject({ done: 400, failed: [] });
  });

  it('does not grow by the unit when a model leaves many as they are, as it does with a list of references', async () => {
    const model = scriptedModel((asked) =>
      rightLines(asked).map((line, index) => {
        const { s = 0, x = '' } = asked.units[index] ?? {};
        if (s % 5 > 1) return line;
        return line.startsWith('{') ? JSON.stringify({ ...JSON.parse(line), x }) : `${s}|${x}`;
      }),
    );
    const run = start(unitsOf(400), model);
    await until(run, 'done');
    expect(run.get()).toMatchObject({ done: 240, failed: { length: 160 } });
    expect(model.asked.length).toBeLessThan(40);
    expect(run.refusals().copy).toBe(320);
  });

  it('does not grow by the unit when a model loses all marks', async () => {
    const model = scriptedModel((asked) => rightLines(asked).map((line) => line.replace(/<\/?\d\/?>/g, '')));
    const run = start(unitsOf(400), model);
    await until(run, 'done');
    expect(run.get()).toMatchObject({ done: 400, failed: [] });
    expect(model.asked.length).toBeLessThan(40);
  });

  it('is no endless waiting for a server that never answers', async () => {
    vi.useFakeTimers();
    try {
      const trouble = { code: 'overloaded' as const, facts: {} };
      const model = scriptedModel(() => ({ lines: [], end: { reason: 'error' as const, trouble } }));
      const run = start(unitsOf(100), model);
      await vi.advanceTimersByTimeAsync(60 * 60_000);
      expect(run.get()).toMatchObject({ status: 'failed', trouble });
      expect(model.asked.length).toBeLessThan(15);
      run.resume();
      await vi.advanceTimersByTimeAsync(1_000);
      expect(run.get().status).toBe('waiting');
    } finally {
      vi.useRealTimers();
    }
  });

  it('pauses as long as the longest of the pauses that were asked for side by side', async () => {
    vi.useFakeTimers();
    try {
      let refused = 0;
      const model = scriptedModel((asked, number) => {
        if (number === 1 || refused >= 3) return rightLines(asked);
        const seconds = [10, 60, 20][refused++] ?? 0;
        return {
          lines: [],
          end: { reason: 'error' as const, trouble: { code: 'rate-limited' as const, facts: { seconds } } },
        };
      });
      const run = start(unitsOf(400), model);
      await vi.advanceTimersByTimeAsync(5_000);
      expect(run.get().status).toBe('waiting');
      const asked = model.asked.length;
      await vi.advanceTimersByTimeAsync(50_000);
      expect(model.asked).toHaveLength(asked);
      await vi.advanceTimersByTimeAsync(60_000);
      expect(run.get()).toMatchObject({ status: 'done', done: 400 });
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('what was agreed', () => {
  const price = { currency: 'USD' as const, input: 10, output: 30, cacheRead: 1 };

  /** A model that loses count wherever it has two lines to translate; each request costs its document, cached or not. */
  function weakModel(units: PageUnit[]) {
    const document = documentOf(units);
    const dearModel = { id: `dear ${models++}`, name: 'Model', window: 200_000, outputLimit: 8_000, price };
    const connection = { ...connectionOf(), model: dearModel } as unknown as Connection;
    const model = scriptedModel((asked, number) => {
      const input = document.tokens + 400;
      const usage = { input, cached: number === 1 ? 0 : document.tokens, output: 40 * asked.units.length };
      const cost = costOf(dearModel, usage);
      const lines = asked.units.length === 1 ? rightLines(asked) : ['I am not sure which line is which.'];
      return { lines, end: { usage, ...(cost && { cost }) } };
    });
    return { ...model, document, connection };
  }

  it('is never passed by more than a quarter without asking, when a model turns out to need a request a unit', async () => {
    const units = unitsOf(120);
    const { asked, ...weak } = weakModel(units);
    const run = createTranslation({ lang: 'ru', glossary: listedGlossary(), ...weak });
    await run.add(units, true);
    const agreed = run.get().price;
    expect(agreed?.amount).toBeGreaterThan(0);
    run.start(agreed);
    await until(run, 'price');
    const { spent, price: left, unitsAtOnce, done } = run.get();
    expect(spent?.amount).toBeLessThan((agreed?.amount ?? 0) * 1.25);
    expect((spent?.amount ?? 0) + (left?.amount ?? 0)).toBeGreaterThan((agreed?.amount ?? 0) * 1.25);
    expect(unitsAtOnce).toBeLessThan(60);
    expect(done).toBeLessThan(120);
    // Nothing more is sent, also when somebody presses on without a new sum.
    const sent = asked.length;
    run.resume();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(run.get().status).toBe('price');
    expect(asked).toHaveLength(sent);
    // What was asked for in the middle of losing count is agreed to step by step, as a user would.
    for (let times = 0; run.get().status !== 'done' && times < 20; times++) {
      const { spent: so, price: more } = run.get();
      run.start({ currency: 'USD', amount: (so?.amount ?? 0) + (more?.amount ?? 0), exact: false });
      await until(run, 'price', 'done');
    }
    expect(run.get()).toMatchObject({ status: 'done', done: 120, failed: [] });
  });

  it('is not asked about again while it is kept', async () => {
    const units = unitsOf(300);
    const document = documentOf(units);
    const connection = connectionOf();
    connection.model.price = { ...price, cacheRead: price.input };
    const { ask } = scriptedModel((asked) => {
      const usage = { input: document.tokens + 800, cached: 0, output: 60 * asked.units.length };
      return { lines: rightLines(asked), end: { usage, cost: costOf(connection.model, usage) } };
    });
    const run = createTranslation({ ask, document, connection, lang: 'ru', glossary: listedGlossary() });
    await run.add(units, true);
    run.start(run.get().price);
    await until(run, 'done', 'price');
    expect(run.get()).toMatchObject({ status: 'done', done: 300 });
  });
});

describe('what was paid for', () => {
  it('is kept while the batch is still coming: the page may be closed in its middle', async () => {
    const kept = new Map<string, string>();
    const units = unitsOf(10);
    let goOn = () => {};
    const rest = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    const { ask } = scriptedModel();
    const run = start(units, {
      cache: keptIn(kept),
      async *ask(options) {
        let lines = 0;
        for await (const part of ask(options)) {
          if (++lines > 4) await rest;
          yield part;
        }
      },
    });
    await vi.waitFor(() => expect(kept.size).toBe(4), { timeout: 3_000 });
    expect(run.get().status).toBe('running');
    goOn();
    await until(run, 'done');
    await vi.waitFor(() => expect(kept.size).toBe(10));
  });

  it('is kept under the terms that it was made with, and made again when one changes meanwhile', async () => {
    const kept = new Map<string, string>();
    const units = unitsOf(4);
    const connection = connectionOf();
    const glossary = listedGlossary();
    let edit = () => {};
    const model = scriptedModel((asked, number) => {
      if (number === 1) edit();
      return rightLines(asked);
    });
    const run = start(units, { ...model, cache: keptIn(kept), connection, glossary });
    edit = () => {
      glossary.terms.push(termOf('quorum', 'КВОРУМ', { isLocked: true }));
      run.again([1]);
    };
    await until(run, 'done');
    expect(model.asked.map((batch) => batch.units.map(({ s }) => s))).toEqual([[1, 2, 3, 4], [1]]);
    expect(model.asked[1]?.question).toContain('КВОРУМ');
    // Without the word that the user chose it is another translation.
    await vi.waitFor(() => expect(kept.size).toBe(5));
    const others = scriptedModel();
    const later = start(units, { ...others, cache: keptIn(kept), connection, glossary });
    await until(later, 'done');
    expect(others.asked).toHaveLength(0);
    expect(later.placements()[0]?.text).toBe(translated(units[0]?.text ?? ''));
  });
});

describe('a term that is locked as the model called it', () => {
  const units = unitsOf(12);
  const connection = connectionOf();
  const quorum = translated('quorum');
  const translate = async (kept: Map<string, string>, terms: Term[], ask = scriptedModel()) => {
    const run = start(units, { ...ask, cache: keptIn(kept), connection, glossary: listedGlossary(terms) });
    await until(run, 'done');
    await new Promise((resolve) => setTimeout(resolve, 10));
    return { asked: ask.asked.flatMap((batch) => batch.units), run };
  };

  it('makes nothing dearer that is called so already, and is free to unlock again', async () => {
    const kept = new Map<string, string>();
    await translate(kept, [termOf('quorum', quorum)]);
    const locked = termOf('quorum', quorum, { isLocked: true });
    expect((await translate(kept, [locked])).asked).toEqual([]);
    expect((await translate(kept, [termOf('quorum', quorum)])).asked).toEqual([]);
  });

  it('is paid for where it is called otherwise, once, also when it is unlocked later', async () => {
    const kept = new Map<string, string>();
    await translate(kept, [termOf('quorum', 'КВОРУМ')]);
    const locked = termOf('quorum', 'КВОРУМ', { isLocked: true });
    const first = await translate(kept, [locked]);
    expect(first.asked.length).toBeGreaterThan(0);
    expect(first.asked.every(({ x }) => x.includes('quorum'))).toBe(true);
    expect((await translate(kept, [locked])).asked).toEqual([]);
    expect((await translate(kept, [termOf('quorum', 'КВОРУМ')])).asked).toEqual([]);
  });
});

describe('a unit that is longer than a model can answer', () => {
  const long = Array.from(
    { length: 60 },
    (_, index) => `Sentence ${index} of <${index + 1}>the minutes</${index + 1}> tells what the chair said.`,
  ).join(' ');
  const unit: PageUnit = { id: 7, kind: 'text', text: long };
  const shortOf = () => {
    const connection = connectionOf();
    Object.assign(connection.model, { outputLimit: 600 });
    return connection;
  };
  /** Answers no more than so many tokens, as all models do. */
  const limited = (characters: number) =>
    scriptedModel((asked) => {
      const [line = ''] = rightLines(asked);
      return line.length <= characters ? [line] : { lines: [], end: { reason: 'length' as const } };
    });

  it('is asked for in sentences, whole, and put together again with every mark', async () => {
    const model = limited(2_000);
    const run = start([unit], { ...model, connection: shortOf() });
    await until(run, 'done');
    expect(run.get()).toMatchObject({ done: 1, failed: [] });
    expect(run.placements()[0]?.text).toBe(translated(long));
    expect(model.asked.length).toBeGreaterThan(2);
    expect(model.asked.map(({ units }) => units[0]?.x).join(' ')).toBe(long);
    // The sentences before go with each piece.
    expect(model.asked[1]?.question).toContain(
      JSON.stringify({ source: model.asked[0]?.units[0]?.x }).slice(1, -1),
    );
  });

  it('is divided further where the model breaks off before its limit, and repeats nothing that came', async () => {
    const model = limited(700);
    const run = start([unit], { ...model, connection: connectionOf() });
    await until(run, 'done');
    expect(run.placements()[0]?.text).toBe(translated(long));
    expect(model.asked.length).toBeLessThan(20);
  });

  it('goes on at the piece at which it was paused', async () => {
    const model = limited(2_000);
    let held = () => {};
    const run = start([unit], {
      connection: shortOf(),
      async *ask(options) {
        if (model.asked.length === 2) await new Promise<void>((resolve) => (held = resolve));
        yield* model.ask(options);
      },
    });
    await vi.waitFor(() => expect(model.asked).toHaveLength(2));
    run.pause();
    held();
    await new Promise((resolve) => setTimeout(resolve, 20));
    run.resume();
    await until(run, 'done');
    expect(run.placements()[0]?.text).toBe(translated(long));
    const asked = model.asked.map(({ units }) => units[0]?.x);
    expect(new Set(asked).size).toBeGreaterThanOrEqual(asked.length - 1);
  });

  it('keeps its words when a model loses the marks of a piece', async () => {
    const model = scriptedModel((asked) => rightLines(asked).map((line) => line.replace(/<\/?\d+\/?>/g, '')));
    const run = start([unit], { ...model, connection: shortOf() });
    await until(run, 'done');
    expect(run.get()).toMatchObject({ done: 1, failed: [] });
    expect(run.placements()[0]?.text).toBe(translated(long).replace(/<\/?\d+\/?>/g, ''));
  });
});

it('sends a unit with line breaks as one line where lines are the form', async () => {
  const unit: PageUnit = {
    id: 1,
    kind: 'text',
    text: 'The first verse of it\n2|and the second one\r\nand more',
  };
  const model = scriptedModel((asked, number) => (number < 3 ? ['no'] : rightLines(asked)));
  const run = start([unit], model);
  await until(run, 'done');
  expect(model.asked[2]?.units).toEqual([{ s: 1, x: 'The first verse of it 2|and the second one and more' }]);
  expect(run.get()).toMatchObject({ done: 1 });
});

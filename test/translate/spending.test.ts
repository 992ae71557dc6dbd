import { describe, expect, it, vi } from 'vitest';
import type { Connection } from '@/utils/models/types';
import { createTranslation, type TranslationOptions } from '@/utils/translate/run';
import type { PageUnit, TranslationCache } from '@/utils/translate/types';
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

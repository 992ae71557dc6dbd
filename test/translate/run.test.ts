import { describe, expect, it, vi } from 'vitest';
import type { Connection } from '@/utils/models/types';
import { createTranslation, type TranslationOptions } from '@/utils/translate/run';
import type { PageUnit, TranslationCache } from '@/utils/translate/types';
import { cpuTime } from '../cpu-time';
import { documentOf, listedGlossary, rightLines, scriptedModel, termOf, translated } from './scripted';

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

/** Each test has a model of its own: what is learned about one is remembered. */
let models = 0;
const connectionOf = (model: Partial<Connection['model']> = {}): Connection =>
  ({
    provider: { id: 'custom', name: 'Test', wire: 'openai-compatible' },
    baseUrl: 'http://127.0.0.1:1',
    model: { id: `model ${models++}`, name: 'Model', window: 200_000, outputLimit: 8_000, ...model },
  }) as unknown as Connection;

function start(
  units: PageUnit[],
  { ask, ...options }: Partial<TranslationOptions> & Pick<TranslationOptions, 'ask'>,
) {
  const places: [number, string][] = [];
  const run = createTranslation({
    document: documentOf(units),
    connection: connectionOf(),
    lang: 'ru',
    glossary: listedGlossary(),
    ...options,
    ask,
  });
  run.onPlace((list) => places.push(...list.map(({ unit, text }): [number, string] => [unit, text])));
  void run.add(units, true);
  run.start();
  return { run, places };
}
const until = (run: { get(): { status: string } }, ...statuses: string[]) =>
  vi.waitFor(() => expect(statuses).toContain(run.get().status), { timeout: 5_000, interval: 5 });

/** What each unit was translated as last, in the order of the units. */
const lastOf = (places: [number, string][]) => [...new Map(places)].sort(([a], [b]) => a - b);
const right = (units: PageUnit[]) => units.map(({ id, text }) => [id, translated(text)]);

describe('a run', () => {
  it('translates every unit once, the first batch alone and then three at a time', async () => {
    const units = unitsOf(300);
    let going = 0;
    const most: number[] = [];
    const model = scriptedModel(async (asked, number) => {
      most[number] = ++going;
      await new Promise((resolve) => setTimeout(resolve, 5));
      going--;
      return rightLines(asked);
    });
    const { run, places } = start(units, model);
    await until(run, 'done');
    expect(lastOf(places)).toEqual(right(units));
    expect(model.asked.flatMap((batch) => batch.units.map(({ s }) => s))).toHaveLength(300);
    expect(most[1]).toBe(1);
    expect(Math.max(...most.slice(2))).toBe(3);
    expect(run.get()).toMatchObject({ total: 300, done: 300, failed: [] });
    expect(run.get().batches).toEqual({ done: model.asked.length, total: model.asked.length });
  });

  it('begins with what is on the screen', async () => {
    const model = scriptedModel();
    const units = unitsOf(200);
    const run = createTranslation({
      document: documentOf(units),
      connection: connectionOf(),
      lang: 'ru',
      glossary: listedGlossary(),
      ask: model.ask,
    });
    await run.add(units, true);
    run.setOrder([120, 121, 122]);
    run.start();
    await until(run, 'done');
    expect(model.asked[0]?.units.slice(0, 4).map(({ s }) => s)).toEqual([120, 121, 122, 1]);
  });

  it('carries the terms that occur in a batch and the last three translations', async () => {
    const glossary = listedGlossary([termOf('quorum', 'КВОРУМ', { isLocked: true })]);
    const model = scriptedModel((asked, number) => [
      ...(number === 1 ? [JSON.stringify({ t: ['tender', 'ТЕНДЕР', 'an offer'] })] : []),
      ...rightLines(asked),
    ]);
    const { run } = start(unitsOf(120), { ...model, glossary });
    await until(run, 'done');
    const [first, second] = model.asked;
    expect(first?.question).toContain('{"term":"quorum","translation":"КВОРУМ","decided":"by the user"}');
    expect(first?.question).not.toContain('ТЕНДЕР');
    expect(second?.question).toContain('{"term":"tender","translation":"ТЕНДЕР"}');
    expect(second?.question.match(/"source":/g)).toHaveLength(3);
    expect(second?.instructions).toBe(first?.instructions);
  });

  it('asks again, alone, for a line that is none of its unit', async () => {
    const units = unitsOf(20);
    const wrong: Record<number, (line: string) => string> = {
      2: (line) => line.replace(/"k":"[^"]*"/, '"k":"Something else"'),
      8: (line) => line.replace(/<\/?\d\/?>/g, ''),
      4: () => JSON.stringify({ s: 4, k: 'West quay', x: units[3]?.text }),
      5: () => JSON.stringify({ s: 5_000, k: 'Middle quay', x: 'Нет' }),
    };
    const model = scriptedModel((asked) =>
      asked.units.length === 1
        ? rightLines(asked)
        : rightLines(asked).map((line, index) => wrong[index + 1]?.(line) ?? line),
    );
    const { run, places } = start(units, model);
    await until(run, 'done');
    expect(lastOf(places)).toEqual(right(units));
    expect(model.asked.slice(1).map((batch) => batch.units.map(({ s }) => s))).toEqual(
      expect.arrayContaining([[2], [4], [5], [8]]),
    );
    expect(run.refusals()).toMatchObject({ shifted: 1, marks: expect.any(Number), copy: 1, id: 1 });
  });

  it('asks for what is missing after the output limit, and repeats nothing', async () => {
    const units = unitsOf(40);
    const model = scriptedModel((asked, number) =>
      number === 1
        ? { lines: [...rightLines(asked).slice(0, 5), '{"s":6,"k":"South'], end: { reason: 'length' } }
        : rightLines(asked),
    );
    const { run, places } = start(units, model);
    await until(run, 'done');
    expect(lastOf(places)).toEqual(right(units));
    expect(model.asked[1]?.units[0]?.s).toBe(6);
    const ids = model.asked.slice(1).flatMap((batch) => batch.units.map(({ s }) => s));
    expect(ids).not.toContain(5);
  });

  it('gives a model that loses count fewer units, at last one at a time in plain lines', async () => {
    const units = unitsOf(8);
    const model = scriptedModel((asked) =>
      asked.units.length === 1
        ? rightLines(asked)
        : rightLines(asked).map((line, index, all) => {
            const other = JSON.parse(all[(index + 1) % all.length] ?? line) as { k: string; x: string };
            return JSON.stringify({ s: asked.units[index]?.s, k: other.k, x: other.x });
          }),
    );
    const { run, places } = start(units, model);
    await until(run, 'done');
    expect(lastOf(places)).toEqual(right(units));
    expect(model.asked.map((batch) => batch.units.length)).toEqual([8, 4, 2, 1, 1, 1, 1, 1, 1, 1, 1]);
    expect(model.asked.at(-1)?.instructions).toContain('its number, then |');
  });

  it('keeps the words of a unit whose marks never come right, and fails what is never translated', async () => {
    const units = unitsOf(4);
    const model = scriptedModel((asked) =>
      rightLines(asked).flatMap((line) => {
        const isFirst = /"s":1\b|^1\|/.test(line);
        return isFirst ? [] : [line.replace(/<\/?\d\/?>/g, '')];
      }),
    );
    const { run, places } = start(units, model);
    await until(run, 'done');
    expect(run.get().failed).toEqual([1]);
    expect(lastOf(places).map(([id]) => id)).toEqual([2, 3, 4]);
    expect(lastOf(places)[0]?.[1]).not.toContain('<');
  });

  it('ends when the model says nothing of use, whatever it says', async () => {
    const model = scriptedModel(() => ['I am sorry, I cannot translate this.']);
    const { run } = start(unitsOf(6), model);
    await until(run, 'done');
    expect(run.get().done).toBe(0);
    expect([...run.get().failed].sort()).toEqual([1, 2, 3, 4, 5, 6]);
    expect(model.asked.length).toBeLessThan(40);
  });

  it('ends when the whole output goes into nothing', async () => {
    const model = scriptedModel(() => ({ lines: [], end: { reason: 'length' as const } }));
    const { run } = start(unitsOf(5), model);
    await until(run, 'done');
    expect(run.get().failed).toHaveLength(5);
    expect(model.asked.length).toBeLessThan(40);
  });

  it('waits as long as the vendor asks, and goes on by itself', async () => {
    const units = unitsOf(10);
    const trouble = { code: 'rate-limited' as const, facts: { seconds: 0.05 } };
    const model = scriptedModel((asked, number) =>
      number === 1 ? { lines: [], end: { reason: 'error' as const, trouble } } : rightLines(asked),
    );
    const { run, places } = start(units, model);
    await until(run, 'waiting');
    expect(run.get().until).toBeGreaterThan(Date.now() - 1_000);
    await until(run, 'done');
    expect(lastOf(places)).toEqual(right(units));
  });

  it('says what went wrong, keeps what came, and goes on from there', async () => {
    const units = unitsOf(120);
    const trouble = { code: 'key-refused' as const, facts: {} };
    let isMended = false;
    const model = scriptedModel((asked, number) =>
      number === 1 || isMended
        ? rightLines(asked)
        : { lines: [], end: { reason: 'error' as const, trouble } },
    );
    const { run, places } = start(units, model);
    await until(run, 'failed');
    expect(run.get().trouble).toEqual(trouble);
    const before = places.length;
    expect(before).toBe(model.asked[0]?.units.length);
    isMended = true;
    run.start();
    await until(run, 'done');
    expect(places).toHaveLength(120);
    expect(lastOf(places)).toEqual(right(units));
  });

  it('sends nothing while it is paused, and repeats nothing that has come', async () => {
    const units = unitsOf(200);
    const model = scriptedModel();
    const { run, places } = start(units, model);
    await vi.waitFor(() => expect(places.length).toBeGreaterThan(5), { interval: 1 });
    run.pause();
    await new Promise((resolve) => setTimeout(resolve, 30));
    const [asked, had] = [model.asked.length, places.length];
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect([model.asked.length, places.length]).toEqual([asked, had]);
    run.resume();
    await until(run, 'done');
    expect(places).toHaveLength(200);
    expect(lastOf(places)).toEqual(right(units));
  });

  it('pays for nothing twice', async () => {
    const kept = new Map<string, string>();
    const cache: TranslationCache = {
      read: async (keys) => keys.map((key) => kept.get(key)),
      write: async (entries) => {
        for (const { key, text } of entries) kept.set(key, text);
      },
    };
    const units = unitsOf(50);
    const connection = connectionOf();
    const first = start(units, { ...scriptedModel(), cache, connection });
    await until(first.run, 'done');
    await vi.waitFor(() => expect(kept.size).toBe(50));
    const model = scriptedModel();
    const again = start(units, { ...model, cache, connection });
    await until(again.run, 'done');
    expect(model.asked).toHaveLength(0);
    expect(lastOf(again.places)).toEqual(right(units));
    // Another word for a term is another translation of the paragraphs that have it, and of no others.
    const glossary = listedGlossary([termOf('quorum', 'КВОРУМ', { origin: 'user' })]);
    const edited = scriptedModel();
    const third = start(units, { ...edited, cache, connection, glossary });
    await until(third.run, 'done');
    const asked = edited.asked.flatMap((batch) => batch.units);
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.every(({ x }) => x.includes('quorum'))).toBe(true);
  });

  it('looks at ten thousand units and at what is kept of them without keeping anybody waiting', async () => {
    const units = unitsOf(10_000);
    const cache: TranslationCache = {
      read: async (keys) => keys.map(() => undefined),
      write: async () => {},
    };
    const run = createTranslation({
      ...scriptedModel(),
      document: documentOf(units),
      connection: connectionOf(),
      lang: 'ru',
      glossary: listedGlossary([termOf('quorum', 'КВОРУМ', { origin: 'user' })]),
      cache,
    });
    let isOver = false;
    let longest = 0;
    const watching = (async () => {
      while (!isOver) {
        const before = cpuTime();
        await new Promise((resolve) => setImmediate(resolve));
        longest = Math.max(longest, cpuTime() - before);
      }
    })();
    await run.add(units, true);
    isOver = true;
    await watching;
    expect(run.get().total).toBe(10_000);
    expect(longest).toBeLessThan(100);
  });

  it('leaves alone what is in the language already, and says so when that is all', async () => {
    const russian: PageUnit[] = [
      {
        id: 1,
        kind: 'text',
        text: 'Председатель открыл заседание в половине десятого и отметил, что кворум есть.',
      },
    ];
    const model = scriptedModel();
    const { run } = start(russian, { ...model, document: documentOf(russian, 'ru') });
    await until(run, 'done');
    expect(model.asked).toHaveLength(0);
    expect(run.get()).toMatchObject({ skipped: 1, total: 0, already: 'ru' });
  });

  it('translates again what is wanted again, and what comes later', async () => {
    const units = unitsOf(10);
    const model = scriptedModel();
    const { run, places } = start(units, model);
    await until(run, 'done');
    run.again([3, 4]);
    await vi.waitFor(() => expect(places).toHaveLength(12));
    await until(run, 'done');
    expect(model.asked.at(-1)?.units.map(({ s }) => s)).toEqual([3, 4]);
    await run.add([{ id: 11, kind: 'text', text: 'Another paragraph that the page has shown since.' }], true);
    await vi.waitFor(() => expect(places).toHaveLength(13));
  });

  it('reckons what it will cost before anything is sent', async () => {
    const units = unitsOf(400);
    const price = { currency: 'USD' as const, input: 1, output: 4, cacheRead: 0.1 };
    const run = createTranslation({
      document: documentOf(units),
      connection: connectionOf({ price }),
      lang: 'ru',
      glossary: listedGlossary(),
      ask: scriptedModel().ask,
    });
    await run.add(units, true);
    const { price: money, cachedShare = 0, batches } = run.get();
    expect(money).toMatchObject({ currency: 'USD', exact: false });
    expect(batches.total).toBeGreaterThan(3);
    expect(cachedShare).toBeGreaterThan(0.4);
    expect(cachedShare).toBeLessThan(1);
  });
});

import { describe, expect, it } from 'vitest';
import { createState } from '@/utils/chat/state';
import type { Money } from '@/utils/context/money';
import { measureLongText } from '@/utils/context/tokens';
import type { Model } from '@/utils/models/types';
import { numberPassages } from '@/utils/source';
import { createListeners } from '@/utils/translate/listeners';
import type { Engine } from '@/utils/translate/page-run-types';
import { createSectionedRun } from '@/utils/translate/sectioned-run';
import { createSectionFinder, sectionsOf } from '@/utils/translate/sections';
import type { PageUnit, Placement, TranslationState } from '@/utils/translate/types';

const paragraph = (index: number) =>
  `Paragraph ${index} tells of the harbour, its keeper and the lamp that nobody lit. `.repeat(4).trim();
const unit = (index: number): PageUnit => ({ id: index, text: paragraph(index), kind: 'text' });

async function longDocument(count: number) {
  const numbered = numberPassages(
    Array.from({ length: count }, (_, index) => ({ text: paragraph(index + 1), kind: 'text' as const })),
  );
  const source = { id: 's', kind: 'page', title: 'Harbour', url: 'https://a.test/', gaps: [], ...numbered };
  return { source, ...(await measureLongText(numbered.text)) } as never;
}

const model = { id: 'm', name: 'M', window: 24_000 } as Model;

describe('sections of a document', () => {
  it('are all of it, in order, with the numbers that its paragraphs have', async () => {
    const document = await longDocument(400);
    const sections = (await sectionsOf(document, model)) ?? [];
    expect(sections.length).toBeGreaterThan(1);
    const all = sections.flatMap(({ source }) => source.segments.map(({ number }) => number));
    expect(all).toEqual(Array.from({ length: 400 }, (_, index) => index + 1));
    for (let index = 1; index <= 400; index++)
      expect(sections.filter(({ source }) => source.text.includes(paragraph(index)))).toHaveLength(1);
    for (const { tokens } of sections) expect(tokens).toBeLessThan(model.window);
  });

  it('are none where the model holds it all', async () => {
    expect(await sectionsOf(await longDocument(5), model)).toBeUndefined();
  });

  it('are found for units, also for those that stand in none', async () => {
    const sections = (await sectionsOf(await longDocument(400), model)) ?? [];
    const find = createSectionFinder(sections);
    expect(find(unit(1))).toBe(0);
    expect(find({ id: 900, text: 'Menu and search', kind: 'label' })).toBe(0);
    expect(find(unit(400))).toBe(sections.length - 1);
    expect(find({ id: 901, text: 'About us', kind: 'label' })).toBe(sections.length - 1);
    expect(find(unit(2))).toBe(0);
  });
});

function fakeEngine(over: Partial<TranslationState> = {}) {
  const ids: number[] = [];
  const agreed: (Money | undefined)[] = [];
  const state = createState<TranslationState>({
    status: 'idle',
    total: 0,
    done: 0,
    failed: [],
    batches: { done: 0, total: 1 },
    skipped: 0,
    ...over,
  });
  const set = (change: Partial<TranslationState>) => state.set({ ...state.get(), ...change });
  const places = createListeners<Placement[]>();
  const calls: string[] = [];
  const engine: Engine = {
    get: state.get,
    subscribe: state.subscribe,
    add: async (units) => {
      ids.push(...units.map(({ id }) => id));
      set({ total: ids.length });
    },
    setOrder: (order) => void calls.push(`order ${order.join()}`),
    remove: () => {},
    start: (sum) => {
      agreed.push(sum);
      calls.push('start');
      set({ status: 'running' });
    },
    pause: () => set({ status: 'paused' }),
    resume: () => set({ status: 'running' }),
    stop: () => set({ status: 'stopped' }),
    again: (some) => void calls.push(`again ${some.join()}`),
    onPlace: places.on,
    onWaiting: () => () => {},
    onFailed: () => () => {},
  };
  return { engine, ids, calls, agreed, set, finish: () => set({ status: 'done', done: ids.length }) };
}

describe('a run over sections', () => {
  it('shares what was agreed among its sections, and asks with the sum of all of them', async () => {
    const money = (amount: number) => ({ currency: 'USD' as const, amount, exact: false });
    const [one, two] = [fakeEngine({ price: money(2) }), fakeEngine({ price: money(3) })];
    const run = createSectionedRun([one.engine, two.engine], ({ id }) => (id < 10 ? 0 : 1));
    await run.add([unit(1), unit(11)], true);
    run.start(money(5));
    expect(one.agreed).toEqual([money(2)]);
    one.set({ status: 'price', spent: money(1), price: money(6) });
    expect(run.get()).toMatchObject({ status: 'price', spent: money(1), price: money(9) });
    run.start(money(10));
    expect(one.agreed).toEqual([money(2), money(7)]);
    one.set({ spent: money(6), price: undefined });
    one.finish();
    expect(two.agreed).toEqual([money(4)]);
  });

  it('takes one section after the other, the one on the screen first, and sums them up', async () => {
    const [one, two, three] = [fakeEngine(), fakeEngine(), fakeEngine()];
    const engines = [one.engine, two.engine, three.engine];
    const run = createSectionedRun(engines, ({ id }) => (id < 10 ? 0 : id < 20 ? 1 : 2));
    await run.add([unit(1), unit(2), unit(11), unit(21)], true);
    run.setOrder([11, 1, 2, 21]);
    run.start();
    expect([one, two, three].map(({ calls }) => calls.includes('start'))).toEqual([false, true, false]);
    two.finish();
    expect(one.calls).toContain('start');
    expect(run.get()).toMatchObject({ status: 'running', total: 4, done: 1 });
    run.pause();
    expect(run.get().status).toBe('paused');
    run.resume();
    one.finish();
    three.finish();
    expect(run.get()).toMatchObject({ status: 'done', total: 4, done: 4 });
    run.again([2, 21]);
    expect([one.calls.at(-1), three.calls.at(-1)]).toEqual(['again 2', 'again 21']);
  });
});

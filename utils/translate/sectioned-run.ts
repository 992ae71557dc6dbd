/** One run over the sections of a document: one section after the other, so that each has the terms of those before. */

import { createState } from '../chat/state';
import { type Money, sumMoney } from '../context/money';
import { createListeners } from './listeners';
import type { Engine } from './page-run-types';
import type { PageUnit, Placement, TranslationState } from './types';

const amountsOf = ({ spent, price }: TranslationState): Money[] => [spent, price].flatMap((one) => one ?? []);

/** @param find the section (its place in `engines`) that a unit stands in */
export function createSectionedRun(engines: readonly Engine[], find: (unit: PageUnit) => number): Engine {
  const placed = createListeners<Placement[]>();
  const waiting = createListeners<number[]>();
  const failed = createListeners<number[]>();
  const sectionOfUnit = new Map<number, number>();
  let current = 0;
  let isStarted = false;
  /** What all sections together may cost. */
  let agreed: Money | undefined;
  const engine = () => engines[current] as Engine;

  const together = (): TranslationState => {
    const all = engines.map((one) => one.get());
    const now = engine().get();
    const sum = (of: (state: TranslationState) => number) => all.reduce((total, one) => total + of(one), 0);
    const isDone = all.every((one) => one.status === 'done' || one.done + one.failed.length >= one.total);
    const prices = sumMoney(all.flatMap(({ price }) => price ?? []));
    const spent = sumMoney(all.flatMap((one) => one.spent ?? []));
    return {
      ...now,
      // Between two sections it is still at work.
      status: now.status === 'done' && !isDone ? 'running' : now.status,
      total: sum(({ total }) => total),
      done: sum(({ done }) => done),
      skipped: sum(({ skipped }) => skipped),
      failed: all.flatMap((one) => one.failed),
      batches: { done: sum(({ batches }) => batches.done), total: sum(({ batches }) => batches.total) },
      ...(prices.length === 1 ? { price: prices[0] } : {}),
      ...(spent.length === 1 ? { spent: spent[0] } : {}),
      already: sum(({ total }) => total) === 0 ? all.find((one) => one.already)?.already : undefined,
    };
  };
  const state = createState<TranslationState>(together());
  const tell = () => state.set(together());

  const next = () => {
    if (!isStarted || engine().get().status !== 'done') return;
    const open = engines.findIndex((one) => {
      const { status, total, done, failed: lost } = one.get();
      return status === 'idle' && done + lost.length < total;
    });
    if (open < 0) return;
    current = open;
    begin();
  };
  /** What is agreed, without what the other sections have cost and will cost. */
  const begin = () => {
    const others = engines.flatMap((one) => (one === engine() ? [] : amountsOf(one.get())));
    const [sum] = sumMoney(others);
    const amount = agreed && Math.max(0, agreed.amount - (sum?.amount ?? 0));
    engine().start(agreed && amount !== undefined ? { ...agreed, amount } : undefined);
  };
  /** What was learned about the model makes the sections dearer that have not begun, too. */
  const reckonAnew = () => {
    for (const one of engines) if (one.get().status === 'idle') void one.add([], true);
  };
  for (const one of engines) {
    let before = one.get().status;
    one.subscribe(() => {
      const { status } = one.get();
      if (status === 'price' && status !== before) reckonAnew();
      before = status;
      next();
      tell();
    });
    one.onPlace(placed.tell);
    one.onWaiting(waiting.tell);
    one.onFailed(() => failed.tell(engines.flatMap((each) => each.get().failed)));
  }
  const bySection = (ids: readonly number[]) =>
    engines.map((_, section) => ids.filter((id) => sectionOfUnit.get(id) === section));

  return {
    get: state.get,
    subscribe: state.subscribe,
    async add(units, complete) {
      for (const unit of units) sectionOfUnit.set(unit.id, find(unit));
      await Promise.all(
        engines.map((one, section) =>
          one.add(
            units.filter(({ id }) => sectionOfUnit.get(id) === section),
            complete,
          ),
        ),
      );
      tell();
    },
    setOrder(ids) {
      const [first] = ids;
      // It begins with the section that is on the screen.
      if (!isStarted && first !== undefined) current = sectionOfUnit.get(first) ?? current;
      for (const [section, some] of bySection(ids).entries()) engines[section]?.setOrder(some);
    },
    remove(ids) {
      for (const [section, some] of bySection(ids).entries()) engines[section]?.remove(some);
      for (const id of ids) sectionOfUnit.delete(id);
    },
    start(sum) {
      isStarted = true;
      agreed = sum;
      begin();
    },
    pause: () => engine().pause(),
    resume: () => engine().resume(),
    stop: () => engine().stop(),
    again(ids) {
      for (const [section, some] of bySection(ids).entries())
        if (some.length > 0) engines[section]?.again(some);
    },
    onPlace: placed.on,
    onWaiting: waiting.on,
    onFailed: failed.on,
  };
}

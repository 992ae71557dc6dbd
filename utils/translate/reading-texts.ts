import type { ToPage } from '../page/translate/types';
import type { Placement } from './types';

/** What the units of a source that is read in two languages have by now, for whoever draws one of them. */

export interface UnitText {
  /** Absent until there is a translation. */
  placement?: Placement;
  isWaiting?: boolean;
  hasFailed?: boolean;
}

const nothing: UnitText = {};

export interface ReadingTexts {
  get(unit: number): UnitText;
  /** Calls `listener` when something about this unit changes. */
  subscribe(unit: number, listener: () => void): () => void;
  /** Calls `listener` when a translation came, for what looks at all of them. */
  onPlace(listener: () => void): () => void;
  /** How many translations came so far: another number, other texts. */
  version(): number;
  /** Takes what a page would be told. */
  take(message: ToPage): void;
  clear(): void;
}

export function createReadingTexts(): ReadingTexts {
  const units = new Map<number, UnitText>();
  const listeners = new Map<number, Set<() => void>>();
  const placed = new Set<() => void>();
  let waiting = new Set<number>();
  let failed = new Set<number>();
  let version = 0;

  const change = (unit: number, what: UnitText) => {
    const next = { ...units.get(unit), ...what };
    for (const key of Object.keys(next) as (keyof UnitText)[]) if (!next[key]) delete next[key];
    units.set(unit, next);
    for (const listener of listeners.get(unit) ?? []) listener();
  };
  /** Those that are no longer, and those that are new. */
  const move = (before: Set<number>, after: Set<number>, sign: 'isWaiting' | 'hasFailed') => {
    for (const unit of before) if (!after.has(unit)) change(unit, { [sign]: false });
    for (const unit of after) if (!before.has(unit)) change(unit, { [sign]: true });
  };
  const say = () => {
    version++;
    for (const listener of placed) listener();
  };

  return {
    get: (unit) => units.get(unit) ?? nothing,
    subscribe(unit, listener) {
      const some = listeners.get(unit) ?? new Set();
      listeners.set(unit, some.add(listener));
      return () => {
        some.delete(listener);
        if (some.size === 0) listeners.delete(unit);
      };
    },
    onPlace(listener) {
      placed.add(listener);
      return () => placed.delete(listener);
    },
    version: () => version,
    take(message) {
      if (message.type === 'place') {
        for (const placement of message.placements) {
          waiting.delete(placement.unit);
          failed.delete(placement.unit);
          change(placement.unit, { placement, isWaiting: false, hasFailed: false });
        }
        say();
      } else if (message.type === 'waiting') {
        const next = new Set(message.units);
        move(waiting, next, 'isWaiting');
        waiting = next;
      } else if (message.type === 'failed') {
        const next = new Set(message.units);
        move(failed, next, 'hasFailed');
        failed = next;
      }
    },
    clear() {
      const all = [...units.keys()];
      units.clear();
      waiting = new Set();
      failed = new Set();
      for (const unit of all) for (const listener of listeners.get(unit) ?? []) listener();
      say();
    },
  };
}

/** The units of a run, how each of them stands, and which comes next. Every change costs the same, however many there are. */

import { plainMarked } from '../page/translate/marked';
import type { Division } from './divide';
import { expectedTokens } from './measure';
import type { PageUnit } from './types';

export type UnitState = 'new' | 'asked' | 'done' | 'failed' | 'skipped';

export interface Entry {
  readonly unit: PageUnit;
  /** Its text without marks. */
  readonly plain: string;
  /** That its translation will have. */
  readonly tokens: number;
  readonly state: UnitState;
  /** Its translation, marked. */
  text?: string;
  /** Requests in which it was refused. */
  tries: number;
  /** What the last of them wrote, when only its marks were wrong. */
  unmarked?: string;
  /** It is to be asked for once more: the user wanted that, or changed a term, while it was being translated. */
  isAgain?: boolean;
  /** It is asked for in pieces: it is more than the model writes in one answer. */
  division?: Division;
  /** Under which its translation is kept: what it was made of when it was asked for. */
  keys?: Promise<string[]>;
}

type Writable = { -readonly [Key in keyof Entry]: Entry[Key] };

export interface UnitList {
  /** Those that are new, in the order of the page. */
  add(units: readonly PageUnit[]): Entry[];
  get(id: number): Entry | undefined;
  remove(ids: readonly number[]): void;
  set(entry: Entry, state: UnitState): void;
  /** What is wanted first; all others come after, in the order of the page. */
  setOrder(ids: readonly number[]): void;
  /** Wanted before all others. */
  prefer(ids: readonly number[]): void;
  /** Those that wait for a request, the most wanted first. */
  open(): Generator<Entry>;
  /** Ids of the units in a state. */
  in(state: UnitState): number[];
  count(state: UnitState): number;
  /** Up to so many translated units that stand before this one, the nearest last. */
  before(entry: Entry, most: number): Entry[];
  size(): number;
  /** Tokens that the translations of all units in a state will have. */
  tokensOf(state: UnitState): number;
}

/** Places that are looked at for translations before a unit. */
const farthest = 60;

export function createUnitList(): UnitList {
  const entries = new Map<number, Entry>();
  const sequence: Entry[] = [];
  const positions = new Map<number, number>();
  const states: Record<UnitState, Set<number>> = {
    new: new Set(),
    asked: new Set(),
    done: new Set(),
    failed: new Set(),
    skipped: new Set(),
  };
  let preferred: number[] = [];
  const tokens: Record<UnitState, number> = { new: 0, asked: 0, done: 0, failed: 0, skipped: 0 };

  const leave = ({ unit: { id }, tokens: own, state }: Entry) => {
    states[state].delete(id);
    tokens[state] -= own;
  };
  const enter = ({ unit: { id }, tokens: own, state }: Entry) => {
    states[state].add(id);
    tokens[state] += own;
  };

  return {
    add(units) {
      const added: Entry[] = [];
      for (const unit of units) {
        if (entries.has(unit.id)) continue;
        const entry: Entry = {
          unit,
          plain: plainMarked(unit.text),
          tokens: expectedTokens(unit.text),
          state: 'new',
          tries: 0,
        };
        entries.set(unit.id, entry);
        positions.set(unit.id, sequence.push(entry) - 1);
        enter(entry);
        added.push(entry);
      }
      return added;
    },
    get: (id) => entries.get(id),
    remove(ids) {
      for (const id of ids) {
        const entry = entries.get(id);
        if (!entry) continue;
        leave(entry);
        entries.delete(id);
      }
    },
    set(entry, state) {
      // What was removed meanwhile is nobody's any more.
      if (entries.get(entry.unit.id) !== entry || entry.state === state) return;
      leave(entry);
      (entry as Writable).state = state;
      enter(entry);
    },
    setOrder(ids) {
      const first = ids.filter((id) => states.new.has(id));
      states.new = new Set([...first, ...states.new]);
    },
    prefer(ids) {
      preferred = [...ids, ...preferred];
    },
    *open() {
      // Wanted more than once, it is wanted once.
      const seen = new Set(preferred.filter((id) => states.new.has(id)));
      preferred = [...seen];
      for (const id of seen) {
        const entry = entries.get(id);
        if (entry) yield entry;
      }
      for (const id of states.new) {
        const entry = seen.has(id) ? undefined : entries.get(id);
        if (entry) yield entry;
      }
    },
    in: (state) => [...states[state]],
    count: (state) => states[state].size,
    before(entry, most) {
      const place = positions.get(entry.unit.id) ?? 0;
      const found: Entry[] = [];
      for (let at = place - 1; at >= 0 && at >= place - farthest && found.length < most; at--) {
        const one = sequence[at];
        if (one?.state === 'done' && one.text !== undefined) found.unshift(one);
      }
      return found;
    },
    size: () => entries.size,
    tokensOf: (state) => tokens[state],
  };
}

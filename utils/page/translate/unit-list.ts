import { createSlices, type Slices } from '../../source/slices';
import { composedParent } from '../visibility/tree';
import type { Forms } from './forms';
import { cutOf, isGone, isIntact } from './intact';
import type { ShadowRootOf } from './roles';
import type { Run } from './run';
import { segment } from './segment';
import type { Extent, FromPage, PageUnit } from './types';
import type { Unit } from './unit';

type Root = Element | Document | ShadowRoot;

export interface UnitListOptions {
  shadowRootOf: ShadowRootOf;
  /** A text as the page wrote it. */
  textOf(node: Text): string;
  forms: Forms;
  send(message: FromPage): void;
  onRoot(root: Document | ShadowRoot): void;
  onHidden(element: Element): void;
  onForeign(frame: Element): void;
  /** Has a unit written again. */
  write(id: number): void;
}

export interface WalkOptions {
  isFirst?: boolean;
  isOver(): boolean;
  /** Runs in these are not told when they are new: see `Unit.isBusy`. */
  busy?: ReadonlySet<Root>;
  /** What is not in the page any more may come again in a part that is looked at later: it is kept. */
  mayReturn?: boolean;
}

export interface UnitList {
  readonly all: ReadonlyMap<number, Unit>;
  extent: Extent;
  /**
   * Cuts parts of the page, again where they were cut before: what is as it was keeps its unit, nodes made anew with the
   * same words take over the unit of those that are gone, the rest is new or gone. Ends early when it is over.
   */
  walk(roots: ReadonlySet<Root>, options: WalkOptions): Promise<void>;
  /** True for a node that stands at the top of a run which was cut. */
  isKnown(node: Node): boolean;
  /** The unit of a node that stands at the top of its run. */
  at(node: Node): number | undefined;
  /** Units that were not told are as good as new. Returns what there is to be told. */
  release(ids: Iterable<number>): PageUnit[];
  /** Numbers are not used again. */
  clear(): void;
}

/** Units told at once while the page is walked. */
const toldAtOnce = 100;

export function createUnitList(options: UnitListOptions): UnitList {
  const { textOf, forms, send, write } = options;
  const units = new Map<number, Unit>();
  let unitAt = new WeakMap<Node, number>();
  const nodesAt = new WeakMap<Node, number>();
  let nextId = 1;

  function bind(unit: Unit, run: Run): void {
    unit.run = run;
    unit.cut = cutOf(run, textOf);
    unit.shown = undefined;
    for (const node of run.outer) unitAt.set(node, unit.id);
    for (const node of run.nodes) nodesAt.set(node, unit.id);
  }

  function unbind(unit: Unit): void {
    forms.leave(unit);
    for (const node of unit.run.outer) if (unitAt.get(node) === unit.id) unitAt.delete(node);
  }

  function add(run: Run): Unit {
    const cut = cutOf(run, textOf);
    const unit: Unit = { id: nextId++, run, cut, state: 'idle', form: 'none', changed: [] };
    units.set(unit.id, unit);
    bind(unit, run);
    return unit;
  }

  /** Units of which something has changed, by their text. They are free for nodes with the same. */
  async function loosen(
    roots: ReadonlySet<Root>,
    slices: Slices,
    isOver: () => boolean,
  ): Promise<Map<string, Unit[]>> {
    const lost = new Map<string, Unit[]>();
    for (const unit of units.values()) {
      const pause = slices.step();
      if (pause) {
        await pause;
        if (isOver()) break;
      }
      const [node] = unit.run.outer;
      if (!node || (!isGone(node) && !isInOne(node, roots))) continue;
      if (isIntact(unit, textOf)) {
        if (!forms.stands(unit)) write(unit.id);
        continue;
      }
      unbind(unit);
      const known = lost.get(unit.run.text);
      if (known) known.push(unit);
      else lost.set(unit.run.text, [unit]);
    }
    return lost;
  }

  function* cutAll(roots: ReadonlySet<Root>): Generator<Run | undefined> {
    const { extent, isKnown } = list;
    for (const root of roots) yield* segment(root, { ...options, extent, isKnown });
  }

  const list: UnitList = {
    all: units,
    extent: 'main',
    async walk(roots, { isFirst = false, isOver, busy, mayReturn }) {
      const slices = createSlices();
      const lost = await loosen(roots, slices, isOver);
      if (isOver()) return;
      let found: PageUnit[] = [];
      const tell = (complete: boolean) => {
        if (found.length > 0 || complete) send({ type: 'units', units: found, complete });
        found = [];
      };
      for (const run of cutAll(roots)) {
        const pause = slices.rest();
        if (pause) {
          await pause;
          if (isOver()) return;
        }
        if (!run || run.outer.some(list.isKnown)) continue;
        const known = lost.get(run.text)?.shift();
        if (known) {
          bind(known, run);
          write(known.id);
          continue;
        }
        const unit = add(run);
        if (busy && isInOne(run.outer[0] as Node, busy)) {
          Object.assign(unit, { state: 'failed', isBusy: true } satisfies Partial<Unit>);
          write(unit.id);
        } else if (found.push(told(unit)) >= toldAtOnce) tell(false);
      }
      if (isFirst && units.size === 0 && list.extent === 'main') {
        list.extent = 'all';
        return list.walk(roots, { isFirst, isOver });
      }
      tell(isFirst);
      const gone = [...lost.values()]
        .flat()
        .filter(({ run }) => !mayReturn || !isGone(run.outer[0] as Node))
        .map(({ id }) => id);
      for (const id of gone) units.delete(id);
      if (gone.length > 0) send({ type: 'gone', units: gone });
    },
    isKnown: (node) => unitAt.has(node),
    at: (node) => nodesAt.get(node),
    release(ids) {
      const free = [...ids].flatMap((id) => units.get(id) ?? []).filter(({ isBusy }) => isBusy);
      for (const unit of free) {
        Object.assign(unit, { state: 'idle', isBusy: false } satisfies Partial<Unit>);
        write(unit.id);
      }
      return free.map(told);
    },
    clear() {
      units.clear();
      unitAt = new WeakMap();
    },
  };
  return list;
}

export const told = ({ id, run: { text, kind, lang } }: Unit): PageUnit => ({
  id,
  text,
  kind,
  ...(lang ? { lang } : {}),
});

/** Whether a node stands in one of these, shadow trees and frames included, as it is and as it is shown. */
export function isInOne(node: Node, roots: ReadonlySet<Node>): boolean {
  if (roots.size === 0) return false;
  for (let at: Node | null = node; at; at = aboveOf(at)) if (roots.has(at)) return true;
  let at: Element | null = node.nodeType === 1 ? (node as Element) : node.parentElement;
  for (; at; at = composedParent(at) ?? frameOf(at.ownerDocument)) if (roots.has(at)) return true;
  return false;
}

const frameOf = (document: Node) => (document as Partial<Document>).defaultView?.frameElement ?? null;

const aboveOf = (node: Node): Node | null =>
  node.parentNode ?? (node as Partial<ShadowRoot>).host ?? (node.nodeType === 9 ? frameOf(node) : null);

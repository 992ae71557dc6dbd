import { createSlices } from '../slices';
import { composedParent } from '../visibility/tree';
import type { Forms } from './forms';
import { cutOf, isIntact } from './intact';
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
  /** Has a unit written again. */
  write(id: number): void;
  watch(id: number, box: Element): void;
  forget(id: number, box: Element): void;
}

export interface UnitList {
  readonly all: ReadonlyMap<number, Unit>;
  extent: Extent;
  /**
   * Cuts a part of the page, again where it was cut before: what is as it was keeps its unit, nodes made anew with the
   * same words take over the unit of those that are gone, the rest is new or gone. Ends early when it is over.
   */
  walk(root: Root, options: { isFirst: boolean; isOver(): boolean }): Promise<void>;
  /** The unit of a node that stands at the top of its run. */
  at(node: Node): number | undefined;
  drop(id: number): void;
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
    options.watch(unit.id, run.box);
  }

  function unbind(unit: Unit): void {
    forms.leave(unit);
    options.forget(unit.id, unit.run.box);
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
  function loosen(root: Root): Map<string, Unit[]> {
    const lost = new Map<string, Unit[]>();
    for (const unit of units.values()) {
      const [node] = unit.run.outer;
      if (!node || (node.isConnected && !isIn(node, root))) continue;
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

  const list: UnitList = {
    all: units,
    extent: 'main',
    async walk(root, { isFirst, isOver }) {
      const lost = loosen(root);
      let found: PageUnit[] = [];
      const tell = (complete: boolean) => {
        if (found.length > 0 || complete) send({ type: 'units', units: found, complete });
        found = [];
      };
      const slices = createSlices();
      const isKnown = (node: Node) => unitAt.has(node);
      for (const run of segment(root, { ...options, extent: list.extent, isKnown })) {
        const pause = slices.rest();
        if (pause) {
          await pause;
          if (isOver()) return;
        }
        if (!run || run.outer.some(isKnown)) continue;
        const known = lost.get(run.text)?.shift();
        if (known) {
          bind(known, run);
          write(known.id);
        } else if (found.push(told(add(run))) >= toldAtOnce) tell(false);
      }
      if (isFirst && units.size === 0 && list.extent === 'main') {
        list.extent = 'all';
        return list.walk(root, { isFirst, isOver });
      }
      tell(isFirst);
      const gone = [...lost.values()].flat().map(({ id }) => id);
      for (const id of gone) units.delete(id);
      if (gone.length > 0) send({ type: 'gone', units: gone });
    },
    at: (node) => nodesAt.get(node),
    drop(id) {
      const unit = units.get(id);
      if (!unit) return;
      unbind(unit);
      units.delete(id);
      send({ type: 'gone', units: [id] });
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

/** Whether a node stands in another one, shadow trees and frames included. */
export function isIn(node: Node, root: Node): boolean {
  if (root.contains(node)) return true;
  let at: Element | null = node.nodeType === 1 ? (node as Element) : node.parentElement;
  at ??= (node.parentNode as Partial<ShadowRoot> | null)?.host ?? null;
  for (; at; at = composedParent(at) ?? at.ownerDocument.defaultView?.frameElement ?? null) {
    if (at === root || at.getRootNode() === root || at.ownerDocument === root) return true;
  }
  return false;
}

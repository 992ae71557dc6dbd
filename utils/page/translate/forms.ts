import { createElementMaker, type ElementOptions } from './element';
import type { Ledger } from './ledger';
import { shapeOf, slotsOf } from './marked';
import { bubbleAttribute, langAttribute, offAttribute } from './own';
import { directionOf } from './sheet';
import type { Display } from './types';
import type { Form, Unit } from './unit';

export interface Forms {
  /** Brings a unit into the form that it should have. Only writes; the layout is not asked for. */
  apply(unit: Unit, display: Display): void;
  /** Takes out of the page what was written for a unit. */
  leave(unit: Unit): void;
  /** Whether what was written for a unit is where it was put. */
  stands(unit: Unit): boolean;
}

/**
 * The ways in which a translation stands in the page, and the ways back. Where it is shown alone and its words have
 * changed places, it stands behind the run in the same block, whose own texts are emptied and whose elements are hidden
 * meanwhile. A copy of the block behind it would be left behind when the page moves or removes the block, and be a cell or
 * an item too many (`place.test.ts` shows both).
 */
export function createForms(
  ledger: Ledger,
  { quietly = (write) => write(), ...options }: ElementOptions & { quietly?: (write: () => void) => void },
): Forms {
  const make = createElementMaker(options);

  const leave = (unit: Unit) => {
    const { form, run } = unit;
    unit.form = 'none';
    if (form === 'none') return;
    for (const [element, name] of unit.changed) ledger.restoreAttribute(element, name);
    unit.changed = [];
    if (form === 'filled' || form === 'instead')
      for (const node of run.slots.flat()) ledger.restoreText(node);
    unit.element?.remove();
  };
  const mark = (unit: Unit, element: Element, name: string, value = '') => {
    ledger.setAttribute(element, name, value);
    unit.changed.push([element, name]);
  };
  /** The block says which language it is in, and in which direction it is written. */
  const markLanguage = (unit: Unit) => {
    const parent = parentOf(unit);
    if (!parent) return;
    mark(unit, parent, langAttribute);
    mark(unit, parent, 'lang', options.lang());
    mark(unit, parent, 'dir', directionOf(options.lang()));
  };
  const insert = (unit: Unit) => {
    const last = unit.run.nodes.at(-1);
    if (unit.element && last?.parentNode) last.parentNode.insertBefore(unit.element, last.nextSibling);
  };

  const stands = ({ form, run, element, changed }: Unit): boolean => {
    if (form === 'none') return true;
    if (form === 'added' || form === 'instead') {
      const { parentNode = null } = run.nodes.at(-1) ?? {};
      if (!element || element.parentNode === null || element.parentNode !== parentNode) return false;
    }
    return changed.every(([at, name]) => ledger.wroteAttribute(at, name));
  };

  const apply = (unit: Unit, display: Display) => {
    const form = formOf(unit, display);
    if (form !== unit.form) leave(unit);
    if (form === 'none') return;
    if (form === 'filled') {
      fill(unit, ledger);
      unit.rebuilt = 'exact';
      if (unit.form !== form) markLanguage(unit);
      unit.form = form;
      return;
    }
    const changed = make(unit, form);
    if (unit.form === form && !changed && stands(unit)) return;
    if (form === 'bubble') {
      const parent = parentOf(unit);
      if (parent && unit.form !== form) mark(unit, parent, bubbleAttribute);
    } else {
      insert(unit);
      const slot = slotOf(unit.run.nodes.at(-1));
      if (slot) unit.element?.setAttribute('slot', slot);
    }
    if (form === 'instead' && unit.form !== form) {
      for (const node of textsOf(unit.run.nodes)) ledger.setText(node, '');
      for (const [index, node] of unit.run.nodes.entries()) {
        // What the page does not show is left as it is: readers would take it for put aside.
        if (node.nodeType === 1 && unit.run.displays[index] !== 'none')
          mark(unit, node as Element, offAttribute);
      }
      markLanguage(unit);
    }
    unit.form = form;
  };

  return {
    leave: (unit) => quietly(() => leave(unit)),
    apply: (unit, display) => quietly(() => apply(unit, display)),
    stands,
  };
}

const textsOf = (nodes: ChildNode[]) =>
  nodes.filter((node): node is Text => node.nodeType === 3 || node.nodeType === 4);

const slotOf = (node: Node | undefined) =>
  node?.nodeType === 1 ? (node as Element).getAttribute('slot') : null;

const parentOf = ({ run }: Unit): Element | undefined => {
  const parent = run.nodes[0]?.parentNode;
  return parent?.nodeType === 1 ? (parent as Element) : undefined;
};

function formOf({ state, placement, run }: Unit, display: Display): Form {
  if (display === 'original' || state === 'idle') return 'none';
  if (display === 'translation') {
    // What has no translation yet is left as it is; the sign that asks again stands behind it.
    if (state !== 'placed' || !placement) return state === 'failed' ? 'added' : 'none';
    const fits = !run.hasMore && !placement.terms?.length && !placement.text.includes('\n');
    return fits && shapeOf(placement.text) === shapeOf(run.text) && holdsAll(run.slots, placement.text)
      ? 'filled'
      : 'instead';
  }
  if (run.room === 'bubble') return state === 'placed' ? 'bubble' : 'none';
  return state === 'waiting' && run.room === 'beside' ? 'none' : 'added';
}

/** Whether every text of a translation has a text of the page to stand in. */
const holdsAll = (slots: Text[][], text: string) =>
  slotsOf(text).every((words, index) => words.trim() === '' || (slots[index]?.length ?? 0) > 0);

/** Writes each text of the translation into the first text of its slot. */
function fill({ run, placement }: Unit, ledger: Ledger): void {
  const texts = slotsOf(placement?.text ?? '');
  const nodes = run.slots.flat();
  const [begin, end] = run.edges;
  for (const [index, slot] of run.slots.entries()) {
    for (const [position, node] of slot.entries()) {
      let words = position === 0 ? (texts[index] ?? '') : '';
      if (node === nodes[0] && begin !== undefined) words = begin + words.trimStart();
      if (node === nodes.at(-1) && end !== undefined) words = words.trimEnd() + end;
      ledger.setText(node, words);
    }
  }
}

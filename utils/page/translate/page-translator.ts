import { reveal, scrollTo } from '../scroll-to';
import { setWritten } from '../written';
import { createAnchor } from './anchor';
import { createBubble } from './bubble';
import { type EventHandlers, listen } from './events';
import { createForeignFrames } from './foreign-frames';
import { createForms } from './forms';
import { isIntact } from './intact';
import { createLedger } from './ledger';
import { createOrder, type Order } from './order';
import { offAttribute } from './own';
import { createOwnWrites } from './own-writes';
import { createQueue } from './queue';
import type { Rebuilt } from './rebuild';
import { overflowOf } from './rooms';
import { createSheet } from './sheet';
import type { PageTranslator, PageTranslatorOptions } from './translator';
import type { Display, Placement, ToPage } from './types';
import type { Unit } from './unit';
import { createUnitList, isInOne, told, type WalkOptions } from './unit-list';

type Root = Document | ShadowRoot;
type Start = Extract<ToPage, { type: 'start' }>;

export type { PageTranslator, PageTranslatorOptions } from './translator';

/** The translator of one document and of what it holds: shadow trees, and frames of the same site. */
export function createPageTranslator(
  document: Document,
  { send, onHidden, quietly, shadowRootOf = (element) => element.shadowRoot }: PageTranslatorOptions,
): PageTranslator {
  const view = document.defaultView as (Window & typeof globalThis) | null;
  const boxes = new WeakMap<Element, number>();
  const roots = new Set<Root>();
  const rootListeners = new Set<(root: Root) => void>();
  const stopListening: (() => void)[] = [];
  const ledger = createLedger();
  const sheet = createSheet();
  const originals: EventHandlers['originals'] = new WeakMap();
  const anchor = createAnchor(document);
  const stops = new Map<string, number>();
  let start: Start | undefined;
  let display: Display = 'both';
  let order: Order | undefined;
  let isWalked = false;
  let walks: Promise<void> = Promise.resolve();
  /** Counts starts and undos: a walk that was begun before the last one ends. */
  let life = 0;

  const frames = createForeignFrames((foreign) => send({ type: 'frames', foreign }));
  const textOf = (node: Text) => ledger.originalOf(node) ?? node.data;
  const forms = createForms(ledger, {
    quietly,
    originals,
    shadowRootOf,
    lang: () => start?.lang ?? 'en',
    labels: () => start?.labels ?? { again: '' },
    termStops(id, unit) {
      if (!units.has(stops.get(id) ?? 0)) stops.set(id, unit);
      return stops.get(id) === unit;
    },
  });
  const bubble = createBubble((element) => {
    const unit = units.get(boxes.get(element) ?? 0);
    return unit?.form === 'bubble' ? unit.element : undefined;
  });
  const queue = createQueue({
    window: view,
    before: () => anchor.before(() => order?.inSight()),
    after: () => anchor.after(),
    write(id) {
      const unit = units.get(id);
      if (!unit) return;
      // Its text is another one by now, which is about to be noticed.
      if (start && display !== 'original' && !isIntact(unit, textOf)) return;
      forms.apply(unit, start ? display : 'original');
      const parent = unit.run.nodes[0]?.parentNode;
      if (unit.form === 'bubble' && parent?.nodeType === 1) boxes.set(parent as Element, id);
    },
    drawn: findNarrow,
  });

  const list = createUnitList({
    shadowRootOf,
    textOf,
    forms,
    send,
    onRoot: foundRoot,
    onHidden: (element) => onHidden?.(element),
    onForeign: frames.add,
    write: (id) => queue.add([id]),
  });
  const units = list.all;

  /** Boxes that what was written is too high for: there it is shown in a bubble. */
  function findNarrow(ids: number[]): void {
    const overs = new Map<Element, number>();
    const over = (element: Element) => {
      const known = overs.get(element) ?? overflowOf(element);
      overs.set(element, known);
      return known;
    };
    const narrow = ids.filter((id) => {
      const unit = units.get(id);
      if (unit?.form !== 'added') return false;
      return unit.run.limits.some((limit) => over(limit.element) > limit.over + 2);
    });
    for (const id of narrow) (units.get(id) as Unit).run.room = 'bubble';
    queue.add(narrow, true);
  }

  function foundRoot(root: Root): void {
    if (roots.has(root)) return;
    roots.add(root);
    sheet.adopt(root);
    stopListening.push(
      listen(root, {
        originals,
        again: (unit) => release([unit]) || send({ type: 'again', unit }),
        term: (id) => send({ type: 'term', id }),
        visit: (element) => bubble.visit(element),
      }),
    );
    for (const listener of rootListeners) listener(root);
  }

  /** True when there was something to be told. */
  function release(ids: Iterable<number>): boolean {
    const free = list.release(ids);
    if (free.length > 0) send({ type: 'units', units: free, complete: false });
    return free.length > 0;
  }

  /** One after the other: two walks at once would find the same runs. */
  function soon(roots: Iterable<Element | Root>, options: Partial<WalkOptions> = {}): Promise<void> {
    const own = life;
    walks = walks.then(async () => {
      if (own === life) await list.walk(new Set(roots), { ...options, isOver: () => own !== life });
      if (own === life) frames.tell();
    });
    return walks;
  }

  const sorted = (some: Unit[]) => order?.sort(some.map(({ id, run: { box } }) => ({ id, box }))) ?? [];

  function sendOrder(): void {
    if (!start || !isWalked) return;
    const open = [...units.values()].filter(({ state }) => state === 'idle' || state === 'waiting');
    send({ type: 'order', units: sorted(open) });
  }

  async function begin(message: Start): Promise<void> {
    const before = start;
    start = message;
    display = message.display;
    sheet.set(message.style ?? 'rule', message.lang);
    if (before) {
      if (before.lang !== message.lang) for (const unit of units.values()) forget(unit);
      list.release(units.keys());
      show();
      send({ type: 'units', units: [...units.values()].map(told), complete: isWalked });
      if (message.extent === 'all' && list.extent === 'main') {
        list.extent = 'all';
        await soon([document]);
      }
      frames.tell(true);
      sendOrder();
      return;
    }
    life++;
    list.extent = message.extent ?? 'main';
    isWalked = false;
    order = createOrder(document, sendOrder);
    setWritten(translator);
    foundRoot(document);
    await soon([document], { isFirst: true });
    if (start === undefined) return;
    isWalked = true;
    sendOrder();
  }

  function forget(unit: Unit): void {
    forms.leave(unit);
    unit.state = 'idle';
    unit.placement = undefined;
  }

  /** Writes everything anew as it should be shown now. */
  function show(): void {
    queue.add(sorted([...units.values()]), true);
  }

  async function undo(): Promise<void> {
    if (!start) {
      send({ type: 'undone' });
      return;
    }
    start = undefined;
    const own = ++life;
    bubble.hide();
    show();
    await queue.done();
    if (own !== life) return;
    for (const stop of stopListening.splice(0)) stop();
    order?.stop();
    sheet.remove();
    setWritten(undefined);
    list.clear();
    frames.clear();
    roots.clear();
    stops.clear();
    send({ type: 'undone' });
  }

  function setState(ids: number[], state: 'waiting' | 'failed'): void {
    const changed: Unit[] = [];
    for (const unit of ids.length > 0 ? ids.map((id) => units.get(id)) : units.values()) {
      if (!unit || unit.isBusy || (ids.length > 0 ? unit.state === 'placed' : unit.state !== state)) continue;
      unit.state = ids.length > 0 ? state : 'idle';
      changed.push(unit);
    }
    queue.add(changed.map(({ id }) => id));
  }

  async function place(placements: Placement[]): Promise<void> {
    const known = placements.filter(({ unit }) => units.has(unit));
    for (const placement of known) {
      const unit = units.get(placement.unit) as Unit;
      unit.placement = placement;
      unit.state = 'placed';
    }
    queue.add(known.map(({ unit }) => unit));
    await queue.done();
    const counts: Record<Rebuilt, number> = { exact: 0, slots: 0, plain: 0 };
    for (const { rebuilt, state } of units.values()) if (rebuilt && state === 'placed') counts[rebuilt]++;
    if (start) send({ type: 'written', ...counts });
  }

  function scrollToUnit(id: number): void {
    const unit = units.get(id);
    const [first] = unit?.run.nodes ?? [];
    if (!unit || !first) return;
    reveal(first);
    const range = document.createRange();
    range.selectNodeContents(first.parentNode ?? first);
    scrollTo(range);
  }

  const unitsIn = (root?: Node) =>
    [...units.values()]
      .filter(({ run }) => !root || (run.outer[0] && isInOne(run.outer[0], new Set([root]))))
      .map(({ id }) => id);

  const translator: PageTranslator = {
    receive(message) {
      if (message.type === 'start') void begin(message);
      else if (message.type === 'undo') void undo();
      else if (!start) return;
      else if (message.type === 'place') void place(message.placements);
      else if (message.type === 'waiting' || message.type === 'failed') setState(message.units, message.type);
      else if (message.type === 'show') scrollToUnit(message.unit);
      else if (message.type === 'style') sheet.set(message.style, start.lang);
      else if (message.type === 'display') {
        display = message.display;
        bubble.hide();
        show();
      }
    },
    get isRunning() {
      return start !== undefined;
    },
    rescan: (roots, options) => (start ? soon(roots, options) : Promise.resolve()),
    isKnown: list.isKnown,
    release: (root) => void release(unitsIn(root)),
    isOwnWrite: createOwnWrites(ledger, units),
    originalOf: ledger.originalOf,
    attributeBefore: ledger.attributeBefore,
    displayOf(element) {
      if (!ledger.wroteAttribute(element, offAttribute)) return undefined;
      const { nodes = [], displays } = units.get(list.at(element) ?? 0)?.run ?? {};
      return displays?.[nodes.indexOf(element)];
    },
    nodesOf: (element) => units.get(Number(element.getAttribute('data-unit')))?.run.nodes,
    onRoot(listener) {
      rootListeners.add(listener);
      for (const root of roots) listener(root);
      return () => rootListeners.delete(listener);
    },
    written: () => queue.done(),
  };
  return translator;
}

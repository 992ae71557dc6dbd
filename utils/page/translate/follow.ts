import { documentOf, isFrame } from '../frame-document';
import { isOwnElement, neighbourOf } from '../written';
import { watchAddress } from './follow-address';
import { createHiddenParts } from './follow-hidden';
import { createLimits } from './follow-limits';
import { isByOther } from './follow-others';
import { isOurs } from './own';
import type { PageTranslator } from './translator';
import type { FromPage } from './types';
import { isInOne } from './unit-list';

type Root = Document | ShadowRoot;
type Part = Element | Root;

/** Milliseconds without a change after which a part of the page is looked at. */
const settle = 300;
/** Milliseconds after which it is looked at although it goes on changing. */
const patience = 2_000;

/** Milliseconds by which timers come early. */
const tolerance = 20;

/** Nothing in them is text of the page. */
const noText = /^(?:script|style|link|meta|template|noscript)$/;

export interface Follower {
  /** Watches the page from now on; nothing when it does so already. */
  start(): void;
  stop(): void;
  /** Makes changes to the page that are not followed. */
  quietly(write: () => void): void;
  /** Text that cannot be seen now is translated when it can. */
  addHidden(element: Element): void;
}

export interface FollowerOptions {
  send(message: FromPage): void;
  now?(): number;
}

/**
 * Keeps a translation what it should be while the page lives: looks anew at what the page has changed, when that has
 * come to rest. What was wiped away with the same words comes back without a question; what is new is told.
 */
export function createFollower(
  document: Document,
  translator: Pick<PageTranslator, 'isOwnWrite' | 'isKnown' | 'rescan' | 'release' | 'onRoot'>,
  { send, now = () => performance.now() }: FollowerOptions,
): Follower {
  const view = document.defaultView as (Window & typeof globalThis) | null;
  /** What has changed, since when, and when it did so last. */
  const touched = new Map<Part, { first: number; last: number; isNew: boolean }>();
  /** Parents that lost elements. */
  const emptied = new Set<Node>();
  const limits = createLimits();
  const hidden = createHiddenParts(view, (element) => touch(element, true));
  /** Since when something is gone; it may come again with what has not come to rest. */
  let goneSince: number | undefined;
  let flipped: { first: number; last: number } | undefined;
  let hasMoved = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let timerAt = 0;
  let isWorking = false;
  let stops: (() => void)[] | undefined;
  let observer: MutationObserver | undefined;

  function touch(part: Part, isNew = false): void {
    const at = now();
    const known = touched.get(part);
    touched.set(part, { first: known?.first ?? at, last: at, isNew: known ? known.isNew && isNew : isNew });
    schedule();
  }

  function flip(): void {
    const at = now();
    flipped = { first: flipped?.first ?? at, last: at };
    schedule();
  }

  function schedule(delay = settle): void {
    const at = now() + delay;
    if (isWorking || !stops || (timer && timerAt <= at)) return;
    clearTimeout(timer);
    timerAt = at;
    timer = setTimeout(() => void work(), delay);
  }

  function note(records: MutationRecord[]): void {
    for (const record of records) {
      if (!stops) return;
      const { type, target, addedNodes, removedNodes } = record;
      // Our elements come and go outside of `quietly` too.
      if (type === 'childList' ? translator.isOwnWrite(record) : isOurs(target)) continue;
      if (type === 'attributes') {
        if (target === document.documentElement && isByOther(target as Element)) giveWay();
        else flip();
      } else if (type === 'characterData') {
        if (target.parentNode) touch(target.parentNode as Part);
      } else noteNodes(target as Part, record, [...addedNodes], [...removedNodes]);
    }
  }

  function noteNodes(target: Part, record: MutationRecord, added: Node[], removed: Node[]): void {
    let isTouched = isInRun(target) || removed.some((node) => isOwnElement(node) || translator.isKnown(node));
    const around = [record.previousSibling, record.nextSibling];
    const [before, after] = around.map((node, index) =>
      node && isOwnElement(node) ? neighbourOf(node, index === 0 ? 'previousSibling' : 'nextSibling') : node,
    );
    isTouched ||= [before, after].some((node) => node != null && translator.isKnown(node));
    for (const node of added) {
      if (node.nodeType === 3) isTouched ||= /\S/.test(node.nodeValue ?? '');
      if (node.nodeType !== 1 || isOwnElement(node) || noText.test((node as Element).localName)) continue;
      if (isByOther(node as Element)) {
        giveWay();
        return;
      }
      touch(node as Element, true);
    }
    if (removed.some(({ nodeType }) => nodeType === 1)) emptied.add(target);
    if (removed.length > 0) {
      goneSince ??= now();
      schedule();
    }
    if (isTouched) touch(target);
  }

  /** Whether what is in an element is a part of a run. */
  function isInRun(node: Node): boolean {
    for (let at: Node | null = node; at?.nodeType === 1; at = at.parentNode) {
      if (translator.isKnown(at)) return true;
    }
    return false;
  }

  /** Two translators in one page would answer each other without end. */
  function giveWay(): void {
    follower.stop();
    send({ type: 'other' });
  }

  async function work(): Promise<void> {
    timer = undefined;
    isWorking = true;
    await idle(view);
    try {
      if (stops) await look();
    } finally {
      isWorking = false;
    }
    const rest = limits.next(now());
    if (touched.size > 0 || flipped || goneSince !== undefined || hasMoved) schedule();
    else if (rest !== undefined) schedule(rest + 1);
  }

  /** Looks at all that has come to rest. */
  async function look(): Promise<void> {
    const at = now();
    const isDue = ({ first, last }: { first: number; last: number }) =>
      at - last >= settle - tolerance || at - first >= patience;
    if (hasMoved) {
      hasMoved = false;
      send({ type: 'moved', url: document.location.href, title: document.title });
    }
    if (flipped && isDue(flipped)) {
      flipped = undefined;
      for (const element of hidden.shown()) touched.set(element, { first: 0, last: 0, isNew: true });
    }
    const due = new Map<Part, boolean>();
    for (const [part, times] of touched) {
      // What never rests and has been told to wait does so.
      if (!isDue(times) || (at - times.last < settle && limits.isBusy(part as Element))) continue;
      touched.delete(part);
      if (part.isConnected && part.ownerDocument?.defaultView !== null) due.set(part, times.isNew);
    }
    const { parts, busy } = choose(due, at);
    for (const host of limits.rested(at)) translator.release(host);
    const mayReturn = touched.size > 0 && goneSince !== undefined && at - goneSince < patience;
    if (parts.size === 0 && (goneSince === undefined || mayReturn)) return;
    if (!mayReturn) {
      goneSince = undefined;
      emptied.clear();
    }
    await translator.rescan(parts, { busy, mayReturn });
  }

  /** The blocks that these parts belong to, none within another, and those of them that have been translated enough. */
  function choose(due: Map<Part, boolean>, at: number): { parts: Set<Part>; busy: Set<Part> } {
    const hosts = new Map<Part, boolean>();
    for (const [part, isNew] of due) {
      const renewed = isNew ? renewedParent(part, due) : undefined;
      const host = blockOf(renewed ?? part);
      const isFresh = isNew && !renewed && host === part;
      hosts.set(host, isFresh && (hosts.get(host) ?? true));
    }
    const busy = new Set<Part>();
    for (const [host, isFresh] of hosts) {
      if (isFresh || host.nodeType !== 1) continue;
      if (limits.visit(host as Element, at) === 'busy') busy.add(host);
    }
    const parts = new Set(hosts.keys());
    for (const host of hosts.keys()) {
      const above = host.parentNode ?? (host as Partial<ShadowRoot>).host;
      if (above && isInOne(above, parts)) parts.delete(host);
    }
    return { parts, busy };
  }

  /** The parent of an element all of whose children were made anew: it is the one that changes again and again. */
  function renewedParent(part: Part, due: Map<Part, boolean>): Element | undefined {
    const parent = part.nodeType === 1 ? (part as Element).parentElement : null;
    if (!parent || !emptied.has(parent)) return undefined;
    return [...parent.children].every((child) => isOwnElement(child) || due.get(child)) ? parent : undefined;
  }

  const follower: Follower = {
    start() {
      if (stops || !view) return;
      const abort = new view.AbortController();
      const options = { capture: true, passive: true, signal: abort.signal };
      const observing = new view.MutationObserver(note);
      observer = observing;
      stops = [
        () => abort.abort(),
        () => observing.disconnect(),
        watchAddress(view, () => {
          hasMoved = true;
          schedule();
        }),
      ];
      const stopRoots = translator.onRoot((root) => {
        observing.observe(root, {
          childList: true,
          subtree: true,
          characterData: true,
          attributes: true,
          attributeFilter: ['class', 'style', 'hidden', 'open', 'aria-hidden'],
        });
        // A frame shows another document than before.
        root.addEventListener('load', ({ target }) => noteFrame(target as Element), options);
        // What people press may show something by a rule alone.
        for (const name of ['click', 'change', 'transitionend', 'animationend', 'scrollend'])
          root.addEventListener(name, flip, options);
      });
      stops.push(stopRoots);
      if (document.documentElement && isByOther(document.documentElement)) giveWay();
    },
    stop() {
      for (const stop of stops?.splice(0) ?? []) stop();
      stops = undefined;
      observer = undefined;
      clearTimeout(timer);
      timer = undefined;
      touched.clear();
      emptied.clear();
      hidden.clear();
      limits.clear();
      flipped = undefined;
      goneSince = undefined;
      hasMoved = false;
    },
    quietly(write) {
      if (observer) note(observer.takeRecords());
      write();
      // A page may answer a change at once, in the middle of it.
      if (observer) note(observer.takeRecords().filter((record) => !translator.isOwnWrite(record)));
    },
    addHidden: (element) => hidden.add(element),
  };
  return follower;

  function noteFrame(element: Element): void {
    if (!element.localName || !isFrame(element, element.localName.toUpperCase())) return;
    const inner = documentOf(element);
    goneSince ??= now();
    schedule();
    if (inner?.body) touch(inner, true);
  }
}

/** The nearest element around a part, itself included, that is no part of a line. */
function blockOf(part: Part): Part {
  if (part.nodeType !== 1) return part;
  let at = part as Element;
  for (let above = at.parentElement; above; above = at.parentElement) {
    const display = at.ownerDocument.defaultView?.getComputedStyle(at).display ?? '';
    if (!/^(?:inline|ruby|contents)/.test(display) && display !== '') break;
    at = above;
  }
  return at;
}

/** Milliseconds after which a browser that is never idle is not waited for. */
const busyPatience = 500;

function idle(view: Window | null): Promise<void> {
  return new Promise((resolve) => {
    if (view?.requestIdleCallback) view.requestIdleCallback(() => resolve(), { timeout: busyPatience });
    else resolve();
  });
}

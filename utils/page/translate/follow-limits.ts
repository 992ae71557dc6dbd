import { wordsOf } from '../written';

/** Milliseconds in which a host may be translated anew so many times before it counts as busy. */
const window = 10_000;
const most = 3;
/** Times that a host is translated anew by itself, however slowly it changes: clocks and tickers never end. */
const mostEver = 12;

interface Host {
  /** Of its words without ours. */
  hash: number;
  /** When it had other words than before, the last few times. */
  times: number[];
  changes: number;
  lastChange: number;
}

/** Keeps a host that changes again and again from being translated again and again. */
export interface Limits {
  /** To be told of a host that the page has changed; says whether it may be translated anew. */
  visit(host: Element, now: number): 'same' | 'free' | 'busy';
  isBusy(host: Element): boolean;
  /** Hosts that have come to rest, each once. */
  rested(now: number): Element[];
  /** Milliseconds until that may be the case; undefined when nothing is waited for. */
  next(now: number): number | undefined;
  clear(): void;
}

export function createLimits(): Limits {
  let hosts = new WeakMap<Element, Host>();
  const busy = new Map<Element, Host>();
  const mayRest = ({ changes }: Host) => changes <= mostEver;
  return {
    visit(element, now) {
      const hash = hashOf(wordsOf(element));
      const host = hosts.get(element) ?? { hash: Number.NaN, times: [], changes: 0, lastChange: now };
      hosts.set(element, host);
      if (host.hash === hash) return busy.has(element) ? 'busy' : 'same';
      host.hash = hash;
      host.lastChange = now;
      host.changes++;
      host.times = [...host.times.filter((time) => now - time < window), now].slice(-most - 1);
      if (host.times.length <= most && mayRest(host) && !busy.has(element)) return 'free';
      busy.set(element, host);
      return 'busy';
    },
    isBusy: (element) => busy.has(element),
    rested(now) {
      const found: Element[] = [];
      for (const [element, host] of busy) {
        if (element.isConnected && (now - host.lastChange < window || !mayRest(host))) continue;
        busy.delete(element);
        if (element.isConnected) found.push(element);
      }
      return found;
    },
    next(now) {
      const waits = [...busy.values()].filter(mayRest).map(({ lastChange }) => lastChange + window - now);
      return waits.length > 0 ? Math.max(0, Math.min(...waits)) : undefined;
    },
    clear() {
      hosts = new WeakMap();
      busy.clear();
    },
  };
}

/** FNV-1a, 32 bits. */
function hashOf(words: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < words.length; index++) {
    hash = Math.imul(hash ^ words.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}

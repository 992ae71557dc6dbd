/**
 * Finds all terms of a glossary in a text in one pass (Aho and Corasick, 1975): what it takes grows with the text and
 * with what is found, not with the number of terms.
 */

import {
  type Edges,
  edgesOf,
  endOf,
  foldedTerm,
  isSentenceStart,
  lowered,
  mayBegin,
  plainTerm,
} from './term-text';
import type { Term } from './types';

export type Matched = Pick<Term, 'source' | 'match'>;

/** Where a term stands, in code units of the text in the form of `plainTerm`. */
export interface Match<T> {
  term: T;
  start: number;
  /** With its plural or possessive. */
  end: number;
}

export interface Matcher<T> {
  /** Every place of every term, also of one inside another, in the order in which they end. */
  find(text: string): Match<T>[];
}

interface Node {
  next: Map<number, Node>;
  /** The longest end of what was read that begins another term. */
  fallback?: Node;
  /** Patterns that end here, and the nearest node down the fallbacks that has some. */
  patterns: number[];
  output?: Node;
}

interface Pattern<T> {
  term: T;
  length: number;
  edges: Edges;
  /** With `caseSensitive`: how it is written. */
  exact?: string;
}

export function createMatcher<T extends Matched>(terms: readonly T[]): Matcher<T> {
  const root: Node = { next: new Map(), patterns: [] };
  const patterns: Pattern<T>[] = [];
  const add = (term: T, source: string) => {
    const folded = foldedTerm(source);
    if (!folded) return;
    let node = root;
    for (let at = 0; at < folded.length; at++) {
      const code = folded.charCodeAt(at);
      let next = node.next.get(code);
      if (!next) {
        next = { next: new Map(), patterns: [] };
        node.next.set(code, next);
      }
      node = next;
    }
    const { caseSensitive, wholeWord } = term.match;
    const exact = plainTerm(source.trim());
    node.patterns.push(patterns.length);
    patterns.push({
      term,
      length: folded.length,
      edges: edgesOf(exact, wholeWord),
      ...(caseSensitive ? { exact } : {}),
    });
  };
  for (const term of terms) {
    add(term, term.source);
    const plural = pluralInIes(term);
    if (plural) add(term, plural);
  }
  link(root);

  return {
    find(text) {
      const found: Match<T>[] = [];
      if (patterns.length === 0) return found;
      const plain = plainTerm(text);
      const lower = lowered(plain);
      let node = root;
      for (let at = 0; at < lower.length; at++) {
        const code = lower.charCodeAt(at);
        let next = node.next.get(code);
        while (!next && node.fallback) {
          node = node.fallback;
          next = node.next.get(code);
        }
        node = next ?? root;
        for (let end: Node | undefined = node; end; end = end.output)
          for (const index of end.patterns) {
            const match = matchOf(patterns[index] as Pattern<T>, plain, at + 1);
            if (match) found.push(match);
          }
      }
      return found;
    },
  };
}

/** Breadth first: a node's fallback is nearer to the root than the node. */
function link(root: Node): void {
  const queue = [...root.next.values()];
  for (const node of queue) node.fallback = root;
  for (let at = 0; at < queue.length; at++) {
    const node = queue[at] as Node;
    for (const [code, next] of node.next) {
      let fallback = node.fallback;
      while (fallback && !fallback.next.has(code)) fallback = fallback.fallback;
      next.fallback = fallback?.next.get(code) ?? root;
      next.output = next.fallback.patterns.length > 0 ? next.fallback : next.fallback.output;
      queue.push(next);
    }
  }
}

function matchOf<T>(
  { term, length, edges, exact }: Pattern<T>,
  plain: string,
  stop: number,
): Match<T> | undefined {
  const start = stop - length;
  if (!mayBegin(plain, start, edges)) return undefined;
  const end = endOf(plain, stop, edges);
  if (end === undefined) return undefined;
  if (exact !== undefined && !isWritten(exact, plain, start, stop)) return undefined;
  return { term, start, end };
}

/** As the term is written, but for the capital with which a sentence begins. */
function isWritten(exact: string, plain: string, start: number, stop: number): boolean {
  const here = plain.slice(start, stop).replace(/\n/g, ' ');
  if (here === exact) return true;
  if (here.slice(1) !== exact.slice(1) || here[0] !== exact[0]?.toUpperCase()) return false;
  return isSentenceStart(plain, start);
}

/** `body` has `bodies`. */
function pluralInIes({ source, match }: Matched): string | undefined {
  const isWord = match.wholeWord && /[b-df-hj-np-tv-z]y$/.test(source.trim());
  return isWord ? `${source.trim().slice(0, -1)}ies` : undefined;
}

/**
 * Places without those that lie inside a longer term, which has a name of its own: `harbour` in `harbour master`. Where
 * the user decided what the shorter one is called, only a longer one of the user's takes its place.
 */
export function uncovered<T extends Matched>(
  matches: readonly Match<T>[],
  isDecided: (term: T) => boolean = () => true,
): Match<T>[] {
  const sorted = [...matches].sort((one, other) => one.start - other.start || other.end - one.end);
  const left: Match<T>[] = [];
  // How far what began before, or there and ended later, reaches: all of it, and what the user decided.
  const reach = { any: -1, decided: -1 };
  for (let at = 0; at < sorted.length; ) {
    const { start, end } = sorted[at] as Match<T>;
    let next = at;
    while (sorted[next]?.start === start && sorted[next]?.end === end) next++;
    const same = sorted.slice(at, next);
    for (const match of same) if ((isDecided(match.term) ? reach.decided : reach.any) < end) left.push(match);
    reach.any = Math.max(reach.any, end);
    if (same.some(({ term }) => isDecided(term))) reach.decided = Math.max(reach.decided, end);
    at = next;
  }
  return left;
}

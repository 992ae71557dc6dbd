/**
 * How well any choice of blocks could do on the pages with ground truth: what is marked is known here, and used.
 *
 *   node test/bench/reading/ceiling.ts
 *
 * `all`: every block kept, the most that can be recalled. `majority`: a block is kept when most of its words are marked.
 * `greedy`: from there, blocks are put in and taken out as long as the F1 of the page rises.
 */
import { collect } from './collect.ts';
import { labelBlocks } from './labels.ts';
import { loadMetrics } from './scores.ts';
import { printTable, type Result } from './tables.ts';
import { wordsOf } from './words.ts';

type Bag = Map<string, number>;

function bagOf(words: string[]): Bag {
  const bag: Bag = new Map();
  for (const word of words) bag.set(word, (bag.get(word) ?? 0) + 1);
  return bag;
}

/** Rounds over all blocks; most pages stop changing after two. */
const rounds = 12;

/** Toggles one block after the other where that raises F1, beginning with those that are mostly marked. */
function greedy(texts: string[], truth: string, start: boolean[]): boolean[] {
  const wanted = bagOf(wordsOf(truth));
  const total = [...wanted.values()].reduce((sum, count) => sum + count, 0);
  const bags = texts.map((text) => bagOf(wordsOf(text)));
  const sizes = bags.map((bag) => [...bag.values()].reduce((sum, count) => sum + count, 0));
  const have: Bag = new Map();
  const kept = texts.map(() => false);
  let size = 0;
  let common = 0;
  const gainOf = (block: number, sign: number) => {
    let gain = 0;
    for (const [word, count] of bags[block] ?? []) {
      const most = wanted.get(word) ?? 0;
      const now = have.get(word) ?? 0;
      gain += Math.min(most, now + sign * count) - Math.min(most, now);
    }
    return gain;
  };
  const toggle = (block: number) => {
    const sign = kept[block] ? -1 : 1;
    common += gainOf(block, sign);
    size += sign * (sizes[block] ?? 0);
    for (const [word, count] of bags[block] ?? []) have.set(word, (have.get(word) ?? 0) + sign * count);
    kept[block] = !kept[block];
  };
  for (const [block, isKept] of start.entries()) if (isKept) toggle(block);
  for (let round = 0, changed = true; round < rounds && changed; round++) {
    changed = false;
    for (const block of texts.keys()) {
      const sign = kept[block] ? -1 : 1;
      const after = (common + gainOf(block, sign)) / (size + sign * (sizes[block] ?? 0) + total);
      if (!sizes[block] || after <= common / (size + total) + 1e-9) continue;
      toggle(block);
      changed = true;
    }
  }
  return kept;
}

const score = await loadMetrics();
const results: Result[] = [];
const { pages } = await collect();
for (const page of pages) {
  const { texts, truth } = page;
  const { words, marked } = labelBlocks(texts, truth, wordsOf);
  const majority = texts.map((_, block) => (marked[block] ?? 0) > (words[block] ?? 0) / 2);
  const choices = { all: texts.map(() => true), majority, greedy: greedy(texts, truth, majority) };
  for (const [reader, kept] of Object.entries(choices)) {
    const text = texts.filter((_, block) => kept[block]).join('\n');
    results.push({ page: { ...page, html: () => Buffer.from('') }, reader, text: '', ...score(text, truth) });
  }
}
printTable(results, ['all', 'majority', 'greedy']);

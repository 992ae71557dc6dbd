import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

export interface Score {
  recall: number;
  precision: number;
  f1: number;
}

/** Scores Markdown against the text that people marked. */
export type Scores = (markdown: string, truth: string) => Score;

const shared = resolve(import.meta.dirname, '../../../../shared/tools/reading-score/metrics.mjs');

/** The measure used for every published figure; where it is absent, the same on words as they stand. */
export async function loadMetrics(): Promise<Scores> {
  if (!existsSync(shared)) return (markdown, truth) => compareWords(markdown, truth);
  const { bagPRF, mdToText } = await import(shared);
  return (markdown, truth) => {
    const { r, p, f } = bagPRF(mdToText(markdown), truth);
    return { recall: r, precision: p, f1: f };
  };
}

function compareWords(text: string, truth: string): Score {
  const words = (source: string) => source.toLowerCase().match(/\p{Script=Han}|[\p{L}\p{N}]+/gu) ?? [];
  const left = new Map<string, number>();
  for (const word of words(truth)) left.set(word, (left.get(word) ?? 0) + 1);
  const given = words(text);
  let common = 0;
  for (const word of given) {
    const count = left.get(word) ?? 0;
    if (count > 0) common++;
    left.set(word, count - 1);
  }
  const recall = common / Math.max(1, words(truth).length);
  const precision = common / Math.max(1, given.length);
  return { recall, precision, f1: common > 0 ? (2 * recall * precision) / (recall + precision) : 0 };
}

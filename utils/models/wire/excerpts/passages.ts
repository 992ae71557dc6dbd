/** Finds the passages nearest to a question. Knows sentences and terms, no documents. */

import { asks, COMFORTABLE_WIDTH, isWhole, leans, widthOf } from './form';
import type { Pause } from './pause';
import type { Sentence } from './sentences';
import { termsOf } from './terms';

/** More passages than this would be a search result, not an answer. */
const MOST_PASSAGES = 5;
const MOST_SENTENCES = 3;
/** A passage with less than this share of the best score matches by accident, on one common word. */
const LEAST_SHARE = 0.3;
/** What a quote has to gain per sentence added, as a share of its weight: else the shorter quote wins. */
const COST_PER_SENTENCE = 0.1;

/**
 * k₁ and b of BM25, where a count stops mattering and how far length is held against a passage: Robertson &
 * Zaragoza 2009, "The Probabilistic Relevance Framework: BM25 and Beyond", doi 10.1561/1500000019, find 1.2 <
 * k₁ < 2 and 0.5 < b < 0.8 good in many circumstances.
 */
const SATURATION = 1.2;
const LENGTH_WEIGHT = 0.75;

/** What a heading over a passage counts, a word in the passage being 1: as BM25F does, in the same paper. */
const HEADING_WEIGHT = 0.5;

/**
 * Words that make a question or name the reading, and say nothing of the topic. (English question words are
 * stop words.)
 */
const ASKING_WORDS =
  /\b(?:please|tell|explain|describe|happen(?:s|ed)?|means?|meaning|article|text|document|page|passage|author)\b|(?:多少|几|幾)[个個座家条條种種名次年元]?|什么|什麼|甚么|怎么样|怎么|怎麼|怎样|怎樣|如何|为何|為何|为什么|哪[些个個里裡儿]?|谁|誰|是否|是不是|有没有|有沒有|能不能|可不可以|请问|請問|请告诉|介绍一下|说一下|作者|文章|文中|本文|吗|嗎|呢/gi;

/**
 * The best one to three sentences of a passage, as consecutive indexes into the sentences; higher scores are
 * nearer.
 */
export interface Finding {
  from: number;
  to: number;
  score: number;
}

interface Candidate {
  /** Range of its sentences, `to` excluded. */
  from: number;
  to: number;
  /** How often each term of the question stands in it, and which sentences have it. */
  counts: number[];
  /** The terms of the question in the heading over it. */
  heading: ReadonlySet<number>;
  /** All its terms. */
  length: number;
}

/**
 * Up to five passages ranked by BM25 for the question, the nearest first; none when no passage shares a term
 * with it. A passage is all sentences of one paragraph; `headingOf` gives the words of the heading it stands
 * under, which count for it too. Linear in the length of the text.
 */
export async function findPassages(
  sentences: readonly Sentence[],
  question: string,
  headingOf: (sentence: Sentence) => string,
  pause: Pause,
): Promise<Finding[]> {
  const topic = termsOf(question.replace(ASKING_WORDS, ' '));
  const terms = [...new Set(topic.length > 0 ? topic : termsOf(question))];
  if (terms.length === 0) return [];
  const numberOf = new Map(terms.map((term, number) => [term, number]));
  // One character alone, 水 or 税, is no pair: then single characters are counted in the text, too.
  const characters = terms.some((term) => /^[^\p{Script=Latin}\p{N}]$/u.test(term));
  const matched: number[][] = [];

  const passages: Candidate[] = [];
  for (const [index, sentence] of sentences.entries()) {
    let passage = passages.at(-1);
    const before = sentences[index - 1];
    if (!passage || before?.paragraph !== sentence.paragraph || before.document !== sentence.document) {
      const heading = numbersIn(termsOf(headingOf(sentence), { characters }), numberOf);
      passage = { from: index, to: index, counts: terms.map(() => 0), heading: new Set(heading), length: 0 };
      passages.push(passage);
    }
    const own = termsOf(sentence.text, { characters });
    const numbers = numbersIn(own, numberOf);
    for (const number of numbers) passage.counts[number] = (passage.counts[number] ?? 0) + 1;
    passage.to = index + 1;
    passage.length += own.length;
    matched.push(numbers);
    if (pause.due()) await pause.rest();
  }

  const rarity = terms.map((_, number) => rarityOf(passages, number));
  const average = passages.reduce((sum, passage) => sum + passage.length, 0) / Math.max(1, passages.length);
  const ranked = passages
    .map((passage) => ({ passage, score: scoreOf(passage, rarity, average) }))
    .filter(({ score }) => score > 0)
    .sort((one, other) => other.score - one.score || one.passage.from - other.passage.from);
  const least = LEAST_SHARE * (ranked[0]?.score ?? 0);

  const findings: Finding[] = [];
  const seen = new Set<string>();
  for (const { passage, score } of ranked) {
    if (findings.length === MOST_PASSAGES || score < least) break;
    const finding = { ...bestSentences(sentences, passage, matched, rarity), score };
    const words = sentences
      .slice(finding.from, finding.to)
      .map((sentence) => sentence.text)
      .join(' ');
    if (!seen.has(words)) findings.push(finding);
    seen.add(words);
  }
  return findings;
}

/** The numbers of the question's terms among `terms`, repeats included. */
function numbersIn(terms: readonly string[], numberOf: ReadonlyMap<string, number>): number[] {
  return terms.map((term) => numberOf.get(term)).filter((number) => number !== undefined);
}

/**
 * Robertson–Spärck Jones weight, plus 1 inside the logarithm so that a term of most passages is not held
 * against one.
 */
function rarityOf(passages: readonly Candidate[], number: number): number {
  const having = passages.reduce((sum, { counts }) => sum + ((counts[number] ?? 0) > 0 ? 1 : 0), 0);
  return Math.log(1 + (passages.length - having + 0.5) / (having + 0.5));
}

/** Sum over the question's terms of rarity × count ÷ (count + k₁ × size), the BM25 weight. */
function scoreOf(passage: Candidate, rarity: readonly number[], average: number): number {
  const size = 1 - LENGTH_WEIGHT + (LENGTH_WEIGHT * passage.length) / Math.max(1, average);
  let score = 0;
  for (const [number, own] of passage.counts.entries()) {
    const count = own + (passage.heading.has(number) ? HEADING_WEIGHT : 0);
    score += ((rarity[number] ?? 0) * count) / (count + SATURATION * size);
  }
  return score;
}

/**
 * The one to three neighbouring sentences with the rarest terms of the question, and what one needs to
 * understand them: the sentence that "this" points to, the answer after a question, a second sentence after a
 * short one.
 */
function bestSentences(
  sentences: readonly Sentence[],
  passage: Candidate,
  matched: readonly number[][],
  rarity: readonly number[],
): Pick<Finding, 'from' | 'to'> {
  let best = { from: passage.from, to: passage.from + 1 };
  let bestWorth = 0;
  for (let from = passage.from; from < passage.to; from++) {
    const found = new Set<number>();
    for (let to = from + 1; to <= Math.min(passage.to, from + MOST_SENTENCES); to++) {
      for (const number of matched[to - 1] ?? []) found.add(number);
      let worth = 0;
      for (const number of found) worth += rarity[number] ?? 0;
      worth *= 1 - COST_PER_SENTENCE * (to - from - 1);
      if (worth > bestWorth + 1e-9) {
        bestWorth = worth;
        best = { from, to };
      }
    }
  }
  let { from, to } = best;
  if (from > passage.from && leans(sentences[from]?.text ?? '')) from--;
  const next = sentences[to]?.text ?? '';
  const short =
    to - from === 1 && isWhole(next) && widthOf((sentences[from]?.text ?? '') + next) <= COMFORTABLE_WIDTH;
  if (to < passage.to && to - from < MOST_SENTENCES && (short || asks(sentences[to - 1]?.text ?? ''))) to++;
  return { from, to: Math.min(to, from + MOST_SENTENCES) };
}

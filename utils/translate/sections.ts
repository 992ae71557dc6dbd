/**
 * A document that is more than its model holds, read in sections, because the user chose so: every section whole, in
 * order, with all terms of those before it. Nothing is left out and no passage is divided.
 */

import type { MeasuredSource } from '../context/compose';
import { type Piece, pieceText, planPasses } from '../context/passes';
import { measureLongText } from '../context/tokens';
import type { Model } from '../models/types';
import { plainMarked } from '../page/translate/marked';
import { numberPassages, type Source, sourceId } from '../source';
import { batchTokens } from './batches';
import { lettersOf } from './measure';
import type { PageUnit } from './types';

/** Tokens around a batch and its answer: instructions, terms, the pairs before it. */
const aroundBatch = 2_000;

/** The fewest sections that a model holds with a batch each; undefined when it cannot hold a passage, or holds it all. */
export async function sectionsOf(
  document: MeasuredSource,
  model: Model,
): Promise<MeasuredSource[] | undefined> {
  const window = model.window - 3 * batchTokens(model) - aroundBatch;
  const turn = { question: '', instructions: '', sourceIds: [], task: 'translate' as const };
  const plan = await planPasses([document], { turn, model: { ...model, window } });
  if (!plan || plan.passes.length < 2) return undefined;
  return Promise.all(plan.passes.flatMap(([piece]) => (piece ? [sectionOf(document.source, piece)] : [])));
}

/** The part of a source as a source of its own, with the paragraphs numbered as they were. */
async function sectionOf(source: Source, piece: Piece): Promise<MeasuredSource> {
  const part = source.segments.slice(piece.from, piece.to);
  const numbered = numberPassages(
    part.map((segment) => ({
      text: source.text.slice(segment.start, segment.end),
      kind: segment.kind,
      ...(segment.page === undefined ? {} : { page: segment.page }),
    })),
    part.map(({ number }) => number),
  );
  const { coverage: _, choices: __, ...rest } = source;
  const text = part.length > 0 ? numbered.text : pieceText(source, piece);
  const made = { ...rest, ...numbered, text, id: await sourceId(text) };
  return { source: made, ...(await measureLongText(text)) };
}

/** Letters at the beginning of a unit by which it is found, and how far ahead it is looked for. */
const sample = 48;
const ahead = 200_000;

/** Says for each unit, in the order of the page, in which section it stands; what is found in none goes with those before it. */
export function createSectionFinder(sections: readonly MeasuredSource[]): (unit: PageUnit) => number {
  const letters = sections.map(({ source }) => lettersOf(source.text));
  let [section, place] = [0, 0];
  return ({ text }) => {
    const words = lettersOf(plainMarked(text)).slice(0, sample);
    if (!words) return section;
    for (let at = section, from = place; at < letters.length; at++, from = 0) {
      const found = letters[at]?.slice(from, from + ahead).indexOf(words) ?? -1;
      if (found < 0) continue;
      [section, place] = [at, from + found];
      return at;
    }
    // Above what was found last: a menu that the text repeats, a page that moved things.
    const before = letters.findIndex((all) => all.slice(0, ahead).includes(words));
    return before < 0 ? section : before;
  };
}

/**
 * A unit that is longer than a model can answer, in pieces for the requests alone: whole sentences, with their marks.
 * Put together again the pieces are the unit, to the letter.
 */

import { piecesOf, tokensOf } from './parts';

/** A part of a unit, as marked text of its own. */
export interface Piece {
  text: string;
  /** The white space between it and the next. */
  gap: string;
  /** Marks that begin in a piece before and go on in this one, from the outermost. */
  goesOn: number[];
}

/** A unit in pieces, and what of them is translated so far. */
export interface Division {
  pieces: Piece[];
  made: string[];
}

/** A place between two characters at which a text may be cut, with the marks that are open there. */
interface Cut {
  at: number;
  open: number[];
}

const tag = /<(\/?)(\d{1,4})(\/?)>/g;
const character = /&(?:amp|lt|gt);|[\s\S]/gu;

/** Of the tokens that a piece may have, those that it should have at least, for each is a request. */
const filled = 1 / 3;

/**
 * Pieces of at most so many tokens of translation, between sentences; within one only where it alone is longer. Outside
 * of marks where that is possible: a mark that is cut is closed and opened again. Linear in the text.
 */
export function divide(marked: string, most: number): Piece[] {
  const { plain, cutAt } = read(marked);
  const cuts: (Cut & { weight: number; hasWords: boolean })[] = [];
  let end = 0;
  for (const [piece, weight] of piecesOf(plain, most, tokensOf)) {
    end += piece.length;
    const cut = { ...cutAt(end), weight, hasWords: /[\p{L}\p{N}]/u.test(piece) };
    const before = cuts.at(-1);
    // Signs alone are nothing to translate: they go with what is beside them.
    if (!before || (before.hasWords && cut.hasWords)) cuts.push(cut);
    else cuts.splice(-1, 1, { ...cut, weight: before.weight + weight, hasWords: true });
  }
  const pieces: Piece[] = [];
  let start: Cut = { at: 0, open: [] };
  for (let next = 0; next < cuts.length; ) {
    let sum = 0;
    let last = next;
    let whole: number | undefined;
    for (let at = next; at < cuts.length && (at === next || sum + (cuts[at]?.weight ?? 0) <= most); at++) {
      sum += cuts[at]?.weight ?? 0;
      last = at;
      if (cuts[at]?.open.length === 0 && sum >= most * filled) whole = at;
    }
    const chosen = last === cuts.length - 1 ? last : (whole ?? last);
    const isLast = chosen === cuts.length - 1;
    const stop = isLast ? { at: marked.length, open: [] } : (cuts[chosen] as Cut);
    const raw = marked.slice(start.at, stop.at);
    const words = isLast ? raw : raw.trimEnd();
    pieces.push({
      text: `${start.open.map((mark) => `<${mark}>`).join('')}${words}${closing(stop.open)}`,
      gap: raw.slice(words.length),
      goesOn: start.open,
    });
    start = stop;
    next = chosen + 1;
  }
  return pieces;
}

const closing = (open: readonly number[]): string =>
  open
    .map((mark) => `</${mark}>`)
    .reverse()
    .join('');

/** The words of a marked text, and the best place in it for a cut behind so many characters of them. */
function read(marked: string): { plain: string; cutAt: (end: number) => Cut } {
  let plain = '';
  /** Where each character of the words begins in the marked text. */
  const places: number[] = [];
  const open: number[] = [];
  /** By the number of characters before it, the place with the fewest open marks. */
  const cuts = new Map<number, Cut>();
  const take = (from: number, to: number) => {
    for (const { 0: one, index } of marked.slice(from, to).matchAll(character)) {
      for (let unit = 0; unit < (one[0] === '&' ? 1 : one.length); unit++) places.push(from + index + unit);
      plain += one[0] === '&' && one.length > 1 ? '&' : one;
    }
  };
  let at = 0;
  const note = (place: number) => {
    const known = cuts.get(plain.length);
    if (!known || open.length < known.open.length) cuts.set(plain.length, { at: place, open: [...open] });
  };
  const states: { from: number; open: number[] }[] = [{ from: 0, open: [] }];
  for (const match of marked.matchAll(tag)) {
    const [whole, closes, number, single] = match;
    take(at, match.index);
    note(match.index);
    at = match.index + whole.length;
    if (!single && closes) open.splice(open.lastIndexOf(Number(number)), 1);
    else if (!single) open.push(Number(number));
    note(at);
    states.push({ from: plain.length, open: [...open] });
  }
  take(at, marked.length);
  let state = 0;
  return {
    plain,
    cutAt(end) {
      const known = cuts.get(end);
      if (known) return known;
      while ((states[state + 1]?.from ?? Number.POSITIVE_INFINITY) <= end) state++;
      return { at: places[end] ?? marked.length, open: states[state]?.open ?? [] };
    },
  };
}

/**
 * Puts the translations of pieces together. `gapOf` says what stands between one and the next. A mark that was cut is one
 * again; where a model has put it elsewhere, its second half becomes words without it.
 */
export function joinPieces(
  pieces: readonly Piece[],
  texts: readonly string[],
  gapOf: (before: string, gap: string) => string,
): string {
  let whole = texts[0] ?? '';
  for (let index = 1; index < texts.length; index++) {
    const { goesOn } = pieces[index] as Piece;
    let text = texts[index] ?? '';
    const ends = closing(goesOn);
    const begins = goesOn.map((mark) => `<${mark}>`).join('');
    if (goesOn.length > 0 && whole.endsWith(ends) && text.startsWith(begins)) {
      whole = whole.slice(0, -ends.length);
      text = text.slice(begins.length);
    } else for (const mark of goesOn) text = text.replace(new RegExp(`<\\s*/?\\s*${mark}\\s*>`, 'g'), '');
    whole += gapOf(whole, pieces[index - 1]?.gap ?? '') + text;
  }
  return whole;
}

/** Finds terms in a text, and cuts the words around them for a list. */

/** A piece of a line; `marked` is what was searched for. */
export interface Piece {
  text: string;
  marked?: true;
}

/** The part of a text that may be shown with a hit: a passage, or all of it. */
export interface Span {
  start: number;
  end: number;
}

export interface TextHit {
  /** Positions in the list of terms of those that were found. */
  terms: Set<number>;
  excerpt: Piece[];
}

/** UTF-16 units shown before the first hit and in all; a line of the list has room for about half. */
const before = 26;
const whole = 130;
/** Places of one term that are looked at for the best excerpt. */
const enoughPlaces = 40;

interface Place extends Span {
  term: number;
}

/**
 * Looks for terms in a text. The excerpt is where most of them stand together. `spanAt` gives the span that holds a
 * place, or undefined for what is no part of the text (marks of passages).
 */
export function searchText(
  text: string,
  terms: RegExp[],
  spanAt: (place: number) => Span | undefined = () => ({ start: 0, end: text.length }),
): TextHit | undefined {
  const places: Place[] = [];
  terms.forEach((pattern, term) => {
    for (const place of placesOf(text, pattern, spanAt)) places.push({ ...place, term });
  });
  if (places.length === 0) return undefined;
  places.sort((one, other) => one.start - other.start || other.end - one.end);
  const first = bestOf(places);
  const span = spanAt(first.start) ?? { start: first.start, end: first.end };
  return { terms: new Set(places.map(({ term }) => term)), excerpt: cutOut(text, first, span, places) };
}

/** Text in pieces, with all that was searched for marked. Without a hit it is one piece. */
export function markIn(text: string, terms: RegExp[]): Piece[] {
  const places = terms
    .flatMap((pattern) => [...placesOf(text, pattern, () => ({ start: 0, end: text.length }))])
    .sort((one, other) => one.start - other.start || other.end - one.end);
  return piecesOf(text, { start: 0, end: text.length }, places);
}

function* placesOf(
  text: string,
  pattern: RegExp,
  spanAt: (place: number) => Span | undefined,
): Generator<Span> {
  pattern.lastIndex = 0;
  let found = 0;
  for (let match = pattern.exec(text); match && found < enoughPlaces; match = pattern.exec(text)) {
    const start = match.index;
    const end = start + match[0].length;
    if (end === start) return;
    if (!spanAt(start) || isInAddress(text, start)) continue;
    found++;
    yield { start, end };
  }
}

/** Whether a place lies in the address of a Markdown link, which nobody reads. */
function isInAddress(text: string, place: number): boolean {
  const nearby = text.slice(Math.max(0, place - 500), place);
  const opened = nearby.lastIndexOf('](');
  return opened >= 0 && !/[\s)]/.test(nearby.slice(opened + 2));
}

/** The place from which most terms stand within one excerpt. */
function bestOf(places: Place[]): Place {
  let best = places[0] as Place;
  let most = 0;
  places.forEach((place, index) => {
    const near = new Set<number>();
    for (let next = index; next < places.length; next++) {
      const other = places[next] as Place;
      if (other.end > place.start + whole - before) break;
      near.add(other.term);
    }
    if (near.size > most) [best, most] = [place, near.size];
  });
  return best;
}

function cutOut(text: string, first: Place, span: Span, places: Place[]): Piece[] {
  const from = startOf(text, Math.max(span.start, first.start - before), first.start, span.start);
  const to = endOf(text, Math.min(span.end, Math.max(first.end, from + whole)), first.end, span.end);
  const pieces = piecesOf(text, { start: from, end: to }, places).map(plain);
  if (from > span.start) pieces.unshift({ text: '…' });
  if (to < span.end) pieces.push({ text: '…' });
  return joined(pieces);
}

/** Not within a word: at the first space before the hit, or where a character begins. */
function startOf(text: string, at: number, hit: number, spanStart: number): number {
  if (at === spanStart) return at;
  const space = text.slice(at, hit).search(/\s\S/);
  if (space >= 0 && space < 14) return at + space + 1;
  return isInsideCharacter(text, at) ? at + 1 : at;
}

function endOf(text: string, at: number, hit: number, spanEnd: number): number {
  if (at === spanEnd) return at;
  const tail = text.slice(Math.max(hit, at - 14), at);
  const space = tail.search(/\s\S*$/);
  if (space >= 0) return at - tail.length + space;
  return isInsideCharacter(text, at) ? at + 1 : at;
}

const isInsideCharacter = (text: string, at: number) => /[\udc00-\udfff]/.test(text.charAt(at));

function piecesOf(text: string, { start, end }: Span, places: Span[]): Piece[] {
  const pieces: Piece[] = [];
  let last = start;
  for (const place of places) {
    if (place.end > end || place.start < last) continue;
    if (place.start > last) pieces.push({ text: text.slice(last, place.start) });
    pieces.push({ text: text.slice(place.start, place.end), marked: true });
    last = place.end;
  }
  if (last < end) pieces.push({ text: text.slice(last, end) });
  return pieces;
}

/** Without marks of Markdown and passages, in one line. */
function plain(piece: Piece): Piece {
  const text = piece.marked
    ? piece.text
    : piece.text
        .replace(/\]\([^)\s]*\)?/g, '')
        .replace(/!?\[(?=[^\s\]])|\*\*|~~|`+|(?<=^|\n)(?:#{1,6} |> ?|[-*+] )/g, '')
        .replace(/¶\d+ /g, '');
  return { ...piece, text: text.replace(/\s+/g, ' ') };
}

const joined = (pieces: Piece[]) => pieces.filter(({ text }) => text !== '');

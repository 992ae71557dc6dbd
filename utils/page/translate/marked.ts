/**
 * Marked text, as `types.ts` describes it: read, written and compared. Pure; what it is given by a model is hostile,
 * and whatever is not a mark is text.
 */

/** Text, or a mark: with content it stands for an element, without for something that is not translated. */
export type MarkedNode = string | { mark: number; content?: MarkedNode[] };

/** Models put spaces into tags now and then. */
const tag = /<\s{0,2}(\/?)\s{0,2}(\d{1,4})\s{0,2}(\/?)\s{0,2}>/g;

/** Deeper than any page; a model that opens marks without end is not followed. */
const maximumDepth = 200;

export const escapeMarked = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>' };
const unescapeMarked = (text: string) =>
  text.replace(/&(amp|lt|gt);/g, (whole, name: string) => entities[name] ?? whole);

interface Token {
  kind: 'text' | 'open' | 'close' | 'atom';
  text: string;
  mark: number;
}

function* tokensOf(marked: string): Generator<Token> {
  let end = 0;
  for (const match of marked.matchAll(tag)) {
    const [whole, closing, number, single] = match;
    yield { kind: 'text', text: unescapeMarked(marked.slice(end, match.index)), mark: 0 };
    yield { kind: single ? 'atom' : closing ? 'close' : 'open', text: '', mark: Number(number) };
    end = match.index + whole.length;
  }
  yield { kind: 'text', text: unescapeMarked(marked.slice(end)), mark: 0 };
}

/** The tree of a marked text; undefined when its marks are not well nested. */
export function parseMarked(marked: string): MarkedNode[] | undefined {
  const root: MarkedNode[] = [];
  const open: { mark: number; content: MarkedNode[] }[] = [];
  for (const { kind, text, mark } of tokensOf(marked)) {
    const content = open.at(-1)?.content ?? root;
    if (kind === 'text') {
      if (text) content.push(text);
    } else if (kind === 'atom') content.push({ mark });
    else if (kind === 'open') {
      const node = { mark, content: [] };
      content.push(node);
      open.push(node);
      if (open.length > maximumDepth) return undefined;
    } else if (open.pop()?.mark !== mark) return undefined;
  }
  return open.length === 0 ? root : undefined;
}

/** The words alone, without marks. */
export function plainMarked(marked: string): string {
  let plain = '';
  for (const { text } of tokensOf(marked)) plain += text;
  return plain;
}

/** The texts before, between and after the tags of a marked text, in order: one more than it has tags. */
export function slotsOf(marked: string): string[] {
  return [...tokensOf(marked)].filter(({ kind }) => kind === 'text').map(({ text }) => text);
}

/** The tags alone: two texts with the same shape have their slots in the same places. */
export function shapeOf(marked: string): string {
  let shape = '';
  for (const { kind, mark } of tokensOf(marked)) if (kind !== 'text') shape += `${kind} ${mark} `;
  return shape;
}

/** What is wrong with the marks of a translation. */
export type MarkTrouble = 'nesting' | 'missing' | 'unknown' | 'double' | 'empty';

/**
 * Whether a translation has every mark of its source once, well nested, and words in each element that had some.
 * Undefined when it has.
 */
export function checkMarks(source: string, translation: string): MarkTrouble | undefined {
  const wanted = parseMarked(source);
  const given = parseMarked(translation);
  if (!wanted || !given) return 'nesting';
  const left = new Map(marksIn(wanted));
  for (const [mark, hasWords] of marksIn(given)) {
    const should = left.get(mark);
    if (should === undefined) return new Map(marksIn(wanted)).has(mark) ? 'double' : 'unknown';
    if (should && !hasWords) return 'empty';
    left.delete(mark);
  }
  return left.size > 0 ? 'missing' : undefined;
}

/** Every mark, and whether there are words in it. */
function marksIn(nodes: MarkedNode[]): [number, boolean][] {
  return nodes.flatMap((node): [number, boolean][] =>
    typeof node === 'string'
      ? []
      : [[node.mark, hasWords(node.content ?? [])], ...marksIn(node.content ?? [])],
  );
}

const hasWords = (nodes: MarkedNode[]): boolean =>
  nodes.some((node) => (typeof node === 'string' ? /\S/.test(node) : hasWords(node.content ?? [])));

/**
 * The source's marks with the translation's texts in them, for a translation that has as many tags as its source and
 * the wrong ones. Words cannot change places across marks this way. Undefined when the numbers of tags differ.
 */
export function fillSlots(source: string, translation: string): MarkedNode[] | undefined {
  const slots = slotsOf(translation);
  const tokens = [...tokensOf(source)];
  if (tokens.length !== slots.length * 2 - 1) return undefined;
  let next = 0;
  const filled = tokens.map(({ kind, mark }) => {
    if (kind === 'text') return escapeMarked(slots[next++] ?? '');
    return kind === 'open' ? `<${mark}>` : kind === 'close' ? `</${mark}>` : `<${mark}/>`;
  });
  return parseMarked(filled.join(''));
}

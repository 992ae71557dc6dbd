import { type MarkedNode, parseMarked, plainMarked } from '../page/translate/marked';
import { type Inline, type MarkForm, readInline } from './inline-marks';
import { wordBefore } from './inline-reader';

/** A translated run as inline Markdown again: the marks of the source around the words of the translation. */

export type { MarkedNode } from '../page/translate/marked';
export { plainMarked } from '../page/translate/marked';

/** The nodes of a run as the source has it. */
export const originalNodes = ({ marked, raw }: Inline): MarkedNode[] => parseMarked(marked) ?? [raw];

export interface WriteOptions {
  /** Inside a cell: one line, and no `|` that would end it. */
  isCell?: boolean;
}

/** Marks without which something of the source would be missing. */
const kept = new Set(['link', 'image', 'code', 'formula', 'address', 'citation']);

const emphasis = new Set(['strong', 'emphasis', 'deleted']);

/**
 * The nodes of a translation, with whatever the model left out of the marks that lead somewhere or show something at
 * its end: nothing of the source may be missing. Marks that the source does not have are their words alone.
 */
export function nodesOf({ marked, forms }: Inline, translation: string): MarkedNode[] {
  const nodes = parseMarked(translation) ?? [plainMarked(translation)];
  if (translation === marked) return nodes;
  const seen = new Set<number>();
  const known = onlyKnown(nodes, forms, seen);
  const missing = forms.flatMap((form, index) =>
    kept.has(form.kind) && !seen.has(index + 1) ? [index + 1] : [],
  );
  const lost = missing.flatMap((mark): MarkedNode[] => [' ', { mark, content: wordsIn(marked, mark) }]);
  return [...known, ...lost];
}

function onlyKnown(nodes: MarkedNode[], forms: MarkForm[], seen: Set<number>): MarkedNode[] {
  return nodes.flatMap((node): MarkedNode[] => {
    if (typeof node === 'string') return [node];
    const form = forms[node.mark - 1];
    const content = node.content && onlyKnown(node.content, forms, seen);
    if (!form || seen.has(node.mark)) return content ?? [];
    seen.add(node.mark);
    // Words that a model wrote into a mark without words stand after it.
    if (form.close === undefined) return [{ mark: node.mark }, ...(content ?? [])];
    return content?.length ? [{ mark: node.mark, content }] : [];
  });
}

/** The words of a mark of the source, for one that its translation lost. */
function wordsIn(marked: string, mark: number): MarkedNode[] | undefined {
  const [, words] = marked.split(`<${mark}>`);
  return words === undefined ? undefined : [plainMarked(words.split(`</${mark}>`)[0] ?? '')];
}

/** Inline Markdown of a translation. The source's own text comes out as it went in, to the letter. */
export function writeInline(inline: Inline, translation: string, { isCell }: WriteOptions = {}): string {
  const { forms } = inline;
  let written: string;
  if (translation === inline.marked) written = write(nodesOf(inline, translation), forms);
  else {
    const nodes = nodesOf(inline, translation);
    written = write(nodes, forms, onOneLine);
    // Words of a model are words: what would be Markdown in them is written so that it is none.
    const kinds = markKinds(nodes, forms);
    const isMore = structural(readInline(written).forms.map(({ kind }) => kind)) !== structural(kinds);
    if (isMore) written = write(nodes, forms, (words) => escapeMarkdown(onOneLine(words)));
  }
  return isCell ? written.replaceAll('\n', ' ').replaceAll('|', '\\|') : written;
}

function markKinds(nodes: MarkedNode[], forms: MarkForm[]): string[] {
  return nodes.flatMap((node) =>
    typeof node === 'string'
      ? []
      : [forms[node.mark - 1]?.kind ?? '', ...markKinds(node.content ?? [], forms)],
  );
}

/** Addresses and numbers in brackets are the same written by whomever. */
const structural = (kinds: string[]): string =>
  kinds.filter((kind) => kind !== 'address' && kind !== 'citation').join(' ');

const onOneLine = (words: string): string => (words.includes('\n') ? words.replace(/\s*\n\s*/g, ' ') : words);

const escapeMarkdown = (words: string): string => words.replace(/[`*_~[\]$\\<¶]/g, '\\$&');

function write(nodes: MarkedNode[], forms: MarkForm[], wordsOf?: (words: string) => string): string {
  let text = '';
  /** What was written last, where it is a mark. */
  let last: MarkForm | undefined;
  for (const node of nodes) {
    if (typeof node === 'string') {
      const words = wordsOf ? wordsOf(node) : node;
      text += wordsOf && last?.kind === 'address' && isJoined(last.raw, words) ? ` ${words}` : words;
      last = undefined;
      continue;
    }
    const form = forms[node.mark - 1];
    if (!form) continue;
    // A word that stands before an address at once would be a part of it.
    if (form.kind === 'address' && wordsOf && wordBefore.test(text.slice(-1))) text += ' ';
    text +=
      form.close === undefined || !node.content
        ? form.open
        : around(form, write(node.content, forms, wordsOf));
    last = form;
  }
  return text;
}

/** Whether words that follow an address at once would become a part of it. */
const isJoined = (address: string, words: string): boolean =>
  readInline(address + words.slice(0, 100)).forms[0]?.raw !== address;

/** A mark around its words. White space at the ends of emphasis belongs outside of it. */
function around({ kind, open, close = '' }: MarkForm, inner: string): string {
  if (!emphasis.has(kind) || !/^\s|\s$/.test(inner) || inner.trim() === '') return open + inner + close;
  const start = inner.length - inner.trimStart().length;
  const end = inner.trimEnd().length;
  return inner.slice(0, start) + open + inner.slice(start, end) + close + inner.slice(end);
}

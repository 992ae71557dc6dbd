import { nameOf } from '../flat-element';
import { cloneBare, cloneWhole, type Originals } from './clone';
import { checkMarks, fillSlots, type MarkedNode, parseMarked, plainMarked } from './marked';
import { createOwn, termTag } from './own';
import type { ShadowRootOf } from './roles';
import type { Run } from './run';
import type { Placement } from './types';

/** How much of the marks could be kept: all, their places alone, or none. */
export type Rebuilt = 'exact' | 'slots' | 'plain';

export interface RebuildOptions {
  originals: Originals;
  shadowRootOf: ShadowRootOf;
  /** Called for each place at which a term stands; says whether the Tab key stops there. */
  termStops(id: string): boolean;
}

/**
 * The nodes of a translation: elements of the page copied where the marks are, and text. Never parsed as HTML, so
 * neither page nor model can bring an element into it.
 */
export function rebuild(
  run: Run,
  { text, terms = [] }: Placement,
  options: RebuildOptions,
): { nodes: DocumentFragment; how: Rebuilt } {
  const document = run.box.ownerDocument;
  const nodes = document.createDocumentFragment();
  const write = createWriter(run, document, terms, options);
  const { how, tree } = treeOf(run.text, text);
  if (tree) {
    write(nodes, tree, false);
    return { nodes, how };
  }
  write(nodes, [plainMarked(text)], false);
  // No link is lost: those of the source stand behind the words.
  for (const { element } of run.marks.filter(({ isAtom, element }) => !isAtom && isLink(element))) {
    const link = cloneBare(element, options.originals);
    link.append(document.createTextNode((element.textContent ?? '').trim()));
    nodes.append(document.createTextNode(' '), link);
  }
  return { nodes, how };
}

/** The marks of a translation, as far as they can be kept. */
function treeOf(source: string, text: string): { how: Rebuilt; tree?: MarkedNode[] } {
  if (!checkMarks(source, text)) return { how: 'exact', tree: parseMarked(text) };
  const tree = fillSlots(source, text);
  return { how: tree ? 'slots' : 'plain', tree };
}

const isLink = (element: Element) => nameOf(element) === 'A';

function createWriter(
  { marks }: Run,
  document: Document,
  terms: NonNullable<Placement['terms']>,
  { originals, shadowRootOf, termStops }: RebuildOptions,
) {
  const find = termFinder(terms);
  const write = (into: Node, nodes: MarkedNode[], inLink: boolean): void => {
    for (const node of nodes) {
      if (typeof node === 'string') writeText(into, node, inLink);
      else writeMark(into, node.mark, node.content, inLink);
    }
  };
  const writeText = (into: Node, text: string, inLink: boolean) => {
    for (const { words, id } of find(text)) {
      const content = document.createTextNode(words);
      if (id === undefined) into.appendChild(content);
      else {
        const term = createOwn(document, termTag);
        term.setAttribute('data-term', id);
        // Inside a link the link is what can be clicked.
        if (!inLink) {
          term.setAttribute('role', 'button');
          term.setAttribute('tabindex', termStops(id) ? '0' : '-1');
        }
        term.append(content);
        into.appendChild(term);
      }
    }
  };
  const writeMark = (into: Node, mark: number, content: MarkedNode[] | undefined, inLink: boolean) => {
    const known = marks[mark - 1];
    if (!known) return;
    if (known.isAtom) {
      const copy = cloneWhole(known.element, originals, shadowRootOf);
      if (copy) into.appendChild(copy);
      return;
    }
    const link = isLink(known.element);
    const copy = link && inLink ? undefined : cloneBare(known.element, originals);
    write(copy ?? into, content ?? [], inLink || link);
    if (copy) into.appendChild(copy);
  };
  return write;
}

/** Cuts a text at the words of terms; longer words come before shorter ones that they hold. */
function termFinder(terms: NonNullable<Placement['terms']>) {
  const ids = new Map(terms.filter(({ words }) => words !== '').map(({ words, id }) => [words, id]));
  const escaped = [...ids.keys()]
    .sort((one, other) => other.length - one.length)
    .map((words) => words.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'));
  const pattern = escaped.length > 0 ? new RegExp(escaped.join('|'), 'g') : undefined;
  return function* (text: string): Generator<{ words: string; id?: string }> {
    let end = 0;
    for (const match of pattern ? text.matchAll(pattern) : []) {
      if (match.index > end) yield { words: text.slice(end, match.index) };
      yield { words: match[0], id: ids.get(match[0]) };
      end = match.index + match[0].length;
    }
    if (end < text.length) yield { words: text.slice(end) };
  };
}

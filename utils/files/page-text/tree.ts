/** Pages as files have them, HTML or XHTML: a light tree, made in one pass. Nothing in it is loaded or run. */

import { Parser } from 'htmlparser2';
import { parseXml } from '../markup';

export interface PageElement {
  /** In small letters, with its prefix. */
  name: string;
  attributes: Readonly<Record<string, string>>;
  children: PageNode[];
}

export type PageNode = PageElement | string;

/** What is deeper hangs at this level, in its order, so that a tree can be walked by recursion. */
const deepestLevel = 200;
/** htmlparser2 moves all open elements with every new one, which is felt from some ten thousand on. */
const deepestParsed = 2_000;

class TooDeep extends Error {}

/** The tree of a page, whatever is wrong with it. Linear in its length. */
export function parsePage(text: string): PageElement {
  try {
    return parseHtml(text);
  } catch (error) {
    if (!(error instanceof TooDeep)) throw error;
    // No page of people: read as XML it has the same words in the same order.
    return { name: '', attributes: {}, children: [parseXml(`<body>${text}</body>`) ?? ''] };
  }
}

function parseHtml(text: string): PageElement {
  const root: PageElement = { name: '', attributes: {}, children: [] };
  const path = [root];
  const parent = () => path[Math.min(path.length, deepestLevel) - 1] as PageElement;
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        const element: PageElement = { name, attributes, children: [] };
        parent().children.push(element);
        path.push(element);
        if (path.length > deepestParsed) throw new TooDeep();
      },
      ontext(piece) {
        const { children } = parent();
        const last = children.length - 1;
        // A text comes in pieces where it has entities.
        if (typeof children[last] === 'string') children[last] += piece;
        else children.push(piece);
      },
      onclosetag() {
        if (path.length > 1) path.pop();
      },
    },
    { recognizeSelfClosing: true, recognizeCDATA: true },
  );
  parser.write(text);
  parser.end();
  return root;
}

export const isElement = (node: PageNode): node is PageElement => typeof node !== 'string';

/** All elements below one, in the order of the page. */
export function* elementsIn(root: PageElement): Generator<PageElement> {
  const stack: PageNode[] = [...root.children].reverse();
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (!isElement(node)) continue;
    yield node;
    for (let index = node.children.length - 1; index >= 0; index--)
      stack.push(node.children[index] as PageNode);
  }
}

/** All text below an element, with the white space of its markup. */
export function textIn(root: PageNode): string {
  if (!isElement(root)) return root;
  const pieces: string[] = [];
  const stack: PageNode[] = [root];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (!isElement(node)) pieces.push(node);
    else
      for (let index = node.children.length - 1; index >= 0; index--)
        stack.push(node.children[index] as PageNode);
  }
  return pieces.join('');
}

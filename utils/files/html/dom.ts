/**
 * As much of the Document Object Model as the page reader's Markdown rules ask for, for workers, which have none. So
 * an HTML file, a chapter and a mail are written down by the same rules as a web page. Nothing in it runs, loads or draws.
 */

import { matcherOf } from './selectors';

type Parent = LightElement | LightDocument;

abstract class LightNode {
  abstract readonly nodeType: number;
  abstract readonly nodeName: string;
  abstract get textContent(): string | null;
  parentNode: Parent | null = null;
  previousSibling: LightChild | null = null;
  nextSibling: LightChild | null = null;
  readonly ownerDocument: LightDocument;

  constructor(document: LightDocument | null) {
    this.ownerDocument = document ?? (this as unknown as LightDocument);
  }

  get parentElement(): LightElement | null {
    return this.parentNode instanceof LightElement ? this.parentNode : null;
  }

  get isConnected(): boolean {
    let node: LightNode = this;
    while (node.parentNode) node = node.parentNode;
    return node === this.ownerDocument;
  }

  get previousElementSibling(): LightElement | null {
    return elementFrom(this.previousSibling, 'previousSibling');
  }

  get nextElementSibling(): LightElement | null {
    return elementFrom(this.nextSibling, 'nextSibling');
  }

  contains(other: LightNode | null): boolean {
    for (let node = other; node; node = node.parentNode) if (node === this) return true;
    return false;
  }

  remove(): void {
    this.parentNode?.removeChild(this as unknown as LightChild);
  }

  before(...nodes: (LightChild | string)[]): void {
    this.parentNode?.insert(nodes, this as unknown as LightChild);
  }

  replaceWith(...nodes: (LightChild | string)[]): void {
    const { parentNode, nextSibling } = this;
    if (!parentNode) return;
    this.remove();
    parentNode.insert(nodes, nextSibling);
  }
}

export class LightText extends LightNode {
  readonly nodeType = 3;
  readonly nodeName = '#text';
  data: string;

  constructor(document: LightDocument, data: string) {
    super(document);
    this.data = data;
  }

  get nodeValue(): string {
    return this.data;
  }

  get textContent(): string {
    return this.data;
  }

  cloneNode(): LightText {
    return new LightText(this.ownerDocument, this.data);
  }
}

export type LightChild = LightElement | LightText;

function elementFrom(start: LightChild | null, step: 'previousSibling' | 'nextSibling'): LightElement | null {
  let node = start;
  while (node && !(node instanceof LightElement)) node = node[step];
  return node;
}

abstract class LightParent extends LightNode {
  firstChild: LightChild | null = null;
  lastChild: LightChild | null = null;
  private list: LightChild[] | undefined;

  get childNodes(): LightChild[] {
    if (!this.list) {
      this.list = [];
      for (let child = this.firstChild; child; child = child.nextSibling) this.list.push(child);
    }
    return this.list;
  }

  get children(): LightElement[] {
    return this.childNodes.filter((child) => child instanceof LightElement);
  }

  get childElementCount(): number {
    return this.children.length;
  }

  get firstElementChild(): LightElement | null {
    return elementFrom(this.firstChild, 'nextSibling');
  }

  get textContent(): string {
    const pieces: string[] = [];
    for (let node = this.firstChild; node; node = after(node, this))
      if (node.nodeType === 3) pieces.push(node.data);
    return pieces.join('');
  }

  hasChildNodes(): boolean {
    return this.firstChild !== null;
  }

  insert(nodes: (LightChild | string)[], before: LightChild | null): void {
    for (const one of nodes) {
      const node = typeof one === 'string' ? new LightText(this.ownerDocument, one) : one;
      if (node === before) continue;
      node.remove();
      const previous = before ? before.previousSibling : this.lastChild;
      node.parentNode = this as unknown as Parent;
      node.previousSibling = previous;
      node.nextSibling = before;
      if (previous) previous.nextSibling = node;
      else this.firstChild = node;
      if (before) before.previousSibling = node;
      else this.lastChild = node;
    }
    this.list = undefined;
  }

  append(...nodes: (LightChild | string)[]): void {
    this.insert(nodes, null);
  }

  prepend(...nodes: (LightChild | string)[]): void {
    this.insert(nodes, this.firstChild);
  }

  removeChild(node: LightChild): LightChild {
    const { previousSibling, nextSibling } = node;
    if (previousSibling) previousSibling.nextSibling = nextSibling;
    else this.firstChild = nextSibling;
    if (nextSibling) nextSibling.previousSibling = previousSibling;
    else this.lastChild = previousSibling;
    node.parentNode = null;
    node.previousSibling = null;
    node.nextSibling = null;
    this.list = undefined;
    return node;
  }

  replaceChildren(...nodes: (LightChild | string)[]): void {
    while (this.firstChild) this.removeChild(this.firstChild);
    this.insert(nodes, null);
  }

  querySelector(selector: string): LightElement | null {
    const fits = matcherOf(selector);
    for (let node = this.firstChild; node; node = after(node, this))
      if (node.nodeType === 1 && fits(node)) return node;
    return null;
  }

  querySelectorAll(selector: string): LightElement[] {
    const fits = matcherOf(selector);
    const found: LightElement[] = [];
    for (let node = this.firstChild; node; node = after(node, this))
      if (node.nodeType === 1 && fits(node)) found.push(node);
    return found;
  }

  getElementsByTagName(name: string): LightElement[] {
    return this.querySelectorAll(name.toLowerCase());
  }
}

export class LightElement extends LightParent {
  readonly nodeType = 1;
  readonly localName: string;
  private readonly values = new Map<string, string>();

  constructor(document: LightDocument, name: string) {
    super(document);
    this.localName = name;
  }

  get nodeName(): string {
    return this.localName.toUpperCase();
  }

  get id(): string {
    return this.getAttribute('id') ?? '';
  }

  get lang(): string {
    return this.getAttribute('lang') ?? '';
  }

  getAttribute(name: string): string | null {
    return this.values.get(name) ?? null;
  }

  hasAttribute(name: string): boolean {
    return this.values.has(name);
  }

  attributeNames(): string[] {
    return [...this.values.keys()];
  }

  hasAttributes(): boolean {
    return this.values.size > 0;
  }

  setAttribute(name: string, value: string): void {
    this.values.set(name, String(value));
  }

  removeAttribute(name: string): void {
    this.values.delete(name);
  }

  cloneNode(isDeep = false): LightElement {
    const copy = new LightElement(this.ownerDocument, this.localName);
    for (const [name, value] of this.values) copy.setAttribute(name, value);
    if (!isDeep) return copy;
    for (const child of this.childNodes) copy.append(child.cloneNode(true));
    return copy;
  }
}

export class LightDocument extends LightParent {
  readonly nodeType = 9;
  readonly nodeName = '#document';
  readonly documentElement: LightElement;
  readonly head: LightElement;
  readonly body: LightElement;
  readonly implementation = { createHTMLDocument: () => new LightDocument() };
  /** Has the parser that made it. */
  defaultView: unknown = null;

  constructor() {
    super(null);
    this.documentElement = this.createElement('html');
    this.head = this.createElement('head');
    this.body = this.createElement('body');
    this.append(this.documentElement);
    this.documentElement.append(this.head, this.body);
  }

  createElement(name: string): LightElement {
    return new LightElement(this, name.toLowerCase());
  }

  createTextNode(data: string): LightText {
    return new LightText(this, data);
  }

  /** Goes through the texts below a node. */
  createTreeWalker(root: LightNode): { nextNode(): LightText | null } {
    let node = root instanceof LightParent ? root.firstChild : null;
    return {
      nextNode() {
        while (node && node.nodeType !== 3) node = after(node, root);
        const text = node;
        if (node) node = after(node, root);
        return text;
      },
    };
  }
}

/** The node after one in the order of the document, below `root`; without recursion. */
function after(node: LightChild, root: LightNode): LightChild | null {
  if (node.nodeType === 1 && node.firstChild) return node.firstChild;
  let at: LightNode | null = node;
  while (at && at !== root && !at.nextSibling) at = at.parentNode;
  return at && at !== root ? at.nextSibling : null;
}

/** The same document, as the rules know it. */
export const asDocument = (document: LightDocument): Document => document as unknown as Document;
export const asElement = (element: LightElement): Element => element as unknown as Element;

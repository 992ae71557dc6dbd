import { Tokenizer, type TokenizerCallbacks } from 'htmlparser2';
import { LightDocument, type LightElement } from './dom';

/**
 * Elements deeper than this hang at this level, in order: nothing is lost, and climbing from everywhere stays linear.
 */
const deepestLevel = 200;
/** How far an unclosed element is looked for. */
const farthest = 40;

const words = (list: string) => new Set(list.split(' '));
const voids = words(
  'area base basefont bgsound br col command embed frame hr img input keygen link meta param source track wbr',
);
const inHead = words('base basefont bgsound link meta title style script noscript template head');
const blocks = words(
  'address article aside blockquote center details dialog dir div dl fieldset figcaption figure footer form h1 h2 h3 h4 ' +
    'h5 h6 header hgroup hr main menu nav ol p pre search section summary table ul listing xmp plaintext',
);
/** What an element ends that was left open before it, and where looking for that stops. */
const ends: Record<string, { ended: Set<string>; stops: Set<string> }> = Object.assign(Object.create(null), {
  li: { ended: words('li'), stops: words('ul ol menu dir table td th') },
  dt: { ended: words('dt dd'), stops: words('dl table td th') },
  dd: { ended: words('dt dd'), stops: words('dl table td th') },
  option: { ended: words('option'), stops: words('select datalist optgroup') },
  optgroup: { ended: words('option optgroup'), stops: words('select datalist') },
  tr: { ended: words('tr td th caption colgroup'), stops: words('table') },
  td: { ended: words('td th caption colgroup'), stops: words('table tr') },
  th: { ended: words('td th caption colgroup'), stops: words('table tr') },
  thead: { ended: words('thead tbody tfoot caption colgroup'), stops: words('table') },
  tbody: { ended: words('thead tbody tfoot caption colgroup'), stops: words('table') },
  tfoot: { ended: words('thead tbody tfoot caption colgroup'), stops: words('table') },
  rt: { ended: words('rt rp'), stops: words('ruby') },
  rp: { ended: words('rt rp'), stops: words('ruby') },
  a: { ended: words('a'), stops: words('table td th li div p') },
  button: { ended: words('button'), stops: words('table td th') },
});
const paragraph = { ended: words('p'), stops: words('table td th caption button object foreignobject') };

export interface HtmlOptions {
  /** XHTML: `<p/>` is a whole element. */
  isXhtml?: boolean;
}

/**
 * HTML as a document, in one pass and without recursion. Elements that are left open or cross each other are put in
 * order as far as the order of the text needs it.
 */
export function parseHtml(text: string, { isXhtml = false }: HtmlOptions = {}): LightDocument {
  const builder = new Builder(text, isXhtml);
  const tokenizer = new Tokenizer({ recognizeSelfClosing: isXhtml }, builder);
  tokenizer.write(text);
  tokenizer.end();
  builder.flush();
  builder.document.defaultView = { DOMParser: LightParser };
  return builder.document;
}

class LightParser {
  parseFromString(text: string): LightDocument {
    return parseHtml(text);
  }
}

class Builder implements TokenizerCallbacks {
  readonly document = new LightDocument();
  private readonly source: string;
  private readonly isXhtml: boolean;
  /** The elements that are open, and the place where their children hang. */
  private readonly open: { element: LightElement; name: string }[] = [];
  private readonly counts = new Map<string, number>();
  private foreign = 0;
  private isInBody = false;
  private element: LightElement | undefined;
  private attribute = '';
  private value = '';
  private texts: string[] = [];

  constructor(source: string, isXhtml: boolean) {
    this.source = source;
    this.isXhtml = isXhtml;
  }

  isInForeignContext(): boolean {
    return this.foreign > 0;
  }

  ontext(start: number, end: number): void {
    this.texts.push(this.source.slice(start, end));
  }

  ontextentity(code: number): void {
    this.texts.push(String.fromCodePoint(code));
  }

  oncdata(start: number, end: number, offset: number): void {
    // Outside of XML it is a comment.
    if (this.isXhtml || this.foreign > 0) this.texts.push(this.source.slice(start, end - offset));
  }

  onopentagname(start: number, end: number): void {
    this.flush();
    const name = localName(this.source.slice(start, end));
    this.element = this.document.createElement(name === 'image' && this.foreign === 0 ? 'img' : name);
  }

  onattribname(start: number, end: number): void {
    this.attribute = this.source.slice(start, end).toLowerCase();
  }

  onattribdata(start: number, end: number): void {
    this.value += this.source.slice(start, end);
  }

  onattribentity(code: number): void {
    this.value += String.fromCodePoint(code);
  }

  onattribend(): void {
    if (this.element && !this.element.hasAttribute(this.attribute))
      this.element.setAttribute(this.attribute, this.value);
    this.value = '';
  }

  onopentagend(): void {
    const { element } = this;
    this.element = undefined;
    if (!element) return;
    const name = element.localName;
    if (name === 'html' || name === 'head' || name === 'body') {
      this.merge(element, name);
      return;
    }
    if (this.foreign === 0) this.endBefore(name);
    this.place().append(element);
    if (voids.has(name) && this.foreign === 0) return;
    this.open.push({ element, name });
    this.counts.set(name, (this.counts.get(name) ?? 0) + 1);
    if (name === 'svg' || name === 'math') this.foreign++;
  }

  onselfclosingtag(): void {
    const name = this.element?.localName;
    this.onopentagend();
    const isOpen = name !== undefined && this.open.at(-1)?.name === name;
    if (isOpen && (this.isXhtml || (this.foreign > 0 && name !== 'p'))) this.pop();
  }

  onclosetag(start: number, end: number): void {
    this.flush();
    const name = localName(this.source.slice(start, end));
    if (name === 'br') this.place().append(this.document.createElement('br'));
    else if (this.counts.get(name)) {
      while (this.open.at(-1)?.name !== name) this.pop();
      this.pop();
    }
  }

  oncomment(): void {}
  ondeclaration(): void {}
  onprocessinginstruction(): void {}
  onend(): void {}

  /** Hangs up the text that was read. */
  flush(): void {
    if (this.texts.length === 0) return;
    const text = this.texts.length === 1 ? (this.texts[0] ?? '') : this.texts.join('');
    this.texts = [];
    if (this.open.length === 0 && !this.isInBody && text.trim() === '') return;
    if (this.open.length === 0) this.isInBody = true;
    this.place().append(text);
  }

  private place(): LightElement {
    const index = Math.min(this.open.length, deepestLevel) - 1;
    return this.open[index]?.element ?? (this.isInBody ? this.document.body : this.document.head);
  }

  private pop(): void {
    const name = this.open.pop()?.name ?? '';
    this.counts.set(name, (this.counts.get(name) ?? 1) - 1);
    if (name === 'svg' || name === 'math') this.foreign--;
  }

  private merge(element: LightElement, name: 'html' | 'head' | 'body'): void {
    const known =
      name === 'html'
        ? this.document.documentElement
        : name === 'head'
          ? this.document.head
          : this.document.body;
    for (const attribute of element.attributeNames()) {
      if (!known.hasAttribute(attribute))
        known.setAttribute(attribute, element.getAttribute(attribute) ?? '');
    }
    if (name === 'body') this.isInBody = true;
  }

  private endBefore(name: string): void {
    if (this.open.length === 0 && !inHead.has(name)) this.isInBody = true;
    const rule = ends[name];
    if (rule) this.end(rule);
    if (blocks.has(name) && this.counts.get('p')) this.end(paragraph);
  }

  private end({ ended, stops }: { ended: Set<string>; stops: Set<string> }): void {
    let depth = 0;
    for (let index = this.open.length - 1; index >= 0 && index >= this.open.length - farthest; index--) {
      const name = this.open[index]?.name ?? '';
      if (stops.has(name)) break;
      if (ended.has(name)) depth = this.open.length - index;
    }
    for (; depth > 0; depth--) this.pop();
  }
}

/** Prefixes of XHTML say nothing here: `xhtml:p` is a paragraph. */
function localName(written: string): string {
  const name = written.toLowerCase();
  return /^(?:x?html|h|svg|m|math|mml):/.test(name) ? name.slice(name.indexOf(':') + 1) : name;
}

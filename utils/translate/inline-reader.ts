import type { MarkKind } from './inline-marks';

/** Finds what is a mark in inline Markdown: links, emphasis, code, formulas, addresses, citations, line breaks. */

/** Marks of one run at most: what follows is text. Numbers have four digits at most, and no reader follows that many. */
const mostMarks = 1_000;
const deepest = 24;
/** Characters in which a formula has to end. */
const longestFormula = 600;

/** Where something stands that is a mark. */
export interface Span {
  kind: MarkKind;
  start: number;
  end: number;
  /** Where its words begin and end; absent where it has none. */
  from?: number;
  to?: number;
  address?: string;
}

interface Opener {
  family: '[' | '*' | '_' | '~' | '<sup>' | '<sub>';
  at: number;
  width: number;
}

const addressAt = /\(((?:[^()\s]|\([^()\s]*\))*)(?:\s+"[^"\n]*")?\)/y;
const webAddress =
  /https?:\/\/[^\s<>"`|\\\]\p{sc=Han}，。；、）」』】]+|www\.[^\s<>"`|\\\]\p{sc=Han}，。；、）」』】]+/uy;
const mailAddress =
  /[\p{sc=Latin}\p{sc=Cyrillic}\p{sc=Greek}\p{N}_.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}/uy;
/** What ends a sentence and no address. */
const trailing = new Set('.,;:!?\'"”’)*_~');
const raisedTag = /<(\/?)(sup|sub)>/y;
const citation = /^(?:\^[^\s\]]{1,40}|\^?[\d\s,;–-]{1,40}|[^[\]\n]{0,40}¶[^[\]\n]{0,60})$/;
const aLetter = /\p{L}/u;
/** What an address cannot follow at once: it would be a part of the word. */
export const wordBefore = /[\p{sc=Latin}\p{sc=Cyrillic}\p{sc=Greek}\p{N}_.+-]/u;

/** Everything in a run that is a mark, well nested, in the order in which they end. Linear in the text. */
export const readSpans = (raw: string): Span[] => new InlineReader(raw).read();

class InlineReader {
  private at = 0;
  private readonly spans: Span[] = [];
  private readonly openers: Opener[] = [];
  private readonly openOf: Partial<Record<Opener['family'], number>> = {};
  /** Lengths of runs of backticks that close nothing any more. */
  private readonly unclosed = new Set<number>();

  private readonly raw: string;

  constructor(raw: string) {
    this.raw = raw;
  }

  read(): Span[] {
    const { raw } = this;
    while (this.at < raw.length && this.spans.length < mostMarks) {
      const start = this.at;
      this.step(raw[start] ?? '');
      if (this.at === start) this.at++;
    }
    // Line feeds are never text: where there are too many marks, they are the ones that stay.
    for (let at = raw.indexOf('\n', this.at); at >= 0; at = raw.indexOf('\n', at + 1))
      this.atom('break', at, at + 1);
    return this.spans;
  }

  private step(character: string): void {
    const { raw, at } = this;
    if (character === '\n') this.atom('break', at, at + 1);
    else if (character === '\\') this.escape();
    else if (character === '`') this.code();
    else if (character === '$') this.formula();
    else if (character === '*' || character === '~' || character === '_') this.emphasis(character);
    else if (character === '[' || (character === '!' && raw[at + 1] === '[')) this.bracket();
    else if (character === ']') this.closeBracket();
    else if (character === '<') this.tag();
    else if (character === '¶') this.match(/¶\d+/y, 'citation');
    else if (!wordBefore.test(raw[at - 1] ?? '')) this.address(character);
  }

  private atom(kind: MarkKind, start: number, end: number, address?: string): void {
    this.spans.push({ kind, start, end, ...(address === undefined ? {} : { address }) });
    this.at = end;
  }

  private match(pattern: RegExp, kind: MarkKind): void {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.raw)?.[0];
    if (found) this.atom(kind, this.at, this.at + found.length);
  }

  private escape(): void {
    const { raw, at } = this;
    const pair = raw[at + 1] === '(' ? '\\)' : raw[at + 1] === '[' ? '\\]' : '';
    const end = pair ? raw.slice(at, at + longestFormula).indexOf(pair, 2) : -1;
    const body = end > 0 ? raw.slice(at + 2, at + end) : '';
    if (body && !body.includes('\n') && /\\[a-zA-Z]|[\^_{}=]/.test(body))
      this.atom('formula', at, at + end + 2);
    else this.at = at + (raw[at + 1] && raw[at + 1] !== '\n' ? 2 : 1);
  }

  private code(): void {
    const { raw, at } = this;
    let width = 1;
    while (raw[at + width] === '`') width++;
    this.at = at + width;
    if (this.unclosed.has(width)) return;
    const marks = '`'.repeat(width);
    for (let end = raw.indexOf(marks, this.at); end >= 0; end = raw.indexOf(marks, end + 1)) {
      let after = end + width;
      while (raw[after] === '`') after++;
      if (after - end === width) {
        // Code goes over no line here: each line of a quote or an item has its own beginning.
        if (!raw.slice(this.at, end).includes('\n')) this.atom('code', at, after);
        return;
      }
      end = after - 1;
    }
    this.unclosed.add(width);
  }

  private formula(): void {
    const { raw, at } = this;
    const mark = raw.startsWith('$$', at) ? '$$' : '$';
    const from = at + mark.length;
    this.at = from;
    const window = raw.slice(from, from + longestFormula).split('\n', 1)[0] ?? '';
    let end = window.indexOf(mark);
    while (end > 0 && window[end - 1] === '\\') end = window.indexOf(mark, end + 1);
    if (end <= 0) return;
    const body = window.slice(0, end);
    // “$5 and 10$” is about money: no space inside the marks, no figure after them, and no sentence between.
    if (mark === '$' && (/^\s|\s$/.test(body) || /\d/.test(window[end + 1] ?? ''))) return;
    if (!/\\[a-zA-Z]|[\^_{]/.test(body) && /(?:^|[\s,;])\p{Ll}{2,}(?=[\s,.;]|$)|\p{sc=Han}/u.test(body))
      return;
    this.atom('formula', at, from + end + mark.length);
  }

  private address(character: string): void {
    if (character === 'h' || character === 'w') {
      webAddress.lastIndex = this.at;
      const found = webAddress.exec(this.raw)?.[0] ?? '';
      let length = balancedLength(found);
      while (length > 0 && trailing.has(found[length - 1] ?? '')) length--;
      if (length > 5) {
        this.atom('address', this.at, this.at + length, found.slice(0, length));
        return;
      }
    }
    if (wordBefore.test(character)) this.match(mailAddress, 'address');
  }

  private tag(): void {
    raisedTag.lastIndex = this.at;
    const [whole, closing, name] = raisedTag.exec(this.raw) ?? [];
    if (!whole) return;
    const family = name === 'sup' ? '<sup>' : '<sub>';
    const end = this.at + whole.length;
    if (!closing) this.push({ family, at: this.at, width: whole.length });
    else {
      const opener = this.pop(family);
      if (opener) this.close(opener, this.at, end, name === 'sup' ? 'raised' : 'lowered');
    }
    this.at = end;
  }

  private emphasis(character: '*' | '~' | '_'): void {
    const { raw, at } = this;
    let width = 1;
    while (raw[at + width] === character) width++;
    this.at = at + width;
    if (width > 3 || (character === '~' && width !== 2)) return;
    const before = raw[at - 1] ?? ' ';
    const after = raw[at + width] ?? ' ';
    const insideWord = character === '_' ? /[\p{L}\p{N}]/u : /\d/;
    const isInside = insideWord.test(before) && insideWord.test(after);
    if (isInside) return;
    let left = width;
    let place = at;
    if (!/\s/.test(before)) {
      while (left > 0) {
        const opener = this.openers.findLast(({ family }) => family === character);
        if (!this.openOf[character] || !opener || opener.width > left || opener.at + opener.width === place)
          break;
        this.pop(character);
        const kind = character === '~' ? 'deleted' : opener.width === 2 ? 'strong' : 'emphasis';
        this.close(opener, place, place + opener.width, kind);
        place += opener.width;
        left -= opener.width;
      }
    }
    if (left === 0 || /\s/.test(after)) return;
    if (left === 3) {
      this.push({ family: character, at: place, width: 2 });
      this.push({ family: character, at: place + 2, width: 1 });
    } else this.push({ family: character, at: place, width: left });
  }

  private bracket(): void {
    const width = this.raw[this.at] === '!' ? 2 : 1;
    this.push({ family: '[', at: this.at, width });
    this.at += width;
  }

  private closeBracket(): void {
    const { raw, at } = this;
    this.at = at + 1;
    const opener = this.pop('[');
    if (!opener) return;
    const words = raw.slice(opener.at + opener.width, at);
    const isImage = opener.width === 2;
    addressAt.lastIndex = at + 1;
    const [target, address] = words.includes('\n') ? [] : (addressAt.exec(raw) ?? []);
    const end = at + 1 + (target?.length ?? 0);
    if (target === undefined && !isImage) {
      // [3], [^note], [2, 5], [1¶12]: a sign that leads elsewhere.
      if (words.length <= 100 && citation.test(words)) this.swallow('citation', opener.at, end);
      return;
    }
    if (words.includes('\n')) return;
    const kind = isImage ? 'image' : 'link';
    if (aLetter.test(words)) this.close(opener, at, end, kind, address ?? '');
    else this.swallow(kind, opener.at, end, address ?? '');
    this.at = end;
  }

  private push(opener: Opener): void {
    if (this.openers.length >= deepest) return;
    this.openers.push(opener);
    this.openOf[opener.family] = (this.openOf[opener.family] ?? 0) + 1;
  }

  /** The nearest opener of a family; those inside it that were not closed are text. */
  private pop(family: Opener['family']): Opener | undefined {
    if (!this.openOf[family]) return undefined;
    for (let opener = this.openers.pop(); opener; opener = this.openers.pop()) {
      this.openOf[opener.family] = (this.openOf[opener.family] ?? 1) - 1;
      if (opener.family === family) return opener;
    }
    return undefined;
  }

  private close(opener: Opener, to: number, end: number, kind: MarkKind, address?: string): void {
    const from = opener.at + opener.width;
    if (from >= to) return;
    // The words beside a picture are words; what is inside them is not looked at.
    if (kind === 'image') this.drop(opener.at);
    this.spans.push({ kind, start: opener.at, end, from, to, ...(address === undefined ? {} : { address }) });
  }

  /** One mark for all of it, with whatever was found inside. */
  private swallow(kind: MarkKind, start: number, end: number, address?: string): void {
    this.drop(start);
    this.atom(kind, start, end, address);
  }

  private drop(from: number): void {
    while ((this.spans.at(-1)?.start ?? -1) >= from) this.spans.pop();
  }
}

/** Where an address ends that stands in round brackets: at the one that it did not open. */
function balancedLength(address: string): number {
  let depth = 0;
  for (let at = 0; at < address.length; at++) {
    if (address[at] === '(') depth++;
    else if (address[at] === ')' && --depth < 0) return at;
  }
  return address.length;
}

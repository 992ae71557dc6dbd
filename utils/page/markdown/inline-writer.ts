/** Characters that show nothing: soft hyphens, zero-width spaces and byte order marks. */
export const invisible = /[\u00AD\u200B\uFEFF]/g;

/** Letters that are written with spaces between words. Han, kana and Thai are not. */
const spaced = /[\p{L}\p{N}]/u;
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;
/** Deeper emphasis than this says nothing, and Turndown takes quadratic time for it. */
const maximumDepth = 12;

type Mark = 'strong' | 'em' | 'del' | 'code' | 'a';

/**
 * Writes a run of inline content as the simplest tree that means the same: text, emphasis, code, links, images and
 * line breaks. White space is folded as a browser does, and stands outside of emphasis. Turndown gets this tree.
 */
export class InlineWriter {
  readonly root: Element;
  /** The end of what was written, to judge what follows it. */
  recent = '';
  private at: Element;
  private pieces: string[] = [];
  private white: '' | ' ' | '\n' = '';
  private isLoose = false;
  private isMarked = false;
  private readonly opened: boolean[] = [];
  private readonly inside = new Map<Mark, number>();

  private readonly scratch: Document;

  constructor(scratch: Document) {
    this.scratch = scratch;
    this.root = scratch.createElement('div');
    this.at = this.root;
  }

  /** Text of the page: white space folds. */
  text(data: string): void {
    const text = data.replace(invisible, '').replace(/\s+/g, ' ');
    const isPaddedLeft = text.startsWith(' ');
    if (isPaddedLeft) this.space();
    const words = text.trim();
    if (words === '') return;
    if (this.isLoose && this.white === '' && touches(this.recent, words)) this.space();
    this.raw(words);
    if (text.length > words.length + (isPaddedLeft ? 1 : 0)) this.space();
  }

  /** Text that stays as it is. */
  raw(text: string): void {
    this.isLoose = false;
    this.flushWhite();
    this.pieces.push(text);
    this.recent = (this.recent.slice(-16) + text).slice(-16);
  }

  space(): void {
    if (this.white === '') this.white = ' ';
  }

  lineBreak(): void {
    this.white = '\n';
  }

  /** Words on either side of this place do not run together. */
  loosen(): void {
    this.isLoose = true;
  }

  isInside(mark: Mark): boolean {
    return (this.inside.get(mark) ?? 0) > 0;
  }

  /** Opens an element; `close` has to follow even when it is not made because it would say nothing new. */
  open(mark: Mark, attributes: Record<string, string> = {}): void {
    const isNew = !this.isInside(mark) && !this.isInside('code') && this.opened.length < maximumDepth;
    this.inside.set(mark, (this.inside.get(mark) ?? 0) + 1);
    this.opened.push(isNew);
    if (!isNew) return;
    if (this.recent !== '' && this.white !== '') this.flushWhite();
    this.flushText();
    const before = this.at.lastChild as Element | null;
    if (mark !== 'a' && before?.nodeName === mark.toUpperCase()) {
      this.at = before;
      return;
    }
    this.isMarked = true;
    this.at = this.append(mark, attributes);
  }

  close(mark: Mark): void {
    this.inside.set(mark, (this.inside.get(mark) ?? 1) - 1);
    if (!this.opened.pop()) return;
    this.flushText();
    const closed = this.at;
    this.at = closed.parentElement ?? this.root;
    if (!closed.hasChildNodes()) closed.remove();
  }

  image(alternative: string, address: string): void {
    this.raw('');
    this.flushText();
    this.isMarked = true;
    this.append('img', { alt: alternative, src: address });
    this.recent = '!';
  }

  /** What was written, when it is nothing but text; else undefined, and `root` holds it. */
  plainText(): string | undefined {
    this.flushText();
    if (this.isMarked) return undefined;
    return Array.from(this.root.childNodes, (node) => (node.nodeType === 3 ? node.nodeValue : '\n')).join('');
  }

  /** White space is written only when something follows it, and before the elements that begin after it. */
  private flushWhite(): void {
    const white = this.white;
    this.white = '';
    if (white === '' || this.recent === '') return;
    if (this.pieces.length > 0 && white === ' ') {
      this.pieces.push(' ');
      return;
    }
    this.flushText();
    let parent = this.at;
    let before: Element | null = null;
    while (parent !== this.root && !parent.hasChildNodes()) {
      before = parent;
      parent = parent.parentElement ?? this.root;
    }
    parent.insertBefore(
      white === ' ' ? this.scratch.createTextNode(' ') : this.scratch.createElement('br'),
      before,
    );
  }

  private flushText(): void {
    if (this.pieces.length === 0) return;
    const text = this.pieces.join('');
    this.pieces = [];
    if (text !== '') this.at.append(text);
  }

  private append(name: string, attributes: Record<string, string>): Element {
    const element = this.scratch.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    this.at.append(element);
    return element;
  }
}

const isSpacedLetter = (character: string) => spaced.test(character) && !unspaced.test(character);

const touches = (before: string, after: string) =>
  isSpacedLetter(Array.from(before.slice(-2)).at(-1) ?? '') &&
  isSpacedLetter(Array.from(after.slice(0, 2))[0] ?? '');

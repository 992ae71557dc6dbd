import type { InlineElement, Mark } from './inline-tree';

/** Characters that show nothing: soft hyphens, zero-width spaces and byte order marks. */
export const invisible = /[\u00AD\u200B\uFEFF]/g;

/** Every run of white space that is not a single space already. */
const unfolded = /\s\s+|[^\S ]/g;

/** Text of the page without what shows nothing, its white space folded and gone at its ends. */
export const foldedLine = (data: string): string => data.replace(invisible, '').replace(unfolded, ' ').trim();

/** Letters that are written with spaces between words. Han, kana and Thai are not. */
const spaced = /[\p{L}\p{N}]/u;
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;
/** Deeper emphasis than this says nothing, and Turndown takes quadratic time for it. */
const maximumDepth = 12;

/**
 * Writes a run of inline content as the simplest tree that means the same: text, emphasis, code, links, images and
 * line breaks. White space is folded as a browser does, and stands outside of emphasis.
 */
export class InlineWriter {
  readonly root = elementOf('root');
  /** The end of what was written, to judge what follows it. */
  recent = '';
  private at: InlineElement = this.root;
  private pieces: string[] = [];
  private white: '' | ' ' | '\n' = '';
  private isLoose = false;
  private isMarked = false;
  private readonly opened: boolean[] = [];
  private readonly inside = new Map<Mark, number>();

  /** Text of the page: white space folds. */
  text(data: string): void {
    const text = data.replace(invisible, '').replace(unfolded, ' ');
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
    this.recent = (text.length < 16 ? this.recent + text : text).slice(-16);
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
    const before = this.at.children.at(-1);
    if (mark !== 'a' && typeof before === 'object' && before.name === mark) {
      this.at = before;
      return;
    }
    this.isMarked = true;
    const element = elementOf(mark, attributes, this.at);
    this.at.children.push(element);
    this.at = element;
  }

  close(mark: Mark): void {
    this.inside.set(mark, (this.inside.get(mark) ?? 1) - 1);
    if (!this.opened.pop()) return;
    this.flushText();
    const closed = this.at;
    this.at = closed.parent ?? this.root;
    // What is written goes to the end, so an element without anything in it is still the last.
    if (closed.children.length === 0) this.at.children.pop();
  }

  image(alternative: string, address: string): void {
    this.raw('');
    this.flushText();
    this.isMarked = true;
    this.at.children.push(elementOf('img', { alt: alternative, src: address }));
    this.recent = '!';
  }

  /** What was written, when it is nothing but text; else undefined, and `root` holds it. */
  plainText(): string | undefined {
    this.flushText();
    if (this.isMarked) return undefined;
    const { children } = this.root;
    if (children.length === 1 && typeof children[0] === 'string') return children[0];
    return children.map((child) => (typeof child === 'string' ? child : '\n')).join('');
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
    let before: InlineElement | undefined;
    while (parent !== this.root && parent.children.length === 0) {
      before = parent;
      parent = parent.parent ?? this.root;
    }
    if (before) parent.children.pop();
    parent.children.push(white === ' ' ? ' ' : lineBreak);
    if (before) parent.children.push(before);
  }

  private flushText(): void {
    if (this.pieces.length === 0) return;
    const text = this.pieces.join('');
    this.pieces = [];
    if (text !== '') this.at.children.push(text);
  }
}

const none: Record<string, string> = {};

const elementOf = (
  name: InlineElement['name'],
  attributes = none,
  parent: InlineElement | undefined = undefined,
): InlineElement => ({ name, attributes, children: [], parent });

const lineBreak = elementOf('br');

const isSpacedLetter = (character: string) => spaced.test(character) && !unspaced.test(character);

const touches = (before: string, after: string) =>
  isSpacedLetter(Array.from(before.slice(-2)).at(-1) ?? '') &&
  isSpacedLetter(Array.from(after.slice(0, 2))[0] ?? '');

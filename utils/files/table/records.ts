/**
 * Text with separators -> records of fields, to the letter, as spreadsheets read it (RFC 4180 and what people make of
 * it): a field in quotes may hold separators, line breaks and doubled quotes; a quote elsewhere is a quote; a quote
 * that nothing closes is one too. Linear in the length of the text, whatever is in it.
 */

/** Quotes without an end that are looked for to the end of the text; after so many, quotes are nothing but quotes. */
const mostUnclosed = 50;

const lineFeed = 10;
const carriageReturn = 13;
const quote = 34;
const space = 32;

export class RecordReader {
  private readonly text: string;
  private readonly separator: number;
  private at: number;
  private unclosed = 0;
  /** The field that was read last is the last of its record. */
  isLast = false;

  /** `separator`: one sign, or '' where each line is one field. */
  constructor(text: string, separator: string, from = 0) {
    this.text = text;
    this.separator = separator === '' ? -1 : separator.charCodeAt(0);
    this.at = from;
  }

  /** Whether nothing is left. */
  get isDone(): boolean {
    return this.at >= this.text.length && !this.isPending;
  }

  /** A separator was the last thing in the text: an empty field follows. */
  private isPending = false;

  /** The next field. `isLast` says whether its record ends with it. */
  field(): string {
    const { text } = this;
    this.isPending = false;
    let start = this.at;
    // Some programs write a space behind the separator.
    if (text.charCodeAt(start) === space) {
      let next = start;
      while (text.charCodeAt(next) === space) next++;
      if (text.charCodeAt(next) === quote) start = next;
    }
    if (text.charCodeAt(start) === quote && this.unclosed < mostUnclosed) {
      const quoted = this.quoted(start + 1);
      if (quoted !== undefined) return quoted;
      this.unclosed++;
    }
    const end = this.endOfField(this.at);
    const value = text.slice(this.at, end);
    this.pass(end);
    return value;
  }

  private quoted(from: number): string | undefined {
    const { text } = this;
    let value = '';
    for (let start = from; ; ) {
      const close = text.indexOf('"', start);
      if (close === -1) return undefined;
      value += text.slice(start, close);
      if (text.charCodeAt(close + 1) !== quote) {
        // Whatever stands behind the closing quote belongs to the field as well.
        const end = this.endOfField(close + 1);
        const rest = text.slice(close + 1, end);
        this.pass(end);
        return rest.trim() === '' ? value : value + rest;
      }
      value += '"';
      start = close + 2;
    }
  }

  private endOfField(from: number): number {
    const { text, separator } = this;
    let at = from;
    for (; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === separator || code === lineFeed || code === carriageReturn) break;
    }
    return at;
  }

  /** Steps over the separator or the line end at `end`. */
  private pass(end: number): void {
    const { text } = this;
    const code = text.charCodeAt(end);
    this.isLast = code !== this.separator;
    this.at = end + 1;
    if (code === carriageReturn && text.charCodeAt(end + 1) === lineFeed) this.at++;
    this.isPending = !this.isLast && this.at >= text.length;
  }
}

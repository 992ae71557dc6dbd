/**
 * JSON as models write it: single or curly quotation marks around strings, quotation marks within them that are not
 * escaped, commas at the end or missing, keys without quotation marks, brackets that are not closed. Strings and numbers
 * are taken to the letter or not at all: half a string is no string.
 */

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** Brackets within brackets; a comparison has four. Deeper text is not read. */
const deepest = 12;

const unreadable = Symbol('unreadable');

/**
 * The values in a text, one after the other, or undefined when a part of it is none. With `closes`, brackets that are
 * open at the end count as closed. Linear in the length of the text.
 */
export function lenientValues(text: string, closes: boolean): Json[] | undefined {
  const reader = new Reader(text, closes);
  try {
    const values: Json[] = [];
    for (;;) {
      // A bracket too many at the end of a line closes nothing.
      reader.skip(values.length > 0 ? /[\s,;\]}]*/y : /[\s,;]*/y);
      if (reader.isAtEnd()) return values;
      values.push(reader.value(0));
    }
  } catch (error) {
    if (error === unreadable) return undefined;
    throw error;
  }
}

/** What closes a string, by what opens it. */
const closers: Record<string, string> = {
  '"': '"',
  "'": "'",
  '“': '”',
  '„': '”“',
  '‘': '’',
  '`': '`',
  '＂': '＂',
};
const word = /[\p{L}_$][\p{L}\p{N}_$-]*/uy;
const number = /[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?(?![\p{L}\p{N}.%])/iuy;
const constants = new Map<string, Json>([
  ['null', null],
  ['none', null],
  ['undefined', null],
  ['nan', null],
  ['true', true],
  ['false', false],
]);
/** After a quotation mark that closes a key, a value of an object, a value of a list. */
const afterKey = /\s*[:：=]/y;
const afterProperty =
  /\s*(?:[}\]]|$|,\s*(?:[}\]]|$|["'“„‘`＂][^"'“”„‘’`＂]{0,80}["'”“’`＂]\s*[:：]|[\p{L}_$][\p{L}\p{N}_$-]{0,80}\s*[:：]))/uy;
const afterItem = /\s*(?:[\]}]|$|,\s*(?:[\]}]|$|["'“„‘`＂[{]|[-+\d]|null\b|None\b|true\b|false\b))/y;

/** A number as it was written: where a number of JavaScript would be shown in other figures, such as 1.50, its text. */
export const asWritten = (figure: string): number | string =>
  String(Number(figure)) === figure ? Number(figure) : figure;

class Reader {
  readonly text: string;
  readonly closes: boolean;
  #at = 0;

  constructor(text: string, closes: boolean) {
    this.text = text;
    this.closes = closes;
  }

  isAtEnd(): boolean {
    return this.#at >= this.text.length;
  }

  /** Takes what the pattern matches here; it is sticky. */
  skip(pattern: RegExp): string {
    const found = this.#look(pattern, this.#at);
    this.#at += found?.length ?? 0;
    return found ?? '';
  }

  value(depth: number, ends = afterItem): Json {
    if (depth > deepest) throw unreadable;
    this.skip(/\s*/y);
    const sign = this.text[this.#at] ?? '';
    if (sign === '{') return this.#object(depth);
    if (sign === '[') return this.#list(depth);
    if (sign in closers) return this.#string(ends);
    const figure = this.skip(number);
    if (figure) return asWritten(figure);
    const name = this.skip(word).toLowerCase();
    const constant = constants.get(name);
    if (constant === undefined) throw unreadable;
    return constant;
  }

  #object(depth: number): Json {
    this.#at++;
    // Without a prototype, so that a key named __proto__ is a key like any other.
    const object: { [key: string]: Json } = Object.create(null);
    for (;;) {
      this.skip(/[\s,]*/y);
      if (this.#ends('}')) return object;
      const isQuoted = (this.text[this.#at] ?? '') in closers;
      const key = isQuoted ? this.#string(afterKey) : this.skip(word) || this.skip(/\d{1,4}/y);
      if (!key || !this.skip(/\s*[:：=]/y)) throw unreadable;
      object[key] = this.value(depth + 1, afterProperty);
      if (!this.#look(/\s*(?:[,}\]"'“]|$)/y, this.#at) && !this.isAtEnd()) throw unreadable;
    }
  }

  #list(depth: number): Json {
    this.#at++;
    const list: Json[] = [];
    for (;;) {
      this.skip(/\s*/y);
      // `[a,,b]` has an empty cell in the middle: leaving it out would move all that follow.
      if (this.text[this.#at] === ',') {
        list.push(null);
        this.#at++;
        continue;
      }
      if (this.#ends(']')) return list;
      list.push(this.value(depth + 1));
      this.skip(/\s*/y);
      if (this.text[this.#at] === ',') this.#at++;
      else if (!/[\]}[{"'“]/.test(this.text[this.#at] ?? ']')) throw unreadable;
    }
  }

  /** Whether a bracket closes here: its own sign, the sign of one further out, or the end of the text. */
  #ends(sign: string): boolean {
    const here = this.text[this.#at];
    if (here === sign) {
      this.#at++;
      return true;
    }
    if (here === undefined || here === ']' || here === '}') {
      if (this.closes) return true;
      throw unreadable;
    }
    return false;
  }

  #string(ends: RegExp): string {
    const opener = this.text[this.#at] ?? '';
    const closer = closers[opener] ?? opener;
    let result = '';
    for (let at = this.#at + 1; at < this.text.length; at++) {
      const sign = this.text[at] as string;
      if (sign === '\\') {
        const [value, length] = escaped(this.text, at);
        result += value;
        at += length - 1;
      } else if (closer.includes(sign) && this.#look(ends, at + 1) !== undefined) {
        this.#at = at + 1;
        return result;
      } else result += sign;
    }
    throw unreadable;
  }

  #look(pattern: RegExp, at: number): string | undefined {
    pattern.lastIndex = at;
    return pattern.exec(this.text)?.[0];
  }
}

const escapes: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

/** What an escape at a place stands for, and its length. One that JSON does not know stands for its own character. */
function escaped(text: string, at: number): [string, number] {
  const sign = text[at + 1] ?? '';
  const code = sign === 'u' ? /^[0-9a-f]{4}/i.exec(text.slice(at + 2, at + 6))?.[0] : undefined;
  if (code) return [String.fromCharCode(Number.parseInt(code, 16)), 6];
  return [escapes[sign] ?? sign, 2];
}

import type { Token, TokenizerExtension, Tokens } from 'marked';

/** A note at the end of an answer, `[^1]: …`, or a word and what it means. */
export interface NoteToken extends Tokens.Generic {
  type: 'note';
  label: string;
  tokens: Token[];
}
export interface DefinitionsToken extends Tokens.Generic {
  type: 'definitions';
  term: Token[];
  meanings: Token[][];
}

/** `[^1]` in a line. */
export const noteMark: TokenizerExtension = {
  name: 'noteMark',
  level: 'inline',
  start: (source) => source.indexOf('[^'),
  tokenizer(source) {
    const match = /^\[\^([^\s\]^]{1,40})\](?![(:])/.exec(source);
    return match ? { type: 'noteMark', raw: match[0], label: match[1] ?? '' } : undefined;
  },
};

/** `[^1]: …`, up to a blank line or the next note. */
export const note: TokenizerExtension = {
  name: 'note',
  level: 'block',
  start: (source) => {
    if (!source.includes('[^')) return undefined;
    const at = source.search(/\n {0,3}\[\^[^\s\]^]{1,40}\]:/);
    return at === -1 ? undefined : at + 1;
  },
  tokenizer(source) {
    const match =
      /^ {0,3}\[\^([^\s\]^]{1,40})\]:[ \t]*([^\n]*(?:\n(?![ \t]*\n| {0,3}\[\^[^\s\]^]{1,40}\]:)[^\n]+)*)(?:\n|$)/.exec(
        source,
      );
    if (!match) return undefined;
    const [raw, label = '', text = ''] = match;
    return { type: 'note', raw, label, tokens: this.lexer.inlineTokens(text) };
  },
};

/** A line with a word and lines that begin with a colon. */
export const definitions: TokenizerExtension = {
  name: 'definitions',
  level: 'block',
  tokenizer(source) {
    const match =
      /^(?![ \t]|[-+>#|:<]|\d{1,9}[.)]|\*[ \t]|```|~~~)([^\n]{1,300})\n((?: {0,3}:[ \t]+[^\n]+(?:\n|$))+)/.exec(
        source,
      );
    if (!match) return undefined;
    const [raw, term = '', lines = ''] = match;
    const meanings = lines
      .trimEnd()
      .split('\n')
      .map((line) => this.lexer.inlineTokens(line.replace(/^ *:[ \t]+/, '')));
    return { type: 'definitions', raw, term: this.lexer.inlineTokens(term), meanings };
  },
};

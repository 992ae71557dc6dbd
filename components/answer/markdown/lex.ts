import { Lexer, Marked, type Token, type TokenizerExtension, type TokensList } from 'marked';
import { formulaBlock, formulaInLine, withoutFormulas } from './formulas';
import { definitions, note, noteMark } from './notes';

/** Addresses that an answer gives for its links at another place: `[1]: https://…`. */
export type LinkDefinitions = Lexer['tokens']['links'];

/** Quotes in lists in quotes, and marks in marks: what is deeper than this is text. Deep trees end the tab. */
export const maximumDepth = 24;

/**
 * Marks in one run of text up to which it is read as Markdown. Thousands of brackets or stars take marked seconds,
 * and nobody writes them: such a text is shown as it is.
 */
const mostMarks = 1_500;

/**
 * `**claim。**and on` is bold to people who write without spaces and not to CommonMark, whose closing marks may not
 * stand between punctuation and a letter. Only Han and Kana after the closing marks take this way.
 */
const boldBeforeHan: TokenizerExtension = {
  name: 'strong',
  level: 'inline',
  start: (source) => source.indexOf('**'),
  tokenizer(source) {
    const match =
      /^\*\*(?=[^\s*])((?:[^*\n]|\*(?!\*))*?[^\s*])\*\*(?=[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}])/u.exec(
        source,
      );
    if (!match) return undefined;
    const [raw, text = ''] = match;
    return { type: 'strong', raw, text, tokens: this.lexer.inlineTokens(text) };
  },
};

const { defaults } = new Marked({
  gfm: true,
  async: false,
  extensions: [boldBeforeHan, formulaInLine, formulaBlock, noteMark, note, definitions],
  hooks: { emStrongMask: withoutFormulas },
});

class BoundedLexer extends Lexer {
  #depth = 0;

  constructor(links: LinkDefinitions) {
    super(defaults);
    this.tokens.links = links;
  }

  override blockTokens(source: string, tokens: Token[] = [], lastParagraphClipped?: boolean): TokensList {
    const work = () => super.blockTokens(source, tokens, lastParagraphClipped);
    return this.#within(source, tokens, work) as TokensList;
  }

  override inlineTokens(source: string, tokens: Token[] = []) {
    if (source.length > mostMarks && (source.match(/[[\]!*_~`<\\$]/g)?.length ?? 0) > mostMarks) {
      tokens.push({ type: 'text', raw: source, text: source });
      return tokens;
    }
    return this.#within(source, tokens, () => super.inlineTokens(source, tokens));
  }

  #within(source: string, tokens: Token[], work: () => Token[]) {
    if (this.#depth >= maximumDepth) {
      tokens.push({ type: 'text', raw: source, text: source });
      return tokens;
    }
    this.#depth++;
    try {
      return work();
    } finally {
      this.#depth--;
    }
  }
}

/** Counts what is lexed, so that tests can say that it grows with the text and not with its square. */
export const lexed = { characters: 0 };

/** The tokens of a text, ready to be drawn. `links` are those that are defined so far; what is found is added. */
export function lex(text: string, links: LinkDefinitions = {}): Token[] {
  lexed.characters += text.length;
  return guarded(text, () => new BoundedLexer(links).lex(text));
}

/** The tokens of one line, such as a cell of a table: whatever it begins with, it is no list and no heading. */
export function lexLine(text: string): Token[] {
  lexed.characters += text.length;
  try {
    return new BoundedLexer({}).inlineTokens(text);
  } catch {
    return [{ type: 'text', raw: text, text }];
  }
}

/** The top-level tokens of a text, without what stands inside paragraphs: a fraction of the work. */
export function outline(text: string): Token[] {
  lexed.characters += text.length;
  return guarded(text, () => new BoundedLexer({}).blockTokens(text));
}

/** Output that the lexer gives up on is shown as the characters it consists of. */
function guarded(text: string, work: () => Token[]): Token[] {
  try {
    return work();
  } catch {
    const words = { type: 'text', raw: text, text };
    return text ? [{ type: 'paragraph', raw: text, text, tokens: [words] }] : [];
  }
}

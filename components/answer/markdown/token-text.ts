import type { Token, Tokens } from 'marked';
import { decodeEntities } from './cited-leaves';
import type { FormulaToken } from './formulas';

/** A line break written as HTML, as models do inside tables; the one tag that is more than its characters. */
export const isLineBreak = (token: Token): boolean =>
  token.type === 'br' || (token.type === 'html' && /^<br\s*\/?>$/i.test(token.raw.trim()));

/** The words of inline tokens without their marks, as a reader copies them; an address stands behind its words. */
export function plainText(tokens: Token[] = []): string {
  return tokens.map(wordsOf).join('');
}

function wordsOf(token: Token): string {
  if (isLineBreak(token)) return '\n';
  switch (token.type) {
    case 'codespan':
    case 'escape':
      return (token as Tokens.Codespan).text;
    case 'formula':
      return (token as FormulaToken).source;
    case 'link': {
      const { href, tokens } = token as Tokens.Link;
      const words = plainText(tokens);
      return words === href || `http://${words}` === href || `mailto:${words}` === href
        ? words
        : `${words} (${href})`;
    }
    case 'image': {
      const { href, text } = token as Tokens.Image;
      return text ? `${text} (${href})` : href;
    }
    default: {
      const { tokens, text } = token as Tokens.Text;
      if (tokens) return plainText(tokens);
      return decodeEntities(token.type === 'text' ? text : token.raw);
    }
  }
}

/**
 * The words of blocks and lines that tell a language and a direction: no code, no formulas, no addresses. At most
 * about `enough` characters of them.
 */
export function tellingText(tokens: Token[] | undefined, enough = 600): string {
  let text = '';
  for (const token of tokens ?? []) {
    if (text.length >= enough) break;
    if (/^(?:codespan|code|formula|html|image|def)$/.test(token.type)) continue;
    const { items } = token as Tokens.List;
    const inner = items ? items : (token as Tokens.Text).tokens;
    if (inner) text += `${tellingText(inner, enough - text.length)} `;
    else if (token.type === 'text' || token.type === 'escape') {
      // An address without marks has letters and no language.
      text += (token as Tokens.Text).text.slice(0, enough).replace(/https?:\S+/g, ' ');
    }
  }
  return text;
}

import type { Token, Tokens } from 'marked';
import type { ReactNode } from 'react';
import type { CheckedMark } from '@/utils/citations';
import { t } from '@/utils/i18n';
import { hostOf } from '../../format';
import { Citation } from '../citation';
import { type CitedPieces, decodeEntities, hasMarks, isJustCitations, useCitedPieces } from './cited-pieces';
import { SafeLink } from './safe-link';

/**
 * The inline Markdown of one block as React elements. Images stay closed, links wait for a click, HTML is text.
 * Citations are checked with the whole block before them: the words that they vouch for may be bold or in a link.
 */
export function Inline({ tokens = [] }: { tokens?: Token[] }): ReactNode {
  return hasMarks(tokens) ? <CitedInline tokens={tokens} /> : <InlineTokens tokens={tokens} />;
}

function CitedInline({ tokens }: { tokens: Token[] }) {
  return <InlineTokens tokens={tokens} pieces={useCitedPieces(tokens)} />;
}

interface Part {
  /** The citations of the block, by the tokens that they stand in. */
  pieces?: CitedPieces;
}

function InlineTokens({ tokens = [], pieces }: Part & { tokens?: Token[] }): ReactNode {
  // biome-ignore lint/suspicious/noArrayIndexKey: inline tokens have no identity besides their position
  return tokens.map((token, index) => <InlineToken key={index} token={token} pieces={pieces} />);
}

function InlineToken({ token, pieces }: Part & { token: Token }): ReactNode {
  const cited = pieces?.get(token);
  switch (token.type) {
    case 'strong':
      return (
        <strong>
          <InlineTokens pieces={pieces} tokens={(token as Tokens.Strong).tokens} />
        </strong>
      );
    case 'em':
      return (
        <em>
          <InlineTokens pieces={pieces} tokens={(token as Tokens.Em).tokens} />
        </em>
      );
    case 'del':
      return (
        <del>
          <InlineTokens pieces={pieces} tokens={(token as Tokens.Del).tokens} />
        </del>
      );
    case 'codespan':
      return cited ? <CitedText pieces={cited} /> : <code>{(token as Tokens.Codespan).text}</code>;
    case 'br':
      return <br />;
    case 'link': {
      const { href, text, tokens } = token as Tokens.Link;
      if (isJustCitations(tokens, pieces)) return <InlineTokens pieces={pieces} tokens={tokens} />;
      return (
        <SafeLink href={href} text={text}>
          <InlineTokens pieces={pieces} tokens={tokens} />
        </SafeLink>
      );
    }
    case 'image': {
      const { href, text } = token as Tokens.Image;
      return <span className="inert-image">{t('answer.image', { alt: text || hostOf(href) })}</span>;
    }
    case 'escape':
      return (token as Tokens.Escape).text;
    case 'text': {
      const { tokens, text } = token as Tokens.Text;
      if (tokens) return <InlineTokens pieces={pieces} tokens={tokens} />;
      return cited ? <CitedText pieces={cited} /> : decodeEntities(text);
    }
    default:
      return cited ? <CitedText pieces={cited} /> : decodeEntities(token.raw);
  }
}

/**
 * A citation must not begin a line: the space before it does not break, and after 。 a word joiner holds it.
 */
function CitedText({ pieces }: { pieces: (string | CheckedMark)[] }): ReactNode {
  return pieces.map((piece, index) =>
    typeof piece === 'string' ? (
      piece
        // After full-width punctuation, which is half a space itself, a citation needs none.
        .replace(/(?<=[。，；：！？”」』）])\s+$/u, index < pieces.length - 1 ? '' : ' ')
        .replace(/ $/, index < pieces.length - 1 ? '\u00a0' : ' ')
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: pieces of a text have no identity besides their position
      <span key={index}>
        {'\u2060'}
        <Citation citation={piece} />
      </span>
    ),
  );
}

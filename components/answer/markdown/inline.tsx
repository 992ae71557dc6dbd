import type { Token, Tokens } from 'marked';
import { createElement, type ReactNode } from 'react';
import type { CheckedMark } from '@/utils/citations';
import { t } from '@/utils/i18n';
import { hostOf } from '../../format';
import { Citation } from '../citation';
import { type CitedPieces, decodeEntities, isJustCitations } from './cited-leaves';
import { hasMarks, useCitedPieces } from './cited-pieces';
import { FormulaView } from './formula-view';
import type { FormulaToken } from './formulas';
import { SafeLink } from './safe-link';
import { useTextAttributes } from './text-attributes';
import { foreignRuns } from './text-language';
import { isLineBreak } from './token-text';

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
  /** Inside a link, where no other link can be. */
  inLink?: boolean;
}

function InlineTokens({ tokens = [], pieces, inLink }: Part & { tokens?: Token[] }): ReactNode {
  return tokens.map((token, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: inline tokens have no identity besides their position
    <InlineToken key={index} token={token} pieces={pieces} inLink={inLink} />
  ));
}

function InlineToken({ token, pieces, inLink }: Part & { token: Token }): ReactNode {
  if (isLineBreak(token)) return <br />;
  const cited = pieces?.get(token);
  switch (token.type) {
    case 'strong':
      return (
        <strong>
          <InlineTokens pieces={pieces} inLink={inLink} tokens={(token as Tokens.Strong).tokens} />
        </strong>
      );
    case 'em':
      return (
        <em>
          <InlineTokens pieces={pieces} inLink={inLink} tokens={(token as Tokens.Em).tokens} />
        </em>
      );
    case 'del':
      return (
        <del>
          <InlineTokens pieces={pieces} inLink={inLink} tokens={(token as Tokens.Del).tokens} />
        </del>
      );
    case 'codespan':
      return cited ? <CitedText pieces={cited} /> : <code dir="auto">{(token as Tokens.Codespan).text}</code>;
    case 'formula': {
      const { source, raw, display } = token as FormulaToken;
      return <FormulaView source={source} raw={raw} display={display} />;
    }
    case 'noteMark':
      return <sup className="note-mark">{(token as Tokens.Generic).label}</sup>;
    case 'link': {
      const { href, text, tokens } = token as Tokens.Link;
      if (inLink || isJustCitations(tokens, pieces))
        return <InlineTokens pieces={pieces} inLink={inLink} tokens={tokens} />;
      return (
        <SafeLink href={href} text={text}>
          <InlineTokens pieces={pieces} inLink tokens={tokens} />
        </SafeLink>
      );
    }
    case 'image': {
      const { href, text } = token as Tokens.Image;
      const host = hostOf(href);
      return (
        <span className="inert-image">
          {t('answer.image', { alt: text || (inLink ? host : '') }).trim()}{' '}
          {host && !inLink && (
            <SafeLink href={href} text={host}>
              {host}
            </SafeLink>
          )}
        </span>
      );
    }
    case 'escape':
      return (token as Tokens.Escape).text;
    case 'text': {
      const { tokens, text } = token as Tokens.Text;
      if (tokens) return <InlineTokens pieces={pieces} inLink={inLink} tokens={tokens} />;
      // A link has no other link within it.
      return cited && !inLink ? <CitedText pieces={cited} /> : <Words text={decodeEntities(text)} />;
    }
    default:
      return cited ? <CitedText pieces={cited} /> : <Words text={decodeEntities(token.raw)} />;
  }
}

/**
 * A citation must not begin a line: the space before it does not break, and after 。 a word joiner holds it.
 */
function CitedText({ pieces }: { pieces: (string | CheckedMark)[] }): ReactNode {
  return pieces.map((piece, index) =>
    typeof piece === 'string' ? (
      <Words
        // biome-ignore lint/suspicious/noArrayIndexKey: pieces of a text have no identity besides their position
        key={index}
        text={piece
          // After full-width punctuation, which is half a space itself, a citation needs none.
          .replace(/(?<=[。，；：！？”」』）])\s+$/u, index < pieces.length - 1 ? '' : ' ')
          .replace(/ $/, index < pieces.length - 1 ? '\u00a0' : ' ')}
      />
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: pieces of a text have no identity besides their position
      <span key={index}>
        {'\u2060'}
        <Citation citation={piece} />
      </span>
    ),
  );
}

/** Words of which some may belong to another language or run the other way than the line they stand in. */
function Words({ text }: { text: string }): ReactNode {
  const { dir, lang } = useTextAttributes();
  const runs = foreignRuns(text, dir, lang);
  if (runs.length === 1 && runs[0] && !runs[0].isolate && !runs[0].lang) return text;
  return runs.map((run, index) =>
    run.isolate || run.lang
      ? createElement(run.isolate ? 'bdi' : 'span', { key: index, lang: run.lang }, run.text)
      : run.text,
  );
}

import type { Token, Tokens } from 'marked';
import type { ReactNode } from 'react';
import { splitCitations } from '@/utils/citations';
import { t } from '@/utils/i18n';
import { hostOf } from '../../format';
import { Citation } from '../citation';
import { useAnswerSources } from '../sources-context';
import { SafeLink } from './safe-link';

/** Inline Markdown tokens as React elements. Images stay closed, links wait for a click, HTML is text. */
export function Inline({ tokens = [] }: { tokens?: Token[] }): ReactNode {
  // biome-ignore lint/suspicious/noArrayIndexKey: inline tokens have no identity besides their position
  return tokens.map((token, index) => <InlineToken key={index} token={token} />);
}

function InlineToken({ token }: { token: Token }): ReactNode {
  switch (token.type) {
    case 'strong':
      return (
        <strong>
          <Inline tokens={(token as Tokens.Strong).tokens} />
        </strong>
      );
    case 'em':
      return (
        <em>
          <Inline tokens={(token as Tokens.Em).tokens} />
        </em>
      );
    case 'del':
      return (
        <del>
          <Inline tokens={(token as Tokens.Del).tokens} />
        </del>
      );
    case 'codespan':
      return <code>{(token as Tokens.Codespan).text}</code>;
    case 'br':
      return <br />;
    case 'link': {
      const { href, text, tokens } = token as Tokens.Link;
      return (
        <SafeLink href={href} text={text}>
          <Inline tokens={tokens} />
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
      return tokens ? <Inline tokens={tokens} /> : <TextWithCitations text={text} />;
    }
    default:
      return <TextWithCitations text={token.raw} />;
  }
}

/**
 * A citation must not begin a line: the space before it does not break, and after 。 a word joiner holds it.
 */
function TextWithCitations({ text }: { text: string }): ReactNode {
  const sources = useAnswerSources();
  const pieces = splitCitations(decodeEntities(text), sources.length);
  if (pieces.length === 1 && typeof pieces[0] === 'string') return pieces[0];
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

/** marked escapes nothing in `text` of tokens but keeps entities that the model wrote; the common ones are decoded. */
function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&nbsp;', '\u00a0')
    .replaceAll('&amp;', '&');
}

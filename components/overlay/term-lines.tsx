import { Fragment, type ReactNode } from 'react';
import { sayAlso, t } from '@/utils/i18n';
import { scriptLanguage } from '@/utils/source';
import type { SelectionTerm } from '@/utils/translate/selection';

await sayAlso('overlay');

interface TermLinesProps {
  terms: readonly SelectionTerm[];
  /** BCP 47 tag of the translation, where it is known. */
  lang?: string;
  /** Shows a paragraph of the document, with the term in it. */
  onPlace?: (paragraph: number, words: string) => void;
}

/** What words of the text were taken to mean, and why: the visible proof that all of it was read. */
export function TermLines({ terms, lang, onPlace }: TermLinesProps) {
  if (terms.length === 0) return null;
  return (
    <dl className="term-lines">
      {terms.map((term, index) => (
        // Two senses of a word are two lines with the same word.
        // biome-ignore lint/suspicious/noArrayIndexKey: lines are only added
        <div key={index}>
          <dt lang={scriptLanguage(term.source)}>
            <bdi>{term.source}</bdi>
          </dt>
          <dd>
            <TermMeaning term={term} lang={lang} onPlace={onPlace} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** Signs that stand in a sentence for what is drawn in their place. */
const [targetSign, reasonSign, placeSign] = ['\ue000', '\ue001', '\ue002'];

function TermMeaning({
  term,
  lang,
  onPlace,
}: { term: SelectionTerm } & Pick<TermLinesProps, 'lang' | 'onPlace'>) {
  const { source, target, reason, count, paragraph } = term;
  const isPlaced = count > 0 && paragraph !== undefined;
  if (!isPlaced && !reason) return <bdi lang={lang}>{target || t('bubble.keptAsIs')}</bdi>;
  const key = isPlaced ? (reason ? 'bubble.termLine' : 'bubble.termPlain') : 'bubble.termReason';
  const sentence = t(key, { target: targetSign, reason: reasonSign, place: placeSign, count });
  const drawn: Record<string, ReactNode> = {
    [targetSign]: <bdi lang={lang}>{target || t('bubble.keptAsIs')}</bdi>,
    [reasonSign]: <bdi lang={scriptLanguage(reason)}>{reason}</bdi>,
    [placeSign]:
      onPlace && isPlaced ? (
        <button
          type="button"
          className="term-place"
          title={t('bubble.showPlace')}
          onClick={() => onPlace(paragraph, source)}
        >
          ¶{paragraph}
        </button>
      ) : (
        <bdi>¶{paragraph}</bdi>
      ),
  };
  return (
    sentence
      .split(/([\ue000-\ue002])/)
      // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a sentence have no other name
      .map((piece, index) => <Fragment key={index}>{drawn[piece] ?? piece}</Fragment>)
  );
}

/** A translation with the words of its terms underlined, each where it stands. */
export function MarkedTranslation({ text, terms }: { text: string; terms: readonly SelectionTerm[] }) {
  return spansOf(
    text,
    terms.map(({ target }) => target),
  ).map((span, index) =>
    span.isTerm ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a text have no other name
      <span key={index} className="term-word">
        {span.text}
      </span>
    ) : (
      span.text
    ),
  );
}

/** A text in pieces; longer words win over shorter ones within them. */
export function spansOf(text: string, words: readonly string[]): { text: string; isTerm: boolean }[] {
  const wanted = [...new Set(words)].filter(Boolean).sort((one, other) => other.length - one.length);
  if (wanted.length === 0) return [{ text, isTerm: false }];
  const pattern = new RegExp(
    wanted.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|'),
    'gu',
  );
  const spans: { text: string; isTerm: boolean }[] = [];
  let at = 0;
  for (const { 0: found, index } of text.matchAll(pattern)) {
    if (index > at) spans.push({ text: text.slice(at, index), isTerm: false });
    spans.push({ text: found, isTerm: true });
    at = index + found.length;
  }
  if (at < text.length) spans.push({ text: text.slice(at), isTerm: false });
  return spans;
}

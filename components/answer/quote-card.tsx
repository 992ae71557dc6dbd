import { Copy, Crosshair } from 'lucide-react';
import { useState } from 'react';
import { type Citation, plainPassage } from '@/utils/citations';
import { t } from '@/utils/i18n';
import { passageText, type Source } from '@/utils/source';
import { useActions } from '../panel/actions';
import { useAnswerSources } from './sources-context';
import { useCopy } from './use-copy';

/** The cited passage to the letter, and the way to its place in the page. */
export function QuoteCard({ place, onClose }: { place: Citation & { mark: string }; onClose: () => void }) {
  const { showPassage } = useActions();
  const entry = useAnswerSources()[place.document - 1];
  const [outcome, setOutcome] = useState<'shown' | 'not-found' | 'no-tab'>();
  const [copied, copy] = useCopy();
  const passage = entry && passageText(entry.source, place.paragraph);
  if (!entry || passage === undefined) return null;
  const { source } = entry;
  const words = plainPassage(passage);
  const page = source.segments.find(({ number }) => number === place.paragraph)?.page;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape closes the card from anything inside it
    <div
      className="quote-card"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onClose();
      }}
    >
      <p lang={source.lang}>{words}</p>
      {outcome && outcome !== 'shown' && (
        <p className="meta" role="status">
          {t(outcome === 'no-tab' ? 'citation.noTab' : 'citation.notOnPage')}
        </p>
      )}
      <footer>
        {source.kind === 'tab' && (
          <button
            type="button"
            className="button button-solid button-small"
            onClick={() =>
              showPassage(source.url, { ...placeOf(source, place.paragraph, passage), page }).then(setOutcome)
            }
          >
            <Crosshair className="icon icon-small" aria-hidden="true" />
            {page === undefined ? t('citation.show') : t('citation.showPage', { page })}
          </button>
        )}
        <button type="button" className="button button-quiet button-small" onClick={() => copy(words)}>
          <Copy className="icon icon-small" aria-hidden="true" />
          {copied ? t('action.copied') : t('citation.copy')}
        </button>
        <span className="meta">
          {t('citation.position', { number: place.paragraph, count: lastNumber(source) })}
        </span>
      </footer>
    </div>
  );
}

/** Which of the passages with the same words is meant: pages repeat themselves. */
function placeOf(source: Source, paragraph: number, words: string) {
  let occurrence = 0;
  for (const { number } of source.segments) {
    if (number === paragraph) break;
    if (passageText(source, number) === words) occurrence++;
  }
  return { words, plain: plainPassage(words), occurrence };
}

const lastNumber = ({ segments }: Source) => segments.reduce((last, { number }) => Math.max(last, number), 0);

import { Languages, SquareArrowOutUpRight } from 'lucide-react';
import type { MeasuredSource } from '@/utils/context/compose';
import { sayAlso, t } from '@/utils/i18n';
import { scriptLanguage } from '@/utils/source';
import { notesOf } from '../files/file-notes';
import { unitWords } from '../files/file-words';
import { formatTokens, hostOf } from '../format';
import { useReadingActions } from '../panel/actions';
import { GapRow } from '../panel/gap-row';

await sayAlso('files');

/** What stands above the text: whose it is, how much was read, what is missing or differs. */
export function ViewerHead({ entry, onClose }: { entry: MeasuredSource; onClose: () => void }) {
  const { openLink, translateSource } = useReadingActions();
  const { source, tokens } = entry;
  const { url, title, file, gaps } = source;
  const facts = file ? unitWords(source) : t('page.words', { count: source.words });
  const host = hostOf(url);
  const isOnWeb = url !== undefined && /^https?:/i.test(url);
  const notes = notesOf(source);
  return (
    <div className="source-head">
      <p className="source-text-title" lang={scriptLanguage(title) ?? source.lang}>
        <bdi>{title || t('page.untitled')}</bdi>
      </p>
      <p className="meta">
        {host && (
          <>
            <bdi>{host}</bdi> ·{' '}
          </>
        )}
        {facts} · ≈{formatTokens(tokens)}
      </p>
      {gaps.length + notes.length > 0 && (
        <ul className="meta">
          {gaps.map((gap) => (
            <GapRow key={gap.why} gap={gap} />
          ))}
          {notes.map(({ id, text }) => (
            <li key={id}>{text}</li>
          ))}
        </ul>
      )}
      {(isOnWeb || translateSource) && (
        <div className="notice-actions">
          {isOnWeb && (
            <button type="button" className="button button-small button-line" onClick={() => openLink(url)}>
              <SquareArrowOutUpRight className="icon icon-small" aria-hidden="true" />
              {t('viewer.openPage')}
            </button>
          )}
          {translateSource && (
            <button
              type="button"
              className="button button-small button-line"
              onClick={() => {
                onClose();
                translateSource(entry);
              }}
            >
              <Languages className="icon icon-small" aria-hidden="true" />
              {t('action.bilingual')}
            </button>
          )}
        </div>
      )}
    </div>
  );
}

import { useEffect, useRef } from 'react';
import { type MessageKey, sayAlso, t } from '@/utils/i18n';
import type { RefusalReason } from '@/utils/translate/glossary-files';
import type { Term } from '@/utils/translate/types';
import type { FilePreview } from './use-glossary-files';

await sayAlso('runs');

const why: Record<RefusalReason, MessageKey> = {
  source: 'glossary.why.source',
  long: 'glossary.why.long',
  lines: 'glossary.why.lines',
  case: 'glossary.why.case',
  'whole word': 'glossary.why.wholeWord',
  scope: 'glossary.why.scope',
  place: 'glossary.why.place',
  lang: 'glossary.why.lang',
  locked: 'glossary.why.locked',
  twice: 'glossary.why.twice',
};

/** Lines of a list that are shown; the rest is counted. */
const mostShown = 50;

/** What a file would change, before it does: what is new, what becomes another, and what is refused and why. */
export function GlossaryImport({
  preview: { name, added, changed, same, refused },
  onTake,
  onCancel,
}: {
  preview: FilePreview;
  onTake: (terms: Term[]) => Promise<void>;
  onCancel: () => void;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const count = added.length + changed.length;
  return (
    <section className="glossary-import" aria-labelledby="glossary-import">
      <h3 id="glossary-import" ref={heading} tabIndex={-1}>
        <bdi>{name}</bdi>
      </h3>
      <p className="meta">
        {[
          t('glossary.isNew', { count: added.length }),
          changed.length > 0 && t('glossary.changes', { count: changed.length }),
          same > 0 && t('glossary.isSame', { count: same }),
          refused.length > 0 && t('glossary.refused', { count: refused.length }),
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      {count > 0 && (
        <details open={count <= 12}>
          <summary>{t('glossary.whatChanges')}</summary>
          <ul>
            {added.slice(0, mostShown).map(({ id, source, target, lang }) => (
              <li key={id}>
                <bdi className="term-source">{source}</bdi> →{' '}
                <bdi lang={lang}>{target || t('glossary.keptAsIs')}</bdi>
              </li>
            ))}
            {changed.slice(0, mostShown).map(({ before, after }) => (
              <li key={after.id}>
                <bdi className="term-source">{after.source}</bdi> →{' '}
                <del lang={before.lang}>{before.target || t('glossary.keptAsIs')}</del>{' '}
                <ins lang={after.lang}>{after.target || t('glossary.keptAsIs')}</ins>
              </li>
            ))}
          </ul>
          {count > mostShown && (
            <p className="meta">
              {t('glossary.andMore', {
                count: count - Math.min(added.length, mostShown) - Math.min(changed.length, mostShown),
              })}
            </p>
          )}
        </details>
      )}
      {refused.length > 0 && (
        <details open={count === 0}>
          <summary>{t('glossary.whatIsRefused')}</summary>
          <ul>
            {refused.slice(0, mostShown).map(({ line, source, reason }) => (
              <li key={line}>
                {t('glossary.refusedLine', { line })} <bdi>{source}</bdi>{' '}
                <span className="meta">{t(why[reason])}</span>
              </li>
            ))}
          </ul>
          {refused.length > mostShown && (
            <p className="meta">{t('glossary.andMore', { count: refused.length - mostShown })}</p>
          )}
        </details>
      )}
      <div className="term-actions">
        {count > 0 && (
          <button
            type="button"
            className="button button-solid button-small"
            onClick={() => void onTake([...added, ...changed.map(({ after }) => after)])}
          >
            {t('glossary.take', { count })}
          </button>
        )}
        <button type="button" className="button button-quiet button-small" onClick={onCancel}>
          {t('glossary.cancel')}
        </button>
      </div>
    </section>
  );
}

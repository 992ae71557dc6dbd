import { useEffect, useState } from 'react';
import { sayAlso, t } from '@/utils/i18n';
import type { Removal } from '@/utils/page';
import { passageText, type Source } from '@/utils/source';
import { useActions } from './actions';

await sayAlso('sheets');

/** For developers: what the reader kept and what it dropped, side by side, each removal with its reason. */
export function ReaderTrace({ source, onClose }: { source: Source; onClose: () => void }) {
  const { readRemovals } = useActions();
  const [removals, setRemovals] = useState<Removal[]>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another reading of the page has another trace
  useEffect(() => {
    let isCurrent = true;
    readRemovals().then(
      (list) => isCurrent && setRemovals(list),
      () => isCurrent && setRemovals([]),
    );
    return () => {
      isCurrent = false;
    };
  }, [readRemovals, source.id]);
  return (
    <section className="reader-trace" aria-label={t('trace.title')}>
      <div>
        <h3 className="eyebrow">{t('trace.kept', { count: source.segments.length })}</h3>
        <ol>
          {source.segments.map(({ number }) => (
            <li key={number}>
              <span className="meta">¶{number}</span> {passageText(source, number)}
            </li>
          ))}
        </ol>
      </div>
      <div>
        <h3 className="eyebrow">{t('trace.dropped', { count: removals?.length ?? 0 })}</h3>
        <ol>
          {removals?.map((removal, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the list is never reordered
            <li key={index}>
              <span className="meta">
                {[removal.reason, removal.path, removal.size].filter((fact) => fact !== '').join(' · ')}
              </span>{' '}
              {removal.sample}
            </li>
          ))}
        </ol>
      </div>
      <button type="button" className="button button-small button-quiet" onClick={onClose}>
        {t('action.close')}
      </button>
    </section>
  );
}

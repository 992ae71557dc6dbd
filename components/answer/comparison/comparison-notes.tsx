import { Info } from 'lucide-react';
import type { Comparison } from '@/utils/compare';
import { t } from '@/utils/i18n';
import { formatList } from '../../format';
import type { ShownColumn } from './columns';
import { nameOf } from './comparison-cell';

/** Sources with gaps that are named one by one, and attributes that are; beyond that they are counted. */
const mostSources = 3;
const mostAttributes = 3;

/** What a table leaves open: what its sources do not say, and lines that could not be read. */
export function ComparisonNotes({ comparison, columns }: { comparison: Comparison; columns: ShownColumn[] }) {
  const { rows, broken, isComplete } = comparison;
  const silent = isComplete ? silences(comparison, columns) : [];
  const isEmpty = isComplete && rows.length === 0 && broken.length === 0;
  return (
    <>
      {silent.length > 0 && (
        <div className="notice comparison-note">
          <Info className="icon" aria-hidden="true" />
          <div>
            {silent.map((sentence) => (
              <p key={sentence}>{sentence}</p>
            ))}
          </div>
        </div>
      )}
      {isEmpty && <p className="comparison-line">{t('comparison.empty')}</p>}
      {broken.length > 0 && (
        <div className="comparison-broken">
          <p>{t('comparison.broken', { count: broken.length })}</p>
          <pre dir="auto">{broken.join('\n')}</pre>
        </div>
      )}
    </>
  );
}

/** A sentence for each source that does not say something; with many of them, one that counts. */
function silences({ rows }: Comparison, columns: ShownColumn[]): string[] {
  const gaps = columns.flatMap((column) => {
    const names = rows
      .filter(({ cells }) => cells[column.place] === 'not-stated')
      .map(({ name }) => nameOf(name));
    return names.length > 0 ? [{ name: column.name, names }] : [];
  });
  if (gaps.length > mostSources) {
    const count = gaps.reduce((sum, { names }) => sum + names.length, 0);
    return [t('comparison.silentMany', { count, sources: gaps.length })];
  }
  return gaps.map(({ name, names }) =>
    names.length > mostAttributes || names.some((attribute) => attribute === '')
      ? t('comparison.silentCount', { name, count: names.length, all: rows.length })
      : t('comparison.silent', { name, names: formatList(names) }),
  );
}

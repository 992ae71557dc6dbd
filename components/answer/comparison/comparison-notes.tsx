import { Info } from 'lucide-react';
import type { Comparison } from '@/utils/compare';
import { t } from '@/utils/i18n';
import { formatList } from '../../format';
import { useAnswerIdentity } from '../answer-identity';
import { useAnswerSources } from '../sources-context';
import type { ShownColumn } from './columns';
import { nameOf } from './comparison-cell';

/** Sources with gaps that are named one by one, and attributes that are; beyond that they are counted. */
const mostSources = 3;
const mostAttributes = 3;

/** What a table leaves open: what its sources do not say, and lines that could not be read. */
export function ComparisonNotes({ comparison, columns }: { comparison: Comparison; columns: ShownColumn[] }) {
  const { rows, broken, isComplete } = comparison;
  const absent = useAbsent(columns);
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
      {isComplete && absent && <p className="comparison-line">{absent}</p>}
      {isEmpty && <p className="comparison-line">{t('comparison.empty')}</p>}
      {broken.length > 0 && (
        <div className="comparison-broken">
          <p>{t('comparison.broken', { count: broken.length })}</p>
          <pre dir="auto" className={broken.some(isData) ? undefined : 'is-prose'}>
            {broken.join('\n')}
          </pre>
        </div>
      )}
    </>
  );
}

/** What a model wrote as data, and not in sentences. */
const isData = (line: string): boolean => /[[\]{}|]/.test(line);

/** Says which sources the question was about and the table has no column for; undefined where there is none such. */
function useAbsent(columns: ShownColumn[]): string | undefined {
  const scope = useAnswerIdentity()?.scope;
  const sources = useAnswerSources();
  if (columns.length === 0) return undefined;
  const there = new Set(columns.map(({ document }) => document));
  const asked = scope && new Set(scope.documents.map(({ index }) => index));
  const absent = sources.flatMap(({ source }, place) => {
    const number = place + 1;
    const isMeant = source.segments.length > 0 && (asked?.has(number) ?? true);
    return isMeant && !there.has(number) ? [`${number} \u2068${source.title}\u2069`] : [];
  });
  if (absent.length === 0) return undefined;
  return absent.length > mostSources
    ? t('comparison.absentMany', { count: absent.length })
    : t('comparison.absent', { count: absent.length, names: formatList(absent) });
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

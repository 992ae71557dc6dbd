import { t } from '@/utils/i18n';
import type { AnswerRecord, SearchRecord } from '@/utils/store/records';
import { formatTokens } from '../format';
import { Moon } from '../ui/moon';
import { readCount } from './search-words';

/** How much of the window the answer has by now, how many pages are read, and the way to an answer from those. */
export function SearchFoot({
  record,
  answer,
  onNow,
}: {
  record: SearchRecord;
  answer: AnswerRecord;
  /** Absent when nothing is being read. */
  onNow?: () => void;
}) {
  const { pages } = record;
  const counted = pages.filter(({ status }) => status !== 'dropped');
  const count = t('searchRun.count', { read: readCount(counted), count: counted.length });
  const size = sizeOf(answer);
  return (
    <footer className="search-foot">
      {size && <Moon share={size.used / size.window} size={15} />}
      <span className="grow">
        {size &&
          `${t(Number.isFinite(size.window) ? 'searchRun.used' : 'searchRun.usedEndless', {
            used: formatTokens(size.used),
            window: formatTokens(size.window),
          })} · `}
        {count}
      </span>
      {onNow && (
        <button
          type="button"
          className="button button-line button-small"
          title={t('searchRun.nowMeans')}
          onClick={onNow}
        >
          {t('searchRun.now')}
        </button>
      )}
    </footer>
  );
}

/** What the request has by the last account, and what was read since. */
function sizeOf({ sendings, searches = [] }: AnswerRecord): { used: number; window: number } | undefined {
  const estimate = sendings.at(-1)?.estimate;
  if (!estimate) return undefined;
  const sent = new Set(estimate.bySource.map(({ id }) => id));
  const read = searches
    .flatMap(({ pages }) => pages)
    .filter(({ status, sourceId }) => status === 'read' && sourceId && !sent.has(sourceId))
    .reduce((sum, { tokens = 0 }) => sum + tokens, 0);
  return { used: estimate.total + read, window: estimate.window };
}

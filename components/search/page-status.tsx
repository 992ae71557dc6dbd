import { Check, CircleMinus, CircleSlash2, Equal, Scale } from 'lucide-react';
import { t } from '@/utils/i18n';
import type { SearchPage } from '@/utils/store/records';
import { hostOf } from '../format';
import { troubleTitle } from '../panel/trouble-notice';
import { reasonOf } from './search-words';

/** How a page stands, in the second line of its row. What goes on changes in its place: no line is added or taken away. */
export function PageStatus({ page }: { page: SearchPage }) {
  const host = <bdi className="ellipsis">{hostOf(page.url)}</bdi>;
  if (page.status === 'reading') {
    return (
      <span className="search-status">
        <Progress page={page} />
        {host}
      </span>
    );
  }
  const Icon = icons[page.status];
  return (
    <span className="search-status" title={page.trouble && troubleTitle(page.trouble)}>
      {Icon && <Icon className="icon" aria-hidden="true" />}
      <span className="search-said">{wordsOf(page)}</span>
      {page.insteadOf !== undefined && (
        <>
          <span aria-hidden="true">·</span>
          <span className="search-said">{t('searchRun.insteadOf', { number: page.insteadOf })}</span>
        </>
      )}
      <span aria-hidden="true">·</span>
      {host}
    </span>
  );
}

const icons = {
  waiting: undefined,
  reading: undefined,
  read: Check,
  same: Equal,
  unread: CircleSlash2,
  dropped: CircleMinus,
  'left-out': Scale,
};

function wordsOf({ status, pages, sameAs, trouble }: SearchPage): string {
  switch (status) {
    case 'read':
      return pages === undefined ? t('searchRun.whole') : t('searchRun.wholePages', { pages });
    case 'same':
      return sameAs === undefined ? t('searchRun.sameUnknown') : t('searchRun.same', { number: sameAs });
    case 'unread':
      return reasonOf(trouble);
    case 'dropped':
      return t('searchRun.dropped');
    case 'left-out':
      return t('searchRun.leftOut');
    default:
      return t('searchRun.waiting');
  }
}

/** From so much on a total is one of bytes; no document has so many pages. */
const fewestBytes = 10_000;

/** How far the reading of a page is, where anybody knows. */
function Progress({ page: { title, progress } }: { page: SearchPage }) {
  const { loaded = 0, total, inTab } = progress ?? {};
  const share = total && total > 0 ? Math.min(1, loaded / total) : undefined;
  const inPages = total !== undefined && total < fewestBytes && Number.isInteger(total);
  return (
    <>
      <span
        className={share === undefined ? 'search-progress is-endless' : 'search-progress'}
        role="progressbar"
        aria-label={t('searchRun.reading', { title })}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={share === undefined ? undefined : Math.round(share * 100)}
      >
        <i style={{ inlineSize: `${(share ?? 0.3) * 100}%` }} />
      </span>
      {inPages && <span className="search-said">{t('searchRun.readingPages', { loaded, total })}</span>}
      {inTab && <span className="search-said">{t('searchRun.inTab')}</span>}
    </>
  );
}

import { SearchX } from 'lucide-react';
import { t } from '@/utils/i18n';
import type { SearchRecord } from '@/utils/store/records';
import { TroubleNotice } from '../panel/trouble-notice';
import { Notice } from '../ui/notice';

/** Why no engine could answer, or that nothing was found: a sentence and the one thing that helps. */
export function SearchTrouble({
  record,
  live,
  onRerun,
}: {
  record: SearchRecord;
  live: boolean;
  onRerun?: (queries: string[]) => void;
}) {
  const { queries, pages, state } = record;
  if (pages.length > 0) return null;
  const trouble = queries.find((query) => query.trouble)?.trouble;
  if (trouble) {
    const again = onRerun && (() => onRerun(queries.map(({ text }) => text)));
    return (
      <div className="search-note">
        <TroubleNotice trouble={trouble} on={{ retry: again }} />
      </div>
    );
  }
  if (live || state !== 'done') return null;
  return (
    <div className="search-note">
      <Notice icon={SearchX} title={t('searchRun.nothing')} />
    </div>
  );
}

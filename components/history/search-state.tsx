import { t } from '@/utils/i18n';
import type { Search } from './use-search';

/** Below what was found: how far the search is, and what it could not do. */
export function SearchState({ search, query, found }: { search: Search; query: string; found: number }) {
  const { state, done, total, unreadable, again } = search;
  return (
    <div className="history-end meta">
      {state === 'running' && <p>{t('history.searching', { done, total })}</p>}
      {state === 'ended' && found === 0 && <p>{t('history.none', { query: query.trim() })}</p>}
      {state === 'failed' && (
        <p role="alert">
          {t('history.failed')}{' '}
          <button type="button" className="text-button" onClick={again}>
            {t('action.tryAgain')}
          </button>
        </p>
      )}
      {unreadable > 0 && <p>{t('history.unreadable', { count: unreadable })}</p>}
    </div>
  );
}

import { Search, X } from 'lucide-react';
import type { Ref } from 'react';
import { t } from '@/utils/i18n';

/** Longer queries are pasted by mistake, and no line of a list could show them. */
const longestQuery = 200;

/** Where the words are typed that are searched for. */
export const SearchField = ({
  ref,
  query,
  count,
  onQuery,
  onDown,
  onBack,
}: {
  ref: Ref<HTMLInputElement>;
  query: string;
  /** Chats that were found so far; undefined while nothing is searched for. */
  count?: number;
  onQuery: (query: string) => void;
  onDown: () => void;
  onBack: () => void;
}) => (
  <search className="search-field">
    <Search className="icon" aria-hidden="true" />
    <input
      ref={ref}
      type="text"
      aria-label={t('history.search')}
      placeholder={t('history.search')}
      autoComplete="off"
      spellCheck={false}
      dir="auto"
      maxLength={longestQuery}
      value={query}
      onChange={(event) => onQuery(event.target.value)}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing || event.keyCode === 229) return;
        if (event.key === 'ArrowDown') onDown();
        else if (event.key === 'Escape' && query) onQuery('');
        else if (event.key === 'Escape') onBack();
        else return;
        event.preventDefault();
        event.stopPropagation();
      }}
    />
    {count !== undefined && <span className="meta search-count">{t('history.found', { count })}</span>}
    {query && (
      <button
        type="button"
        className="icon-button search-clear"
        aria-label={t('history.clear')}
        title={t('history.clear')}
        onClick={(event) => {
          onQuery('');
          event.currentTarget.closest('search')?.querySelector('input')?.focus();
        }}
      >
        <X className="icon icon-small" aria-hidden="true" />
      </button>
    )}
  </search>
);

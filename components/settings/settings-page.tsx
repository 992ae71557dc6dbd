import { Search } from 'lucide-react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { t } from '@/utils/i18n';
import { Logo } from '../ui/logo';
import { usePreferences } from '../use-preferences';
import { DeletedNotice } from './delete-setting';
import { sections } from './registry';
import { SavedNote } from './saved-note';
import { markWords } from './search';
import { SearchingProvider, useSearching } from './searching';
import { type SettingEntry, type SettingSection, textsOf } from './setting-entry';
import { SettingsNav } from './settings-nav';
import { usePlace } from './use-place';

/** Settings: one page with anchors and a search, no dialogs. */
export function SettingsPage() {
  const language = usePreferences();
  const [query, setQuery] = useState('');
  const place = usePlace(useCallback(() => setQuery(''), []));
  const [count, setCount] = useState(0);
  const list = useRef<HTMLElement>(null);
  const searching = useMemo(() => ({ query, place }), [query, place]);
  const isSearching = query.trim() !== '';
  document.title = t('settings.title');
  // biome-ignore lint/correctness/useExhaustiveDependencies: in another language other words are found
  useEffect(() => {
    if (!list.current) return;
    markWords(list.current.querySelectorAll('.settings-section'), query);
    const found = list.current.querySelectorAll(
      '[data-setting]:not([hidden], [hidden] *, .local-part:empty)',
    );
    setCount(found.length);
  }, [query, language]);
  return (
    <SearchingProvider value={searching}>
      <div className="settings">
        <header className="settings-header">
          <div className="settings-brand">
            <Logo size={24} />
            <h1>{t('settings.title')}</h1>
          </div>
          <SearchField query={query} onQuery={setQuery} />
        </header>
        <p role="status" className="for-screen-readers">
          {isSearching && t('settings.found', { count })}
        </p>
        <div className="settings-body">
          <SettingsNav />
          <main ref={list} className={isSearching ? 'settings-sections is-searching' : 'settings-sections'}>
            <DeletedNotice />
            {sections.map((section) => (
              <Section key={section.id} section={section} />
            ))}
            {isSearching && count === 0 && (
              <div className="settings-none">
                <p>{t('settings.foundNone', { query: query.trim() })}</p>
                <button type="button" className="button button-line" onClick={() => setQuery('')}>
                  {t('settings.showAll')}
                </button>
              </div>
            )}
          </main>
        </div>
        <SavedNote />
      </div>
    </SearchingProvider>
  );
}

function SearchField({ query, onQuery }: { query: string; onQuery: (query: string) => void }) {
  return (
    <search className="settings-search field-box">
      <Search className="icon" aria-hidden="true" />
      <input
        type="search"
        value={query}
        aria-label={t('settings.find')}
        placeholder={t('settings.find')}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => onQuery(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || event.nativeEvent.isComposing) return;
          event.preventDefault();
          onQuery('');
        }}
      />
    </search>
  );
}

function Section({ section }: { section: SettingSection }) {
  const { id, title, about, entries } = section;
  const lines = entries.filter(({ isLine }) => isLine);
  return (
    <section id={id} className="settings-section" aria-labelledby={`${id}-title`} tabIndex={-1}>
      <h2 id={`${id}-title`}>{t(title)}</h2>
      {about && <p className="settings-about">{t(about)}</p>}
      {lines.length > 0 && (
        <div className="line-box">
          {lines.map((entry) => (
            <Setting key={entry.id} entry={entry} section={section} />
          ))}
        </div>
      )}
      {entries
        .filter((entry) => !entry.isLine)
        .map((entry) => (
          <Setting key={entry.id} entry={entry} section={section} />
        ))}
    </section>
  );
}

/** One entry of the list, under its own name in the address; away while something else is searched for. */
function Setting({ entry, section }: { entry: SettingEntry; section: SettingSection }) {
  const { isFound } = useSearching();
  const { id, isLine, hasParts, View } = entry;
  if (hasParts) return <View />;
  return (
    <div
      id={id}
      className={isLine ? 'line-setting' : 'setting'}
      data-setting=""
      hidden={!isFound(textsOf(entry, section))}
      tabIndex={-1}
    >
      <View />
    </div>
  );
}

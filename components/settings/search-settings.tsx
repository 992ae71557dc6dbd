import { useMemo } from 'react';
import { t } from '@/utils/i18n';
import { type SearchMode, settings } from '@/utils/store/settings';
import { ChoiceLine, SwitchLine } from './controls';

export const SearchModeChoice = () => (
  <ChoiceLine<SearchMode>
    title={t('webSearch.mode')}
    about={t('webSearch.modeAbout')}
    setting={settings.searchMode}
    options={[
      { value: 'auto', label: t('webSearch.modeAuto') },
      { value: 'always', label: t('webSearch.modeAlways') },
      { value: 'off', label: t('webSearch.modeOff') },
    ]}
  />
);

const pageCounts = ['3', '4', '5', '6', '7', '8', '9', '10'];

export function SearchPages() {
  const asText = useMemo(
    () => ({
      read: async () => String(await settings.searchPages.read()),
      write: (value: string) => settings.searchPages.write(Number(value)),
      watch: (listener: (value: string) => void) =>
        settings.searchPages.watch((value) => listener(String(value))),
    }),
    [],
  );
  return (
    <ChoiceLine
      title={t('webSearch.pages')}
      about={t('webSearch.pagesAbout')}
      setting={asText}
      options={pageCounts.map((value) => ({ value, label: value }))}
    />
  );
}

export const AskBeforeSearch = () => (
  <SwitchLine title={t('webSearch.ask')} about={t('webSearch.askAbout')} setting={settings.askBeforeSearch} />
);

import { Globe } from 'lucide-react';
import { SearchEngines } from './search-engines';
import { AskBeforeSearch, SearchModeChoice, SearchPages } from './search-settings';
import type { SettingSection } from './setting-entry';

/** How answers look things up on the web. */
export const searchSection: SettingSection = {
  id: 'search',
  icon: Globe,
  title: 'webSearch.title',
  about: 'webSearch.about',
  entries: [
    {
      id: 'search-mode',
      words: [
        'webSearch.mode',
        'webSearch.modeAbout',
        'webSearch.modeAuto',
        'webSearch.modeAlways',
        'webSearch.modeOff',
      ],
      also: 'settings.also.searchMode',
      keeps: ['searchMode'],
      isLine: true,
      View: SearchModeChoice,
    },
    {
      id: 'search-pages',
      words: ['webSearch.pages', 'webSearch.pagesAbout'],
      also: 'settings.also.searchPages',
      keeps: ['searchPages'],
      isLine: true,
      View: SearchPages,
    },
    {
      id: 'ask-before-search',
      words: ['webSearch.ask', 'webSearch.askAbout'],
      also: 'settings.also.askBeforeSearch',
      keeps: ['askBeforeSearch'],
      isLine: true,
      View: AskBeforeSearch,
    },
    {
      id: 'search-engine',
      words: [
        'webSearch.engine',
        'webSearch.engineAbout',
        'webSearch.automatic',
        'webSearch.automaticAbout',
        'webSearch.ownAbout',
        'webSearch.address',
        'webSearch.check',
        'webSearch.checkOnly',
        'webSearch.access',
        'action.allowEverySite',
        'settings.use',
        'settings.setUp',
        'settings.edit',
        'settings.key',
      ],
      also: 'settings.also.searchEngine',
      keeps: ['searchEngine', 'searchAddresses'],
      View: SearchEngines,
    },
  ],
};

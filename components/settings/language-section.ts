import { Languages } from 'lucide-react';
import type { SettingSection } from './setting-entry';
import { AnswerLanguage, InterfaceLanguage, TextSize } from './simple-settings';
import { NeverTranslateLanguages, NeverTranslateSites, TranslateInto } from './translate-settings';

/** In which languages things are said, and how large. */
export const languageSection: SettingSection = {
  id: 'languages',
  icon: Languages,
  title: 'settings.languages',
  entries: [
    {
      id: 'interface-language',
      words: ['settings.interfaceLanguage', 'settings.interfaceAbout', 'settings.browserLanguage'],
      also: 'settings.also.interfaceLanguage',
      keeps: ['interfaceLanguage'],
      isLine: true,
      View: InterfaceLanguage,
    },
    {
      id: 'answer-language',
      words: [
        'settings.answerLanguage',
        'settings.answerAbout',
        'settings.answerInterface',
        'settings.answerQuestion',
      ],
      also: 'settings.also.answerLanguage',
      keeps: ['answerLanguage'],
      isLine: true,
      View: AnswerLanguage,
    },
    {
      id: 'translate-into',
      words: ['settings.translateInto', 'settings.translateIntoAbout', 'settings.answerInterface'],
      also: 'settings.also.translateInto',
      keeps: ['translateInto'],
      isLine: true,
      View: TranslateInto,
    },
    {
      id: 'text-size',
      words: ['settings.textSize', 'settings.textSizeAbout'],
      also: 'settings.also.textSize',
      isLine: true,
      View: TextSize,
    },
    {
      id: 'never-translate-languages',
      words: [
        'settings.neverTranslateLanguages',
        'settings.neverTranslateLanguagesAbout',
        'settings.addLanguage',
      ],
      also: 'settings.also.neverTranslateLanguages',
      keeps: ['neverTranslateLanguages'],
      View: NeverTranslateLanguages,
    },
    {
      id: 'never-translate-sites',
      words: [
        'settings.neverTranslateSites',
        'settings.neverTranslateSitesAbout',
        'settings.neverTranslateSiteField',
        'privacy.site',
        'settings.neverTranslateSite',
      ],
      also: 'settings.also.neverTranslateSites',
      keeps: ['neverTranslateSites'],
      View: NeverTranslateSites,
    },
  ],
};

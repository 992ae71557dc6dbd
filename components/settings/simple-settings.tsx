import { answerLanguages } from '@/utils/chat/answer-language';
import { languages, t } from '@/utils/i18n';
import { settings, type ThemeSetting } from '@/utils/store/settings';
import { ChoiceLine, SettingLine, SwitchLine } from './controls';

/** Settings that are one choice each. */

export const WhenTooLong = () => (
  <ChoiceLine<'ask' | 'passes'>
    title={t('settings.whenTooLong')}
    about={t('settings.whenTooLongAbout')}
    setting={settings.whenTooLong}
    options={[
      { value: 'ask', label: t('settings.askMe') },
      { value: 'passes', label: t('settings.readInPasses') },
    ]}
  />
);

export const FollowUps = () => (
  <SwitchLine
    title={t('settings.followUps')}
    about={t('settings.followUpsAbout')}
    setting={settings.followUps}
  />
);

export const Theme = () => (
  <ChoiceLine<ThemeSetting>
    title={t('settings.theme')}
    about={t('settings.themeAbout')}
    setting={settings.theme}
    options={[
      { value: 'browser', label: t('settings.themeBrowser') },
      { value: 'light', label: t('settings.themeLight') },
      { value: 'dark', label: t('settings.themeDark') },
    ]}
  />
);

export const InterfaceLanguage = () => (
  <ChoiceLine
    title={t('settings.interfaceLanguage')}
    about={t('settings.interfaceAbout')}
    setting={settings.interfaceLanguage}
    options={[
      { value: 'browser', label: t('settings.browserLanguage') },
      ...Object.entries(languages).map(([value, { name }]) => ({ value, label: name })),
    ]}
  />
);

export const AnswerLanguage = () => (
  <ChoiceLine
    title={t('settings.answerLanguage')}
    about={t('settings.answerAbout')}
    setting={settings.answerLanguage}
    options={[
      { value: 'interface', label: t('settings.answerInterface') },
      { value: 'question', label: t('settings.answerQuestion') },
      ...Object.entries(answerLanguages).map(([value, label]) => ({ value, label })),
    ]}
  />
);

/** Nothing to set here: said because people look for it. */
export const TextSize = () => (
  <SettingLine title={t('settings.textSize')} about={t('settings.textSizeAbout')} />
);

export const SingleKeys = () => (
  <SwitchLine
    title={t('settings.singleKeys')}
    about={t('settings.singleKeysAbout')}
    setting={settings.singleKeys}
  />
);

import { useRef, useState } from 'react';
import { t } from '@/utils/i18n';
import { settings } from '@/utils/store/settings';
import { languageName, sameLanguage } from '@/utils/translate/languages';
import { LanguagePicker } from '../ui/language-picker';
import { SettingLine } from './controls';
import { reportSaving } from './saving';
import { SiteList, type SiteListWords } from './site-list';
import { useSetting } from './use-setting';

/** What texts are translated into. */
export function TranslateInto() {
  const [chosen = 'interface', setChosen] = useSetting(settings.translateInto);
  return (
    <SettingLine title={t('settings.translateInto')} about={t('settings.translateIntoAbout')}>
      <LanguagePicker
        label={t('settings.translateInto')}
        value={chosen}
        first={{ value: 'interface', label: t('settings.answerInterface') }}
        onChoose={setChosen}
      />
    </SettingLine>
  );
}

const siteWords: SiteListWords = {
  title: 'settings.neverTranslateSites',
  about: 'settings.neverTranslateSitesAbout',
  field: 'settings.neverTranslateSiteField',
  add: 'settings.neverTranslateSite',
  added: 'settings.neverTranslateSiteAdded',
  removed: 'settings.neverTranslateSiteRemoved',
};

/** The sites whose pages are translated only when that is asked for once more. */
export const NeverTranslateSites = () => (
  <SiteList setting={settings.neverTranslateSites} words={siteWords} />
);

/** The languages whose text is left as it is. */
export function NeverTranslateLanguages() {
  const [tags = []] = useSetting(settings.neverTranslateLanguages);
  const [said, setSaid] = useState('');
  const box = useRef<HTMLDivElement>(null);
  const add = (tag: string) => {
    const language = languageName(tag);
    if (tags.some((one) => sameLanguage(one, tag))) return setSaid(t('settings.languageThere', { language }));
    reportSaving(settings.neverTranslateLanguages.change((list) => [...list, tag]));
    setSaid(t('settings.languageAdded', { language }));
  };
  const remove = (tag: string) => {
    reportSaving(settings.neverTranslateLanguages.change((list) => list.filter((one) => one !== tag)));
    setSaid(t('settings.languageRemoved', { language: languageName(tag) }));
    // Its row is gone, and the button with it.
    box.current?.querySelector('button')?.focus();
  };
  return (
    <>
      <h3>{t('settings.neverTranslateLanguages')}</h3>
      <p className="meta">{t('settings.neverTranslateLanguagesAbout')}</p>
      <div ref={box} className="add-language">
        <LanguagePicker label={t('settings.addLanguage')} onChoose={add} />
      </div>
      <p role="status" className="meta">
        {said}
      </p>
      {tags.length > 0 && (
        <ul className="plain-list">
          {tags.map((tag) => (
            <li key={tag}>
              <span className="grow">{languageName(tag)}</span>
              <button
                type="button"
                className="button button-quiet button-small"
                aria-label={t('settings.removeLanguage', { language: languageName(tag) })}
                onClick={() => remove(tag)}
              >
                {t('privacy.removeShort')}
              </button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

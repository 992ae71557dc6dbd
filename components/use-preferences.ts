import { useEffect, useSyncExternalStore } from 'react';
import {
  getLanguage,
  type LanguageCode,
  languageFor,
  languages,
  onLanguageChange,
  setLanguage,
} from '@/utils/i18n';
import { settings } from '@/utils/store/settings';

/** Puts the chosen language and theme on the page and follows them. Returns the language, so that a change redraws. */
export function usePreferences(): LanguageCode {
  useEffect(() => {
    const stops = [
      settings.interfaceLanguage.watch((chosen) => void applyLanguage(chosen)),
      settings.theme.watch(applyTheme),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, []);
  return useLanguage();
}

/** The interface language. A memoised component that shows sentences must call this, or it keeps its old ones. */
export const useLanguage = (): LanguageCode => useSyncExternalStore(onLanguageChange, getLanguage);

/** Reads both settings once, before the first drawing, so that nothing flashes. */
export async function applyPreferences(): Promise<void> {
  const [language, theme] = await Promise.all([settings.interfaceLanguage.read(), settings.theme.read()]);
  applyTheme(theme);
  await applyLanguage(language);
}

async function applyLanguage(chosen: string): Promise<void> {
  await setLanguage(
    Object.hasOwn(languages, chosen) ? (chosen as LanguageCode) : languageFor(navigator.language),
  );
  document.documentElement.lang = languages[getLanguage()].tag;
}

function applyTheme(theme: string): void {
  if (theme === 'browser') document.documentElement.removeAttribute('data-theme');
  else document.documentElement.setAttribute('data-theme', theme);
}

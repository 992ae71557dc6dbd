import { getLanguage } from '../i18n';
import { settings } from '../store/settings';

/** English names of the interface languages, as models are told them. */
const englishNames = { en: 'English', zh_CN: 'Simplified Chinese', zh_TW: 'Traditional Chinese' } as const;

/** Languages offered for answers, by their English name and the name they have for themselves. */
export const answerLanguages: Record<string, string> = {
  English: 'English',
  'Simplified Chinese': '简体中文',
  'Traditional Chinese': '繁體中文',
  Japanese: '日本語',
  Korean: '한국어',
  Spanish: 'Español',
  French: 'Français',
  German: 'Deutsch',
  Portuguese: 'Português',
  Russian: 'Русский',
  Arabic: 'العربية',
};

/** The language an answer is asked for, or undefined for the language of the question. */
export async function answerLanguageName(): Promise<string | undefined> {
  const chosen = await settings.answerLanguage.read();
  if (chosen === 'question') return undefined;
  return chosen === 'interface' ? englishNames[getLanguage()] : chosen;
}

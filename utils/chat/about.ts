import { getLanguage, languages, t } from '../i18n';
import { runsOf } from '../prompts/scope';
import type { QuestionScope } from '../store/records';

/** Which sources a question was about, for people: “About 1, 3 and 7–19”. */
export function aboutWords({ documents }: QuestionScope): string {
  if (documents.length === 0) return t('question.aboutNone');
  const runs = runsOf(documents.map(({ index }) => index));
  const names = runs.map(([first, last]) => (first === last ? `${first}` : `${first}–${last}`));
  const list = new Intl.ListFormat(languages[getLanguage()].tag, { type: 'conjunction' }).format(names);
  return t('question.about', { list });
}

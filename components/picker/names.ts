import { t } from '@/utils/i18n';
import { beginningOf, formatList, hostOf } from '../format';

/** Titles are as long as pages make them; here some stand in one sentence. */
const longestName = 60;
/** Names that a sentence has room for. */
const mostNamed = 3;

/** What pages are called, in one sentence: each in quotation marks, with its site where another has the same title. */
export function namesOf(pages: readonly { title: string; url?: string }[]): string {
  const counts = new Map<string, number>();
  for (const { title } of pages) counts.set(title, (counts.get(title) ?? 0) + 1);
  const names = pages.slice(0, mostNamed).map(({ title, url }) => {
    const host = hostOf(url);
    const name = beginningOf(title.trim() || host || t('page.untitled'), longestName);
    const quoted = t('picked.name', { title: `\u2068${name}\u2069` });
    return (counts.get(title) ?? 0) > 1 && host && host !== name ? `${quoted} (${host})` : quoted;
  });
  const rest = pages.length - names.length;
  return formatList(rest > 0 ? [...names, t('picked.others', { count: rest })] : names);
}

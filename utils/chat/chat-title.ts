/** What a chat is called before its user gives it a name. */

import type { MeasuredSource } from '../context/compose';
import type { Task } from '../models/types';

/** Tasks about several sources at once: a chat that begins with one is about all of them. */
const aboutAll: ReadonlySet<Task> = new Set(['compare', 'disagreements', 'timeline', 'overview']);

/** Sources that a title names; of more it says how many. */
const mostNamed = 3;
/** Characters of each of them, as a line of the list has room for. */
const longestName = 32;

/**
 * `added` are the sources of its first question. A page gives it its title; several that are asked about together are
 * named one after the other. Without any it is called by its question.
 */
export function chatTitle(task: Task, question: string, added: readonly MeasuredSource[]): string {
  const titles = added.flatMap(({ source }) => source.title.trim() || []);
  if (!aboutAll.has(task) || titles.length < 2)
    return added.find(({ source }) => source.url)?.source.title || question;
  const rest = titles.length - mostNamed;
  const names = titles.slice(0, mostNamed).map(shortName).join(', ');
  return rest > 0 ? `${names} +${rest}` : names;
}

/** What stands before the first mark that parts a title from what it adds, such as the name of the site. */
function shortName(title: string): string {
  const [head = ''] = title.split(/\s+[|·•–—-]\s+|[:：｜]\s*|\s*[—]{2}\s*/u);
  const name = head.trim().length > 1 ? head.trim() : title;
  const characters = [...name];
  return characters.length > longestName
    ? `${characters
        .slice(0, longestName - 1)
        .join('')
        .trimEnd()}…`
    : name;
}

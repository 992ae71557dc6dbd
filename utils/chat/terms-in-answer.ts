/** What a translation in a chat says about words, below itself, as people read it elsewhere. */

import { lenientValues } from '../compare/lenient-json';

const block = /(?:^|\n)[ \t]*<terms>[ \t]*(?:\n([\s\S]*))?$/;

/**
 * The lines that a program reads (`{"t":[words, translation, reason]}`, between `<terms>` marks at the end) as a list. Whatever
 * else stands there stays.
 */
export function termsAsList(text: string): string {
  const found = block.exec(text);
  if (!found) return text;
  const lines = (found[1] ?? '').split('\n').flatMap((line) => {
    if (/^\s*(?:<\/terms>)?\s*$/.test(line)) return [];
    const [value] = lenientValues(line.trim(), false) ?? [];
    const term = value && typeof value === 'object' && !Array.isArray(value) ? value.t : undefined;
    if (!Array.isArray(term)) return [line];
    const [words, ...rest] = term.filter((part): part is string => typeof part === 'string' && part !== '');
    return words ? [`- ${[words, rest.join(', ')].filter(Boolean).join(': ')}`] : [];
  });
  const before = text.slice(0, found.index).trimEnd();
  return lines.length > 0 ? `${before}\n\n${lines.join('\n')}` : before;
}

/** Which units are left as they are. */

import type { MeasuredSource } from '../context/compose';
import { isAlready, languagesOf } from './unit-language';
import type { Entry, UnitList } from './unit-list';

/** Leaves out units that are in the language of the translation already, or in one that is never translated. */
export async function skipRead(
  entries: readonly Entry[],
  units: UnitList,
  {
    document,
    lang,
    never = [],
    languages = languagesOf,
  }: { document: MeasuredSource; lang: string; never?: readonly string[]; languages?: typeof languagesOf },
): Promise<void> {
  if (entries.length === 0) return;
  const found = await languages(
    entries.map(({ unit }) => unit),
    document.source.lang,
  ).catch((): undefined[] => []);
  for (const [index, entry] of entries.entries()) {
    const own = found[index];
    const isNever = own !== undefined && never.some((tag) => isAlready(entry.plain, tag, own));
    if (entry.state === 'new' && (isNever || isAlready(entry.plain, lang, own))) units.set(entry, 'skipped');
  }
}

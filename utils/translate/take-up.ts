/** What becomes of units when they are told: left as they are, translated already, or to be asked for. */

import type { MeasuredSource } from '../context/compose';
import { createSlices } from '../source/slices';
import { recall } from './recall';
import type { PageUnit, TranslationCache } from './types';
import type { MadeWith } from './unit-cache';
import { isAlready, languagesOf } from './unit-language';
import type { Entry, UnitList } from './unit-list';

export interface TakingUp {
  document: MeasuredSource;
  made: MadeWith;
  cache?: TranslationCache;
  /** BCP 47 tags of languages that are left as they are. */
  never?: readonly string[];
  /** Units that are in the language already, or in one of those, are translated all the same. */
  everything?: boolean;
  languages?: typeof languagesOf;
}

/** Units looked at between two pauses: a source has tens of thousands, and whoever shows it reacts meanwhile. */
const atOnce = 200;

/** Adds units to the list; `onRecalled` is called with those that were translated before. */
export async function takeUp(
  told: readonly PageUnit[],
  units: UnitList,
  how: TakingUp,
  onRecalled: (entries: Entry[]) => void,
): Promise<void> {
  const slices = createSlices();
  for (let from = 0; from < told.length; from += atOnce) {
    const some = units.add(told.slice(from, from + atOnce));
    if (!how.everything) await leaveOut(some, units, how);
    onRecalled(await recall(some, units, how.cache, how.made));
    await slices.rest();
  }
}

/** Leaves out units that are in the language of the translation already, or in one that is never translated. */
async function leaveOut(
  entries: readonly Entry[],
  units: UnitList,
  { document, made: { lang }, never = [], languages = languagesOf }: TakingUp,
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

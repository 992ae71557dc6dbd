/** What was translated before, and how a translation is told to whoever places it. */

import { plainMarked } from '../page/translate/marked';
import { refusalOf } from './check';
import { checkConsistency } from './consistency';
import type { GlossaryUse, Placement, TranslationCache } from './types';
import { cacheKeys, type MadeWith, onlyLocked } from './unit-cache';
import type { Entry, UnitList } from './unit-list';

const keysOf = ({ unit, plain }: Entry, made: MadeWith) => cacheKeys(unit.text, plain, made);

/** Gives the units that are kept their translation, at no cost, and says which. */
export async function recall(
  entries: readonly Entry[],
  units: UnitList,
  cache: TranslationCache | undefined,
  made: MadeWith,
): Promise<Entry[]> {
  const open = entries.filter(({ state }) => state === 'new');
  if (!cache || open.length === 0) return [];
  const keys = await Promise.all(open.map((entry) => keysOf(entry, made)));
  const names = keys.flat();
  const texts = await cache.read(names).catch((): undefined[] => []);
  const kept = new Map(names.map((name, index) => [name, texts[index]]));
  return open.filter((entry, index) => {
    const [exact, other] = keys[index]?.map((name) => kept.get(name)) ?? [];
    const text = exact ?? (other !== undefined && hasLocked(entry, other, made) ? other : undefined);
    if (text === undefined || entry.state !== 'new') return false;
    // Kept by an older version, or damaged: what is no translation is made again.
    const refusal = refusalOf(entry.unit, { text }, { withoutEcho: true });
    if (refusal && refusal !== 'marks') return false;
    entry.text = text;
    units.set(entry, 'done');
    return true;
  });
}

/** Whether a translation that was made before terms were locked calls them what they are locked to. */
function hasLocked({ unit, plain }: Entry, text: string, { glossary }: MadeWith): boolean {
  const locked = onlyLocked(glossary.decidedIn(plain));
  return checkConsistency([unit], new Map([[unit.id, text]]), locked).length === 0;
}

/** Says, as a request is made, what its translations are made of: the user may change a term while they come. */
export function nameForCache(entries: readonly Entry[], made: MadeWith): void {
  for (const entry of entries) entry.keys = keysOf(entry, made);
}

/** Keeps translations. What cannot be kept is made again another day; it stands in the page all the same. */
export async function keep(
  entries: readonly Entry[],
  cache: TranslationCache | undefined,
  made: MadeWith,
): Promise<void> {
  if (!cache || entries.length === 0) return;
  const list = entries.map(async (entry) => {
    const keys = await (entry.keys ?? keysOf(entry, made));
    return keys.map((key) => ({ key, text: entry.text ?? '' }));
  });
  await Promise.all(list)
    .then((all) => cache.write(all.flat()))
    .catch(() => {});
}

/** A translation as it is placed, with the terms that it has. */
export function placementOf({ unit, plain, text = '' }: Entry, glossary: GlossaryUse): Placement {
  const written = plainMarked(text);
  const terms = glossary
    .termsIn(plain)
    .filter(({ target }) => target && written.includes(target))
    .map(({ id, target }) => ({ words: target, id }));
  return { unit: unit.id, text, ...(terms.length > 0 ? { terms } : {}) };
}

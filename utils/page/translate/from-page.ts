/** What a page says over the port, checked: a page that was taken over can say anything at all. */

import type { FromPage, PageUnit } from './types';

/** Characters of one run of text at most: more than any paragraph has, and less than would hold up a request. */
const longestUnit = 200_000;
/** Units in one message at most: those of the longest pages come in several. */
const mostUnits = 100_000;
const longestAddress = 20_000;
const longestTitle = 2_000;

const kinds: readonly unknown[] = ['text', 'heading', 'item', 'cell', 'label'] satisfies PageUnit['kind'][];

const isNumber = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;
const isText = (value: unknown, longest: number): value is string =>
  typeof value === 'string' && value.length <= longest;

const numbers = (value: unknown): number[] | undefined =>
  Array.isArray(value) && value.length <= mostUnits ? [...new Set(value.filter(isNumber))] : undefined;

function tagOf(value: unknown): string | undefined {
  if (!isText(value, 100)) return undefined;
  try {
    return Intl.getCanonicalLocales(value)[0];
  } catch {
    return undefined;
  }
}

function unitOf(value: unknown): PageUnit[] {
  const { id, text, kind, lang } = (value ?? {}) as Partial<Record<keyof PageUnit, unknown>>;
  // A run without words would be one line too few in the answer.
  if (!isNumber(id) || !isText(text, longestUnit) || text.trim() === '' || !kinds.includes(kind)) return [];
  const tag = tagOf(lang);
  return [{ id, text, kind: kind as PageUnit['kind'], ...(tag && { lang: tag }) }];
}

/** The message as it should be, copied field by field; undefined when it is none. */
export function checkedFromPage(message: unknown): FromPage | undefined {
  if (typeof message !== 'object' || message === null) return undefined;
  const said = message as Record<string, unknown>;
  switch (said.type) {
    case 'units':
      return Array.isArray(said.units) && said.units.length <= mostUnits
        ? { type: 'units', units: said.units.flatMap(unitOf), complete: said.complete === true }
        : undefined;
    case 'order':
    case 'gone': {
      const units = numbers(said.units);
      return units && { type: said.type, units };
    }
    case 'moved':
      return isText(said.url, longestAddress) && URL.canParse(said.url)
        ? { type: 'moved', url: said.url, title: isText(said.title, longestTitle) ? said.title : '' }
        : undefined;
    case 'frames':
      return isNumber(said.foreign) ? { type: 'frames', foreign: said.foreign } : undefined;
    case 'again':
      return isNumber(said.unit) ? { type: 'again', unit: said.unit } : undefined;
    case 'term':
      return isText(said.id, 200) ? { type: 'term', id: said.id } : undefined;
    case 'written': {
      const { exact, slots, plain } = said;
      return isNumber(exact) && isNumber(slots) && isNumber(plain)
        ? { type: 'written', exact, slots, plain }
        : undefined;
    }
    case 'other':
    case 'undone':
      return { type: said.type };
  }
  return undefined;
}

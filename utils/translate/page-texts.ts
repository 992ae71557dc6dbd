/** What a page has told of itself during a run, and what was placed in it. */

import type { FromPage } from '../page/translate/types';
import type { RunTexts } from './run-types';
import type { PageUnit, Placement } from './types';

export function createPageTexts() {
  let units = new Map<number, PageUnit>();
  let translations = new Map<number, string>();
  let order: number[] = [];
  let isComplete = false;
  return {
    take(message: FromPage) {
      if (message.type === 'units') {
        for (const unit of message.units) units.set(unit.id, unit);
        isComplete ||= message.complete;
      } else if (message.type === 'order') order = message.units;
      else if (message.type === 'gone') {
        for (const id of message.units) {
          units.delete(id);
          translations.delete(id);
        }
      }
    },
    place(placements: readonly Placement[]) {
      for (const { unit, text } of placements) if (units.has(unit)) translations.set(unit, text);
    },
    /** Units without a translation, in the order of the page; whether the page has told all; what comes first. */
    get: () => ({ left: [...units.values()].filter(({ id }) => !translations.has(id)), isComplete, order }),
    /** Resolves when the page has said what comes first, or has had its time (milliseconds). */
    async whenOrdered(patience: number) {
      for (const end = Date.now() + patience; order.length === 0 && Date.now() < end; )
        await new Promise((resolve) => setTimeout(resolve, 20));
    },
    isEmpty: () => units.size === 0,
    texts: (): RunTexts => ({ units: [...units.values()], translations: [...translations] }),
    /** The page is another one, or knows nothing of what it told. */
    forget() {
      units = new Map();
      translations = new Map();
      order = [];
      isComplete = false;
    },
  };
}

/** The terms of a page as a run uses them: those that are kept, those that the model brings, and edits of other windows. */

import { plainMarked } from '../page/translate/marked';
import { createSlices, runInSlices } from '../source/slices';
import { watchTerms } from '../store/terms';
import { checkInSteps } from './consistency';
import { openGlossary, placeOf } from './glossary';
import type { RunGlossary } from './page-run-types';

export async function openRunGlossary({ url, lang }: { url: string; lang: string }): Promise<RunGlossary> {
  const place = placeOf(url, lang);
  const glossary = await openGlossary({ place });
  const watching = watchTerms(place).subscribe({
    next: () => void glossary.reload().catch(() => {}),
    // What cannot be read any more was read once.
    error: () => {},
  });
  return {
    termsIn: glossary.termsIn,
    decidedIn: glossary.decidedIn,
    learn: glossary.learn,
    async count({ units }) {
      const found = new Set<string>();
      const slices = createSlices();
      for (const { text } of units) {
        for (const { id } of glossary.termsIn(plainMarked(text))) found.add(id);
        await slices.step();
      }
      return found.size;
    },
    subscribe: glossary.subscribe,
    check: ({ units, translations }) =>
      runInSlices(checkInSteps(units, new Map(translations), glossary.get()), createSlices()),
    reload: glossary.reload,
    close: () => watching.unsubscribe(),
  };
}

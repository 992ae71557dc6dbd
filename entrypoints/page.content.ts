import { defineContentScript } from 'wxt/utils/define-content-script';
import { shadowRootOf } from '@/utils/browser/in-page';
import type { PassageInPage } from '@/utils/browser/show-passage';
import { showInPage } from '@/utils/page/highlight';
import { placesOf } from '@/utils/page/places';

/** Injected on demand; shows the passage that was left for it and says whether the page has it. */
export default defineContentScript({
  registration: 'runtime',
  matches: [],
  main() {
    const world = globalThis as { wholemoonPassage?: PassageInPage };
    const passage = world.wholemoonPassage;
    if (!passage) return 'changed';
    delete world.wholemoonPassage;
    const places = placesOf(passage.words);
    return showInPage(document, passage, {
      elements: places[passage.occurrence] ?? places[0],
      shadowRootOf,
    });
  },
});

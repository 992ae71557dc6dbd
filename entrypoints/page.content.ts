import { defineContentScript } from 'wxt/utils/define-content-script';
import type { PassagePlace } from '@/utils/browser/show-passage';
import { highlightPassage } from '@/utils/page/highlight';
import { placesOf } from '@/utils/page/places';

/** Injected on demand; shows the passage that was left for it and says whether the page has it. */
export default defineContentScript({
  registration: 'runtime',
  matches: [],
  main() {
    const { wholemoonPassage: passage } = globalThis as { wholemoonPassage?: PassagePlace };
    if (!passage) return false;
    const places = placesOf(passage.words);
    return highlightPassage(document, passage.plain, places[passage.occurrence] ?? places[0]);
  },
});

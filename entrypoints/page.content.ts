import { defineContentScript } from 'wxt/utils/define-content-script';
import { highlightPassage } from '@/utils/page/highlight';

/** Injected on demand; shows the passage that was left for it and says whether the page has it. */
export default defineContentScript({
  registration: 'runtime',
  matches: [],
  main() {
    const { wholemoonPassage } = globalThis as { wholemoonPassage?: string };
    return wholemoonPassage ? highlightPassage(document, wholemoonPassage) : false;
  },
});

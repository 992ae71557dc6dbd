import { defineContentScript } from 'wxt/utils/define-content-script';
import { chooseRegion, type RegionWords } from '@/utils/page/region';

/** Injected on demand; lets the user draw a frame, and answers with it. */
export default defineContentScript({
  registration: 'runtime',
  matches: [],
  main() {
    const world = globalThis as { wholemoonRegion?: { words: RegionWords; cancel?: () => void } };
    const asked = world.wholemoonRegion;
    if (!asked) return undefined;
    const controller = new AbortController();
    asked.cancel = () => controller.abort();
    return chooseRegion(document, asked.words, controller.signal);
  },
});

import { defineContentScript } from 'wxt/utils/define-content-script';
import { toAppError } from '@/utils/errors';
import { readPage } from '@/utils/page';

/** Injected on demand; its value is the result of executeScript. Errors cross the border as data. */
export default defineContentScript({
  registration: 'runtime',
  matches: [],
  main() {
    const { wholemoonMode } = globalThis as { wholemoonMode?: 'article' | 'everything' };
    try {
      return { reading: readPage(document, { mode: wholemoonMode }) };
    } catch (error) {
      return { trouble: toAppError(error).toTrouble() };
    }
  },
});

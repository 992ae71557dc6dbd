import { defineContentScript } from 'wxt/utils/define-content-script';
import { sites } from '@/utils/page/sites';

/** Injected before the reader, only into pages of sites that have an adapter. */
export default defineContentScript({
  registration: 'runtime',
  matches: [],
  main() {
    (globalThis as { wholemoonSites?: typeof sites }).wholemoonSites = sites;
  },
});

import { browser } from 'wxt/browser';
import { defineContentScript } from 'wxt/utils/define-content-script';
import { shadowRootOf } from '@/utils/browser/in-page';
import { createFollowedTranslator } from '@/utils/page/translate/followed';
import { type FromPage, type ToPage, translatorPort } from '@/utils/page/translate/types';

type Port = ReturnType<typeof browser.runtime.connect>;

interface World {
  wholemoonTranslator?: boolean;
}

/**
 * Injected on demand, into the page itself and not into its frames; serves the port on which translations come. One
 * page is translated by one extension page at a time: who connects later takes over.
 */
export default defineContentScript({
  registration: 'runtime',
  matches: [],
  main() {
    const world = globalThis as World;
    if (world.wholemoonTranslator) return;
    world.wholemoonTranslator = true;
    let port: Port | undefined;
    const translator = createFollowedTranslator(document, {
      shadowRootOf,
      send: (message: FromPage) => {
        try {
          port?.postMessage(message);
        } catch {
          // Whoever made the translations has gone away: what is in the page stays.
          port = undefined;
        }
      },
    });
    browser.runtime.onConnect.addListener((connected) => {
      if (connected.name !== translatorPort || connected.sender?.id !== browser.runtime.id) return;
      port = connected;
      connected.onMessage.addListener((message) => {
        if (port === connected) translator.receive(message as ToPage);
      });
      connected.onDisconnect.addListener(() => {
        if (port !== connected) return;
        port = undefined;
        // Nothing is on its way any more; what was translated stays.
        if (translator.isRunning) translator.receive({ type: 'waiting', units: [] });
      });
    });
  },
});

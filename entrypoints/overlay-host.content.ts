import { browser } from 'wxt/browser';
import { defineContentScript } from 'wxt/utils/define-content-script';
import { shadowRootOf } from '@/utils/browser/in-page';
import { type OverlayWorld, openOverlay } from '@/utils/page/overlay';
import { type FromHost, type OverlayOutcome, overlayPort, type ToHost } from '@/utils/page/overlay/types';

/** Injected on demand; holds our frame in the page. Its value says whether the frame is there. */
export default defineContentScript({
  registration: 'runtime',
  matches: [],
  async main(): Promise<OverlayOutcome> {
    const world = globalThis as OverlayWorld;
    const order = world.wholemoonOverlayOrder;
    if (!order) return { status: 'elsewhere' };
    delete world.wholemoonOverlayOrder;
    return openOverlay(order, {
      document,
      world,
      shadowRootOf,
      address: browser.runtime.getURL(`/overlay.html#${order.id}`),
      isAlive: () => browser.runtime?.id !== undefined,
      // Only pages of the extension can join: the one in the frame comes with the name of its order.
      listen(receive, signal) {
        return new Promise((resolve) => {
          const join = (port: ReturnType<typeof browser.runtime.connect>) => {
            if (port.name !== overlayPort(order.id)) return;
            browser.runtime.onConnect.removeListener(join);
            port.onMessage.addListener((message: unknown) => receive(message as ToHost));
            signal.addEventListener('abort', () => port.disconnect(), { once: true });
            resolve({
              send: (message: FromHost) => port.postMessage(message),
              onEnd: (ended) => port.onDisconnect.addListener(ended),
            });
          };
          browser.runtime.onConnect.addListener(join);
          signal.addEventListener('abort', () => browser.runtime.onConnect?.removeListener(join), {
            once: true,
          });
        });
      },
    });
  },
});

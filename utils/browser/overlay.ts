/** The frame in a page, from both of its ends: who asks for it, and the extension's page that is in it. */

import { browser } from 'wxt/browser';
import {
  type FromHost,
  type OverlayOrder,
  type OverlayOutcome,
  overlayPort,
  type ToHost,
} from '../page/overlay/types';
import { type OverlayRequest, overlayRequests } from '../store/overlay-requests';

/**
 * Puts the frame into a tab. `done` is called inside the user's gesture, as far as there was one: the browser keeps it
 * for callbacks and loses it over a promise (Chromium 156), and a panel that has to open instead needs it. It gets
 * nothing where no script may run.
 */
export function placeOverlay(
  order: OverlayOrder,
  { tabId, windowId }: { tabId: number; windowId: number },
  done: (outcome?: OverlayOutcome) => void,
): void {
  overlayRequests
    .leave({
      id: order.id,
      view: order.view,
      tabId,
      windowId,
      ...(order.toggles && { toggles: true }),
      askedAt: Date.now(),
    })
    .catch((error) => console.error('The frame was not announced:', error));
  const target = { tabId };
  const leave = {
    target,
    func: (value: OverlayOrder) => {
      (globalThis as { wholemoonOverlayOrder?: OverlayOrder }).wholemoonOverlayOrder = value;
    },
    args: [order] as [OverlayOrder],
    injectImmediately: true,
  };
  const run = { target, files: ['/content-scripts/overlay-host.js' as const], injectImmediately: true };
  // One after the other without waiting: the browser keeps their order.
  browser.scripting.executeScript(leave, () => void browser.runtime.lastError);
  browser.scripting.executeScript(run, (frames?: { result?: unknown }[]) => {
    const failure = browser.runtime.lastError;
    done(failure ? undefined : ((frames?.[0]?.result as OverlayOutcome | null | undefined) ?? undefined));
  });
}

/** The line of a frame to the script that holds it. */
export interface OverlayLine {
  request: OverlayRequest;
  send(message: ToHost): void;
  listen(listener: (message: FromHost) => void): () => void;
}

/** Milliseconds in which a request may still be on its way into storage. */
const patience = 1_000;

/**
 * Takes the request that this frame is for and says hello to its holder. Undefined when there is none: then a page has
 * put our frame into itself, and it stays empty.
 */
export async function joinOverlay(id = location.hash.slice(1)): Promise<OverlayLine | undefined> {
  const tab = id ? await browser.tabs.getCurrent() : undefined;
  if (tab?.id === undefined) return undefined;
  let request: OverlayRequest | undefined;
  for (const end = Date.now() + patience; !request && Date.now() < end; ) {
    request = await overlayRequests.take(id, tab.id);
    if (!request) await new Promise((resolve) => setTimeout(resolve, 40));
  }
  if (!request) return undefined;
  const port = browser.tabs.connect(tab.id, { frameId: 0, name: overlayPort(id) });
  const listeners = new Set<(message: FromHost) => void>();
  /** Whoever begins to listen hears what was said last of each kind. */
  const last = new Map<string, FromHost>();
  port.onMessage.addListener((message: FromHost) => {
    last.set(message.type, message);
    for (const listener of listeners) listener(message);
  });
  return {
    request,
    send: (message) => port.postMessage(message),
    listen(listener) {
      listeners.add(listener);
      for (const message of last.values()) listener(message);
      return () => listeners.delete(listener);
    },
  };
}

/** How much the page in a tab is enlarged: what the pointer moves on the screen is that much less in the page. */
export const zoomOf = (tabId: number): Promise<number> => browser.tabs.getZoom(tabId).catch(() => 1);

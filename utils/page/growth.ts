import { isOwnElement, wordsOf, written } from './written';

/**
 * Notices that a page goes on after it was read: endless lists, chats, live tickers. Nothing is added to the page; an
 * observer counts the letters that come, and whoever is interested asks for the sum.
 */

interface World {
  /** `since`: milliseconds since the epoch, from when on it counts. */
  wholemoonGrowth?: { added: number; since: number; stop(): void };
}

/** Starts counting from now; a count under way is replaced. */
export function startGrowth(document: Document, world: World = globalThis as World): void {
  world.wholemoonGrowth?.stop();
  const Observer = document.defaultView?.MutationObserver;
  if (!Observer || !document.body) return;
  const growth = { added: 0, since: Date.now(), stop: () => observer.disconnect() };
  const observer = new Observer((changes) => {
    for (const change of changes) {
      if (written()?.isOwnWrite(change)) continue;
      const { type, target, addedNodes, oldValue } = change;
      if (type === 'characterData') {
        growth.added += Math.max(0, (target.nodeValue?.length ?? 0) - (oldValue?.length ?? 0));
      }
      for (const node of addedNodes) {
        if (isOwnElement(node)) continue;
        if (!/^(SCRIPT|STYLE|NOSCRIPT|TEMPLATE|LINK)$/.test(node.nodeName)) {
          growth.added += wordsOf(node).length;
        }
      }
    }
  });
  observer.observe(document.body, {
    childList: true,
    subtree: true,
    characterData: true,
    characterDataOldValue: true,
  });
  world.wholemoonGrowth = growth;
}

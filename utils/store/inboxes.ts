/** What a request from outside the panel brought and no panel ever put anywhere: it goes after a day. */

import { type Inbox, inbox } from './inbox';

/** Held by every open panel: a request may be waiting in one, for however long, and what it brought with it. */
const openPanels = 'open-panels';

/** Milliseconds. */
const day = 24 * 60 * 60 * 1000;

interface Options {
  box?: Inbox;
  now?: () => number;
  locks?: LockManager;
}

/** Removes what was brought more than a day ago, unless another panel is open. Called by each panel as it starts. */
export async function removeUndelivered({
  box = inbox,
  now = Date.now,
  locks = globalThis.navigator?.locks,
}: Options = {}): Promise<void> {
  const remove = () => box.removeOlder(now() - day);
  if (!locks) return remove();
  await locks.request(openPanels, { ifAvailable: true }, async (lock) => {
    if (lock) await remove();
  });
  // Until the page goes.
  void locks.request(openPanels, { mode: 'shared' }, () => new Promise(() => {}));
}

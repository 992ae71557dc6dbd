/** The end of all that is kept, in whichever window it is open. */

import { storage } from 'wxt/utils/storage';
import { type Database, database } from './database';
import { type Inbox, inbox } from './inbox';

/** Pages of the extension tell each other: first that everything goes, then that it is gone. */
const channelName = 'wholemoon-delete-everything';

type Message = 'begin' | 'done';

/**
 * Milliseconds for other pages to put down what they are writing. A message between pages of one browser takes a few;
 * a page that is frozen hears it before it can write again.
 */
const notice = 300;

/** Databases that this page is emptying: it hears its own messages too. */
const emptying = new Set<Database>();

/**
 * Empties the databases, the settings and the session's memory, keys included. Other pages stop writing first and are
 * told at the end; see `onDeleteEverything`.
 * @throws whatever the database or the storage throws; then a part may be left
 */
export async function deleteEverything({
  db = database,
  box = inbox,
  pause = notice,
}: {
  db?: Database;
  box?: Inbox;
  pause?: number;
} = {}): Promise<void> {
  const channel = new BroadcastChannel(channelName);
  emptying.add(db);
  try {
    channel.postMessage('begin' satisfies Message);
    await new Promise((resolve) => setTimeout(resolve, pause));
    await db.transaction('rw', db.tables, () => Promise.all(db.tables.map((table) => table.clear())));
    await Promise.all([box.clear(), storage.clear('local'), storage.clear('session')]);
  } finally {
    channel.postMessage('done' satisfies Message);
    channel.close();
    // What was posted is heard after this.
    setTimeout(() => emptying.delete(db), pause);
  }
}

/**
 * Calls `begin` when another page is about to delete everything, after which nothing of this page reaches the
 * database any more, and `done` when it is over. Returns the function that stops it.
 */
export function onDeleteEverything(
  { begin, done }: { begin?: () => void; done: () => void },
  db: Database = database,
): () => void {
  const channel = new BroadcastChannel(channelName);
  channel.onmessage = ({ data }: MessageEvent<Message>) => {
    if (emptying.has(db)) return;
    if (data === 'done') return done();
    begin?.();
    db.close();
  };
  return () => channel.close();
}

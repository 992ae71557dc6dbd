/** Keeps with each draft what was picked for it and has not been read, so that closing the panel loses no pick. */

import type { draftStore } from '../store/drafts';
import type { WaitingPick } from '../store/records';
import type { Gathered } from './gathered';

export interface PickKeeper {
  /** The list of a chat has changed: what is still on its way, or in trouble, is on disk soon after. */
  keep(chat: string): void;
  /**
   * Hands on what was kept for a chat, once. `resume` says whether it has taken it up; otherwise it is offered again.
   * Nothing of it is written over before.
   */
  takeUp(chat: string, resume: (waiting: WaitingPick[]) => Promise<boolean>): Promise<void>;
}

export function createPickKeeper(
  store: Pick<typeof draftStore, 'readWaiting' | 'writeWaiting'>,
  listOf: (chat: string) => Gathered[],
): PickKeeper {
  /** What was kept before and is in no list yet. */
  const untaken = new Map<string, Promise<WaitingPick[]>>();
  const written = new Map<string, string>();
  const due = new Set<string>();
  let writing = Promise.resolve();

  const keptOf = (chat: string) => {
    const known = untaken.get(chat) ?? store.readWaiting(chat).catch(() => []);
    untaken.set(chat, known);
    return known;
  };
  const write = async (chat: string) => {
    due.delete(chat);
    const before = await keptOf(chat);
    const now = listOf(chat).flatMap(waitingOf);
    const keys = new Set(now.map(({ key }) => key));
    const waiting = [...before.filter(({ key }) => !keys.has(key)), ...now];
    const names = waiting.map(({ key }) => key).join('\n');
    // Most changes are of how far something is, and not of what is there.
    if (written.get(chat) === names) return;
    written.set(chat, names);
    await store.writeWaiting(chat, waiting);
  };

  return {
    keep(chat) {
      if (due.has(chat)) return;
      due.add(chat);
      // After whoever removes something from the list has had it attached: then both are on disk, in this order.
      writing = writing.then(() => write(chat)).catch(() => {});
    },
    async takeUp(chat, resume) {
      const waiting = await keptOf(chat);
      if (waiting.length === 0) return;
      written.set(chat, waiting.map(({ key }) => key).join('\n'));
      if (await resume(waiting).catch(() => false)) {
        untaken.set(chat, Promise.resolve([]));
        this.keep(chat);
      }
    },
  };
}

const waitingOf = ({ key, status, title = '', url, place }: Gathered): WaitingPick[] =>
  key === undefined || status === 'unpicked' || status === 'picture'
    ? []
    : [{ key, title, place, ...(url && { url }) }];

/**
 * Keeps with each draft what was picked for it, or asked for outside the panel, and has not been read, so that closing
 * the panel loses none of it.
 */

import type { draftStore } from '../store/drafts';
import type { WaitingPick } from '../store/records';
import type { Gathered, GatheredFile } from './gathered';

export interface PickKeeper {
  /** The list of a chat has changed: what is still on its way, or in trouble, is on disk soon after. */
  keep(chat: string): void;
  /** Resolves when what was handed over so far is on disk. */
  kept(): Promise<void>;
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
    kept: () => writing,
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

function waitingOf({ key, kind, status, title = '', url, place, frame }: Gathered): WaitingPick[] {
  if (status === 'unpicked' || status === 'picture') return [];
  // What could not be kept was told why.
  if (status === 'trouble' && key?.startsWith('unkept:')) return [];
  const kept = key ?? broughtKey({ kind, url, frame });
  return kept === undefined ? [] : [{ key: kept, title, place, ...(url && { url }) }];
}

/** What a link or a picture that was asked for outside the panel is kept under. */
function broughtKey({ kind, url, frame }: Pick<Gathered, 'kind' | 'url' | 'frame'>): string | undefined {
  if (kind === 'link' && url) return `link:${url}`;
  return kind === 'picture' && frame ? `picture:${frame.tabId}:${frame.frameId}:${url}` : undefined;
}

/** What was asked for outside the panel, from what was kept of it; undefined for what was picked. */
export function broughtOf({
  key,
  title,
  url,
}: WaitingPick):
  | { kind: 'file'; file: GatheredFile }
  | { kind: 'link'; url: string }
  | { kind: 'picture'; url: string; frame: { tabId: number; frameId: number } }
  | undefined {
  const hash = /^file:([0-9a-f]{64})$/.exec(key)?.[1];
  // How large it is and of which kind is known when its bytes are there.
  if (hash) return { kind: 'file', file: { name: title, size: 0, hash } };
  if (key.startsWith('unkept:')) return { kind: 'file', file: { name: title, size: 0 } };
  if (key.startsWith('folder:')) return { kind: 'file', file: { name: title, size: 0, type: 'folder' } };
  if (!url) return undefined;
  if (key === broughtKey({ kind: 'link', url })) return { kind: 'link', url };
  const [, tabId, frameId] = /^picture:(\d+):(\d+):/.exec(key) ?? [];
  if (tabId === undefined || frameId === undefined) return undefined;
  return { kind: 'picture', url, frame: { tabId: Number(tabId), frameId: Number(frameId) } };
}

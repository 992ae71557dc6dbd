import { useCallback, useEffect, useRef, useState } from 'react';
import type { Conversation } from '@/utils/chat/conversation';
import { type Trouble, toAppError } from '@/utils/errors';
import { chatStore, type StoredChat } from '@/utils/store/chats';
import type { KeptFile, RemovedFiles } from '@/utils/store/files';
import type { ChatRecord } from '@/utils/store/records';

/** Milliseconds in which a deletion can be taken back. */
const undoTime = 10_000;

/** Needed by a click that few make: not by the first paint. */
const loadList = () => import('@/utils/store/chat-list');
const loadFiles = async () => (await import('@/utils/store/files')).fileStore;

/** What was deleted and can still be taken back. */
export interface Deleted {
  chats: StoredChat[];
  /** The list of all chats, where all were deleted. */
  all?: ChatRecord[];
  count: number;
  /** The title of the one that was deleted. */
  title?: string;
  /** The chat that was on screen. */
  open?: string;
  /** Files that only these chats used. They stay until the user says otherwise. */
  files: KeptFile[];
  /** The files, once they are deleted too. */
  gone?: RemovedFiles;
}

export interface Deletion {
  deleted?: Deleted;
  remove: (chat: ChatRecord) => Promise<void>;
  removeAll: () => Promise<void>;
  /** Deletes the files too that only the deleted chats used. */
  removeFiles: () => Promise<void>;
  undo: () => Promise<void>;
  /** Why it could not be taken back. */
  trouble?: Trouble;
  dismiss: () => void;
}

/** The files that several deletions leave behind, each once. */
function filesOf(before: Deleted | undefined, files: readonly KeptFile[]): Pick<Deleted, 'files' | 'gone'> {
  const all = new Map([...(before?.files ?? []), ...files].map((file) => [file.id, file]));
  return { files: [...all.values()], ...(before?.gone && { gone: before.gone }) };
}

/** Deletes chats, and takes that back for ten seconds. A chat that is on screen is left for an empty one. */
export function useDeletion(conversation: Conversation): Deletion {
  const [deleted, setDeleted] = useState<Deleted>();
  const [trouble, setTrouble] = useState<Trouble>();
  const current = useRef<Deleted>(undefined);
  const release = useRef<() => void>(undefined);
  const show = useCallback((next: Deleted | undefined) => {
    current.current = next;
    setDeleted(next);
  }, []);

  /** What cannot be taken back any more is gone for good. */
  const forget = useCallback(() => {
    show(undefined);
    release.current?.();
    if (release.current) {
      release.current = undefined;
      // Not in the same turn: the lock is free only after that.
      setTimeout(async () => (await loadList()).chatList.removeLeftovers().catch(() => {}), 100);
    }
  }, [show]);
  useEffect(() => {
    if (!deleted) return;
    const timer = setTimeout(forget, undoTime);
    return () => clearTimeout(timer);
  }, [deleted, forget]);

  const remove = useCallback(
    async (chat: ChatRecord) => {
      const open = conversation.get().chat?.id === chat.id ? chat.id : undefined;
      const stored = await chatStore.removeChat(chat.id);
      if (open) conversation.startNew();
      if (!stored) return;
      // Several that are deleted one after the other come back together.
      const before = current.current;
      const chats = [...(before?.chats ?? []), stored];
      const isOne = chats.length === 1 && !before?.all;
      show({
        chats,
        all: before?.all,
        count: chats.length + (before?.all?.length ?? 0),
        ...(isOne ? { title: chat.title } : {}),
        open: open ?? before?.open,
        ...filesOf(before, stored.files ?? []),
      });
    },
    [conversation, show],
  );

  const removeAll = useCallback(async () => {
    const { chatList, keepLeftovers } = await loadList();
    release.current ??= keepLeftovers();
    const before = current.current;
    const open = conversation.get().chat?.id;
    const all = await chatList.takeAllOff();
    conversation.startNew();
    const chats = before?.chats ?? [];
    const files = await (await loadFiles()).unused(true).catch(() => []);
    show({
      chats,
      all: [...all, ...(before?.all ?? [])],
      count: all.length + chats.length,
      open,
      ...filesOf(before, files),
    });
  }, [conversation, show]);

  const removeFiles = useCallback(async () => {
    const what = current.current;
    if (!what || what.files.length === 0) return;
    try {
      const gone = await (await loadFiles()).remove(what.files.map(({ id }) => id));
      const { files, sources } = what.gone ?? { files: [], sources: [] };
      const now = current.current ?? what;
      show({
        ...now,
        files: now.files.filter(({ id }) => !what.files.some((file) => file.id === id)),
        gone: { files: [...files, ...gone.files], sources: [...sources, ...gone.sources] },
      });
    } catch (error) {
      setTrouble(toAppError(error).toTrouble());
    }
  }, [show]);

  const undo = useCallback(async () => {
    const what = current.current;
    if (!what) return;
    // First: its time is not to run out while it comes back, and what is deleted meanwhile is another undo.
    show(undefined);
    setTrouble(undefined);
    const free = release.current;
    release.current = undefined;
    try {
      if (what.gone) await (await loadFiles()).putBack(what.gone);
      if (what.all) await (await loadList()).chatList.putBack(what.all);
      for (const stored of what.chats) await chatStore.restoreChat(stored);
    } catch (error) {
      // The way back stays.
      release.current ??= free;
      show(what);
      setTrouble(toAppError(error).toTrouble());
      return;
    }
    free?.();
    if (what.open && !conversation.get().chat) await conversation.open(what.open);
  }, [conversation, show]);

  const dismiss = useCallback(() => setTrouble(undefined), []);
  return { deleted, remove, removeAll, removeFiles, undo, trouble, dismiss };
}

import { useCallback, useEffect, useRef, useState } from 'react';
import { isUnmeasured, measuredText } from '@/utils/chat/pasted-text';
import type { MeasuredSource } from '@/utils/context/compose';
import { draftStore, type SourceChoices } from '@/utils/store/drafts';

const none: SourceChoices = { attached: [], leftOut: [], added: [] };

/**
 * What the user chose about the sources of the next question, one set per chat (`new` before there is a chat). It is
 * on disk at once, and survives everything.
 */
export function useSourceChoices(id: string) {
  const [shown, setShown] = useState({ id, choices: none });
  const newest = useRef(shown);
  const choices = shown.id === id ? shown.choices : none;

  const show = useCallback((next: { id: string; choices: SourceChoices }) => {
    newest.current = next;
    setShown(next);
  }, []);

  /** Changes the choices of this chat. Rejects when they could not be kept; then they hold until the panel closes. */
  const change = useCallback(
    (work: (choices: SourceChoices) => Partial<SourceChoices>): Promise<void> => {
      const before = newest.current.id === id ? newest.current.choices : none;
      const next = { ...before, ...work(before) };
      show({ id, choices: next });
      return draftStore.writeSources(id, next);
    },
    [id, show],
  );

  /** A text that was attached when the panel closed may not have been measured yet. */
  const measure = useCallback(
    async (entry: MeasuredSource) => {
      const measured = await measuredText(entry);
      await change(({ attached }) => ({
        attached: attached.map((other) => (other.source.id === entry.source.id ? measured : other)),
      }));
    },
    [change],
  );

  useEffect(() => {
    let current = true;
    if (newest.current.id === id && newest.current.choices !== none) return;
    draftStore.readSources(id).then((stored) => {
      // What was chosen before this had been read is newer.
      const isNewer = newest.current.id === id && newest.current.choices !== none;
      if (!current || isNewer) return;
      show({ id, choices: stored });
      for (const entry of stored.attached) if (isUnmeasured(entry)) measure(entry).catch(() => {});
    });
    return () => {
      current = false;
    };
  }, [id, show, measure]);

  /** A question was taken: what did not go with it stays with its chat. `alone`: it was not asked about what is attached. */
  const carry = useCallback(
    (chatId: string, sent: readonly string[], alone = false) => {
      const before = newest.current.choices;
      // A page that was kept beside what was picked is not what anybody attached.
      const pages = new Set(before.picks?.flatMap(({ key, id }) => (key.startsWith('page:') ? [id] : [])));
      const attached = before.attached.filter(
        ({ source }) => !sent.includes(source.id) && !(pages.has(source.id) && !alone),
      );
      const rest = attached.map(({ source }) => source.id);
      // What was attached and stayed behind was left out, here or when it was too much.
      const leftOut = alone ? before.leftOut : [...new Set([...before.leftOut, ...rest])];
      if (id !== chatId) draftStore.writeSources(id, none).catch(() => {});
      const picks = before.picks?.filter((pick) => rest.includes(pick.id));
      const next = { ...before, attached, leftOut, picks };
      show({ id: chatId, choices: next });
      draftStore.writeSources(chatId, next).catch(() => {});
    },
    [id, show],
  );

  const current = useCallback(() => (newest.current.id === id ? newest.current.choices : none), [id]);
  /** Whether what was kept for this chat is there. */
  const isLoaded = choices !== none;
  return { isLoaded, choices, newest: current, change, measure, carry };
}

import { useCallback, useEffect, useRef, useState } from 'react';
import { draftStore } from '@/utils/store/drafts';

/** Milliseconds after the last key press until a draft is on disk. */
const draftDelay = 300;

/** What is typed and not sent, one text per chat (`new` before there is a chat). It survives everything. */
export function useDraft(id: string) {
  const [draft, setText] = useState('');
  const unsaved = useRef<{ id: string; text: string; timer: ReturnType<typeof setTimeout> }>(undefined);

  const flush = useCallback(() => {
    const waiting = unsaved.current;
    if (!waiting) return;
    unsaved.current = undefined;
    clearTimeout(waiting.timer);
    draftStore.write(waiting.id, waiting.text);
  }, []);

  useEffect(() => {
    let current = true;
    // What was typed before the stored draft had been read is newer than it.
    draftStore.read(id).then((text) => {
      if (current && unsaved.current === undefined) setText(text);
    });
    window.addEventListener('pagehide', flush);
    return () => {
      current = false;
      flush();
      window.removeEventListener('pagehide', flush);
    };
  }, [id, flush]);

  const setDraft = useCallback(
    (text: string) => {
      setText(text);
      clearTimeout(unsaved.current?.timer);
      unsaved.current = { id, text, timer: setTimeout(flush, draftDelay) };
    },
    [id, flush],
  );
  const clearDraft = useCallback(() => {
    setDraft('');
    flush();
  }, [setDraft, flush]);
  return { draft, setDraft, clearDraft };
}

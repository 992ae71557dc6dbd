import { useCallback, useEffect, useRef, useState } from 'react';
import type { PendingImage } from '@/utils/chat/images';
import { draftStore } from '@/utils/store/drafts';

/** Milliseconds after the last key press until a draft is on disk. */
const draftDelay = 300;

interface Draft {
  text: string;
  images: PendingImage[];
}

/**
 * What is typed or added and not sent, one draft per chat (`new` before there is a chat). It survives everything.
 * `initial` is what stands there when nothing was typed.
 */
export function useDraft(id: string, initial = '') {
  const [draft, setShown] = useState<Draft>({ text: initial, images: [] });
  const [loaded, setLoaded] = useState<string>();
  const newest = useRef(draft);
  /** Counts what was typed or added, so that a draft that is read late does not take its place. */
  const changes = useRef(0);
  const unsaved = useRef<{ id: string; draft: Draft; timer: ReturnType<typeof setTimeout> }>(undefined);
  const show = useCallback((next: Draft) => {
    newest.current = next;
    setShown(next);
  }, []);

  const flush = useCallback(() => {
    const waiting = unsaved.current;
    if (!waiting) return;
    unsaved.current = undefined;
    clearTimeout(waiting.timer);
    draftStore.write(waiting.id, waiting.draft.text, waiting.draft.images);
  }, []);

  useEffect(() => {
    let current = true;
    const before = changes.current;
    // What was typed before the stored draft had been read is newer than it, also when it has been written meanwhile.
    draftStore.read(id).then((stored) => {
      if (current && changes.current === before) show({ ...stored, text: stored.text || initial });
      if (current) setLoaded(id);
    });
    window.addEventListener('pagehide', flush);
    return () => {
      current = false;
      flush();
      window.removeEventListener('pagehide', flush);
    };
  }, [id, initial, flush, show]);

  const change = useCallback(
    (part: Partial<Draft>) => {
      changes.current++;
      const next = { ...newest.current, ...part };
      show(next);
      clearTimeout(unsaved.current?.timer);
      unsaved.current = { id, draft: next, timer: setTimeout(flush, draftDelay) };
    },
    [id, flush, show],
  );
  const setDraft = useCallback((text: string) => change({ text }), [change]);
  // Pictures come one by one, unlike key presses: they are on disk at once.
  const setImages = useCallback(
    (images: PendingImage[]) => {
      change({ images });
      flush();
    },
    [change, flush],
  );
  const addImages = useCallback(
    (added: PendingImage[]) => setImages([...newest.current.images, ...added]),
    [setImages],
  );
  const removeImage = useCallback(
    (image: PendingImage) => setImages(newest.current.images.filter((entry) => entry !== image)),
    [setImages],
  );
  const clearDraft = useCallback(() => {
    change({ text: '', images: [] });
    flush();
  }, [change, flush]);
  /** A chat has begun with something else: what is typed goes along, and stays before the user's eyes. */
  const moveDraft = useCallback(
    (chatId: string) => {
      const { text, images } = newest.current;
      if (id === chatId || (!text && images.length === 0)) return;
      clearDraft();
      draftStore.write(chatId, text, images);
    },
    [id, clearDraft],
  );
  /** Whether what was stored for this chat is there. */
  const isLoaded = loaded === id;
  return {
    isLoaded,
    draft: draft.text,
    images: draft.images,
    setDraft,
    addImages,
    removeImage,
    clearDraft,
    moveDraft,
  };
}

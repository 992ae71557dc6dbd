import { ArrowDown } from 'lucide-react';
import {
  createContext,
  type ReactNode,
  type RefObject,
  useContext,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import type { CacheSnapshot } from 'virtua';
import { t } from '@/utils/i18n';
import { followAnswer } from './follow-answer';

const ScrollerContext = createContext<RefObject<HTMLElement | null>>({ current: null });

const PlaceContext = createContext<RefObject<ThreadPlace | undefined>>({ current: undefined });

/** Where the reader was, while the conversation is put there; later where it is left. */
export const useThreadPlace = (): RefObject<ThreadPlace | undefined> => useContext(PlaceContext);

/** The element that scrolls the conversation. */
export const useScroller = (): RefObject<HTMLElement | null> => useContext(ScrollerContext);

/** How far (pixels) a conversation was scrolled. */
export interface ThreadPlace {
  chatId: string;
  top: number;
  /** The heights of its turns, as far as they were known. */
  sizes?: CacheSnapshot;
}

/**
 * The scrolling part of the panel. While an answer streams, the view follows it until its question stands at the
 * top, so that reading begins at the beginning; from there on it stays put and a button says that there is more.
 * A reader who goes to the end is followed along the end.
 */
export function Thread({
  children,
  live,
  label,
  chatId,
  place,
}: {
  children: ReactNode;
  live: boolean;
  label: string;
  /** A chat that is opened shows its end, where the last answer stopped. */
  chatId?: string;
  /** Where the reader was when something else took the place of the conversation: there it goes on. */
  place: RefObject<ThreadPlace | undefined>;
}) {
  const scroller = useRef<HTMLElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const goToEnd = useRef<() => void>(undefined);
  const [behind, setBehind] = useState(false);

  // biome-ignore lint/correctness/useExhaustiveDependencies: only another chat moves the view, never the end of an answer
  useEffect(() => {
    const element = scroller.current;
    const left = place.current?.chatId === chatId ? place.current : undefined;
    place.current = undefined;
    if (element && chatId && !live) element.scrollTop = left ? left.top : element.scrollHeight;
  }, [chatId]);
  // Before the element is taken out of the page, when it still knows.
  useLayoutEffect(() => {
    const element = scroller.current;
    return () => {
      if (element && chatId) place.current = { chatId, top: element.scrollTop };
    };
  }, [chatId, place]);

  useEffect(() => {
    if (!scroller.current || !content.current || !live) return;
    const following = followAnswer(scroller.current, content.current, setBehind);
    goToEnd.current = following.goToEnd;
    return following.stop;
  }, [live]);

  return (
    <ScrollerContext value={scroller}>
      <main className="thread" ref={scroller}>
        <div className="thread-content" ref={content} role="log" aria-live="off" aria-label={label}>
          <PlaceContext value={place}>{children}</PlaceContext>
        </div>
      </main>
      {live && behind && (
        <div className="new-text-anchor">
          <button type="button" className="button button-small new-text" onClick={() => goToEnd.current?.()}>
            <ArrowDown className="icon icon-small" aria-hidden="true" />
            {t('panel.newText')}
          </button>
        </div>
      )}
    </ScrollerContext>
  );
}

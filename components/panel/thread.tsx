import { ArrowDown } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { t } from '@/utils/i18n';

/** Closer to the end than this (pixels) counts as being at the end. */
const nearEnd = 32;
/** Room kept above the question when a long answer has pushed it to the top. */
const roomAbove = 8;

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
}: {
  children: ReactNode;
  live: boolean;
  label: string;
  /** A chat that is opened shows its end, where the last answer stopped. */
  chatId?: string;
}) {
  const scroller = useRef<HTMLElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const atEnd = useRef(false);
  const [behind, setBehind] = useState(false);

  // biome-ignore lint/correctness/useExhaustiveDependencies: only another chat moves the view, never the end of an answer
  useEffect(() => {
    const element = scroller.current;
    if (element && chatId && !live) element.scrollTop = element.scrollHeight;
  }, [chatId]);

  useEffect(() => {
    const element = scroller.current;
    const inner = content.current;
    if (!element || !inner || !live) return;
    let ours = 0;
    let stays = false;
    const distance = () => element.scrollHeight - element.scrollTop - element.clientHeight;
    const scrollTo = (top: number) => {
      ours = Math.round(top);
      element.scrollTop = top;
    };
    const follow = () => {
      const end = element.scrollHeight - element.clientHeight;
      const questions = inner.querySelectorAll<HTMLElement>('.question');
      const question = questions[questions.length - 1];
      const limit = question ? question.offsetTop - element.offsetTop - roomAbove : end;
      if (atEnd.current) scrollTo(end);
      else if (!stays) scrollTo(Math.min(end, limit));
      setBehind(distance() > nearEnd);
    };
    const onScroll = () => {
      if (Math.abs(element.scrollTop - ours) < 2) return;
      // The reader scrolled: to the end means following it, anywhere else means staying there.
      atEnd.current = distance() < nearEnd;
      stays = !atEnd.current;
      setBehind(distance() > nearEnd);
    };
    atEnd.current = false;
    follow();
    const observer = new ResizeObserver(follow);
    observer.observe(inner);
    element.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', onScroll);
      // How the answer ended is drawn now: it comes into view by the same rule.
      requestAnimationFrame(() => requestAnimationFrame(follow));
    };
  }, [live]);

  const goToEnd = () => {
    atEnd.current = true;
    setBehind(false);
    scroller.current?.scrollTo({ top: scroller.current.scrollHeight });
  };
  return (
    <>
      <main className="thread" ref={scroller}>
        <div className="thread-content" ref={content} role="log" aria-live="off" aria-label={label}>
          {children}
        </div>
      </main>
      {live && behind && (
        <div className="new-text-anchor">
          <button type="button" className="button button-small new-text" onClick={goToEnd}>
            <ArrowDown className="icon icon-small" aria-hidden="true" />
            {t('panel.newText')}
          </button>
        </div>
      )}
    </>
  );
}

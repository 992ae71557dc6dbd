import { MousePointerClick } from 'lucide-react';
import { useCallback, useEffect, useRef, useState } from 'react';
import { t } from '@/utils/i18n';
import { settings } from '@/utils/store/settings';

/** Pixels between the citation and what is said of it. */
const distance = 6;
/** Pixels that stay free at the sides of the panel. */
const margin = 12;

/**
 * Says once, at the first citation that anybody sees, what it is for. It lets every click through, and goes for good
 * with the first click on a citation.
 */
export function CitationHint({ onSeen }: { onSeen: () => void }) {
  const bubble = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState<{ left: number; top: number; tip: number }>();

  const follow = useCallback(() => {
    const scroller = document.querySelector('.thread');
    const citation = scroller?.querySelector('.answer a.citation');
    const element = bubble.current;
    if (!scroller || !citation || !element) return setPlace(undefined);
    const at = citation.getBoundingClientRect();
    const around = scroller.getBoundingClientRect();
    const isVisible = at.top >= around.top && at.bottom + distance + element.offsetHeight <= around.bottom;
    if (!isVisible) return setPlace(undefined);
    const middle = at.left + at.width / 2;
    const most = around.right - margin - element.offsetWidth;
    const left = Math.max(around.left + margin, Math.min(middle - element.offsetWidth / 2, most));
    setPlace({ left, top: at.bottom + distance, tip: middle - left });
  }, []);

  useEffect(() => {
    follow();
    const controller = new AbortController();
    const options = { signal: controller.signal, capture: true, passive: true };
    document.addEventListener('scroll', follow, options);
    window.addEventListener('resize', follow, options);
    document.addEventListener(
      'click',
      (event) => {
        if (!(event.target instanceof Element) || !event.target.closest('a.citation')) return;
        void settings.citationHintSeen.write(true);
        onSeen();
      },
      options,
    );
    // What is drawn above the citation moves it: a receipt that opens, fonts that arrive.
    const observer = new ResizeObserver(follow);
    const content = document.querySelector('.thread-content');
    if (content) observer.observe(content);
    return () => {
      controller.abort();
      observer.disconnect();
    };
  }, [follow, onSeen]);

  return (
    <div
      ref={bubble}
      className="citation-hint"
      role="status"
      style={place ? { left: place.left, top: place.top } : { visibility: 'hidden' }}
    >
      <span className="citation-hint-tip" style={{ left: place?.tip ?? 0 }} aria-hidden="true" />
      <MousePointerClick className="icon icon-small" aria-hidden="true" />
      {t('hint.citation')}
    </div>
  );
}

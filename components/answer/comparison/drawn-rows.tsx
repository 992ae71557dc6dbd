import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { t } from '@/utils/i18n';

/** Rows that are drawn at a time. Nobody reads so many without scrolling, and thousands at once would stop the panel. */
const step = 200;

/** How many of the rows are drawn, and what draws more of them. On paper all of them are. */
export function useDrawnRows(count: number): [number, (all?: boolean) => void] {
  const [drawn, setDrawn] = useState(step);
  const more = useCallback(
    (all = false) => setDrawn((before) => (all ? Number.POSITIVE_INFINITY : before + step)),
    [],
  );
  useEffect(() => {
    const print = () => flushSync(() => more(true));
    addEventListener('beforeprint', print);
    return () => removeEventListener('beforeprint', print);
  }, [more]);
  return [Math.min(drawn, count), more];
}

/** Draws more rows when their place comes near; the button draws all, for the search of the browser and for keys. */
export function MoreRows({
  count,
  drawn,
  region,
  onMore,
}: {
  count: number;
  drawn: number;
  region?: RefObject<HTMLElement | null>;
  onMore: (all?: boolean) => void;
}) {
  const place = useRef<HTMLParagraphElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: where it stands is looked at again after each step
  useEffect(() => {
    const element = place.current;
    if (!element || typeof IntersectionObserver === 'undefined') return;
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && onMore(), {
      root: region?.current,
      rootMargin: '600px',
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [drawn, onMore, region]);
  return (
    <p ref={place} className="comparison-more">
      <span>{t('comparison.drawn', { drawn, count })}</span>
      <button type="button" className="button button-quiet button-small" onClick={() => onMore(true)}>
        {t('comparison.drawAll')}
      </button>
    </p>
  );
}

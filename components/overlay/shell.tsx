import { type ReactNode, useEffect, useLayoutEffect, useRef } from 'react';
import { usePreferences } from '../use-preferences';
import type { OverlayLine } from './line';
import { watchSeen } from './seen';

/**
 * What every view in the frame stands in: tells the page how large it is and on what it is drawn, closes on Escape and
 * when it cannot be seen, and lets no click through that is not the user's own.
 */
export function OverlayShell({
  line,
  radius,
  width,
  children,
}: {
  line: OverlayLine;
  /** Of the corners, in CSS pixels. */
  radius: number;
  /** In CSS pixels; that of the kind of frame when there is none. */
  width?: number;
  children: ReactNode;
}) {
  usePreferences();
  const root = useRef<HTMLDivElement>(null);
  const seen = useRef<() => boolean>(() => false);

  useLayoutEffect(() => {
    const element = root.current;
    if (!element) return;
    const measure = () => line.send({ type: 'size', height: Math.ceil(element.offsetHeight) + 2, width });
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [line, width]);

  useEffect(() => {
    const tellLook = () => {
      const style = getComputedStyle(document.documentElement);
      const colour = (name: string) => style.getPropertyValue(name).trim();
      line.send({ type: 'look', paper: colour('--paper'), line: colour('--line'), radius });
    };
    tellLook();
    const dark = matchMedia('(prefers-color-scheme: dark)');
    dark.addEventListener('change', tellLook);
    const theme = new MutationObserver(tellLook);
    theme.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    return () => {
      dark.removeEventListener('change', tellLook);
      theme.disconnect();
    };
  }, [line, radius]);

  useEffect(() => {
    const element = root.current;
    if (!element) return;
    const watching = watchSeen(element, () => line.send({ type: 'close' }));
    seen.current = watching.isSeen;
    return watching.stop;
  }, [line]);

  useEffect(
    () =>
      line.listen((message) => {
        if (message.type !== 'room') return;
        // What does not fit is scrolled inside.
        document.documentElement.style.setProperty('--room', `${message.height}px`);
      }),
    [line],
  );

  useEffect(() => {
    const closeOnEscape = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.isComposing || event.defaultPrevented) return;
      line.send({ type: 'close' });
    };
    /** A click that the user did not make, or made on what could not be seen, is none. */
    const guard = (event: Event) => {
      // Keys say what has the focus wherever the page draws us.
      const isKey = event instanceof MouseEvent && event.detail === 0;
      if (event.isTrusted && (isKey || seen.current())) return;
      event.preventDefault();
      event.stopImmediatePropagation();
    };
    addEventListener('keydown', closeOnEscape);
    addEventListener('click', guard, true);
    return () => {
      removeEventListener('keydown', closeOnEscape);
      removeEventListener('click', guard, true);
    };
  }, [line]);

  return (
    <div ref={root} className="overlay">
      {children}
    </div>
  );
}

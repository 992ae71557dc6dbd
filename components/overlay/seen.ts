/**
 * Whether the frame can be seen just as it is drawn, as the browser itself tells: nothing lies over it, nothing makes it
 * fainter or moves it out of shape (IntersectionObserver, version 2). Pages cannot pretend that.
 */

type Watching = IntersectionObserverInit & { trackVisibility?: boolean; delay?: number };
type Seen = IntersectionObserverEntry & { isVisible?: boolean };

/** Milliseconds between two looks of the browser, the least it allows. */
const delay = 100;
/** Milliseconds during which it may be covered: an animation of the page, a menu of the browser. */
const patience = 1_000;
/** Milliseconds for which it must have been seen before a click counts. */
const settled = 250;

/** Watches an element; `onCovered` is called once when it has been out of sight on the screen for too long. */
export function watchSeen(
  element: Element,
  onCovered: () => void,
  { Observer = globalThis.IntersectionObserver, now = () => performance.now() } = {},
): { isSeen: () => boolean; stop: () => void } {
  let since: number | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isKnown = false;
  const observer = new Observer(
    (entries: Seen[]) => {
      const entry = entries.at(-1);
      // Firefox cannot tell.
      if (!entry || entry.isVisible === undefined) return;
      isKnown = true;
      if (entry.isVisible) {
        clearTimeout(timer);
        timer = undefined;
        since ??= now();
        return;
      }
      since = undefined;
      // Scrolled out of the window with its text, it is only not there.
      if (entry.isIntersecting && entry.intersectionRatio > 0) timer ??= setTimeout(onCovered, patience);
      else {
        clearTimeout(timer);
        timer = undefined;
      }
    },
    { trackVisibility: true, delay, threshold: [0, 0.01, 0.5, 1] } as Watching,
  );
  observer.observe(element);
  return {
    isSeen: () => !isKnown || (since !== undefined && now() - since >= settled),
    stop() {
      clearTimeout(timer);
      observer.disconnect();
    },
  };
}

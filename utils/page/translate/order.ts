/** Milliseconds after which a change of what is in sight is told: while the page scrolls it changes all the time. */
const settle = 120;

export interface Place {
  id: number;
  box: Element;
}

export interface Order {
  /** The units in sight, then those below, the nearest first, then those above. Asks for the layout, once. */
  sort(places: Place[]): number[];
  /** A block that was in sight when the order was last asked for. */
  inSight(): Element | undefined;
  stop(): void;
}

/**
 * Knows which units are on the screen: measured when somebody wants to know and when scrolling has come to rest. To have
 * the browser watch them costs more in every frame of a long page than to measure all of them now and then.
 */
export function createOrder(document: Document, changed: () => void): Order {
  const view = document.defaultView;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let seen: Element | undefined;
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(changed, settle);
  };
  // Boxes that scroll by themselves too: their events are heard on the way down.
  const on = { capture: true, passive: true };
  document.addEventListener('scroll', wait, on);
  view?.addEventListener('resize', wait, on);
  return {
    sort(places) {
      const tops = new Map<Document, number>();
      const height = view?.innerHeight ?? 0;
      const boxes = new Map<Element, number>();
      /** 0 in sight, 1 below, -1 above. */
      const side = (box: Element): number => {
        const known = boxes.get(box);
        if (known !== undefined) return known;
        const { top, bottom } = box.getBoundingClientRect();
        const offset = offsetOf(box.ownerDocument, document, tops);
        const found = bottom + offset < 0 ? -1 : top + offset > height ? 1 : 0;
        boxes.set(box, found);
        return found;
      };
      const sorted = places.map(({ id, box }) => ({ id, box, side: side(box) }));
      const those = (wanted: number) => sorted.filter((one) => one.side === wanted);
      seen = those(0)[0]?.box;
      return [...those(0), ...those(1), ...those(-1).reverse()].map(({ id }) => id);
    },
    inSight: () => seen,
    stop() {
      clearTimeout(timer);
      document.removeEventListener('scroll', wait, on);
      view?.removeEventListener('resize', wait, on);
    },
  };
}

/** How far below the top of the window the document of a frame begins. */
function offsetOf(document: Document, top: Document, known: Map<Document, number>): number {
  if (document === top) return 0;
  const before = known.get(document);
  if (before !== undefined) return before;
  const frame = document.defaultView?.frameElement;
  const offset = frame ? frame.getBoundingClientRect().top + offsetOf(frame.ownerDocument, top, known) : 0;
  known.set(document, offset);
  return offset;
}

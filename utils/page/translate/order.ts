/** Milliseconds after which a change of what is in sight is told: while the page scrolls it changes all the time. */
const settle = 120;

export interface Order {
  /** Watches a block; the same may hold several units. */
  watch(id: number, box: Element): void;
  forget(id: number, box: Element): void;
  /** Of these units in the order of the page: those in sight, then below, then above, the nearest first. */
  sort(ids: number[]): number[];
  /** A block that is in sight. */
  inSight(): Element | undefined;
  stop(): void;
}

/**
 * Knows which units are on the screen. The browser tells it: no layout is asked for, however long the page. Where
 * nothing is told, the order is that of the page.
 */
export function createOrder(window: (Window & typeof globalThis) | null, changed: () => void): Order {
  const unitsOf = new Map<Element, Set<number>>();
  const visible = new Set<Element>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const observer = window?.IntersectionObserver
    ? new window.IntersectionObserver((entries) => {
        for (const { target, isIntersecting } of entries) {
          if (isIntersecting) visible.add(target);
          else visible.delete(target);
        }
        clearTimeout(timer);
        timer = setTimeout(changed, settle);
      })
    : undefined;
  return {
    watch(id, box) {
      const units = unitsOf.get(box);
      if (units) units.add(id);
      else {
        unitsOf.set(box, new Set([id]));
        observer?.observe(box);
      }
    },
    forget(id, box) {
      const units = unitsOf.get(box);
      units?.delete(id);
      if (!units || units.size > 0) return;
      unitsOf.delete(box);
      visible.delete(box);
      observer?.unobserve(box);
    },
    sort(ids) {
      const seen = new Set<number>();
      for (const box of visible) for (const id of unitsOf.get(box) ?? []) seen.add(id);
      const start = ids.findIndex((id) => seen.has(id));
      if (start < 0) return ids;
      const end = ids.findLastIndex((id) => seen.has(id));
      const inner = ids.slice(start, end + 1);
      return [
        ...inner.filter((id) => seen.has(id)),
        ...inner.filter((id) => !seen.has(id)),
        ...ids.slice(end + 1),
        ...ids.slice(0, start).reverse(),
      ];
    },
    inSight: () => visible.values().next().value,
    stop() {
      clearTimeout(timer);
      observer?.disconnect();
      unitsOf.clear();
      visible.clear();
    },
  };
}

/** A bounded number of things at a time, in the order in which they came. */

export interface Slots {
  /** Waits for its turn; the function that comes back gives the place to the next, and does so once. */
  take(signal: AbortSignal): Promise<() => void>;
}

export function createSlots(count: number): Slots {
  const waiting = new Set<() => void>();
  let free = count;
  const next = () => {
    const [first] = waiting;
    if (!first || free === 0) return;
    waiting.delete(first);
    free--;
    first();
  };
  return {
    take: (signal) =>
      new Promise((resolve, reject) => {
        let isHeld = true;
        const begin = () =>
          resolve(() => {
            if (!isHeld) return;
            isHeld = false;
            free++;
            next();
          });
        signal.addEventListener('abort', () => waiting.delete(begin) && reject(signal.reason), {
          once: true,
        });
        if (signal.aborted) return reject(signal.reason);
        waiting.add(begin);
        next();
      }),
  };
}

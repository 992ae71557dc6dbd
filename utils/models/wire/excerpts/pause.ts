/**
 * Gives the event loop its turn during long work, so that the panel keeps painting and a stop is heard at
 * once.
 */

/**
 * Work longer than this goes in one slice: half of a 60 Hz frame, so that input and painting fit beside it.
 */
const SLICE_MILLISECONDS = 8;

/**
 * Ask `due()` in every long loop, and `await rest()` when it says so. `rest` throws once the signal is
 * aborted.
 */
export interface Pause {
  due: () => boolean;
  rest: () => Promise<void>;
}

/** A pause for one piece of work. Times are in milliseconds; `now` is a parameter for tests. */
export function createPause(signal: AbortSignal, now: () => number = () => performance.now()): Pause {
  let last = now();
  return {
    due: () => now() - last >= SLICE_MILLISECONDS,
    rest: async () => {
      signal.throwIfAborted();
      await nextTask();
      signal.throwIfAborted();
      last = now();
    },
  };
}

/**
 * Resolves in a task of its own, not in a microtask. `scheduler.yield` comes first where it exists (Chromium,
 * Firefox 142); a message port serves elsewhere, because nested timers wait 4 ms each
 * (https://html.spec.whatwg.org/multipage/timers-and-user-prompts.html#timers).
 */
function nextTask(): Promise<void> {
  const { scheduler } = globalThis as { scheduler?: { yield?: () => Promise<void> } };
  if (scheduler?.yield) return scheduler.yield();
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

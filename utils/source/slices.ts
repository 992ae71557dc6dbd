/**
 * Milliseconds of work after which the page gets its turn: one frame. The longest tasks are those into which the
 * browser puts its own work, and with this much they stay under what a person feels.
 */
const slice = 16;

/** Looks at the clock only every so many steps: asking for the time costs more than most steps. */
const stepsBetweenLooks = 32;

export interface Slices {
  /** To be called once per step; a promise when it is time to let the page breathe. */
  step(): Promise<void> | undefined;
  /** The same between two long steps: the clock is always looked at. */
  rest(): Promise<void> | undefined;
}

/** Cuts long work into slices, so that the page that is being read stays usable. */
export function createSlices(now: () => number = () => performance.now()): Slices {
  let steps = 0;
  let end = now() + slice;
  const rest = () => {
    if (now() < end) return undefined;
    return breathe().then(() => {
      end = now() + slice;
    });
  };
  return {
    step: () => (++steps % stepsBetweenLooks === 0 ? rest() : undefined),
    rest,
  };
}

/** One turn of the event loop. Timers would do, but in a tab that is not in front they wait a second each. */
export function breathe(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

/** Runs a generator to its end with pauses where it stops, and hands on what it returns. The clock is looked at there. */
export async function runInSlices<T>(work: Generator<unknown, T>, slices: Slices): Promise<T> {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
    const pause = slices.rest();
    if (pause) await pause;
  }
}

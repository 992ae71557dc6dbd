/** Milliseconds of writing after which the page is drawn. */
const longestWriting = 20;
/** Milliseconds that drawing what was written may take: with much more at once nothing reacts meanwhile. */
const longestDrawing = 36;
const first = 128;
/** Every frame of a long page costs something by itself: fewer at once would be dearer and no faster. */
const fewest = 96;
const most = 500;
/** A frame that took no more than this share of its time is followed by one of so many times as many. */
const grows = 0.75;
const growth = 1.3;
/** Milliseconds after which a frame that did not come is not waited for: the tab is not in sight. */
const patience = 300;

export interface Queue {
  /** Has these written as soon as there is time, those in front first. */
  add(ids: Iterable<number>, inFront?: boolean): void;
  /** Resolves when everything is written. */
  done(): Promise<void>;
}

export interface QueueOptions {
  write(id: number): void;
  /** Before and after the writes of one frame, in the same task. */
  before?(): void;
  after?(): void;
  /** When the frame has been drawn: the layout is known, and to ask for it costs nothing. */
  drawn?(ids: number[]): void;
  window: Window | null;
}

/**
 * Writes in batches, with a frame in between, as many at once as the page can draw without a halt: drawing a long page
 * costs a little with every frame, and a lot with everything at once.
 */
export function createQueue({ write, before, after, drawn, window }: QueueOptions): Queue {
  let waiting = new Set<number>();
  let running: Promise<void> | undefined;
  let limit = first;

  async function work(): Promise<void> {
    // What is asked for in one task is written together.
    await breathe();
    while (waiting.size > 0) {
      const ids: number[] = [];
      const end = performance.now() + longestWriting;
      before?.();
      for (const id of waiting) {
        waiting.delete(id);
        ids.push(id);
        write(id);
        if (ids.length >= limit || performance.now() > end) break;
      }
      after?.();
      const cost = await frame(window);
      if (cost !== undefined && ids.length >= limit) {
        if (cost > longestDrawing) limit = Math.max(fewest, Math.floor(limit / 2));
        else if (cost < longestDrawing * grows) limit = Math.min(most, Math.ceil(limit * growth));
      }
      drawn?.(ids);
    }
    running = undefined;
  }

  return {
    add(ids, inFront) {
      if (inFront) waiting = new Set([...ids, ...waiting]);
      else for (const id of ids) waiting.add(id);
      if (waiting.size > 0) running ??= work();
    },
    done: async () => {
      while (running) await running;
    },
  };
}

/** One turn of the event loop, in tabs out of sight too. */
function breathe(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

/** Waits until a frame was drawn; resolves with the milliseconds that it took, undefined when none came. */
function frame(window: Window | null): Promise<number | undefined> {
  if (!window?.requestAnimationFrame || window.document.hidden) return breathe().then(() => undefined);
  return new Promise((resolve) => {
    const timer = window.setTimeout(() => resolve(undefined), patience);
    window.requestAnimationFrame(() => {
      const start = performance.now();
      void breathe().then(() => {
        window.clearTimeout(timer);
        resolve(performance.now() - start);
      });
    });
  });
}

import { workerAddress } from '../browser/worker-address';

/** A line of code in pieces, each with what it is: `keyword`, `string`. */
export type ColouredLine = { kind?: string; text: string }[];

/** What the worker is asked; without a text the earlier question of this number is taken back. */
export interface ColoursRequest {
  number: number;
  text?: string;
  name?: string;
}

/** What it answers: no lines where there is no grammar, or the code is none that ends in good time. */
export interface ColoursReport {
  number: number;
  lines?: ColouredLine[];
}

/** Milliseconds without code after which the worker goes, and the grammars with it. */
const patience = 60_000;

/** Colours code in a worker, so that the panel never waits for a grammar. */
export function createCodeColours(start = () => new Worker(workerAddress('/code-highlighter.js'))) {
  let worker: Worker | undefined;
  let number = 0;
  let rest: ReturnType<typeof setTimeout> | undefined;
  const waiting = new Map<number, (lines?: ColouredLine[]) => void>();

  const end = () => {
    worker?.terminate();
    worker = undefined;
    for (const give of waiting.values()) give();
    waiting.clear();
  };
  const settle = (about: number, lines?: ColouredLine[]) => {
    waiting.get(about)?.(lines);
    waiting.delete(about);
    clearTimeout(rest);
    if (waiting.size === 0) rest = setTimeout(end, patience);
  };
  const running = () => {
    if (worker) return worker;
    worker = start();
    worker.onmessage = ({ data }: MessageEvent<ColoursReport>) => settle(data.number, data.lines);
    // The code stays plain; the next begins with a new worker.
    worker.onerror = end;
    return worker;
  };

  /** The lines of a code with the kind of each piece; undefined where it stays plain, or the signal was given. */
  return (text: string, name: string, signal: AbortSignal): Promise<ColouredLine[] | undefined> =>
    new Promise((resolve) => {
      if (signal.aborted) return resolve(undefined);
      const mine = ++number;
      clearTimeout(rest);
      waiting.set(mine, resolve);
      running().postMessage({ number: mine, text, name } satisfies ColoursRequest);
      signal.addEventListener('abort', () => {
        if (!waiting.has(mine)) return;
        worker?.postMessage({ number: mine } satisfies ColoursRequest);
        settle(mine);
      });
    });
}

export const colourCode = createCodeColours();

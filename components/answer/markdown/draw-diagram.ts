import type { Diagram, DiagramAnswer, DiagramRequest } from './diagram-messages';

/**
 * Has diagrams drawn in the sandboxed page, one after the other, and puts that page away when it is not needed.
 * Browsers give a sandboxed frame a process of its own, so one that hangs does not hold up the panel.
 */

/** Milliseconds until a diagram counts as one that never ends. The first includes loading five megabytes of code. */
const patience = 10_000;
/** Milliseconds after the last diagram until the page is put away. */
const idle = 20_000;
/** Characters of a picture; a larger one is no diagram. */
const largest = 2_000_000;

class DiagramFailed extends Error {}

interface Frame {
  element: HTMLIFrameElement;
  ready: Promise<void>;
}

let frame: Frame | undefined;
let last: Promise<unknown> = Promise.resolve();
let putAway: ReturnType<typeof setTimeout> | undefined;
let count = 0;

/** Draws a diagram. Rejects with `DiagramFailed` when it is wrong, too large or takes for ever. */
export function drawDiagram(source: string, variables: DiagramRequest['variables']): Promise<Diagram> {
  const work = last.then(async () => {
    clearTimeout(putAway);
    try {
      return await drawNow(source, variables);
    } finally {
      putAway = setTimeout(discard, idle);
    }
  });
  last = work.catch(() => {});
  return work;
}

async function drawNow(source: string, variables: DiagramRequest['variables']): Promise<Diagram> {
  frame ??= open();
  const { element, ready } = frame;
  const id = ++count;
  const controller = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new DiagramFailed('time')), patience);
  });
  const answer = new Promise<Diagram>((resolve, reject) => {
    listen(element, controller.signal, (message) => {
      if (!('id' in message) || message.id !== id) return;
      const diagram = checked(message);
      if (diagram) resolve(diagram);
      else reject(new DiagramFailed('source'));
    });
  });
  try {
    await Promise.race([ready, timeout]);
    element.contentWindow?.postMessage({ id, source, variables } satisfies DiagramRequest, '*');
    return await Promise.race([answer, timeout]);
  } catch (error) {
    // What has hung goes with its page; the next diagram gets a new one.
    if (error instanceof DiagramFailed && error.message === 'time') discard();
    throw error;
  } finally {
    clearTimeout(timer);
    controller.abort();
    // Neither may count as a rejection that nobody handled.
    timeout.catch(() => {});
    answer.catch(() => {});
  }
}

/** The page answers what a model wrote: its shape is checked like everything from outside. */
function checked(message: Partial<Diagram> & { failed?: true }): Diagram | undefined {
  const { svg, width, height, words } = message;
  const isDiagram =
    typeof svg === 'string' &&
    svg.length <= largest &&
    /^<svg[\s>]/.test(svg) &&
    isAtRest(svg) &&
    [width, height].every((size) => typeof size === 'number' && size > 0 && size < 50_000) &&
    Array.isArray(words);
  return isDiagram
    ? {
        svg,
        width: width ?? 0,
        height: height ?? 0,
        words: (words ?? []).filter((word) => typeof word === 'string'),
      }
    : undefined;
}

/** Whether a saved picture would run and load nothing. Serialised XML has no `<` and `>` but those of its tags. */
function isAtRest(svg: string): boolean {
  if (/<script|@import|url\((?!\s*(?:"|'|&quot;)?#)/i.test(svg)) return false;
  return (svg.match(/<[^>]*>/g) ?? []).every(
    (tag) => !/\son\w+\s*=|\s(?:xlink:)?href\s*=\s*["'](?!#)|\ssrc\w*\s*=/i.test(tag),
  );
}

function listen(element: HTMLIFrameElement, signal: AbortSignal, hear: (message: DiagramAnswer) => void) {
  addEventListener(
    'message',
    ({ source, data }: MessageEvent<DiagramAnswer>) => {
      if (source === element.contentWindow && typeof data === 'object' && data) hear(data);
    },
    { signal },
  );
}

function open(): Frame {
  const element = document.createElement('iframe');
  element.className = 'diagram-frame';
  // The manifest has it in a sandbox already; this says so a second time.
  element.setAttribute('sandbox', 'allow-scripts');
  element.setAttribute('aria-hidden', 'true');
  element.tabIndex = -1;
  element.title = 'diagram';
  const controller = new AbortController();
  const ready = new Promise<void>((resolve) => {
    listen(element, controller.signal, (message) => {
      if (!('ready' in message)) return;
      controller.abort();
      resolve();
    });
  });
  element.src = '/diagram.html';
  document.body.append(element);
  return { element, ready };
}

function discard() {
  clearTimeout(putAway);
  frame?.element.remove();
  frame = undefined;
}

/** Drawing a frame on a page, for a picture of what is in it. Nothing of the page is read or changed. */

/** A part of the window, in CSS pixels, and the size of the window. */
export interface Region {
  x: number;
  y: number;
  width: number;
  height: number;
  windowWidth: number;
  windowHeight: number;
}

/** What is said while a frame is drawn. */
export interface RegionWords {
  label: string;
  hint: string;
  lang: string;
}

type Box = Pick<Region, 'x' | 'y' | 'width' | 'height'>;

/** CSS pixels: what is smaller was a click. */
const smallest = 8;
/** CSS pixels of one step with an arrow key. */
const step = 16;

const style = `
:host { all: initial !important; position: fixed !important; inset: 0 !important; width: auto !important;
  height: auto !important; max-width: none !important; max-height: none !important; margin: 0 !important;
  padding: 0 !important; border: 0 !important; background: none !important; z-index: 2147483647 !important; }
@media print { :host { display: none !important; } }
.ground { position: absolute; inset: 0; cursor: crosshair; outline: 0; touch-action: none; }
.ground.empty { background: rgb(16 24 32 / 45%); }
.box { position: absolute; box-sizing: border-box; border: 2px solid #fff; outline: 1px solid #101820;
  box-shadow: 0 0 0 200vmax rgb(16 24 32 / 45%); pointer-events: none; }
.hint { position: absolute; inset-block-start: 16px; inset-inline: 16px; inline-size: fit-content; max-inline-size: 560px;
  margin-inline: auto; padding: 8px 12px; border-radius: 8px; background: #101820; color: #fff;
  font: 14px/1.45 system-ui, sans-serif; pointer-events: none; }
@media (forced-colors: active) { .box { border-color: Highlight; } .hint { border: 1px solid CanvasText; } }
`;

/**
 * Lets the user draw a frame: with the pointer, or with the arrow keys from one that stands in the middle (Shift changes
 * its size, Enter takes it). Resolves with undefined when they cancel, and not before the drawing is off the screen.
 */
export function chooseRegion(
  document: Document,
  words: RegionWords,
  signal?: AbortSignal,
): Promise<Region | undefined> {
  const window = document.defaultView as Window & typeof globalThis;
  const element = (name: string, className: string) => {
    const made = document.createElement(name);
    made.className = className;
    return made;
  };
  const host = document.createElement('div');
  // Its words are ours and belong to no reading of the page.
  host.setAttribute('translate', 'no');
  const root = host.attachShadow({ mode: 'closed' });
  const sheet = new window.CSSStyleSheet();
  sheet.replaceSync(style);
  root.adoptedStyleSheets = [sheet];
  const ground = element('div', 'ground empty');
  ground.tabIndex = 0;
  ground.setAttribute('role', 'application');
  ground.setAttribute('aria-label', `${words.label}. ${words.hint}`);
  ground.lang = words.lang;
  const frame = element('div', 'box');
  frame.hidden = true;
  const hint = element('p', 'hint');
  hint.textContent = words.hint;
  hint.lang = words.lang;
  ground.append(frame, hint);
  root.append(ground);

  return new Promise((resolve) => {
    let from: { x: number; y: number } | undefined;
    let box: Box | undefined;
    const before = document.activeElement;
    const size = () => ({ windowWidth: window.innerWidth, windowHeight: window.innerHeight });

    const show = (next: Box | undefined) => {
      box = next && inside(next, size());
      ground.classList.toggle('empty', !box);
      frame.hidden = !box;
      if (!box) return;
      for (const [name, value] of Object.entries({
        left: box.x,
        top: box.y,
        width: box.width,
        height: box.height,
      }))
        frame.style.setProperty(name, `${value}px`);
    };
    const end = (taken: Box | undefined) => {
      const listening = { capture: true };
      window.removeEventListener('keydown', onKey, listening);
      signal?.removeEventListener('abort', onAbort);
      host.remove();
      if (before instanceof window.HTMLElement) before.focus({ preventScroll: true });
      const result = taken && { ...taken, ...size() };
      // Two frames later it is off the screen too. A window that is not drawn has no frames.
      const done = () => resolve(result);
      const timer = setTimeout(done, 300);
      window.requestAnimationFrame(() =>
        window.requestAnimationFrame(() => {
          clearTimeout(timer);
          setTimeout(done);
        }),
      );
    };
    const onAbort = () => end(undefined);
    const onKey = (event: KeyboardEvent) => {
      if (!event.isTrusted) return;
      const { windowWidth, windowHeight } = size();
      const move = arrows[event.key];
      if (event.key === 'Escape') end(undefined);
      else if (event.key === 'Enter' && box) end(box);
      else if (move || event.key === 'Enter') {
        const now = box ?? {
          x: windowWidth / 4,
          y: windowHeight / 4,
          width: windowWidth / 2,
          height: windowHeight / 2,
        };
        const [right, down] = move && box ? move : [0, 0];
        show(
          event.shiftKey
            ? {
                ...now,
                width: Math.max(step, now.width + right * step),
                height: Math.max(step, now.height + down * step),
              }
            : { ...now, x: now.x + right * step, y: now.y + down * step },
        );
      } else return;
      event.preventDefault();
      event.stopImmediatePropagation();
    };
    const between = (event: PointerEvent): Box | undefined =>
      from && {
        x: Math.min(from.x, event.clientX),
        y: Math.min(from.y, event.clientY),
        width: Math.abs(event.clientX - from.x),
        height: Math.abs(event.clientY - from.y),
      };
    ground.addEventListener('pointerdown', (event) => {
      if (!event.isTrusted || event.button !== 0) return;
      event.preventDefault();
      from = { x: event.clientX, y: event.clientY };
      ground.setPointerCapture(event.pointerId);
      hint.hidden = true;
    });
    ground.addEventListener('pointermove', (event) => {
      if (from) show(between(event));
    });
    ground.addEventListener('pointerup', (event) => {
      const drawn = event.isTrusted ? between(event) : undefined;
      from = undefined;
      hint.hidden = false;
      if (!drawn) return;
      show(drawn);
      if (box && box.width >= smallest && box.height >= smallest) end(box);
      else show(undefined);
    });
    ground.addEventListener('pointercancel', () => {
      from = undefined;
      show(undefined);
    });
    window.addEventListener('keydown', onKey, { capture: true });
    signal?.addEventListener('abort', onAbort);
    document.documentElement.append(host);
    // On the layer above everything that the page itself has put on top.
    if ('showPopover' in host) {
      host.setAttribute('popover', 'manual');
      host.showPopover();
    }
    ground.focus({ preventScroll: true });
    if (signal?.aborted) onAbort();
  });
}

const arrows: Partial<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** The part of a box that is in the window; one that was moved over the edge stays whole. */
function inside(
  { x, y, width, height }: Box,
  { windowWidth, windowHeight }: Pick<Region, 'windowWidth' | 'windowHeight'>,
): Box {
  const wide = Math.min(width, windowWidth);
  const high = Math.min(height, windowHeight);
  return {
    x: Math.max(0, Math.min(x, windowWidth - wide)),
    y: Math.max(0, Math.min(y, windowHeight - high)),
    width: wide,
    height: high,
  };
}

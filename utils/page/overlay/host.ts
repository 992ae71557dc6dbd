/**
 * Holds our frame in a page: an element on the top layer with a closed shadow root, which stands beside the selected
 * text, follows it, and takes itself away when it cannot be seen as it is drawn. Draws nothing but its edge.
 */

import { tamperedWith } from './guard';
import { keepFromPaper } from './paper';
import { around, type Box, placeBeside, type Size, sideOf } from './placement';
import type { OverlayView, Side } from './types';

/** `tampered`: the page hid it, covered it or took it out. `gone`: the extension was updated or removed. */
export type CloseReason = 'closed' | 'outside' | 'escape' | 'tampered' | 'gone' | 'left';

export interface OverlayHostOptions {
  document: Document;
  /** Of the page in the frame. */
  address: string;
  view: OverlayView;
  /** The boxes of the lines that it belongs to, in the viewport; none for a bar, which stands below in the middle. */
  lines?: () => Box[];
  direction?: 'ltr' | 'rtl';
  /** Documents besides the page's own in which a click is a click outside: the frame of the selection. */
  documents?: Document[];
  /** The element that it is put into. In a modal dialog everything else is out of reach. */
  parent?: Element;
  /** False when the extension has been replaced: nobody would answer. */
  isAlive?: () => boolean;
  /** Another element of ours: it may lie over this one. */
  isOurs?: (element: Element) => boolean;
  onClose: (reason: CloseReason) => void;
  onRoom?: (room: Size) => void;
}

/** From the left and the top, 0 to 1. */
export interface Place {
  x: number;
  y: number;
}

export interface OverlayHost {
  readonly element: HTMLElement;
  readonly frame: HTMLIFrameElement;
  resize(size: { height: number; width?: number }): void;
  look(look: { paper: string; line: string; radius: number }): void;
  setSide(side: Side): void;
  /** Moves it by so much from where it stood when it was taken hold of. */
  drag(x: number, y: number): void;
  /** Lets go; the side on which it is now. */
  drop(): Side;
  /** Where the bar stands, in shares of the room that the window leaves it. */
  stand(place: Place): void;
  stands(): Place;
  /** The window of the page. */
  room(): Size;
  close(reason: CloseReason): void;
}

/** Of the bubble and of the bar at most, in CSS pixels; the viewport may be narrower. */
const widths: Record<OverlayView, number> = { selection: 360, page: 640 };
/** Between the bar and the lower edge, and at either side. */
const edge = 16;
/** Milliseconds between two looks at whether it can be seen and where its text is. */
const heartbeat = 250;
/** Looks in a row that must find the same before it goes: an animation of the page may pass by. */
const patience = 2;

/** The name of our element: the reader and the translator leave such elements alone. */
export const overlayTag = 'wholemoon-overlay';

export function createOverlayHost(options: OverlayHostOptions): OverlayHost {
  const { document, address, view, lines, direction = 'ltr', documents = [], isAlive, onClose } = options;
  const window = document.defaultView as Window & typeof globalThis;
  const element = document.createElement(overlayTag);
  const shell = document.createElement('div');
  const corner = document.createElement('div');
  const frame = document.createElement('iframe');
  const controller = new AbortController();
  const { signal } = controller;
  let size: Size | undefined;
  let wanted: Side = 'below';
  /** Where it was dragged to, from the corner of its text. */
  let moved: { left: number; top: number } | undefined;
  let held: Box | undefined;
  /** Of the bar: below in the middle until it is moved. */
  let standing: Place = { x: 0.5, y: 1 };
  let last: Box[] = [];
  let odd = 0;
  let waiting = 0;

  // The corner lies under the frame: what lies over it, if only by a pixel, is told as covering it.
  // The page's own style sheets reach our element, not what is in it; what is written here beats them.
  const fixed = (node: HTMLElement, styles: Record<string, string>) => {
    for (const [name, value] of Object.entries(styles)) node.style.setProperty(name, value, 'important');
  };
  fixed(element, {
    all: 'initial',
    position: 'fixed',
    inset: 'auto',
    margin: '0',
    padding: '0',
    border: '0',
    background: 'transparent',
    overflow: 'visible',
    'z-index': '2147483647',
    // Until the frame has said how large it is.
    left: '0',
    top: '0',
    width: '1px',
    height: '1px',
    'color-scheme': 'normal',
  });
  fixed(shell, {
    position: 'absolute',
    inset: '0',
    overflow: 'hidden',
    'box-shadow': '0 1px 2px rgb(16 35 43 / 8%), 0 12px 32px rgb(16 35 43 / 18%)',
    'box-sizing': 'border-box',
    border: '1px solid transparent',
  });
  fixed(corner, {
    position: 'absolute',
    width: '10px',
    height: '10px',
    transform: 'rotate(45deg)',
    display: 'none',
    'pointer-events': 'none',
  });
  fixed(frame, { display: 'block', width: '100%', height: '100%', border: '0', background: 'transparent' });
  frame.title = 'Wholemoon';
  frame.allow = 'clipboard-write';
  element.setAttribute('translate', 'no');
  element.setAttribute('popover', 'manual');
  shell.append(frame);
  const root = element.attachShadow({ mode: 'closed' });
  root.append(corner, shell);
  keepFromPaper(root, window);

  const viewport = (): Size => ({ width: document.documentElement.clientWidth, height: window.innerHeight });
  const boxOf = (): Box | undefined => {
    const found = lines?.() ?? [];
    // Text that the page took away: the frame stays where it was.
    if (found.length > 0) last = found;
    return around(last);
  };

  const put = (left: number, top: number) => {
    fixed(element, { left: `${Math.round(left)}px`, top: `${Math.round(top)}px` });
  };
  const place = () => {
    if (!size) return;
    const { width, height } = viewport();
    const fitting = Math.min(size.width, width - 2 * 12);
    fixed(element, { width: `${fitting}px`, height: `${size.height}px` });
    if (view === 'page') {
      fixed(corner, { display: 'none' });
      const room = roomFor(fitting, size.height);
      put(edge + standing.x * room.width, edge + standing.y * room.height);
      return;
    }
    const text = boxOf();
    if (moved && text) {
      fixed(corner, { display: 'none' });
      put(text.left + moved.left, text.top + moved.top);
      return;
    }
    const found = placeBeside(
      last,
      { width: fitting, height: size.height },
      { width, height },
      wanted,
      direction,
    );
    if (!found) return put((width - fitting) / 2, Math.max(12, height - edge - size.height));
    const isBelow = found.side === 'below';
    fixed(corner, {
      display: found.corner === undefined ? 'none' : 'block',
      left: `${(found.corner ?? 0) - 5}px`,
      top: isBelow ? '-5px' : 'auto',
      bottom: isBelow ? 'auto' : '-5px',
      'border-width': isBelow ? '1px 0 0 1px' : '0 1px 1px 0',
    });
    put(found.left, found.top);
  };
  /** What the window leaves a bar of this size between its edges. */
  const roomFor = (barWidth: number, barHeight: number): Size => {
    const { width, height } = viewport();
    return {
      width: Math.max(0, width - 2 * edge - barWidth),
      height: Math.max(0, height - 2 * edge - barHeight),
    };
  };
  const placeSoon = () => {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(place);
  };

  const close = (reason: CloseReason) => {
    if (signal.aborted) return;
    controller.abort();
    clearInterval(timer);
    cancelAnimationFrame(waiting);
    element.remove();
    onClose(reason);
  };
  const isOurs = (found: Element) => found === element || options.isOurs?.(found) === true;
  const look = () => {
    if (isAlive?.() === false) return close('gone');
    if (!size) return;
    // Only what is meant to be on the screen can be tampered with.
    const trouble = tamperedWith(element, isOurs);
    odd = trouble ? odd + 1 : 0;
    if (trouble === 'gone' || odd >= patience) return close('tampered');
    if (!held) place();
  };

  (options.parent ?? document.documentElement).append(element);
  element.showPopover?.();
  frame.src = address;
  const timer = window.setInterval(look, heartbeat);

  const listen = { capture: true, signal };
  for (const one of new Set([document, ...documents])) {
    one.defaultView?.addEventListener('scroll', placeSoon, { ...listen, passive: true });
    if (view !== 'selection') continue;
    one.defaultView?.addEventListener(
      'pointerdown',
      (event) => {
        if (event.isTrusted && event.target !== element) close('outside');
      },
      listen,
    );
    one.defaultView?.addEventListener(
      'keydown',
      (event) => {
        if (!event.isTrusted || event.key !== 'Escape' || event.isComposing) return;
        event.stopPropagation();
        close('escape');
      },
      listen,
    );
  }
  window.addEventListener(
    'resize',
    () => {
      options.onRoom?.(viewport());
      placeSoon();
    },
    { signal },
  );
  window.visualViewport?.addEventListener('resize', placeSoon, { signal });
  // A page that is kept for the way back would show a frame that nobody listens to.
  window.addEventListener('pagehide', () => close('left'), { signal });

  return {
    element,
    frame,
    resize({ height, width }) {
      size = { height: Math.max(1, height), width: width ?? widths[view] };
      place();
    },
    look({ paper, line, radius }) {
      fixed(shell, { background: paper, 'border-radius': `${radius}px`, 'border-color': line });
      fixed(corner, { background: paper, 'border-style': 'solid', 'border-color': line });
    },
    setSide(side) {
      wanted = side;
      place();
    },
    drag(x, y) {
      held ??= element.getBoundingClientRect();
      if (view === 'page') {
        const box = element.getBoundingClientRect();
        const room = roomFor(box.width, box.height);
        const share = (value: number, whole: number) =>
          whole > 0 ? Math.min(1, Math.max(0, (value - edge) / whole)) : 0.5;
        standing = { x: share(held.left + x, room.width), y: share(held.top + y, room.height) };
        place();
        return;
      }
      const text = boxOf() ?? held;
      moved = { left: held.left + x - text.left, top: held.top + y - text.top };
      place();
    },
    drop() {
      const text = boxOf();
      held = undefined;
      if (!text) return wanted;
      wanted = sideOf(text, element.getBoundingClientRect(), direction);
      return wanted;
    },
    stand({ x, y }) {
      const share = (value: number) => Math.min(1, Math.max(0, Number(value) || 0));
      standing = { x: share(x), y: share(y) };
      place();
    },
    stands: () => standing,
    room: viewport,
    close,
  };
}

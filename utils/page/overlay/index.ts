/** Opens our frame in a page: beside what is selected, or as a bar. */

import { createOverlayHost, type OverlayHost } from './host';
import { type Replacement, replaceWords } from './replace';
import { findSelected, linesOf } from './selected';
import type { FromHost, OverlayOrder, OverlayOutcome, OverlayView, SelectedText, ToHost } from './types';
import { takeWords } from './words';

/** What the scripts of our world leave for each other. */
export interface OverlayWorld {
  wholemoonOverlayOrder?: OverlayOrder;
  /** One frame of each kind. */
  wholemoonOverlays?: Partial<Record<OverlayView, OverlayHost>>;
  /** The words that the bubble stands beside. */
  wholemoonBeside?: Range;
  /** Tells the bar that it was asked for again. */
  wholemoonCallBar?: (toggles: boolean) => void;
}

/** The other end of the port, once a frame has come. */
export interface FrameLine {
  send(message: FromHost): void;
  onEnd(listener: () => void): void;
}

export interface OpenOverlayOptions {
  document: Document;
  world: OverlayWorld;
  address: string;
  shadowRootOf: (element: Element) => ShadowRoot | null;
  isAlive: () => boolean;
  /** Waits for the frame; `receive` gets what it says. */
  listen(receive: (message: ToHost) => void, signal: AbortSignal): Promise<FrameLine>;
  /** Milliseconds within which the frame has to say hello. */
  patience?: number;
}

export async function openOverlay(
  order: OverlayOrder,
  { document, world, address, shadowRootOf, isAlive, listen, patience = 1_000 }: OpenOverlayOptions,
): Promise<OverlayOutcome> {
  // The viewer of a PDF has no text of its own.
  if (document.contentType === 'application/pdf') return { status: 'elsewhere' };
  const isSelection = order.view === 'selection';
  let selected: SelectedText | undefined;
  let range: Range | undefined;
  if (isSelection) {
    const found = findSelected(document, shadowRootOf, order.inFrame);
    if (found.status === 'field') {
      selected = { text: found.text, before: '', after: '', lang: found.lang, canReplace: false };
      return order.onlyWords ? { status: 'words', selected, isBehind: false } : { status: 'field', selected };
    }
    if (found.status === 'none') return { status: 'elsewhere' };
    range = found.range;
    selected = takeWords(range);
    if (!selected) return { status: 'elsewhere' };
    // The reader sees which words are translated.
    if (selected.chosen !== undefined)
      found.selection.setBaseAndExtent(
        range.startContainer,
        range.startOffset,
        range.endContainer,
        range.endOffset,
      );
  }

  if (selected && order.onlyWords)
    return { status: 'words', selected, isBehind: isForeignFrame(document.activeElement) };

  const near = range?.startContainer.parentElement;
  if (range && isOutOfSight(range, document))
    near?.scrollIntoView?.({ block: 'center', behavior: 'instant' });
  const direction = near && document.defaultView?.getComputedStyle(near).direction === 'rtl' ? 'rtl' : 'ltr';
  const controller = new AbortController();
  world.wholemoonOverlays ??= {};
  const others = world.wholemoonOverlays;
  // The key once more for the same words: they are there already, and are not asked for twice.
  if (order.byKey && others.selection && range && isSameRange(range, world.wholemoonBeside)) {
    others.selection.frame.focus();
    return { status: 'shown' };
  }
  if (order.view === 'page' && others.page && world.wholemoonCallBar) {
    world.wholemoonCallBar(order.toggles === true);
    return { status: 'shown' };
  }
  others[order.view]?.close('closed');
  // After that: the frame that was there has given back the focus that it had.
  const focused = document.activeElement;

  let replacement: Replacement | undefined;
  let line: FrameLine | undefined;
  const tell = (message: FromHost) => {
    try {
      line?.send(message);
    } catch {
      // Whoever listened is gone.
    }
  };
  const host = createOverlayHost({
    document,
    address,
    view: order.view,
    direction,
    isAlive,
    isOurs: (element) => Object.values(others).some((other) => other?.element === element),
    parent: modalAround(range, document),
    ...(range && {
      lines: () => linesOf(range),
      documents: [range.startContainer.ownerDocument as Document],
    }),
    onRoom: (room) => tell({ type: 'room', ...room }),
    onClose(reason) {
      if (others[order.view] === host) delete others[order.view];
      controller.abort();
      // What had the focus before has it again, unless the reader has gone elsewhere.
      const isLost = !document.activeElement || document.activeElement === document.body;
      if (isSelection && isLost && (reason === 'escape' || reason === 'closed'))
        (focused as HTMLElement | null)?.focus?.({ preventScroll: true });
    },
  });
  others[order.view] = host;
  if (isSelection) world.wholemoonBeside = range;

  const receive = (message: ToHost) => {
    if (message.type === 'size') host.resize(message);
    else if (message.type === 'look') host.look(message);
    else if (message.type === 'side') host.setSide(message.side);
    else if (message.type === 'drag') host.drag(message.x, message.y);
    else if (message.type === 'stand') host.stand(message);
    else if (message.type === 'drop') {
      const side = host.drop();
      tell(isSelection ? { type: 'dropped', side } : { type: 'stands', ...host.stands() });
    } else if (message.type === 'close') host.close('closed');
    else if (message.type === 'replace') {
      // Writing where somebody writes takes the focus there.
      const hadFocus = document.activeElement === host.element;
      replacement?.restore();
      replacement = range && selected?.canReplace ? replaceWords(range, message.text) : undefined;
      if (hadFocus) host.frame.focus();
      tell({ type: 'replaced', isReplaced: replacement !== undefined });
    } else if (message.type === 'restore') {
      const hadFocus = document.activeElement === host.element;
      replacement?.restore();
      if (hadFocus) host.frame.focus();
      replacement = undefined;
      tell({ type: 'replaced', isReplaced: false });
    }
  };
  line = await Promise.race([
    listen(receive, controller.signal),
    new Promise<undefined>((resolve) => setTimeout(resolve, patience)),
  ]);
  // Closed by the reader, or by a newer one, before it came: nobody waits for it any more.
  if (controller.signal.aborted) return { status: 'shown' };
  if (!line) {
    host.close('left');
    return { status: 'refused', ...(selected && { selected }) };
  }
  line.onEnd(() => host.close('gone'));
  if (order.view === 'page') world.wholemoonCallBar = (toggles) => tell({ type: 'called', toggles });
  tell({ type: 'room', ...host.room() });
  if (selected) tell({ type: 'selected', selected });
  if (order.byKey) host.frame.focus();
  return { status: 'shown' };
}

/** A frame that hides from us what is selected in it. */
function isForeignFrame(element: Element | null): boolean {
  if (!/^I?FRAME$/.test(element?.nodeName ?? '')) return false;
  try {
    return !(element as HTMLIFrameElement).contentDocument;
  } catch {
    return true;
  }
}

/** Whether two ranges hold the same, also after the page was written to in between. */
function isSameRange(one: Range, other: Range | undefined): boolean {
  if (!other || one.startContainer.getRootNode() !== other.startContainer.getRootNode()) return false;
  return [one.START_TO_START, one.END_TO_END].every((how) => one.compareBoundaryPoints(how, other) === 0);
}

/** Words that were selected and then scrolled away: with a key they are translated all the same. */
function isOutOfSight(range: Range, { defaultView }: Document): boolean {
  const lines = linesOf(range);
  const height = defaultView?.innerHeight ?? 0;
  return lines.length > 0 && lines.every(({ top, bottom }) => bottom < 0 || top > height);
}

/** The modal dialog or the full-screen element that the selection stands in: what is outside of it cannot be reached. */
function modalAround(range: Range | undefined, document: Document): Element | undefined {
  if (document.fullscreenElement) return document.fullscreenElement;
  const near = range?.startContainer.parentElement;
  return near?.ownerDocument === document ? (near.closest('dialog:modal') ?? undefined) : undefined;
}

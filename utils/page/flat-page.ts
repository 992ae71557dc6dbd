import type { FrameElement } from './frame-document';

/**
 * The page as one plain tree: shadow roots and frames of the same site opened, hidden text taken out, addresses
 * absolute. It is a detached document, so nothing that happens to it can be seen on the page.
 */
export interface FlatPage {
  /** Detached: it has no window, loads nothing and runs nothing. Everything readable is below its body. */
  document: Document;
  url: string;
  /** What the page calls itself, which is often longer than the title of its text. */
  title: string;
  /** The element of the live page that an element of the flat page was made from. */
  liveOf(element: Element): Element | undefined;
  /** Text that nobody can see on the page and that is therefore not in `document`. */
  hidden: HiddenText[];
  /** Frames whose documents may not be read from here, with the elements that stand for them. */
  frames: ForeignFrame[];
}

export interface HiddenText {
  /** Characters without white space. */
  size: number;
  /** Why nobody sees it, for the trace: `not displayed`, `transparent`, `off-screen`. */
  reason: string;
  sample: string;
}

/** A frame of another site: it is read on its own, where the browser permits, and put in its place afterwards. */
export interface ForeignFrame {
  /** The element of the flat page that stands for it. */
  element: Element;
  live: FrameElement;
  /** Indexes into `window.frames`, from the top down, by which the frame's own script can tell that it is meant. */
  path: number[];
}

/**
 * What crosses the border between the script that holds our frame in a page and the extension's page in that frame.
 * All of it is plain data, over a port of the extension that no page can join. What the page says is hostile.
 */

/** `selection`: the bubble beside selected text. `page`: the bar of a translation of the whole page. */
export type OverlayView = 'selection' | 'page';

/** Where the bubble stands, seen from the selection. */
export type Side = 'below' | 'above' | 'start' | 'end';

/** What the script in the page is asked for; it finds this in its world when it starts. */
export interface OverlayOrder {
  /** Names the request that the frame takes; good for one frame, once. */
  id: string;
  view: OverlayView;
  /** Asked for with a key: the focus goes into the frame. */
  byKey?: boolean;
  /** The click was in a frame of the page: what is selected elsewhere was not meant. */
  inFrame?: boolean;
  /** No frame is wanted: the words are translated in the panel. */
  onlyWords?: boolean;
  /** Of the bar: undoes the translation that is there, if one is. */
  toggles?: boolean;
}

/** Selected text as the script in the page has it. */
export interface SelectedText {
  /** Whole words, as they stand on the screen; an empty line between blocks. */
  text: string;
  /** What had been selected, where that cut words. */
  chosen?: string;
  /** What stands in the same block before and after it, at most `mostAround` characters each. */
  before: string;
  after: string;
  /** The nearest `lang` of the page. */
  lang?: string;
  /** It lies in one block and can be replaced there. */
  canReplace: boolean;
}

/**
 * What came of an order.
 * - `shown`: the frame is there and has said hello, or was closed again before
 * - `field`: the selection is in an input or text area; its text comes along
 * - `elsewhere`: nothing is selected in what the script can reach: a PDF, a frame of another site
 * - `words`: what is selected, where only that was asked for; `isBehind` when the focus is in a frame of another site
 * - `refused`: the frame did not load: the page keeps frames out, or has no storage
 */
export type OverlayOutcome =
  | { status: 'shown' }
  | { status: 'field' | 'refused'; selected?: SelectedText }
  | { status: 'words'; selected: SelectedText; isBehind: boolean }
  | { status: 'elsewhere' };

/** The frame's first message is its hello. Lengths are CSS pixels. */
export type ToHost =
  | { type: 'size'; height: number; width?: number }
  /** What the frame is drawn on, so that its edge and shadow fit: colours as CSS has them. */
  | { type: 'look'; paper: string; line: string; radius: number }
  | { type: 'side'; side: Side }
  /** Where the bar stands: shares (0 to 1) of the room that the window leaves it, from its left and its top. */
  | { type: 'stand'; x: number; y: number }
  /** Dragged so far since it was taken hold of. */
  | { type: 'drag'; x: number; y: number }
  | { type: 'drop' }
  | { type: 'close' }
  /** Put in the place of the selected text, or take back. */
  | { type: 'replace'; text: string }
  | { type: 'restore' };

export type FromHost =
  /** What the page's window has room for. */
  | { type: 'room'; width: number; height: number }
  | { type: 'selected'; selected: SelectedText }
  | { type: 'dropped'; side: Side }
  /** Where the bar was let go, as in `stand`. */
  | { type: 'stands'; x: number; y: number }
  /** The bar was asked for again while it is there. */
  | { type: 'called'; toggles: boolean }
  /** Whether the page shows the translation now. */
  | { type: 'replaced'; isReplaced: boolean };

/** The name of the port of one frame. */
export const overlayPort = (id: string): string => `overlay:${id}`;

/** Characters around a selection that tell it from the same words elsewhere in its block. */
export const mostAround = 300;

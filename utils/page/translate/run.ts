import type { PageUnit } from './types';

/** Where a translation stands beside the text of its run. */
export type Room =
  /** On lines of its own below it. */
  | 'below'
  /** In the same line, behind it: labels, and boxes in a row. */
  | 'beside'
  /** There is none: it is shown in a bubble when the pointer or the focus comes. */
  | 'bubble';

export interface Mark {
  element: Element;
  /** Not translated. */
  isAtom: boolean;
}

/** A run of inline content in the live page, as it was when it was cut. */
export interface Run {
  kind: PageUnit['kind'];
  lang?: string;
  /** The block that holds it. */
  box: Element;
  /** What stands in the box: the nodes of the run, or the one element that holds all of them. */
  outer: ChildNode[];
  /** The children of one node, in a row; our element comes after the last of them. */
  nodes: ChildNode[];
  /** How each of these nodes that is an element was displayed. */
  displays: (string | undefined)[];
  /** Marked. */
  text: string;
  /** Of mark 1, 2, and so on. */
  marks: Mark[];
  /** The texts of each slot of the marked text. */
  slots: Text[][];
  /** The white space at the ends of the run; undefined at an end where something other than text stands. */
  edges: [string | undefined, string | undefined];
  /** Something of the run is in sight that is in no slot, so that texts in the slots alone would not be its translation. */
  hasMore: boolean;
  room: Room;
  /** The languages of Han characters whose fonts the page asks for by name. */
  fonts: string[];
  /** The fonts of the box are such with serifs. */
  isSerif: boolean;
  /** Boxes that may turn out to be too small, and by how much they were before. */
  limits: { element: Element; over: number }[];
}

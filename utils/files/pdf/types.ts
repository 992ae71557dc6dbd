/** What the steps of reading a PDF hand to each other. Lengths are points; y grows downwards, as text is read. */

/** Characters of one style that stand on one baseline without a gap between them. */
export interface Run {
  text: string;
  x0: number;
  x1: number;
  /** The baseline. */
  y: number;
  /** The height of the letters' body. */
  size: number;
  bold: boolean;
  mono: boolean;
  /** The address that a click on it opens. */
  link?: string;
}

/** Runs on one line that belong together: a whole line of a column, or one cell of a table. */
export interface Fragment {
  runs: Run[];
  x0: number;
  x1: number;
  y: number;
  /** The size of most of its characters. */
  size: number;
}

/** Why text of a page is not passed on: nobody can see it. */
export type HiddenReason =
  | 'outside the page'
  | 'too small'
  | 'colour of the ground'
  | 'invisible'
  | 'hidden layer';

/** The text of one page, one list of runs for each direction of writing, the one with most text first. */
export interface PageText {
  number: number;
  width: number;
  height: number;
  directions: Run[][];
  hidden: { size: number; sample: string };
  /** Something is drawn on the page besides text: a picture, or lines and areas. */
  drawn: boolean;
}

/** A stretch of a page that is read from top to bottom. */
export interface Region {
  fragments: Fragment[];
}

/** Fragments on one line of a region, from the left to the right. */
export interface Row {
  cells: Fragment[];
  x0: number;
  x1: number;
  y: number;
  size: number;
}

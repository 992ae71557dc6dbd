/**
 * What crosses the border between the script that writes translations into a page and the extension's page that
 * makes them (the bar in the page, or the panel). All of it is plain data. What the page says is hostile.
 */

/**
 * One run of inline content inside one block of a page. Its `text` is marked: `<1>words</1>` stands for an element of
 * the run, `<2/>` for something that is not translated (code, a formula, a picture). Numbers are those of the run
 * alone, from 1, in the order in which they begin. A `<` of the text itself is written `&lt;`, a `&` as `&amp;`.
 * `marked.ts` beside this reads and writes it.
 */
export interface PageUnit {
  /** Never used twice in the life of a page: what comes later is appended. */
  id: number;
  text: string;
  kind: 'text' | 'heading' | 'item' | 'cell' | 'label';
  /** BCP 47 tag of what is written there, when the page or its letters tell. */
  lang?: string;
}

export type Display = 'both' | 'translation' | 'original';

/** How a translation is told from the page's own text: a line beside it, nothing, a faint ground. */
export type TranslationStyle = 'rule' | 'plain' | 'ground';

/** Navigation, buttons and tabs are left out in `main`. A page that has nothing else is taken whole. */
export type Extent = 'main' | 'all';

/** A translation and where it goes; one for a unit that has one replaces it. */
export interface Placement {
  unit: number;
  /** Marked with the numbers of the unit. */
  text: string;
  /** Words in it that stand for a term of the glossary, and the id of the term: they are underlined and can be clicked. */
  terms?: { words: string; id: string }[];
}

export type ToPage =
  /**
   * Cut the page into units and tell them. `lang` is the BCP 47 tag of the language of the translations. Asked again
   * in the same language all units are told again, with the numbers that they have; in another language the page is
   * first made what it was.
   */
  | {
      type: 'start';
      lang: string;
      display: Display;
      style?: TranslationStyle;
      extent?: Extent;
      /** What the script says in the page, in the language of the interface. */
      labels: {
        /** The sign at a unit that could not be translated. */
        again: string;
        /** The sign at a unit that changes again and again, and is translated when it is asked for. */
        busy?: string;
      };
    }
  | { type: 'place'; placements: Placement[] }
  /** These are being translated: lines in waiting are shown. An empty list takes all such lines away. */
  | { type: 'waiting'; units: number[] }
  /** These could not be: a small sign that asks again. An empty list takes all signs away. */
  | { type: 'failed'; units: number[] }
  | { type: 'display'; display: Display }
  | { type: 'style'; style: TranslationStyle }
  /** Scrolls to a unit. */
  | { type: 'show'; unit: number }
  /** Everything as it was, to the byte. */
  | { type: 'undo' };

export type FromPage =
  /** Those there were, in the order of the page, then those that come later. `complete` ends the first walk. */
  | { type: 'units'; units: PageUnit[]; complete: boolean }
  /**
   * What to translate next of what has no translation: what is on the screen, then below, then above. Sent after the
   * first walk and when the reader scrolls.
   */
  | { type: 'order'; units: number[] }
  /** The page threw these away; their translations went with them. */
  | { type: 'gone'; units: number[] }
  /** Frames of other sites that are large enough for a text: nothing in them is translated. Said when it changes. */
  | { type: 'frames'; foreign: number }
  /** The page became another one without loading. */
  | { type: 'moved'; url: string; title: string }
  /** Another translator is at work in the page: what it changes is not followed any more. */
  | { type: 'other' }
  | { type: 'again'; unit: number }
  | { type: 'term'; id: string }
  /** How many translations were written so far: with all their marks, by their slots alone, as plain text. */
  | { type: 'written'; exact: number; slots: number; plain: number }
  | { type: 'undone' };

/** The name of the port between them. */
export const translatorPort = 'translator';

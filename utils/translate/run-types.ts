/** The translation of a whole page as everybody who shows or steers it knows it: the bar in the page, the panel. */

import type { Money } from '../context/money';
import type { Trouble } from '../errors';
import type { Display, Inconsistency, PageUnit, TranslationState } from './types';

/** A model of a connected provider that holds the whole request. */
export interface LongerModel {
  providerId: string;
  modelId: string;
  modelName: string;
  window: number;
}

/** What the user is asked before anything is sent. Nothing has been sent and the page is as it was. */
export type RunQuestion =
  /** No model is connected. */
  | { kind: 'no-model' }
  /** What it will cost, above what is asked about; `cachedShare` is the share of the input that is reckoned as cached. */
  | { kind: 'price'; price: Money; cachedShare: number }
  /** In the middle of a run: it would come to `price` in all, more than what was agreed by more than the margin. */
  | {
      kind: 'dearer';
      price: Money;
      agreed: Money;
      spent: Money;
      /** The reason, where it is that: the model takes no more units in one request than this. */
      unitsAtOnce?: number;
    }
  /** More than the model holds, in tokens. `sections`: the passes in which it would be read instead. */
  | {
      kind: 'too-long';
      model: string;
      needed: number;
      limit: number;
      models: LongerModel[];
      sections?: number;
    }
  /** Every unit is in the language of the translation already (BCP 47). */
  | { kind: 'already'; lang: string }
  /** The host, or the language of the page, is on a list of what is never translated. */
  | { kind: 'never'; site?: string; lang?: string }
  /** Another translator is at work on the page. */
  | { kind: 'other-translator' };

export interface TranslationRun {
  id: string;
  tabId: number;
  windowId: number;
  /** Where it runs: in the bar in the page, or in the panel where the page lets no frame of ours in. */
  place: 'page' | 'panel';
  /** Of the page as it is now. Empty until it is known. */
  url: string;
  title: string;
  /** BCP 47 tag of the language of the translations. */
  lang: string;
  display: Display;
  /**
   * - `opening`: the page is being read and cut
   * - `asking`: `question` waits for an answer
   * - `refused`: it could not begin; `trouble` says why
   * - `translating`: `state` says how far it is
   * - `undone`: the page is as it was
   */
  stage: 'opening' | 'asking' | 'refused' | 'translating' | 'undone';
  question?: RunQuestion;
  trouble?: Trouble;
  state?: TranslationState;
  /** Terms that occur on the page. */
  terms: number;
  /** Found by the check after the run: units whose translation has none of the words that a term allows. */
  inconsistent: Inconsistency[];
  /** Frames of other sites in the page, which are not translated in it. */
  foreignFrames?: number;
  /** The sections in which the document is read, where it is longer than the model's window. */
  sections?: number;
  /** When the glossary was asked for last, by a click on a term in the page or in the bar; without one the id is empty. */
  term?: { id: string; at: number };
}

/** A run of which nothing is known yet. */
export const newRun = (
  id: string,
  {
    tabId,
    windowId,
    place,
    lang,
    display = 'both',
  }: Pick<TranslationRun, 'tabId' | 'windowId' | 'place' | 'lang'> & { display?: Display },
): TranslationRun => ({
  id,
  tabId,
  windowId,
  place,
  url: '',
  title: '',
  lang,
  display,
  stage: 'opening',
  terms: 0,
  inconsistent: [],
});

export type RunCommand =
  | { type: 'pause' | 'resume' | 'stop' | 'undo' }
  /** Yes to the question: spend it, translate nevertheless. */
  | { type: 'go-on' }
  /** No to the question: the page stays as it is, and the bar goes. */
  | { type: 'cancel' }
  /** Translates these again, or all that failed. */
  | { type: 'again'; units?: number[] }
  /** Translates again what the check found. */
  | { type: 'fix'; termIds?: string[] }
  | { type: 'display'; display: Display }
  | { type: 'language'; lang: string }
  | { type: 'model'; providerId: string; modelId: string }
  | { type: 'sections' }
  /** Begins anew: after a trouble was mended, or on the page that the tab shows now. */
  | { type: 'start' }
  /** The terms are wanted, at one of them when it is named. */
  | { type: 'terms'; id?: string }
  /** Scrolls the page to a unit. */
  | { type: 'show'; unit: number };

/** All units of a run and what they are translated as: what a glossary needs to count and to find. */
export interface RunTexts {
  units: PageUnit[];
  translations: [unit: number, text: string][];
}

/** Whether the figures of a cell stand in its document, and where. */

import { fold, indexOf } from '../citations';
import { findMarks } from '../citations/marks';
import { type Source, scriptLanguage } from '../source';
import type { FoundDate } from './dates';
import { figureIndexOf } from './figure-index';
import { type Figure, type FiguresOfText, type FoundTime, figuresIn } from './figures';
import { matchFigure } from './match-figures';

type Text = Pick<Source, 'text' | 'segments' | 'lang'>;

/** What is known of one figure. */
export type FigureState =
  /** It stands in the words that are quoted or in the passage that is named. */
  | { at: 'here'; isTelling: boolean }
  /** In another passage of the document. */
  | { at: 'elsewhere'; paragraph: number; written: string }
  /** It may stand there: rounded, counted, in words or in a language whose numbers are not read here. */
  | { at: 'unsure' }
  | { at: 'nowhere'; written: string }
  | { at: 'pending' };

/** Words that are quoted from the document, and the passage that is named. */
export interface Proof {
  words: string[];
  passages: { paragraph: number; text: string }[];
}

/** Every figure, date and numbered name in the text of a cell. Citations in it are none. */
export function checkFigures(text: string, source: Text, proof: Proof): FigureState[] {
  const claims = figuresIn(withoutMarks(text), true);
  const { figures, dates, names, times } = claims;
  if (figures.length + dates.length + names.length + times.length === 0) return [];
  const index = figureIndexOf(source);
  const near = [
    ...proof.words.map((words) => figuresIn(words, false)),
    ...proof.passages.map(({ paragraph, text: words }) => index.inPassage(paragraph, words)),
  ];
  return [
    ...figures.map((claim) => checkFigure(claim, near, source)),
    ...dates.map((claim) => checkDate(claim, near, source, text)),
    ...names.map((claim) => checkName(claim, near, source, proof)),
    ...times.map((claim) => checkTime(claim, near, source)),
  ];
}

function withoutMarks(text: string): string {
  let rest = '';
  let at = 0;
  for (const { start, end } of findMarks(text, 999)) {
    rest += `${text.slice(at, start)} `;
    at = end;
  }
  return rest + text.slice(at);
}

/** Up to here a number without a unit may be a count of what the document lists. */
const countable = 20;
/** Up to here a number may stand in words. */
const speakable = 100;

function checkFigure(claim: Figure, near: FiguresOfText[], source: Text): FigureState {
  const matches = near.flatMap(({ figures }) => figures.map((figure) => matchFigure(claim, figure)));
  if (matches.includes('same')) return { at: 'here', isTelling: isTelling(claim) };
  if (matches.includes('near')) return { at: 'unsure' };
  const found = figureIndexOf(source).find(claim);
  if (found === 'pending') return { at: 'pending' };
  if (found === 'near') return { at: 'unsure' };
  if (found !== undefined)
    return isTelling(claim)
      ? { at: 'elsewhere', paragraph: found, written: claim.written }
      : { at: 'unsure' };
  return isSurely(claim, source) ? { at: 'nowhere', written: claim.written } : { at: 'unsure' };
}

/** A small number without a unit stands all over a text and says nothing by where it stands. */
const isTelling = ({ values, unit }: Figure) => unit !== undefined || Math.max(...values) >= speakable;

/** Whether a figure that was not found would have been found if it were there. */
function isSurely({ values, unit }: Figure, source: Text): boolean {
  const least = Math.min(...values);
  if (least <= 1 && Number.isInteger(least)) return false;
  if (!unit && values.some((value) => Number.isInteger(value) && value <= countable)) return false;
  return !values.some((value) => Number.isInteger(value) && value <= speakable) || readsNumbers(source);
}

function checkDate(
  { readings, start, end }: FoundDate,
  near: FiguresOfText[],
  source: Text,
  text: string,
): FigureState {
  const isHere = near.some(({ dates }) =>
    dates.some((date) =>
      date.readings.some((one) =>
        readings.some(
          ({ year, month, day }) =>
            month === one.month &&
            (day === undefined || day === one.day) &&
            (year === undefined || one.year === undefined || year === one.year),
        ),
      ),
    ),
  );
  if (isHere) return { at: 'here', isTelling: true };
  const found = figureIndexOf(source).findDate(readings);
  if (found === 'pending') return { at: 'pending' };
  const written = text.slice(start, end);
  if (found !== undefined) return { at: 'elsewhere', paragraph: found, written };
  // Its numbers stand there, and what is between them is not read: months in other languages.
  const numbers = numbersOf(near);
  const isThere = readings.some(({ year, month, day }) =>
    readsNumbers(source)
      ? [year, month, day].every((part) => part === undefined || numbers.has(part))
      : [year, day].every((part) => part === undefined || numbers.has(part)),
  );
  return isThere ? { at: 'unsure' } : { at: 'nowhere', written };
}

/** Digits in a name are found by its letters: IP67, USB3, RTX4090. */
function checkName(
  written: string,
  near: FiguresOfText[],
  source: Text,
  { words, passages }: Proof,
): FigureState {
  const { text: letters } = fold(written);
  const isHere = [...words, ...passages.map(({ text }) => text)].some((text) =>
    fold(text).text.includes(letters),
  );
  if (isHere) return { at: 'here', isTelling: true };
  const found = indexOf(source).find(written);
  if (found === 'pending') return { at: 'pending' };
  if (typeof found === 'number') return { at: 'elsewhere', paragraph: found, written };
  // v2.1 is version 2.1.
  const digits = /\d+(?:[.,]\d+)?/.exec(written)?.[0] ?? '';
  const isSpelled = numbersOf(near).has(Number(digits.replace(',', '.')));
  return found === undefined && !isSpelled && /\d.*\d/.test(written)
    ? { at: 'nowhere', written }
    : { at: 'unsure' };
}

/** 22:30 is 10:30 pm, 22.30 and 22h30. */
function checkTime({ hour, minute, written }: FoundTime, near: FiguresOfText[], source: Text): FigureState {
  const numbers = numbersOf(near);
  const hours = [hour, hour - 12, hour + 12];
  const isHere = hours.some(
    (one) => numbers.has(one + minute / 100) || (numbers.has(one) && (minute === 0 || numbers.has(minute))),
  );
  if (isHere) return { at: 'here', isTelling: false };
  const found = indexOf(source).find(written);
  if (found === 'pending') return { at: 'pending' };
  if (typeof found === 'number') return { at: 'elsewhere', paragraph: found, written };
  // Noon and midnight are words.
  return hour % 12 === 0 || found === 'many' || !readsNumbers(source)
    ? { at: 'unsure' }
    : { at: 'nowhere', written };
}

const numbersOf = (near: FiguresOfText[]): Set<number> =>
  new Set(near.flatMap(({ figures }) => figures.flatMap(({ values }) => values)));

const readable = new WeakMap<Text, boolean>();

/** Whether numbers in words are read in the language of a source: English, and what writes Han numerals. */
function readsNumbers(source: Text): boolean {
  const known = readable.get(source);
  if (known !== undefined) return known;
  const language =
    scriptLanguage(source.text) ?? source.lang?.slice(0, 2).toLowerCase() ?? likelyLanguage(source.text);
  const reads = language === 'en' || language === 'zh' || language === 'ja';
  readable.set(source, reads);
  return reads;
}

/** English has these words in any page of text. */
function likelyLanguage(text: string): 'en' | undefined {
  const words = text.slice(0, 20_000).match(/\b(?:the|and|of|is|with|for)\b/gi)?.length ?? 0;
  return words * 25 >= (text.slice(0, 20_000).match(/\p{L}+/gu)?.length ?? 0) ? 'en' : undefined;
}

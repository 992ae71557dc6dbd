/** Figures in a text: numbers in digits or in words, with what they are multiplied by and what they measure. */

import { type FoundDate, findDates } from './dates';
import { englishNumbers, hanNumber, hanNumeral, hanScale } from './number-words';
import { moneyAt, type Unit, unitAt } from './units';

export interface Figure {
  /** As it is written. */
  written: string;
  /** What it may mean: 1.200 is 1200 in German and 1.2 in English, 5k is 5000. */
  values: number[];
  /** Without what it is multiplied by, as the cells of a table in millions have it. */
  unscaled?: number;
  unit?: Unit;
  isNegative?: boolean;
  /** Said to be rounded: about, 约, 左右. */
  isAbout?: boolean;
  /** Followed by a word that is no unit known here: it may count something else. */
  isOfOther?: boolean;
}

export interface FoundTime {
  hour: number;
  minute: number;
  written: string;
}

export interface FiguresOfText {
  figures: Figure[];
  dates: FoundDate[];
  /** Digits that are part of a name: IP67, USB3. Of a claim only. */
  names: string[];
  /** Times of the day, of a claim only: elsewhere their numbers are figures like others. */
  times: FoundTime[];
}

/** In groups of three, with a fraction or without; or digits with points and commas among them. */
const number = /\d{1,3}(?:[ '’]\d{3})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)*/g;
const timeOfDay = /(?<![\d:.])([01]?\d|2[0-4]):([0-5]\d)(?![\d:])/g;
/** A way of speaking, and no figures. */
const always = /\b24\s?\/\s?7(?:\s?\/\s?365)?\b/g;
const about =
  /(?:\b(?:about|around|approx(?:imately|\.)?|roughly|nearly|almost|over|under|some|circa|ca\.?|more than|less than|up to|at least|etwa|rund|environ|cerca de)\s?[$€£¥]?|[~≈∼><≥≤约約近超逾达達]\s?[$€£¥]?)$/i;
const aboutAfter = /^\s?(?:\+|左右|上下|多|余|以上|以内|or so)/;
const wordScale =
  /^[\s-]?(thousand|million|millions|mio|mn|millionen|millones|billion|billions|bn|mrd|milliarden|milliards?|trillion|lakh|crore)(?!\p{L})\.?/iu;
const scales: Record<string, number> = {
  thousand: 1e3,
  million: 1e6,
  millions: 1e6,
  mio: 1e6,
  mn: 1e6,
  millionen: 1e6,
  millones: 1e6,
  billion: 1e9,
  billions: 1e9,
  bn: 1e9,
  mrd: 1e9,
  milliarden: 1e9,
  milliard: 1e9,
  milliards: 1e9,
  trillion: 1e12,
  lakh: 1e5,
  crore: 1e7,
};
const letterScale = /^([kKMmBb])(?![\p{L}\d])/u;
const letterScales: Record<string, number> = { k: 1e3, m: 1e6, b: 1e9 };

/** As figures are looked for: widths and signs are one, notes set high do not join the number before them. */
export const plainFigures = (text: string): string =>
  text
    .replace(/\[\^?\d{1,3}\]/g, ' ')
    .replace(/[⁰¹²³⁴-⁹₀-₉]+/g, ' $& ')
    .normalize('NFKC');

/**
 * The figures of a text. `isClaim`: of a text that is to be proved, where only what is surely a figure counts; words and
 * Chinese numerals are figures there when they measure something. Linear in the length of the text.
 */
export function figuresIn(written: string, isClaim: boolean): FiguresOfText {
  const plain = plainFigures(written);
  const times: FoundTime[] = [];
  const text = isClaim
    ? plain.replace(always, ' ').replace(timeOfDay, (time, hour, minute) => {
        times.push({ hour: Number(hour), minute: Number(minute), written: time });
        return ' '.repeat(time.length);
      })
    : plain;
  const dates = findDates(text);
  const figures: Figure[] = [];
  const names: string[] = [];
  const isInDate = placesIn(dates);
  let yearBefore: { end: number; century: number } | undefined;
  for (const { 0: digits, index } of text.matchAll(number)) {
    const end = index + digits.length;
    if (isClaim && isInDate(index)) continue;
    const before = text.slice(Math.max(0, index - 24), index);
    if (isClaim && isName(before)) {
      const [start = '', more = ''] = [
        /[\p{sc=Latin}\d.-]+$/u.exec(before)?.[0],
        /^[\p{sc=Latin}\d]*/u.exec(text.slice(end, end + 20))?.[0],
      ];
      names.push(start + digits + more);
      continue;
    }
    const figure = figureOf(digits, before, text.slice(end, end + 40));
    // 2019–24
    if (yearBefore && digits.length === 2 && /^\s?[-–—/]\s?$/.test(text.slice(yearBefore.end, index)))
      figure.values.push(yearBefore.century + Number(digits));
    yearBefore = /^[12]\d{3}$/.test(digits)
      ? { end, century: Math.floor(Number(digits) / 100) * 100 }
      : undefined;
    figures.push(figure);
    // 3 100 may be two numbers as well.
    if (!isClaim && digits.includes(' '))
      for (const part of digits.split(' ')) figures.push({ written: part, values: valuesOf(part) });
  }
  for (const figure of inWords(text, isClaim)) figures.push(figure);
  return { figures, dates, names, times };
}

/** Letters right before digits make a name of them, unless they are money. */
const isName = (before: string) => /\p{sc=Latin}-?$/u.test(before) && !moneyAt(before);

function figureOf(digits: string, before: string, after: string): Figure {
  const values = valuesOf(digits);
  const figure: Figure = { written: digits, values };
  let rest = after;
  const word = wordScale.exec(after);
  const letter = letterScale.exec(after);
  const han = /^\s?千(?:克|米|瓦)/.test(after) ? 1 : hanScale(after);
  const factor = word ? (scales[word[1]?.toLowerCase() ?? ''] ?? 1) : han;
  if (factor > 1) {
    figure.unscaled = values[0];
    figure.values = values.map((value) => value * factor);
    rest = after.slice(word ? word[0].length : (/^\s?[十百千万萬亿億]+/.exec(after)?.[0].length ?? 0));
    figure.written += after.slice(0, after.length - rest.length);
  } else if (letter) {
    const times = letterScales[letter[1]?.toLowerCase() ?? ''] ?? 1;
    figure.values = [...values, ...values.map((value) => value * times)];
  }
  const money = moneyAt(before);
  const unit = money ?? unitAt(rest);
  if (unit) figure.unit = unit;
  else if (isOfOther(rest)) figure.isOfOther = true;
  if (/(?:^|[\s(（])[-−–]\s?[$€£¥]?$/.test(before)) figure.isNegative = true;
  if (about.test(before) || aboutAfter.test(rest)) figure.isAbout = true;
  if (money) figure.written = `${/(?:us)?[$€£¥]\s?$|[a-z]{3}\s?$/i.exec(before)?.[0] ?? ''}${figure.written}`;
  else if (/^%/.test(rest)) figure.written += '%';
  return figure;
}

/** Behind a figure: the beginning of a word, though none that leads to the next figure. */
const isOfOther = (after: string) =>
  /^[\s-]?\p{L}/u.test(after) &&
  !/^[\s-]?(?:to|and|or|bis|und|oder|à|y|a|至|到|和|或)(?!\p{L})/iu.test(after);

/** The numbers that digits with points and commas may stand for. */
function valuesOf(written: string): number[] {
  const digits = written.replace(/[ '’]/g, '');
  const points = digits.split('.').length - 1;
  const commas = digits.split(',').length - 1;
  if (points + commas === 0) return [Number(digits)];
  if (points > 0 && commas > 0) {
    const last = Math.max(digits.lastIndexOf('.'), digits.lastIndexOf(','));
    return [Number(`${digits.slice(0, last).replace(/[.,]/g, '')}.${digits.slice(last + 1)}`)];
  }
  const parts = digits.split(/[.,]/);
  const ends = parts.slice(1);
  // 1,234,567 and, in India, 12,34,567
  const isGrouped =
    /^[1-9]\d{0,2}$/.test(parts[0] ?? '') &&
    ends.at(-1)?.length === 3 &&
    (ends.every((part) => part.length === 3) ||
      (ends.length > 1 && ends.slice(0, -1).every((part) => part.length === 2)));
  const joined = Number(parts.join(''));
  if (parts.length === 2) {
    const fraction = Number(parts.join('.'));
    return isGrouped ? [joined, fraction] : [fraction];
  }
  // 1.2.3 is a version: each of its parts counts.
  return isGrouped ? [joined] : [Number(`${parts[0]}.${parts[1]}`)];
}

const fraction = /([二三四五六七八九十]{1,3})分之([一二三四五六七八九十]{1,3})/g;

function* inWords(text: string, isClaim: boolean): Generator<Figure> {
  for (const { 0: run, index } of text.matchAll(hanNumeral)) {
    const value = hanNumber(run);
    if (value === undefined) continue;
    // Behind digits it says what they are multiplied by.
    if (/\d\s?$/.test(text.slice(Math.max(0, index - 2), index))) continue;
    const after = text.slice(index + run.length, index + run.length + 40);
    const before = text.slice(Math.max(0, index - 4), index);
    const isShare = /百?分之$/.test(before);
    const values = /^成/.test(after) ? [value * 10, value / 10] : [value];
    const unit = isShare ? unitAt('%') : unitAt(after);
    // One is an article, and part of many words.
    if ((isClaim && !unit) || (value < 2 && !unit) || (isClaim && value < 2)) continue;
    yield { written: run, values, ...(unit ? { unit } : isOfOther(after) ? { isOfOther: true } : {}) };
  }
  if (!isClaim) {
    // 三分之一
    for (const [run, below = '', above = ''] of text.matchAll(fraction)) {
      const share = (hanNumber(above) ?? 0) / (hanNumber(below) || 1);
      const values = [share, share * 100, Math.round(share * 100), Math.round(share * 1_000) / 10];
      if (share > 0 && share < 1) yield { written: run, values };
    }
    for (const { 0: sign } of text.matchAll(/一?半/g)) yield { written: sign, values: [0.5, 50] };
  }
  if (!/[a-z]{3}/i.test(text)) return;
  for (const { values, start, end } of englishNumbers(text)) {
    const after = text.slice(end, end + 40);
    const unit = unitAt(after);
    const isOne = values.length === 1 && (values[0] ?? 0) < 2;
    if ((isClaim && (!unit || values.length > 1 || isOne)) || (isOne && !unit)) continue;
    yield {
      written: text.slice(start, end),
      values,
      ...(unit ? { unit } : isOfOther(after) ? { isOfOther: true } : {}),
    };
  }
}

/** Whether a place lies in one of the dates, asked in order. */
function placesIn(dates: FoundDate[]) {
  let next = 0;
  return (place: number): boolean => {
    while (next < dates.length && (dates[next] as FoundDate).end <= place) next++;
    return (dates[next]?.start ?? Number.POSITIVE_INFINITY) <= place;
  };
}

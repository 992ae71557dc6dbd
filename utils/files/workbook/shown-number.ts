/**
 * Numbers as a spreadsheet shows them, by the format of their cell; dates and times as ISO 8601, whatever order of day
 * and month the format has. Cells without a format of their own are shown with all digits, where a spreadsheet would
 * round them to the width of its column.
 */

import { SSF } from '@e965/xlsx';
import { type DateFormat, openDate, parseDateFormat, shownDate } from './dates';

type Format =
  | { kind: 'general' }
  | { kind: 'date'; date: DateFormat }
  | { kind: 'simple'; sections: Section[] }
  | { kind: 'library' };

/** Digits between words: what nearly all formats are. */
interface Section {
  before: string;
  after: string;
  /** Least digits before the point. */
  digits: number;
  isGrouped: boolean;
  /** Least and most digits behind it. */
  decimals: [least: number, most: number];
  /** 100 for each percent sign, a thousandth for each comma at the end. */
  factor: number;
  /** Without digits: only words. */
  isWords: boolean;
  /** All digits, as without a format. */
  isGeneral: boolean;
}

/** Stands for the built-in formats 27 to 36 and 50 to 58, which are dates or times and differ between languages. */
export const openDateCode = '[date]';

/** Excel takes no longer ones. */
const longestFormat = 255;

const formats = new Map<string, Format>([[openDateCode, { kind: 'date', date: openDate }]]);

/** A number as its cell shows it. `code` is the format as files have it; `is1904`: dates count from 1904. */
export function shownNumber(value: number, code: string, is1904 = false): string {
  if (!Number.isFinite(value)) return String(value);
  let format = formats.get(code);
  if (!format) {
    format = parseFormat(code);
    formats.set(code, format);
  }
  if (format.kind === 'general') return general(value);
  if (format.kind === 'date') {
    const shown = shownDate(value, format.date, is1904);
    if (shown !== undefined) return shown;
  }
  if (format.kind === 'simple') return simple(value, format.sections);
  return byLibrary(value, code, is1904);
}

/** Text that a format adds words to, as `"ID "@`. */
export function shownText(text: string, code: string): string {
  if (!code.includes('@') || code === '@' || code.length > longestFormat) return text;
  const section = splitSections(code).at(-1) ?? '';
  if (!section.includes('@')) return text;
  try {
    const shown = tidy(SSF.format(section, text));
    return shown.includes(text.trim()) ? shown : text;
  } catch {
    return text;
  }
}

/** All digits that a spreadsheet keeps: fifteen. */
function general(value: number): string {
  const rounded = Number(value.toPrecision(15));
  if (rounded === 0) return '0';
  const text = String(rounded);
  if (!text.includes('e')) return text;
  // Written out where people would: no more than a few zeros.
  const size = Math.abs(rounded);
  return size >= 1e-9 && size < 1 ? rounded.toFixed(20).replace(/0+$/, '') : text.toUpperCase();
}

function byLibrary(value: number, code: string, is1904: boolean): string {
  try {
    const shown = tidy(SSF.format(withoutLocale(code), value, { date1904: is1904 }));
    // A format may hide what is in its cell. The value is there for whoever clicks on it, so it is not lost.
    return shown === '' && value !== 0 ? general(value) : shown;
  } catch {
    return general(value);
  }
}

/** Signs that fill the width of a column, or leave room for a bracket, have no meaning in a text. */
const tidy = (shown: string): string => shown.replace(/\s{2,}/g, ' ').trim();

const withoutLocale = (code: string): string => code.replace(/\[DBNum\d\]|\[\$-[^\]]*\]|\[~[^\]]*\]/gi, '');

function parseFormat(code: string): Format {
  if (code.length > longestFormat) return { kind: 'general' };
  const clean = withoutLocale(code).trim();
  if (clean === '' || clean === '@' || /^(?:general|standard|g\/通用格式|g\/標準)$/i.test(clean))
    return { kind: 'general' };
  const date = parseDateFormat(clean);
  if (date) return { kind: 'date', date };
  const sections = splitSections(clean).slice(0, 3).map(parseSection);
  return sections.every((section) => section !== undefined)
    ? { kind: 'simple', sections: sections as Section[] }
    : { kind: 'library' };
}

/** At the semicolons that are not in words. */
function splitSections(code: string): string[] {
  const sections: string[] = [''];
  for (const [piece] of code.matchAll(/"[^"]*"?|\\.|[^"\\;]+|;|\\/gs)) {
    if (piece === ';') sections.push('');
    else sections[sections.length - 1] += piece;
  }
  return sections;
}

/** Words, a sign that stands for itself, room, a bracket, digits. */
const part = /"([^"]*)"?|\\(.)|_.|\*.|\[([^\]]*)\]|((?:general|[#0?][#0?,.]*)\s*)|([\s\S])/giu;

function parseSection(section: string): Section | undefined {
  const result: Section = {
    before: '',
    after: '',
    digits: 0,
    isGrouped: false,
    decimals: [0, 0],
    factor: 1,
    isWords: true,
    isGeneral: false,
  };
  for (const [whole, words, escaped, bracket, digits, sign] of section.matchAll(part)) {
    let literal = words ?? escaped;
    if (bracket !== undefined) {
      // A colour has no words, a currency has; a condition is left to the library.
      const currency = /^\$([^-]*)/.exec(bracket)?.[1];
      if (
        currency === undefined &&
        !/^(?:black|blue|cyan|green|magenta|red|white|yellow|color ?\d+)$/i.test(bracket)
      )
        return undefined;
      literal = currency ?? '';
    } else if (digits !== undefined && /^general/i.test(digits)) {
      if (!result.isWords) return undefined;
      result.isWords = false;
      result.isGeneral = true;
      literal = /\s*$/.exec(digits)?.[0] ?? '';
    } else if (digits !== undefined) {
      const pattern = /^((?:[#0?]|,(?=[#0?]))+)(?:\.([#0?]*))?(,*)\s*$/.exec(digits);
      if (!pattern || !result.isWords) return undefined;
      result.isWords = false;
      const [, integer = '', fraction = '', scale = ''] = pattern;
      // Room for digits that are not there is a matter of the screen; zeros between them are not.
      if (/[#?,]/.test(integer.replace(/^[#?,]*/, '').replaceAll(',', ''))) return undefined;
      result.digits = (integer.match(/0/g) ?? []).length;
      result.isGrouped = integer.includes(',');
      if (/[#?]0/.test(fraction)) return undefined;
      result.decimals = [(fraction.match(/0/g) ?? []).length, fraction.length];
      result.factor *= 0.001 ** scale.length;
      literal = /\s*$/.exec(digits)?.[0] ?? '';
    } else if (sign !== undefined) {
      if (sign === '%') result.factor *= 100;
      // Other letters mean something.
      if (sign <= '\u007f' && !/[-+%$()<>=!&:~{}^'/\s]/.test(sign)) return undefined;
      literal = sign;
    } else if (literal === undefined) {
      // `_)` is room for a bracket, `* ` fills.
      literal = whole === '_ ' || whole.startsWith('_') ? ' ' : '';
    }
    if (result.isWords) result.before += literal;
    else result.after += literal;
  }
  return result;
}

function simple(value: number, sections: Section[]): string {
  const [first, second, third] = sections as [Section, Section?, Section?];
  const isNegative = value < 0;
  const section = isNegative ? (second ?? first) : value === 0 ? (third ?? first) : first;
  const words = `${section.before}${section.isWords ? '' : digitsOf(Math.abs(value), section)}${section.after}`;
  const shown = tidy(isNegative && !second ? `-${words}` : words);
  return shown === '' && value !== 0 ? general(value) : shown;
}

function digitsOf(size: number, section: Section): string {
  const {
    digits,
    isGrouped,
    decimals: [least, most],
    factor,
  } = section;
  if (section.isGeneral) return general(size * factor);
  const scaled = Number((size * factor).toPrecision(15));
  // Spreadsheets round the decimal number that is shown, not the binary one behind it.
  const rounded = scaled < 1e15 ? Number(`${Math.round(Number(`${scaled}e${most}`))}e-${most}`) : scaled;
  const [integer = '0', fraction = ''] = (Number.isFinite(rounded) ? rounded : scaled)
    .toFixed(Math.min(most, 100))
    .split('.');
  let kept = fraction.length;
  while (kept > least && fraction[kept - 1] === '0') kept--;
  const padded = integer === '0' && digits === 0 ? '' : integer.padStart(digits, '0');
  const grouped = isGrouped ? padded.replace(/\B(?=(?:\d{3})+$)/g, ',') : padded;
  // The point stands where the format has one, even without digits behind it.
  return kept > 0 ? `${grouped}.${fraction.slice(0, kept)}` : grouped;
}

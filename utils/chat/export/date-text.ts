/** A text that is one date, so that a spreadsheet can sort and reckon with it and shows it as it was written. */

import type { NumericText } from './numeric-text';

/** In which order a table writes the parts of `03/04/2026`; undefined where it does not tell. */
export type DateOrder = 'day' | 'month' | undefined;

interface Parts {
  year: number;
  month: number;
  day: number;
  /** Number format of Office Open XML. */
  format: string;
}

const english = 'January February March April May June July August September October November December';
const months = english.split(' ').map((name) => name.toLowerCase());
const monthName = `(${english
  .split(' ')
  .map((name) => (name === 'May' ? name : `${name.slice(0, 3)}(?:${name.slice(3)})?`))
  .join('|')}|Sept)`;

const yearFirst = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$/;
const chinese = /^(\d{4})(\s?)年\s?(\d{1,2})\s?月\s?(\d{1,2})\s?[日号號]$/;
const yearLast = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4})$/;
const dayFirst = new RegExp(`^(\\d{1,2})\\.? ${monthName}\\.?(,?) (\\d{4})$`, 'i');
const monthFirst = new RegExp(`^${monthName}\\.? (\\d{1,2})(,?) (\\d{4})$`, 'i');
const time = /[ T](\d{1,2}):(\d{2})(?::(\d{2}))?$/;

/** `03/04/2026` could be two days: the order in which a column writes its dates, where one of them can only be one. */
export function dateOrder(texts: Iterable<string>): DateOrder {
  let order: DateOrder;
  for (const text of texts) {
    const [, first, , second] = yearLast.exec(text.trim()) ?? [];
    const found = Number(first) > 12 ? 'day' : Number(second) > 12 ? 'month' : undefined;
    if (!found) continue;
    // A column that writes both ways tells nothing.
    if (order && order !== found) return undefined;
    order = found;
  }
  return order;
}

/** Undefined for what is no date, what could be two different ones, and days that there are not. */
export function dateText(text: string, order: DateOrder = undefined): NumericText | undefined {
  const [clock, hours = '0', minutes = '0', seconds] = time.exec(text) ?? [];
  const parts = partsOf(clock ? text.slice(0, -clock.length) : text, order);
  if (!parts) return undefined;
  const { year, month, day } = parts;
  const date = new Date(Date.UTC(year, month - 1, day));
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds ?? 0) > 59) return undefined;
  // Days since 1899-12-30, ECMA-376 part 1, 18.17.4.1. Before March 1900 programs count differently.
  const days = date.getTime() / 86_400_000 + 25_569;
  if (days < 61 || year > 9999) return undefined;
  const share = (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds ?? 0)) / 86_400;
  const separator = clock?.[0] === 'T' ? '"T"' : ' ';
  const hour = (clock?.indexOf(':') ?? 0) > 2 ? 'hh' : 'h';
  const shown = clock ? `${separator}${hour}:mm${seconds === undefined ? '' : ':ss'}` : '';
  return { value: Number((days + share).toFixed(8)), format: `${parts.format}${shown}` };
}

function partsOf(text: string, order: DateOrder): Parts | undefined {
  const [, year, sign, month = '', day = ''] = yearFirst.exec(text) ?? [];
  if (year) return made(year, month, day, `yyyy\\${sign}${digits('m', month)}\\${sign}${digits('d', day)}`);
  const [, ofYear, gap = '', ofMonth = '', ofDay = ''] = chinese.exec(text) ?? [];
  if (ofYear) {
    const unit = (name: string) => `"${gap}${name}${gap}"`;
    const last = /[日号號]$/.exec(text)?.[0] ?? '日';
    const format = `yyyy${unit('年')}${digits('m', ofMonth)}${unit('月')}${digits('d', ofDay)}"${gap}${last}"`;
    return made(ofYear, ofMonth, ofDay, format);
  }
  return ofWords(text) ?? ofFigures(text, order);
}

/** `[$-409]`: months are named in English whatever language the program speaks. */
function ofWords(text: string): Parts | undefined {
  const [, day = '', name, comma = '', year = ''] = dayFirst.exec(text) ?? [];
  if (name) return made(year, monthOf(name), day, `[$-409]${digits('d', day)} ${named(name)}${comma} yyyy`);
  const [, first, ofDay = '', ofComma = '', ofYear = ''] = monthFirst.exec(text) ?? [];
  if (!first) return undefined;
  return made(ofYear, monthOf(first), ofDay, `[$-409]${named(first)} ${digits('d', ofDay)}${ofComma} yyyy`);
}

function ofFigures(text: string, order: DateOrder): Parts | undefined {
  const [, first = '', sign, second = '', year] = yearLast.exec(text) ?? [];
  if (!year) return undefined;
  // With full stops it is the day that comes first, wherever dates are written so.
  const known = Number(first) > 12 || sign === '.' ? 'day' : Number(second) > 12 ? 'month' : order;
  if (!known) return undefined;
  const [one, other] = known === 'day' ? (['d', 'm'] as const) : (['m', 'd'] as const);
  const format = `${digits(one, first)}\\${sign}${digits(other, second)}\\${sign}yyyy`;
  return known === 'day' ? made(year, second, first, format) : made(year, first, second, format);
}

const made = (year: string, month: string | number, day: string, format: string): Parts => ({
  year: Number(year),
  month: Number(month),
  day: Number(day),
  format,
});
const digits = (sign: 'd' | 'm', written: string) => (written.length > 1 ? sign.repeat(2) : sign);
const monthOf = (name: string) =>
  months.findIndex((month) => month.startsWith(name.toLowerCase().slice(0, 3))) + 1;
const named = (name: string) => (name.length > 4 || /^(?:June|July)$/i.test(name) ? 'mmmm' : 'mmm');

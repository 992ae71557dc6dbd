/** Dates and times of spreadsheets: days since 1900 or 1904, as ISO 8601. */

/** Which parts of a date or time a format shows. */
export interface DateFormat {
  year: boolean;
  month: boolean;
  day: boolean;
  hour: boolean;
  second: boolean;
  /** Digits behind the second. */
  fraction: number;
  /** Built-in formats of East Asia mean other things in each language: what the value has is shown. */
  isOpen?: boolean;
}

/** What a format shows of a date; undefined when it is none, or shows one only in part, as the name of a weekday. */
export function parseDateFormat(code: string): DateFormat | undefined {
  const [first = ''] = code.replace(/"[^"]*"?|\\.|_.|\*./gs, ' ').split(';', 1);
  // Hours beyond a day: a duration.
  if (/\[(?:h+|m+|s+)\]/i.test(first)) return undefined;
  const bare = first.replace(/\[[^\]]*\]/g, '').replace(/am\/pm|a\/p|上午\/下午/gi, ' h ');
  const fraction = /s+\.(0+)/i.exec(bare)?.[1]?.length ?? 0;
  const letters = bare.replace(/(s+)\.0+/gi, '$1');
  if (/[#?0@]|general/i.test(letters)) return undefined;
  const has = (pattern: RegExp) => pattern.test(letters);
  const format: DateFormat = {
    year: has(/y|e|b{2,}/i),
    month: false,
    day: has(/(?<![d])d{1,2}(?!d)/i),
    hour: has(/h/i),
    second: has(/s/i),
    fraction,
  };
  // The letter m is a minute beside hours or seconds, and a month elsewhere.
  const rest = letters.replace(/h+[^a-z]*m{1,2}(?!m)|m{1,2}(?!m)[^a-z]*s+/gi, ' ');
  format.month = /m/i.test(rest);
  const isDate = format.year || (format.month && format.day);
  const isTime = format.hour || format.second;
  if (!isDate && !isTime) return undefined;
  // Minutes and seconds alone, a weekday and an hour: shown as they are.
  if (!isDate && (!format.hour || /d|m/i.test(rest))) return undefined;
  return format;
}

const dayMilliseconds = 86_400_000;
/** The first of January of the year 10000. */
const endOfDays = 2_958_466;

/** A day number as ISO 8601, with the parts that a format shows; undefined for what is no date. */
export function shownDate(value: number, format: DateFormat, is1904 = false): string | undefined {
  const serial = is1904 ? value + 1462 : value;
  if (!(value >= 0) || serial >= endOfDays) return undefined;
  const unit = 1000 / 10 ** Math.min(format.fraction, 3);
  let day = Math.floor(serial);
  let milliseconds = Math.round(((serial - day) * dayMilliseconds) / unit) * unit;
  if (milliseconds >= dayMilliseconds) {
    day++;
    milliseconds -= dayMilliseconds;
  }
  const show = format.isOpen ? openFormat(day, milliseconds) : format;
  const date = show.year || (show.month && show.day) ? dateOf(day, show) : '';
  const time = show.hour || show.second ? timeOf(milliseconds, show) : '';
  return [date, time].filter(Boolean).join(' ');
}

const openFormat = (day: number, milliseconds: number): DateFormat => ({
  year: day > 0,
  month: day > 0,
  day: day > 0,
  hour: day === 0 || milliseconds > 0,
  second: milliseconds % 60_000 > 0,
  fraction: 0,
});

function dateOf(day: number, { month, day: hasDay }: DateFormat): string {
  // The calendar of 1900 has a 29 February that never was, and a day 0; files count with them.
  const iso =
    day === 60
      ? '1900-02-29'
      : day === 0
        ? '1900-01-00'
        : new Date(Date.UTC(1899, 11, day < 60 ? 31 : 30) + day * dayMilliseconds).toISOString().slice(0, 10);
  return month ? (hasDay ? iso : iso.slice(0, 7)) : hasDay ? iso : iso.slice(0, 4);
}

function timeOf(milliseconds: number, { second, fraction }: DateFormat): string {
  const seconds = Math.floor(milliseconds / 1000);
  const two = (number: number) => String(number).padStart(2, '0');
  const text = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}`;
  if (!second) return text;
  const part = fraction
    ? `.${String(milliseconds % 1000)
        .padStart(3, '0')
        .slice(0, fraction)}`
    : '';
  return `${text}:${two(seconds % 60)}${part}`;
}

/** What the value has of a date or time: for built-in formats that mean another thing in each language. */
export const openDate: DateFormat = { ...openFormat(1, 0), isOpen: true };

/** Dates in a text, in the ways in which they are commonly written. */

export interface WrittenDate {
  year?: number;
  month: number;
  day?: number;
}

export interface FoundDate {
  /** More than one where day and month may be meant either way: 3/5/2024. */
  readings: WrittenDate[];
  start: number;
  end: number;
}

/** English, German, French, Spanish, Italian, Portuguese, Dutch; the beginnings by which they are shortened count too. */
const monthNames = [
  'january jan januar jänner janvier enero gennaio janeiro januari',
  'february feb februar février fevrier febrero febbraio fevereiro februari',
  'march mar märz maerz mars marzo março maart',
  'april apr avril abril aprile',
  'may mai mayo maggio maio mei',
  'june jun juni juin junio giugno junho',
  'july jul juli juillet julio luglio julho',
  'august aug août aout agosto augustus',
  'september sept sep septembre septiembre settembre setembro',
  'october oct oktober okt octobre octubre ottobre outubro',
  'november nov novembre noviembre novembro',
  'december dec dezember dez décembre decembre diciembre dicembre dezembro',
].map((names) => names.split(' '));
const monthOf = new Map(
  monthNames.flatMap((names, index) => names.map((name) => [name, index + 1] as const)),
);
const month = `(${[...monthOf.keys()].sort((one, other) => other.length - one.length).join('|')})`;
const ordinal = '(?:st|nd|rd|th|\\.|º|er)?';

const patterns: { pattern: RegExp; read: (match: RegExpExecArray) => WrittenDate[] }[] = [
  {
    pattern: /(?<!\d)(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)/g,
    read: ([, year, , month, day]) => [dateOf(year, Number(month), day)],
  },
  {
    pattern: /(?:(\d{4})\s?[年년]\s?)?(\d{1,2})\s?[月월](?:份)?(?:\s?(\d{1,2})\s?[日号號일])?/g,
    read: ([, year, month, day]) => [dateOf(year, Number(month), day)],
  },
  {
    pattern: new RegExp(
      `(?<!\\d)(\\d{1,2})${ordinal}\\s(?:of\\s|de\\s)?${month}(?!\\p{L})\\.?(?:,?\\s(?:de\\s)?(\\d{4})(?!\\d))?`,
      'giu',
    ),
    read: ([, day, name, year]) => [dateOf(year, named(name), day)],
  },
  {
    pattern: new RegExp(
      `(?<!\\p{L})${month}(?!\\p{L})\\.?\\s(\\d{1,2})(?:st|nd|rd|th)?(?!\\d|[.,]\\d)(?:,?\\s(\\d{4})(?!\\d))?`,
      'giu',
    ),
    read: ([, name, day, year]) => [dateOf(year, named(name), day)],
  },
  {
    pattern: new RegExp(`(?<!\\p{L})${month}(?!\\p{L})\\.?,?\\s(?:of\\s|de\\s)?(\\d{4})(?!\\d)`, 'giu'),
    read: ([, name, year]) => [dateOf(year, named(name))],
  },
  {
    pattern: /(?<![\d./])(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})(?![\d./-])/g,
    read: ([, first, , second, written]) => {
      const year = written?.length === 2 ? `20${written}` : written;
      return [dateOf(year, Number(second), first), dateOf(year, Number(first), second)];
    },
  },
];

const named = (name = '') => monthOf.get(name.toLowerCase()) ?? 0;

const dateOf = (year: string | undefined, month: number, day?: string): WrittenDate => ({
  ...(year ? { year: Number(year) } : {}),
  month,
  ...(day ? { day: Number(day) } : {}),
});

const isDate = ({ month, day = 1 }: WrittenDate) => month >= 1 && month <= 12 && day >= 1 && day <= 31;

/** The dates of a text (NFKC), in order; each character belongs to one. */
export function findDates(text: string): FoundDate[] {
  if (!/\d/.test(text)) return [];
  const found: FoundDate[] = [];
  for (const { pattern, read } of patterns) {
    for (const match of text.matchAll(pattern)) {
      const [start, end] = [match.index, match.index + match[0].length];
      // “may 5” is written small where it is a verb.
      if (/\b(?:may|march|mar)\b/.test(match[0])) continue;
      const readings = read(match as RegExpExecArray).filter(isDate);
      if (readings.length > 0) found.push({ readings, start, end });
    }
  }
  found.sort((one, other) => one.start - other.start || other.end - one.end);
  const kept: FoundDate[] = [];
  for (const date of found) if (date.start >= (kept.at(-1)?.end ?? 0)) kept.push(date);
  return kept;
}

/** Keys under which a date of a text is found again. One without its year may be of any. */
export function keysOf({ year, month, day }: WrittenDate): string[] {
  const keys = [`-${month}`];
  if (day !== undefined) keys.push(`-${month}-${day}`);
  if (year !== undefined) {
    keys.push(`${year}-${month}`);
    if (day !== undefined) keys.push(`${year}-${month}-${day}`);
  } else {
    keys.push(`?-${month}`);
    if (day !== undefined) keys.push(`?-${month}-${day}`);
  }
  return keys;
}

/** Keys one of which a text has that says this date. */
export function keysThatSay({ year, month, day }: WrittenDate): string[] {
  if (day === undefined) return year === undefined ? [`-${month}`] : [`${year}-${month}`, `?-${month}`];
  return year === undefined ? [`-${month}-${day}`] : [`${year}-${month}-${day}`, `?-${month}-${day}`];
}

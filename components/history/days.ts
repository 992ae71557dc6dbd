import { getLanguage, languages, t } from '@/utils/i18n';

/** The group of a list that a moment belongs to: today, yesterday, a day of the last week, or a month. */
export interface DayGroup {
  key: string;
  label: string;
  /** In this group the hour says more than the date. */
  isDay: boolean;
}

/** Days that are called by their weekday: with one more, the name of today would stand for a week ago. */
const weekdays = 6;

export function groupOf(time: number, now: number): DayGroup {
  if (!isMoment(time)) return { key: 'undated', label: t('history.undated'), isDay: false };
  const days = daysBetween(time, now);
  // A clock that was set back makes chats of tomorrow: they are today's.
  if (days <= 0) return { key: 'today', label: t('history.today'), isDay: true };
  if (days === 1) return { key: 'yesterday', label: t('history.yesterday'), isDay: true };
  const date = new Date(time);
  if (days <= weekdays) return { key: `day ${days}`, label: inWords(time, { weekday: 'long' }), isDay: true };
  const isThisYear = date.getFullYear() === new Date(now).getFullYear();
  return {
    key: `${date.getFullYear()}-${date.getMonth()}`,
    label: inWords(time, isThisYear ? { month: 'long' } : { month: 'long', year: 'numeric' }),
    isDay: false,
  };
}

/** When within its group: the hour of a day, the day of a month. Empty for what has no date. */
export const momentIn = ({ isDay }: DayGroup, time: number): string =>
  isMoment(time)
    ? inWords(time, isDay ? { hour: '2-digit', minute: '2-digit' } : { month: 'short', day: 'numeric' })
    : '';

/** Dates that JavaScript can hold (ECMA-262, 21.4.1.1), after the beginning of time. */
const isMoment = (time: number) => time > 0 && time <= 8.64e15;

/** Whole days of the calendar; those on which clocks change are days too. */
function daysBetween(time: number, now: number): number {
  const [from, to] = [new Date(time), new Date(now)].map((date) =>
    Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()),
  );
  return Math.round(((to ?? 0) - (from ?? 0)) / 86_400_000);
}

/** To make a format takes longer than to use it two hundred times. */
const formats = new Map<string, Intl.DateTimeFormat>();

function inWords(time: number, style: Intl.DateTimeFormatOptions): string {
  const { tag } = languages[getLanguage()];
  const key = `${tag} ${Object.entries(style).flat().join(' ')}`;
  const format = formats.get(key) ?? new Intl.DateTimeFormat(tag, style);
  formats.set(key, format);
  return format.format(time);
}

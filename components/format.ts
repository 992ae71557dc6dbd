import { getLanguage, languages } from '@/utils/i18n';

/** A token count in few characters: 640, 18.2K, 1.3M; ∞ for a window without a limit. */
export function formatTokens(tokens: number): string {
  if (!Number.isFinite(tokens)) return '∞';
  if (tokens < 1_000) return String(Math.round(tokens));
  const [value, unit] = tokens < 999_500 ? [tokens / 1_000, 'K'] : [tokens / 1_000_000, 'M'];
  return `${value.toFixed(value < 100 ? 1 : 0).replace(/\.0$/, '')}${unit}`;
}

/** A whole number with separators of the interface language: 18,204. */
export const formatNumber = (value: number): string =>
  new Intl.NumberFormat(languages[getLanguage()].tag).format(value);

/** Milliseconds as seconds with one decimal. */
export const formatSeconds = (milliseconds: number): string =>
  new Intl.NumberFormat(languages[getLanguage()].tag, {
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
    style: 'unit',
    unit: 'second',
    unitDisplay: 'short',
  }).format(milliseconds / 1000);

/** A moment for a list: the time today, the date otherwise. */
export function formatMoment(time: number, now = Date.now()): string {
  const isToday = new Date(time).toDateString() === new Date(now).toDateString();
  const style: Intl.DateTimeFormatOptions = isToday
    ? { hour: '2-digit', minute: '2-digit' }
    : { year: 'numeric', month: 'short', day: 'numeric' };
  return new Intl.DateTimeFormat(languages[getLanguage()].tag, style).format(time);
}

/** The host of an address without `www.`, for people. */
export const hostOf = (url: string | undefined): string =>
  url && URL.canParse(url) ? new URL(url).host.replace(/^www\./, '') : '';

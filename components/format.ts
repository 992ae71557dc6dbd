import type { Money } from '@/utils/context/money';
import { getLanguage, languages, t } from '@/utils/i18n';

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

/** The host of an address without `www.`, for people. A page of our own has letters for a host that say nothing. */
export function hostOf(url: string | undefined): string {
  if (!url || !URL.canParse(url)) return '';
  const { protocol, host } = new URL(url);
  return protocol.endsWith('-extension:') ? t('manifest.name') : host.replace(/^www\./, '');
}

/**
 * An amount of money: `$0.41`, `≈$0.0024`. In the user's own currency where it is dollars and they gave a rate, which
 * makes it an estimate. Small amounts keep two digits that say something.
 */
export function formatMoney(
  { currency, amount, exact }: Money,
  own?: { code: string; perDollar: number },
): string {
  const converts = own !== undefined && currency === 'USD' && own.code !== 'USD';
  const value = converts ? amount * own.perDollar : amount;
  const digits = value >= 0.1 || value === 0 ? { maximumFractionDigits: 2 } : { maximumSignificantDigits: 2 };
  const isEstimate = !exact || converts;
  const text = inCurrency(value, converts ? own.code : currency, digits);
  return isEstimate ? `≈ ${text}` : text;
}

function inCurrency(value: number, code: string, digits: Intl.NumberFormatOptions): string {
  const style = { style: 'currency', currency: code, currencyDisplay: 'narrowSymbol', ...digits } as const;
  try {
    return new Intl.NumberFormat(languages[getLanguage()].tag, style).format(value);
  } catch {
    // The user's own code need not be one that the browser knows.
    return `${new Intl.NumberFormat(languages[getLanguage()].tag, digits).format(value)} ${code}`;
  }
}

/** “one, two and three”, as the language of the interface says it. */
export const formatList = (names: string[]): string =>
  new Intl.ListFormat(languages[getLanguage()].tag, { type: 'conjunction' }).format(names);

/** The beginning of a text for a place that shows no more (in UTF-16 units), with a mark that it goes on. */
export const beginningOf = (text: string, most: number): string =>
  text.length > most ? `${text.slice(0, most).replace(/[\uD800-\uDBFF]$/, '')}…` : text;

/** Colours of sources; from the ninth source on they begin again, beside a number that is its own. */
const sourceColours = 8;

/** The class that sets the colour of a source, by its number from 1. */
export const sourceColour = (number: number): string => `source-${((number - 1) % sourceColours) + 1}`;

/** In megabytes of a million bytes, as disks count; one decimal while they are few. */
export function formatBytes(bytes: number): string {
  const [value, unit] = bytes < 1e9 ? [bytes / 1e6, 'megabyte'] : [bytes / 1e9, 'gigabyte'];
  return new Intl.NumberFormat(languages[getLanguage()].tag, {
    style: 'unit',
    unit,
    maximumFractionDigits: value < 10 ? 1 : 0,
  }).format(Math.max(value, 0.1));
}

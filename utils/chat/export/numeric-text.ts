/** A text that is one number, so that a spreadsheet can sort and add it and shows it as it was written. */

export interface NumericText {
  value: number;
  /** Number format of Office Open XML that shows the text again, ECMA-376 part 1, 18.8.31. */
  format: string;
}

/** Codes that stand before an amount. Other three letters may be a name: FIG 12. */
const codes =
  'USD|EUR|GBP|CNY|RMB|JPY|HKD|TWD|NTD|KRW|INR|CHF|CAD|AUD|NZD|SGD|SEK|NOK|DKK|PLN|CZK|HUF|TRY|BRL|MXN|ZAR|THB|AED';
/** How digits are grouped: by commas, full stops or apostrophes; by spaces, where what follows tells. */
const groups = String.raw`\d{1,3}(?:,\d{3})+|\d{1,3}(?:\.\d{3})+(?=,\d)|\d{1,3}(?:\.\d{3}){2,}|\d{1,3}(?:['’]\d{3})+|\d{1,3}(?:[\u00a0\u202f]\d{3})+|\d{1,3}(?: \d{3})+(?=[.,]\d{1,2}(?!\d))|\d+`;
/** Money or a sign of about before it; a unit behind it. Letters right before digits make a name. */
const form = new RegExp(
  String.raw`^([-−]?)([~≈]?(?:(?:US|HK|NT|CA|A|R)?[$€£¥￥₹₩]|(?:${codes})(?=[\s\d-]))?\s?)([-−]?)(${groups})(?:([.,])(\d{1,10}))?(\s?[\p{L}%‰°$€£¥/ .]{0,20})$`,
  'u',
);
/** Languages in which a comma before three digits is none of decimals. */
const groupsByComma = /^(?:en|zh|ja|ko|th|he|hi)\b/;
/** A letter right behind digits may make a name of them (4K, 2nd); these are units. */
const unitsOfLetters = /^(?:mm|cm|km|kg|mg|ml|GB|MB|TB|GHz|MHz|kWh|Wh|mAh|W|Hz|g|h|m|l)$/;

/** `language`: BCP 47 tag of the document. Undefined for what is no number, or could be two different ones. */
export function numericText(text: string, language = ''): NumericText | undefined {
  // As accounts write what is owed.
  const owed = /^\(([^-−()]+)\)$/.exec(text)?.[1];
  const [, lead = '', before = '', sign = '', whole = '', mark = '', fraction = '', after = ''] =
    form.exec(owed ?? text) ?? [];
  if (!whole || (lead && sign) || (mark && fraction.length === 3) || /^0\d/.test(whole)) return undefined;
  const grouping = /\D/.exec(whole)?.[0];
  if (grouping && grouping === mark) return undefined;
  if (grouping === ',' && language && !groupsByComma.test(language.toLowerCase())) return undefined;
  if (/^\p{sc=Latin}/u.test(after) && !unitsOfLetters.test(after)) return undefined;
  const digits = whole.replace(/\D/g, '');
  if (digits.length + fraction.length > 15) return undefined;
  const size = Number(`${digits}${fraction && `.${fraction}`}`);
  const value = lead || sign || owed !== undefined ? -size : size;
  const figures = `${grouping ? '#,##0' : '0'}${fraction && `.${'0'.repeat(fraction.length)}`}`;
  const isPercent = after.trim() === '%';
  const shown = `${quoted(before)}${figures}${isPercent ? after : quoted(after)}`;
  // From twelve digits on a number without a format is shown as a power of ten.
  const format = shown === '0' && digits.length < 12 && owed === undefined ? 'General' : shown;
  return {
    value: isPercent ? Number((value / 100).toPrecision(15)) : value,
    format: owed === undefined ? format : `${format};(${format})`,
  };
}

const quoted = (text: string) => (text === '' ? '' : `"${text}"`);

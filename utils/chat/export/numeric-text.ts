/** A text that is one number, so that a spreadsheet can sort and add it and shows it as it was written. */

export interface NumericText {
  value: number;
  /** Number format of Office Open XML that shows the text again, ECMA-376 part 1, 18.8.31. */
  format: string;
}

/** Money or a sign of about before it; a unit behind it. Letters right before digits make a name. */
const form =
  /^([~≈]?(?:US)?[$€£¥]?\s?)([-−]?)(\d{1,3}(?:,\d{3})+|\d+)(?:([.,])(\d{1,10}))?(\s?[\p{L}%‰°$€£¥/ .]{0,20})$/u;
/** Languages in which a comma before three digits is none of decimals. */
const groupsByComma = /^(?:en|zh|ja|ko|th|he|hi)\b/;

/** `language`: BCP 47 tag of the document. Undefined for what is no number, or could be two different ones. */
export function numericText(text: string, language = ''): NumericText | undefined {
  const [, before = '', sign = '', whole = '', mark = '', fraction = '', after = ''] = form.exec(text) ?? [];
  if (!whole || (mark && fraction.length === 3) || /^0\d/.test(whole)) return undefined;
  const isGrouped = whole.includes(',');
  if (isGrouped && (mark === ',' || (language && !groupsByComma.test(language.toLowerCase()))))
    return undefined;
  // What follows digits without a space may be a name: 4K, 2nd.
  if (
    /^\p{sc=Latin}/u.test(after) &&
    !/^(?:mm|cm|km|kg|mg|ml|GB|MB|TB|GHz|MHz|kWh|Wh|mAh|W|Hz|g|h|m|l)$/.test(after)
  )
    return undefined;
  const digits = whole.replaceAll(',', '');
  if (digits.length + fraction.length > 15) return undefined;
  const isPercent = after.trim() === '%';
  const value = Number(`${sign && '-'}${digits}${fraction && `.${fraction}`}`);
  const figures = `${isGrouped ? '#,##0' : '0'}${fraction && `.${'0'.repeat(fraction.length)}`}`;
  if (isPercent)
    return { value: Number((value / 100).toPrecision(15)), format: `${quoted(before)}${figures}${after}` };
  const format = `${quoted(before)}${figures}${quoted(after)}`;
  return { value, format: format === '0' ? 'General' : format };
}

const quoted = (text: string) => (text === '' ? '' : `"${text}"`);

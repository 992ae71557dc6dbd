/**
 * Text within XML or HTML, between quotation marks as well. Characters that XML cannot have (control characters,
 * halves of pairs, noncharacters) become U+FFFD, so that no text can make a file that does not open.
 */
export const xmlText = (text: string): string =>
  text
    .toWellFormed()
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\p{Noncharacter_Code_Point}]/gu, '\ufffd')
    .replace(/[&<>"\r]/g, (sign) => entities[sign] ?? sign);

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#13;',
};

/** An address that stands between the parentheses of a Markdown link. */
export const inParentheses = (address: string): string =>
  address.replace(
    /[\s()<>\\]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).padStart(2, '0').toUpperCase()}`,
  );

/** The text of a cell that leads to an address, as Markdown, unless the text is the address. */
export function linkedText(text: string, target: string): string {
  if (!/^(?:https?|mailto|ftp):/i.test(target)) return text;
  const bare = (address: string) =>
    address
      .trim()
      .replace(/^(?:https?:\/\/|mailto:)/i, '')
      .replace(/\/$/, '')
      .toLowerCase();
  if (bare(text) === bare(target)) return text;
  const address = target
    .trim()
    .replace(/[\s()<>]/g, (sign) => encodeURIComponent(sign).replace('(', '%28').replace(')', '%29'));
  return `[${text}](${address})`;
}

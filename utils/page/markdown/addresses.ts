/**
 * An address to write down, or '' when it leads nowhere for a reader: scripts, data and places on the same page.
 * Brackets and spaces are encoded, because they would end the address in Markdown.
 */
export function safeAddress(address: string | null): string {
  const trimmed = address?.trim() ?? '';
  if (trimmed === '' || trimmed.startsWith('#') || /^(?:javascript|data|blob|about|vbscript):/i.test(trimmed))
    return '';
  return trimmed
    .replace(/\s/g, '%20')
    .replace(/[()<>]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

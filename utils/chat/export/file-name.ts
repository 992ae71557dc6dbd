/** Characters of a title in the name of a file: with the date, 255 bytes hold them in any script. */
const longestTitle = 60;

/** Names that Windows keeps for devices. */
const reserved = /^(?:con|prn|aux|nul|com\d|lpt\d)$/i;

export type FileExtension = 'md' | 'json' | 'html' | 'doc' | 'docx' | 'csv' | 'xlsx';

/**
 * The name of a file for a chat: its title, the date by the clock of this computer, the extension. Without what file
 * systems do not take or hide: separators, signs of Windows, control characters, marks of direction, dots at the ends.
 */
export function fileName(title: string, extension: FileExtension, now = new Date()): string {
  const date = [now.getFullYear(), now.getMonth() + 1, now.getDate()]
    .map((number) => String(number).padStart(2, '0'))
    .join('-');
  const safe = title
    .normalize('NFC')
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\ufffd/\\:*?"<>|]+/gu, ' ')
    .replace(/\s+/g, ' ');
  const short = [...new Intl.Segmenter().segment(safe.slice(0, longestTitle * 8))]
    .slice(0, longestTitle)
    .map(({ segment }) => segment)
    .join('');
  const bytes = new TextEncoder();
  let kept = short;
  // Characters of many parts take many bytes.
  while (bytes.encode(kept).length > 200) kept = [...kept].slice(0, -1).join('');
  kept = kept.replace(/^[\s.~-]+|[\s.]+$/g, '');
  const name = kept === '' || reserved.test(kept) ? 'Wholemoon' : kept;
  return `${name} ${date}.${extension}`;
}

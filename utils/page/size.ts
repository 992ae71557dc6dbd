/** True for the code units that `\s` of regular expressions takes for white space. */
const isSpace = (code: number): boolean =>
  code <= 32
    ? code === 32 || (code >= 9 && code <= 13)
    : code >= 160 &&
      (code === 0xa0 ||
        code === 0x1680 ||
        (code >= 0x2000 && code <= 0x200a) ||
        code === 0x2028 ||
        code === 0x2029 ||
        code === 0x202f ||
        code === 0x205f ||
        code === 0x3000 ||
        code === 0xfeff);

/** Length in characters without white space: layout and Markdown may change white space, words they may not. */
export function sizeOf(text: string): number {
  let size = 0;
  for (let index = 0; index < text.length; index++) if (!isSpace(text.charCodeAt(index))) size++;
  return size;
}

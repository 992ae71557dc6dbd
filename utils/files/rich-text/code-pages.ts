/** The encodings of RTF: one for the file, and one for each font. */

/** By the number of a code page, `\ansicpg936`. */
const labels: Record<number, string> = {
  437: 'windows-1252',
  850: 'windows-1252',
  866: 'ibm866',
  874: 'windows-874',
  932: 'shift_jis',
  936: 'gb18030',
  949: 'euc-kr',
  950: 'big5',
  1361: 'euc-kr',
  10000: 'macintosh',
  54936: 'gb18030',
  65001: 'utf-8',
};

/** By the character set of a font, `\fcharset134`. Those of Western and unknown fonts are the file's. */
const charsets: Record<number, number> = {
  77: 10000,
  128: 932,
  129: 949,
  130: 1361,
  134: 936,
  136: 950,
  161: 1253,
  162: 1254,
  163: 1258,
  177: 1255,
  178: 1256,
  186: 1257,
  204: 1251,
  222: 874,
  238: 1250,
};

export const codePageOf = (charset: number): number | undefined => charsets[charset];

const decoders = new Map<string, TextDecoder>();

/** Bytes as text in a code page; what is not known is read as Western text. */
export function decodeBytes(bytes: readonly number[], codePage: number): string {
  const label =
    labels[codePage] ?? (codePage >= 1250 && codePage <= 1258 ? `windows-${codePage}` : 'windows-1252');
  let decoder = decoders.get(label);
  if (!decoder) {
    decoder = new TextDecoder(label);
    decoders.set(label, decoder);
  }
  return decoder.decode(Uint8Array.from(bytes));
}

/** The names of entries, which say their encoding at best as "UTF-8" or "not UTF-8". */

interface RawName {
  raw: Uint8Array;
  isUtf8: boolean;
  /** From an extra field. */
  unicode?: string;
}

/** The letters of MS-DOS, from 0x80 on. */
const codePage437 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀' +
  'αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0';

/**
 * Names as text. What is not UTF-8 comes from an old program: of Chinese or Japanese Windows where all such names
 * together are good text in its encoding, else of MS-DOS.
 */
export function decodeNames(names: RawName[]): string[] {
  const strict = new TextDecoder('utf-8', { fatal: true });
  const decoded = names.map(({ raw, isUtf8, unicode }) => {
    if (unicode !== undefined) return unicode;
    try {
      return strict.decode(raw);
    } catch {
      return isUtf8 ? new TextDecoder().decode(raw) : undefined;
    }
  });
  const old = names.flatMap(({ raw }, index) => (decoded[index] === undefined ? [raw] : []));
  if (old.length === 0) return decoded as string[];
  const decode = decoderFor(old);
  return decoded.map((name, index) => name ?? decode(names[index]?.raw ?? new Uint8Array()));
}

/** Names looked at to tell their encoding. */
const sample = 500;

function decoderFor(names: Uint8Array[]): (raw: Uint8Array) => string {
  for (const [encoding, isGood] of [
    ['shift_jis', (text: string) => /[\u3041-\u3093\u30a1-\u30f6]/.test(text)],
    ['gb18030', (_: string, raw: Uint8Array) => hasPairs(raw)],
  ] as const) {
    try {
      const decoder = new TextDecoder(encoding, { fatal: true });
      let good = 0;
      const looked = names.slice(0, sample);
      for (const raw of looked) if (isGood(decoder.decode(raw), raw)) good++;
      if (good * 2 > looked.length) return (raw) => new TextDecoder(encoding).decode(raw);
    } catch {
      // Not good text in this encoding.
    }
  }
  return (raw) =>
    Array.from(raw, (code) =>
      code < 0x80 ? String.fromCharCode(code) : (codePage437[code - 0x80] ?? ''),
    ).join('');
}

/** Letters of GB 2312 are pairs of two high bytes; letters of MS-DOS stand singly among those of ASCII. */
function hasPairs(raw: Uint8Array): boolean {
  let pairs = 0;
  let others = 0;
  for (let at = 0; at < raw.length; at++) {
    const code = raw[at] ?? 0;
    if (code < 0x80) continue;
    const next = raw[at + 1] ?? 0;
    if (code >= 0xa1 && code <= 0xf7 && next >= 0xa1) {
      pairs++;
      at++;
    } else others++;
  }
  return pairs > 0 && pairs > 3 * others;
}

/**
 * A name as a path below the archive, with `/` between its parts: nothing in it leads out of the archive, to a drive
 * or to the root, and no sign in it ends it. Empty for what names nothing.
 */
export function safePath(name: string): string {
  const parts: string[] = [];
  for (const part of name.replaceAll('\\', '/').replaceAll('\u0000', '\ufffd').split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.' && !(parts.length === 0 && /^[A-Za-z]:$/.test(part)))
      parts.push(part);
  }
  return parts.join('/');
}

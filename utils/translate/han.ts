/** Which way of writing Chinese a text is in. Most characters are of both; those of one alone tell. */

const [simplified, traditional, japanese] = [1, 2, 4];

/** For each code unit, the national standards that have it. Filled at first use, in a few milliseconds. */
let standards: Uint8Array | undefined;

/**
 * The characters of GB 2312 (simplified), Big5 (traditional, its two levels without later additions) and JIS X 0208, as
 * the browser's own decoders of text know them: no list of characters has to be kept here.
 */
function charactersOf(): Uint8Array {
  if (standards) return standards;
  const found = new Uint8Array(0x1_0000);
  const add = (encoding: string, flag: number, leads: [number, number][], trails: [number, number][]) => {
    const bytes: number[] = [];
    for (const [first, last] of leads)
      for (let lead = first; lead <= last; lead++)
        for (const [from, to] of trails) for (let trail = from; trail <= to; trail++) bytes.push(lead, trail);
    for (const character of new TextDecoder(encoding).decode(new Uint8Array(bytes))) {
      const code = character.charCodeAt(0);
      // Empty places of a standard come out as signs of replacement or as private characters.
      if (code >= 0x4e00 && code <= 0x9fff) found[code] = (found[code] ?? 0) | flag;
    }
  };
  const high: [number, number] = [0xa1, 0xfe];
  add('gbk', simplified, [[0xb0, 0xf7]], [high]);
  add(
    'big5',
    traditional,
    [
      [0xa4, 0xc6],
      [0xc9, 0xf9],
    ],
    [[0x40, 0x7e], high],
  );
  add('euc-jp', japanese, [[0xb0, 0xf4]], [high]);
  standards = found;
  return found;
}

/** How many characters of a text are of one way of writing alone. */
export interface HanCounts {
  simplified: number;
  traditional: number;
  /** Of the simplified ones, those that Japanese does not have: 们 counts, 国 does not. */
  chineseOnly: number;
}

export function countHan(text: string): HanCounts {
  const table = charactersOf();
  const counts: HanCounts = { simplified: 0, traditional: 0, chineseOnly: 0 };
  for (let index = 0; index < text.length; index++) {
    const flags = table[text.charCodeAt(index)] ?? 0;
    if ((flags & (simplified | traditional)) === simplified) {
      counts.simplified++;
      if (!(flags & japanese)) counts.chineseOnly++;
    } else if ((flags & (simplified | traditional)) === traditional) counts.traditional++;
  }
  return counts;
}

/** `zh-Hans` or `zh-Hant`, or undefined for a text whose characters are all of both. */
export function hanVariant(text: string): 'zh-Hans' | 'zh-Hant' | undefined {
  const counts = countHan(text);
  if (counts.simplified === counts.traditional) return undefined;
  return counts.simplified > counts.traditional ? 'zh-Hans' : 'zh-Hant';
}

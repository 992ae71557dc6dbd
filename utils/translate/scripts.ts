/** How many words of a text stand in which script, whatever language they are. */

/** ISO 15924 codes; `Kana` is both ways of writing Japanese syllables, `Zyyy` stands for every other script. */
const scripts = [
  'Latn',
  'Han',
  'Kana',
  'Hang',
  'Cyrl',
  'Arab',
  'Hebr',
  'Grek',
  'Deva',
  'Thai',
  'Armn',
  'Geor',
  'Beng',
  'Guru',
  'Gujr',
  'Orya',
  'Taml',
  'Telu',
  'Knda',
  'Mlym',
  'Sinh',
  'Laoo',
  'Tibt',
  'Mymr',
  'Khmr',
  'Ethi',
] as const;
export type Script = (typeof scripts)[number] | 'Zyyy';

/** Names of Unicode properties where they are not the codes. */
const properties: Partial<Record<Script, string>> = {
  Han: '\\p{sc=Han}々〆',
  Kana: '\\p{sc=Hiragana}\\p{sc=Katakana}',
};
const patterns = scripts.map((code) => new RegExp(`[${properties[code] ?? `\\p{sc=${code}}`}]`, 'u'));

/** What a letter is worth in words, in scripts that put no spaces between them. */
const worth: Partial<Record<Script, number>> = {
  Han: 0.6,
  Kana: 0.4,
  Thai: 0.2,
  Laoo: 0.2,
  Khmr: 0.2,
  Mymr: 0.2,
  Tibt: 0.3,
};

const [unknown, none, mark] = [0, 255, 254];
/** The script of each code unit, found out when it is met: its place in `scripts` from 1. */
const kinds = new Uint8Array(0x1_0000);

function kindOf(character: string): number {
  if (/\p{M}|['’]/u.test(character)) return mark;
  if (!/\p{L}/u.test(character)) return none;
  const place = patterns.findIndex((pattern) => pattern.test(character));
  return place < 0 ? scripts.length + 1 : place + 1;
}

/** Words by script; a Han character counts 0.6, so that a line of Chinese weighs what its translation does. */
export function countScripts(text: string): Map<Script, number> {
  const counts = new Map<Script, number>();
  let last = none;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    let kind = kinds[code] ?? unknown;
    if (code >= 0xd800 && code < 0xe000) {
      const character = String.fromCodePoint(text.codePointAt(index) ?? 0);
      kind = kindOf(character);
      index += character.length - 1;
    } else if (kind === unknown) {
      kind = kindOf(String.fromCharCode(code));
      kinds[code] = kind;
    }
    if (kind === mark) continue;
    if (kind !== none) {
      const script = scripts[kind - 1] ?? 'Zyyy';
      const letter = worth[script];
      if (letter !== undefined) counts.set(script, (counts.get(script) ?? 0) + letter);
      else if (kind !== last) counts.set(script, (counts.get(script) ?? 0) + 1);
    }
    last = kind;
  }
  return counts;
}

/** The scripts in which a language is written, by the script of its tag (`Jpan`, `Hans`, `Latn`). */
export function scriptsOf(script: string | undefined): readonly Script[] {
  if (script === 'Jpan') return ['Han', 'Kana'];
  if (script === 'Kore') return ['Hang', 'Han'];
  if (script === 'Hans' || script === 'Hant' || script === 'Hani') return ['Han'];
  return scripts.includes(script as never) ? [script as Script] : ['Zyyy'];
}

/** The language of a script that hardly any other language is written in. */
export const languageOfScript: Partial<Record<Script, string>> = {
  Hang: 'ko',
  Hebr: 'he',
  Grek: 'el',
  Thai: 'th',
  Armn: 'hy',
  Geor: 'ka',
  Beng: 'bn',
  Guru: 'pa',
  Gujr: 'gu',
  Orya: 'or',
  Taml: 'ta',
  Telu: 'te',
  Knda: 'kn',
  Mlym: 'ml',
  Sinh: 'si',
  Laoo: 'lo',
  Tibt: 'bo',
  Mymr: 'my',
  Khmr: 'km',
  Ethi: 'am',
};

/** Fonts whose letters are signs: what was typed is a letter or a code of private use, what is shown is a sign. */

/** From 0x20 on; the letters of the font Symbol. */
const symbol =
  ' !∀#∃%&∍()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼';
/** From 0xa0 on. */
const symbolHigh =
  '€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪ 〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭';

/** The signs of Wingdings that stand in texts: boxes, ticks, arrows, bullets, numbers in circles. */
const wingdings: Record<number, string> = {
  33: '✏',
  34: '✂',
  40: '☎',
  41: '✆',
  42: '✉',
  54: '⌛',
  63: '✍',
  65: '✌',
  70: '☞',
  74: '☺',
  76: '☹',
  81: '✈',
  82: '☼',
  108: '●',
  109: '❍',
  110: '■',
  111: '□',
  112: '❐',
  113: '❑',
  114: '❒',
  117: '◆',
  118: '❖',
  119: '⬥',
  159: '•',
  161: '○',
  164: '◉',
  167: '▪',
  168: '◻',
  171: '★',
  178: '✧',
  216: '➢',
  223: '←',
  224: '→',
  225: '↑',
  226: '↓',
  232: '➔',
  239: '⇦',
  240: '⇨',
  251: '✗',
  252: '✓',
  253: '☒',
  254: '☑',
};
/** Wingdings 2 has other places for ticks and boxes. */
const wingdings2: Record<number, string> = {
  79: '✗',
  80: '✓',
  81: '☒',
  82: '☑',
  83: '☒',
  151: '●',
  163: '□',
  149: '•',
};

/** What a sign of a font looks like; itself where the font is one of letters. */
export function signOf(code: number, font: string): string {
  const place = code >= 0xf000 && code <= 0xf0ff ? code - 0xf000 : code;
  const name = font.toLowerCase();
  const shown =
    name === 'symbol'
      ? place >= 0xa0
        ? Array.from(symbolHigh)[place - 0xa0]
        : Array.from(symbol)[place - 0x20]
      : name.startsWith('wingdings 2')
        ? wingdings2[place]
        : name === 'wingdings'
          ? (wingdings[place] ??
            (place >= 0x81 && place <= 0x8a ? String.fromCodePoint(0x2460 + place - 0x81) : undefined))
          : undefined;
  if (shown !== undefined) return shown;
  if (/^(?:wingdings|webdings|zapfdingbats)/.test(name) || place !== code) return '▯';
  return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code < 0xe000) ? String.fromCodePoint(code) : '';
}

/** Text that was typed in a font of signs. */
export const inSigns = (text: string, font: string): string =>
  /^(?:symbol|wingdings)/i.test(font)
    ? Array.from(text, (letter) =>
        /\s/.test(letter) ? letter : signOf(letter.codePointAt(0) ?? 0, font),
      ).join('')
    : text;

/** Counts of one text by kind of character; one pass, so that long texts cost no more than their length. */
export interface Letters {
  /** Characters without white space, where one Han, Kana or Hangul character says as much as two and a half Latin ones. */
  size: number;
  /** The same without the weights. */
  characters: number;
  words: number;
  digits: number;
  capitals: number;
  commas: number;
  /** Ends of sentences. */
  stops: number;
  symbols: number;
}

export const noLetters = (): Letters => ({
  size: 0,
  characters: 0,
  words: 0,
  digits: 0,
  capitals: 0,
  commas: 0,
  stops: 0,
  symbols: 0,
});

/** What a character is, by its code; all others are plain letters. */
const plain = 0;
const comma = 1;
const stop = 2;
const symbol = 3;
const digit = 4;
const capital = 5;
const sorts = new Uint8Array(65_536);
const sort = (characters: string, value: number) => {
  for (const character of characters) sorts[character.charCodeAt(0)] = value;
};
sort(',，、;；:：', comma);
sort('.。!！?？…', stop);
sort('|/›»>·•#+=*&@©$€£¥%', symbol);
sort('0123456789', digit);
sort('ABCDEFGHIJKLMNOPQRSTUVWXYZ', capital);

const denseWeight = 2.5;

/** Adds a text's counts to `sum`. */
export function addLetters(sum: Letters, text: string): void {
  let inWord = false;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code <= 32 || code === 160 || code === 0x3000) {
      inWord = false;
      continue;
    }
    sum.characters++;
    const isDense = code >= 0x2e80 && code <= 0xd7ff;
    sum.size += isDense ? denseWeight : 1;
    if (isDense || !inWord) sum.words++;
    inWord = !isDense;
    const kind = sorts[code];
    if (kind === plain) continue;
    if (kind === digit) sum.digits++;
    else if (kind === capital) sum.capitals++;
    else if (kind === comma) sum.commas++;
    else if (kind === stop) sum.stops++;
    else if (kind === symbol) sum.symbols++;
  }
}

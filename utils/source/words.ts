/** Counting words, and telling the script of a text. */

const denseLetter = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;
const wordLetter = /[\p{L}\p{N}]/u;
const wordPart = /[\p{M}'’_-]/u;

/** What a code unit is, found out when it is met: a character that counts, a letter, a part of words, none of these. */
const [unknown, dense, letter, part, other] = [0, 1, 2, 3, 4];
const kinds = new Uint8Array(65_536);

function kindOf(character: string): number {
  if (denseLetter.test(character)) return dense;
  if (wordLetter.test(character)) return letter;
  return wordPart.test(character) ? part : other;
}

/** Han, Kana and Hangul characters count one each; any other run of letters and digits counts one. */
export function countWords(text: string): number {
  let count = 0;
  let inWord = false;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    let kind = kinds[code];
    // Beyond the basic plane a character is a pair.
    if (code >= 0xd800 && code < 0xe000) {
      const character = String.fromCodePoint(text.codePointAt(index) ?? 0);
      kind = kindOf(character);
      index += character.length - 1;
    } else if (kind === unknown) {
      kind = kindOf(String.fromCharCode(code));
      kinds[code] = kind;
    }
    if (kind === dense || (kind === letter && !inWord)) count++;
    inWord = kind === letter || (kind === part && inWord);
  }
  return count;
}

/** Characters looked at to tell a script: enough for certainty, little enough to ask at every drawing. */
const scriptSample = 2_000;

/**
 * `zh`, `ja` or `ko` when the letters at the beginning of a text are mostly of that script, else undefined.
 * Han glyphs differ between these languages, so every text is drawn with its own.
 */
export function scriptLanguage(text: string): 'zh' | 'ja' | 'ko' | undefined {
  const sample = text.slice(0, scriptSample);
  const count = (pattern: RegExp) => sample.match(pattern)?.length ?? 0;
  const letters = count(/\p{L}/gu) || 1;
  if (count(/[\p{Script=Hiragana}\p{Script=Katakana}]/gu) / letters > 0.1) return 'ja';
  if (count(/\p{Script=Hangul}/gu) / letters > 0.3) return 'ko';
  if (count(/\p{Script=Han}/gu) / letters > 0.3) return 'zh';
  return undefined;
}

/** Whether words can be compared with a text at all: a translation into another script cannot. */

/** Japanese and Chinese count as one: both write Han. */
const scripts = [
  /\p{sc=Latin}/gu,
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]/gu,
  /\p{sc=Hangul}/gu,
  /\p{sc=Cyrillic}/gu,
  /\p{sc=Arabic}/gu,
  /\p{sc=Hebrew}/gu,
  /\p{sc=Greek}/gu,
  /\p{sc=Devanagari}/gu,
  /\p{sc=Thai}/gu,
];
/** Characters looked at: a passage is in one script or in several from its beginning. */
const sample = 4_000;

/** True when the script of most of the words has next to no part in the text. */
export function scriptsDiffer(words: string, text: string): boolean {
  const start = text.slice(0, sample);
  const letters = words.match(/\p{L}/gu)?.length ?? 0;
  const main = scripts.find((script) => (words.match(script)?.length ?? 0) * 2 > letters);
  if (!main) return false;
  const all = start.match(/\p{L}/gu)?.length ?? 0;
  return all > 0 && (start.match(main)?.length ?? 0) / all < 0.05;
}

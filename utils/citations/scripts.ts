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
/** Common characters of one way of writing Chinese that the other does not have. */
const simplified =
  /[这说对时会来个们国学发动见问题现开关长门东车马书买卖话语请谁让认识记论证实验应该为与无从进运还边过间点电机结业产经济]/gu;
const traditional =
  /[這說對時會來個們國學發動見問題現開關長門東車馬書買賣話語請誰讓認識記論證實驗應該為與無從進運還邊過間點電機結業產經濟]/gu;

/** Characters looked at: a passage is in one script or in several from its beginning. */
const sample = 4_000;

/** True when the script of most of the words has next to no part in the text, or it is Chinese in the other way of writing. */
export function scriptsDiffer(words: string, text: string): boolean {
  const start = text.slice(0, sample);
  const letters = words.match(/\p{L}/gu)?.length ?? 0;
  const main = scripts.find((script) => (words.match(script)?.length ?? 0) * 2 > letters);
  if (!main) return false;
  if (isOtherChinese(words, start)) return true;
  const all = start.match(/\p{L}/gu)?.length ?? 0;
  return all > 0 && (start.match(main)?.length ?? 0) / all < 0.05;
}

/** The words are written in one way and the text in the other. */
function isOtherChinese(words: string, text: string): boolean {
  const count = (string: string, pattern: RegExp) => string.match(pattern)?.length ?? 0;
  const inWords = [count(words, simplified), count(words, traditional)] as const;
  const inText = [count(text, simplified), count(text, traditional)] as const;
  return (
    (inWords[0] > inWords[1] && inText[1] > inText[0] * 4) ||
    (inWords[1] > inWords[0] && inText[0] > inText[1] * 4)
  );
}

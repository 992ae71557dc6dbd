const word = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|[\p{L}\p{N}\p{M}_]/u;

/** Words as the measure counts them: every Han or Kana character is one. */
export const wordsOf = (text: string): string[] => {
  const tokens: string[] = [];
  for (const run of text
    .normalize('NFKC')
    .toLowerCase()
    .match(/[\p{L}\p{N}\p{M}_]+/gu) ?? []) {
    tokens.push(
      ...(run.match(
        /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|[^\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]+/gu,
      ) ?? []),
    );
  }
  return tokens.filter((token) => word.test(token));
};

import { estimateTokenCount } from 'tokenx';

/** Estimated tokens of a text. Within -5 to +10 % of o200k on English, Chinese, code and figures (tokenx). */
export const estimateTokens = (text: string): number => estimateTokenCount(text);

/** Characters estimated in one go: about 4 ms of work, so that the page stays responsive in between. */
const sliceLength = 8_000;

/** The same for a long text, giving way to the browser between slices. */
export async function estimateTokensOfLong(
  text: string,
  pause: () => Promise<void> = () => new Promise((resolve) => setTimeout(resolve)),
): Promise<number> {
  let tokens = 0;
  for (let start = 0; start < text.length; ) {
    let end = Math.min(text.length, start + sliceLength);
    // Slices end at white space where there is some near, so that no word is counted twice.
    if (end < text.length) {
      const space = text.lastIndexOf(' ', end);
      if (space > start + sliceLength / 2) end = space;
    }
    tokens += estimateTokens(text.slice(start, end));
    start = end;
    if (start < text.length) await pause();
  }
  return tokens;
}

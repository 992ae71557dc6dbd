import type { Token } from 'marked';
import remend from 'remend';
import { lex } from './lex';

/** A top-level block of an answer. A settled block never changes again, so it is drawn once. */
export interface Block {
  /** Offset of the block in the answer: its identity while the answer grows. */
  start: number;
  raw: string;
  token: Token;
}

export interface BlockSplitter {
  /** The blocks of `text`. While it grows by appending, only what is not settled yet is looked at again. */
  split(text: string, streaming: boolean): Block[];
}

/** Blocks that the next line cannot change any more, even without a blank line after them. */
const closedKinds = new Set(['heading', 'hr', 'code']);

export function createBlockSplitter(): BlockSplitter {
  let settled: Block[] = [];
  let settledText = '';

  return {
    split(answer, streaming) {
      // marked reads every line end as \n; offsets only agree when the text does.
      const text = answer.includes('\r') ? answer.replace(/\r\n?/g, '\n') : answer;
      // Another answer, or an answer that was replaced: start over.
      if (!text.startsWith(settledText)) {
        settled = [];
        settledText = '';
      }
      const rest = text.slice(settledText.length);
      const tokens = lex(rest);
      const lastContent = tokens.findLastIndex((token) => token.type !== 'space');
      let settledCount = 0;
      // A number at the end may become `2.` and with it an item of the list before it: nothing is settled yet.
      const isUndecided = /(?:^|\n) {0,3}\d{1,9}$/.test(rest);
      for (let index = 0; index < lastContent && !isUndecided; index++) {
        const token = tokens[index] as Token;
        const next = tokens[index + 1];
        const isClosed = closedKinds.has(token.type) || next?.type === 'space' || /\n\n$/.test(token.raw);
        if (token.type === 'space' || isClosed) settledCount = index + 1;
      }
      if (settledCount > 0) {
        const done = toBlocks(tokens.slice(0, settledCount), settledText.length);
        settled = [...settled, ...done];
        settledText += tokens
          .slice(0, settledCount)
          .map((token) => token.raw)
          .join('');
      }
      const tail = text.slice(settledText.length);
      // Half-open marks (**bold, `code, [link) are closed for drawing, so that they do not flicker.
      const healed = streaming ? remend(tail) : tail;
      return [...settled, ...toBlocks(lex(healed), settledText.length)];
    },
  };
}

function toBlocks(tokens: Token[], offset: number): Block[] {
  const blocks: Block[] = [];
  let start = offset;
  for (const token of tokens) {
    if (token.type !== 'space' && token.type !== 'def') blocks.push({ start, raw: token.raw, token });
    start += token.raw.length;
  }
  return blocks;
}

import { answerParts } from '../compare/fence';

/** Longest line that is looked at: the line under the head of a table is short. */
const longestRule = 4_000;

/** Whether an answer has a table or a comparison, so that it can be saved as one. Small: it is asked of every answer. */
export function hasTable(text: string): boolean {
  let fence: string | undefined;
  for (const { text: part, comparison } of answerParts(text)) {
    if (comparison !== undefined) return true;
    for (const line of part.split('\n')) {
      const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
      if (mark && (fence === undefined || mark.startsWith(fence)))
        fence = fence === undefined ? mark : undefined;
      else if (fence === undefined && isRule(line)) return true;
    }
  }
  return false;
}

/** `|---|:-:|` */
const isRule = (line: string): boolean =>
  line.length < longestRule && line.includes('|') && line.includes('-') && /^[\s>|:-]+$/.test(line);

/** Where comparisons stand in the text of an answer. Small: it is asked of every answer. */

/** A part of an answer: text as it is, or the inside of a comparison with its fences. */
export interface AnswerPart {
  text: string;
  comparison?: string;
}

const opener = /^ {0,3}(`{3,}|~{3,})[ \t]*([^\n`]*)$/;

/** Whether a text has a comparison at all. */
export const hasComparison = (text: string): boolean =>
  /^ {0,3}(?:`{3,}|~{3,})[ \t]*comparison\b/im.test(text);

/** An answer without what only gives form to its comparisons, so that its words can be counted. */
export const countable = (text: string): string =>
  answerParts(text)
    .map(
      ({ text: words, comparison }) =>
        comparison?.replace(
          /"(?:columns|document|name|row|cells|text|quote|paragraph|best)":|\bnull\b/g,
          ' ',
        ) ?? words,
    )
    .join('\n');

/** An answer as text and comparisons in turn. A fence without its end goes to the end of the text. */
export function answerParts(text: string): AnswerPart[] {
  if (!hasComparison(text)) return [{ text }];
  const parts: AnswerPart[] = [];
  let plain: string[] = [];
  let inside: string[] | undefined;
  let open: { mark: string; isComparison: boolean; line: string } | undefined;
  const finish = (end?: string) => {
    if (!open || !inside) return;
    const lines = [open.line, ...inside, ...(end === undefined ? [] : [end])];
    if (open.isComparison) {
      if (plain.length > 0) parts.push({ text: plain.join('\n') });
      plain = [];
      parts.push({ text: lines.join('\n'), comparison: inside.join('\n') });
    } else plain.push(...lines);
    open = undefined;
    inside = undefined;
  };
  for (const line of text.split('\n')) {
    if (open && inside) {
      const mark = /^ {0,3}(`{3,}|~{3,})[ \t]*\r?$/.exec(line)?.[1];
      if (mark?.startsWith(open.mark)) finish(line);
      else inside.push(line);
      continue;
    }
    const [, mark, info = ''] = opener.exec(line.replace(/\r$/, '')) ?? [];
    if (mark === undefined) plain.push(line);
    else {
      open = { mark, isComparison: /^comparison\b/i.test(info.trim()), line };
      inside = [];
    }
  }
  finish();
  if (plain.length > 0) parts.push({ text: plain.join('\n') });
  return parts;
}

/** Where comparisons stand in the text of an answer. Small: it is asked of every answer. */

/** A part of an answer: text as it is, or the inside of a comparison with its fences. */
export interface AnswerPart {
  text: string;
  comparison?: string;
}

const opener = /^ {0,3}(`{3,}|~{3,})[ \t]*([^\n`]*)$/;

/** What a comparison begins with, whatever its fence is called. */
const columnsFirst = /^\s*(?:\[\s*)?\{\s*["'“]columns["'”]\s*:/;

/** Whether a fence is a comparison: by its name, or, where models call it JSON or nothing, by how it begins. */
export function isComparisonFence(info: string, inside: string): boolean {
  const name = info.trim().toLowerCase();
  if (/^comparison\b/.test(name)) return true;
  return /^(?:jsonl?|ndjson|json-?lines|json5)?$/.test(name) && columnsFirst.test(inside.slice(0, 400));
}

/** Whether a text may have a comparison at all. */
export const hasComparison = (text: string): boolean =>
  /^ {0,3}(?:`{3,}|~{3,})[ \t]*(?:comparison\b|(?:json(?:l|5|-?lines)?|ndjson)?[ \t\r]{0,8}\n\s{0,8}(?:\[\s{0,8})?\{\s{0,8}["'“]columns["'”])/im.test(
    text,
  );

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
  let open: { mark: string; info: string; line: string } | undefined;
  const finish = (end?: string) => {
    if (!open || !inside) return;
    const lines = [open.line, ...inside, ...(end === undefined ? [] : [end])];
    if (isComparisonFence(open.info, inside.join('\n'))) {
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
      open = { mark, info, line };
      inside = [];
    }
  }
  finish();
  if (plain.length > 0) parts.push({ text: plain.join('\n') });
  return parts;
}

/** Text that is too long for the question it was pasted into: it becomes a source, whole. */

import type { MeasuredSource } from '../context/compose';
import { estimateTokens, measureLongText } from '../context/tokens';
import { type NumberedText, numberInSteps, type Passage, scriptLanguage, sourceId } from '../source';

/** Characters from which a pasted text is a source and no part of the question: about four pages. */
export const longPaste = 10_000;

/** Characters up to which it may be put into the question all the same: fields with more of them become slow. */
export const mostInQuestion = 100_000;

/** Characters of a passage from which it is divided: at an end of a line, of a sentence, of a word. */
const longPassage = 4_000;

/** Characters by which the rest of a text is reckoned until it has been measured. */
const sample = 8_000;

/** Milliseconds of work after which the browser is let breathe. */
const slice = 8;

type Pause = () => Promise<void>;
const nextTask: Pause = () => new Promise((resolve) => setTimeout(resolve));

/**
 * The passages of a plain text. Without its marks and with a blank line between them, it is the text to the letter;
 * only a passage that is too long is divided further, where nothing is lost or added but the break.
 */
export function passagesOf(text: string): Passage[] {
  const passages: Passage[] = [];
  for (const block of blocksOf(text))
    for (const part of partsOf(block)) passages.push({ text: part, kind: 'text' });
  return passages;
}

/** Blocks between blank lines. Further blank lines stay with the block before them. */
function* blocksOf(text: string): Generator<string> {
  let start = 0;
  for (let at = text.indexOf('\n\n'); at >= 0; at = text.indexOf('\n\n', at)) {
    let end = at;
    while (text[end + 2] === '\n') end++;
    yield text.slice(start, end);
    start = end + 2;
    at = start;
  }
  yield text.slice(start);
}

function* partsOf(block: string): Generator<string> {
  let start = 0;
  while (block.length - start > longPassage) {
    const window = block.slice(start, start + longPassage);
    const end = start + breakIn(window);
    yield block.slice(start, end);
    start = end;
  }
  yield block.slice(start);
}

/** Where a stretch of text is best divided: after a line, a sentence, a word, or before its last character. */
function breakIn(window: string): number {
  const least = window.length / 2;
  const line = window.lastIndexOf('\n') + 1;
  if (line > least) return line;
  const sentence = Math.max(...['. ', '? ', '! ', '。', '？', '！'].map((end) => after(window, end)));
  if (sentence > least) return sentence;
  const word = after(window, ' ');
  if (word > least) return word;
  // Half of a pair is no character.
  const last = window.charCodeAt(window.length - 1);
  return last >= 0xd800 && last < 0xdc00 ? window.length - 1 : window.length;
}

const after = (text: string, end: string) => {
  const at = text.lastIndexOf(end);
  return at < 0 ? 0 : at + end.length;
};

/** Lines end as everywhere else, and there is nothing around the text. */
export const tidied = (text: string): string =>
  text
    .replace(/\r\n?/g, '\n')
    .replaceAll('\u0000', '\ufffd')
    .replace(/^\n+/, '')
    // Not by a pattern: it would be tried at every space of a long run.
    .trimEnd();

/** A source of a text. The browser is let breathe in between, however long the text is. */
export async function sourceOfText(
  text: string,
  title: string,
  { now = Date.now, pause = nextTask }: { now?: () => number; pause?: Pause } = {},
): Promise<MeasuredSource> {
  const passages = passagesOf(text);
  await pause();
  const numbered = await numberSlowly(passages, pause);
  const lang = scriptLanguage(text);
  return {
    source: {
      id: await sourceId(numbered.text),
      kind: 'file',
      title,
      ...(lang ? { lang } : {}),
      gaps: [],
      readAt: now(),
      ...numbered,
    },
    // By its beginning, until all of it has been measured.
    tokens: Math.ceil((estimateTokens(text.slice(0, sample)) * text.length) / Math.min(sample, text.length)),
  };
}

/** Numbers passages from ¶1 and lets the browser breathe in between. */
export async function numberSlowly(passages: Passage[], pause: Pause = nextTask): Promise<NumberedText> {
  const steps = numberInSteps(passages);
  for (let started = performance.now(); ; ) {
    const step = steps.next();
    if (step.done) return step.value;
    if (performance.now() - started < slice) continue;
    await pause();
    started = performance.now();
  }
}

/** Whether a source still has to be measured. */
export const isUnmeasured = ({ han }: MeasuredSource): boolean => han === undefined;

/** The same source with its tokens. */
export async function measuredText({ source }: MeasuredSource): Promise<MeasuredSource> {
  return { source, ...(await measureLongText(source.text)) };
}

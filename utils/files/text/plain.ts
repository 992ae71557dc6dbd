import type { Passage } from '../../source';
import { cutAtLines, type LineBlock, linesOf } from './lines';

/** A paragraph of very many lines, a log without blank lines, is cut at the line ends after so many characters. */
const longestBlock = 3_000;
/** Lines that are this long on average are paragraphs of their own. Han characters say more each. */
const proseLine = 60;
const denseProseLine = 20;
/** Passages this long on average have room for the numbers of their lines. */
const numbered = 300;

const chapter =
  /^\s*(?:第[\d零〇一二三四五六七八九十百千两]{1,9}[章回节節卷部篇集]|(?:chapter|part|book|kapitel|chapitre)\s+(?:\d{1,4}|[IVXLC]{1,8})\b)/i;
const longestChapter = 80;

export interface PlainOptions {
  /** Every passage has the number of its line. */
  isLog?: boolean;
  /** The same, of a text that is no log: it lies among others, which have theirs. */
  isNumbered?: boolean;
}

/**
 * A text without structure in passages, to the letter: its paragraphs where blank lines part them; without blank
 * lines its lines where they are paragraphs, as in Chinese novels, else several together.
 */
export function plainPassages(
  text: string,
  { isLog = false, isNumbered = isLog }: PlainOptions = {},
): Passage[] {
  const blocks = isLog || hasParagraphs(text) || !hasLongLines(text) ? paragraphsOf(text) : singleLines(text);
  const pieces: LineBlock[] = [];
  for (const block of blocks) for (const piece of cutAtLines(text, block, longestBlock)) pieces.push(piece);
  const hasNumbers = isNumbered || (pieces.length > 1 && text.length / pieces.length >= numbered);
  return pieces.map(({ start, end, line }) => {
    const words = text.slice(start, end);
    return {
      text: words,
      kind:
        words.length <= longestChapter && !words.includes('\n') && chapter.test(words) ? 'heading' : 'text',
      ...(hasNumbers ? { place: { line } } : {}),
    };
  });
}

function* paragraphsOf(text: string): Generator<LineBlock> {
  let open: LineBlock | undefined;
  for (const { start, end, number, isBlank } of linesOf(text)) {
    if (isBlank) {
      if (open) yield open;
      open = undefined;
    } else if (open) open.end = end;
    else open = { start, end, line: number };
  }
  if (open) yield open;
}

function* singleLines(text: string): Generator<LineBlock> {
  for (const { start, end, number, isBlank } of linesOf(text))
    if (!isBlank) yield { start, end, line: number };
}

/** One blank line in forty makes paragraphs; a few only part chapters. */
function hasParagraphs(text: string): boolean {
  let blank = 0;
  let written = 0;
  for (const { isBlank } of linesOf(text)) {
    if (isBlank) blank++;
    else written++;
  }
  return blank > 0 && blank * 40 >= written;
}

function hasLongLines(text: string): boolean {
  let count = 0;
  let size = 0;
  let dense = 0;
  for (const { start, end, isBlank } of linesOf(text)) {
    if (isBlank) continue;
    count++;
    size += end - start;
    if (count <= 2_000)
      dense +=
        text.slice(start, Math.min(end, start + 100)).match(/[\u3040-\u9fff\uac00-\ud7af]/g)?.length ?? 0;
  }
  return size / Math.max(1, count) >= (dense > Math.min(size, count * 100) / 3 ? denseProseLine : proseLine);
}

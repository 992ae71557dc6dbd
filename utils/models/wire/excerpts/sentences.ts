/** Splits sources into sentences that keep their place. Knows passages and their marks, no ranking. */

import type { PassageKind, Segment, Source } from '../../../source';
import { sentenceEnds } from './boundaries';
import { plainText } from './marks';
import type { Pause } from './pause';

export interface Sentence {
  /** Index of the document in the request, from 0. */
  document: number;
  /** Number of the passage, from 1, as in its ¶ mark. */
  paragraph: number;
  /** The source's words to the letter, without Markdown marks, on one line. */
  text: string;
  /** White space stands between this sentence and the one before it in the passage. */
  spaced: boolean;
}

/** Headings name, code and tables list: none of them says something in sentences. */
const SPOKEN: ReadonlySet<PassageKind> = new Set(['text', 'list-item', 'quote']);

/**
 * Whether a passage is read for sentences: prose, list items and quotations are; headings, code and tables
 * are not.
 */
export function isSpoken(segment: Segment): boolean {
  return SPOKEN.has(segment.kind);
}

/** All sentences of all documents in the order of the text. Linear in its length; pauses when it is due. */
export async function sentencesOf(sources: readonly Source[], pause: Pause): Promise<Sentence[]> {
  const sentences: Sentence[] = [];
  for (const [document, source] of sources.entries()) {
    const segmenter = segmenterFor(source.lang);
    for (const segment of source.segments) {
      if (!isSpoken(segment)) continue;
      const text = plainText(source.text.slice(segment.start, segment.end), segment.kind);
      for (const piece of pieces(text, segmenter)) {
        sentences.push({ document, paragraph: segment.number, ...piece });
        if (pause.due()) await pause.rest();
      }
      if (pause.due()) await pause.rest();
    }
  }
  return sentences;
}

/** Sentences of plain text (no Markdown marks); `language` is a BCP 47 tag. */
export function splitSentences(text: string, language?: string): string[] {
  return Array.from(pieces(text, segmenterFor(language)), (piece) => piece.text);
}

function* pieces(text: string, segmenter: Intl.Segmenter): Generator<Pick<Sentence, 'text' | 'spaced'>> {
  let start = 0;
  for (const end of sentenceEnds(text, segmenter)) {
    const words = text
      .slice(start, end)
      .replace(/\s*\n\s*/g, ' ')
      .trim();
    if (/[\p{L}\p{N}]/u.test(words))
      yield { text: words, spaced: start > 0 && /\s/.test(text.charAt(start - 1)) };
    start = end;
  }
}

/** Pages declare languages that are none (`en_US`, `zh-cn-utf8`): the rules for any language serve them. */
function segmenterFor(language: string | undefined): Intl.Segmenter {
  try {
    return new Intl.Segmenter(language || undefined, { granularity: 'sentence' });
  } catch {
    return new Intl.Segmenter(undefined, { granularity: 'sentence' });
  }
}

/** Marks in an answer -> places in sources. Knows sources and text only. */

import { passageText, type Source } from '../source';

/** A place an answer names: paragraph `paragraph` of document `document`, both counted from 1. */
export interface Citation {
  document: number;
  paragraph: number;
}

export type Piece = string | (Citation & { mark: string });

/**
 * `¶12`, `3 ¶22`, `¶ 12`, `[¶12]`, `(¶12)`. A number before the mark is a document only when it stands alone:
 * in “4.2 ¶7”, “GPT-3 ¶7” and “$3 ¶7” it belongs to the sentence.
 */
const markPattern = /(?:(?<!\d[.,]|[\dA-Za-z_$€£¥#/:–-])(\d{1,3})[ \u00a0])?¶[ \u00a0]?(\d{1,6})(?!\d)/g;

/**
 * Splits the text of an answer at its citations. A leading number counts as a document when there is such a
 * document; otherwise it stays in the sentence.
 */
export function splitCitations(text: string, documentCount: number): Piece[] {
  const pieces: Piece[] = [];
  let last = 0;
  for (const match of text.matchAll(markPattern)) {
    const [mark, document, paragraph] = match;
    const named = document ? Number(document) : undefined;
    const isDocument = named !== undefined && documentCount > 1 && named >= 1 && named <= documentCount;
    const start = named !== undefined && !isDocument ? match.index + mark.indexOf('¶') : match.index;
    if (start > last) pieces.push(text.slice(last, start));
    last = match.index + mark.length;
    pieces.push({
      document: isDocument ? named : 1,
      paragraph: Number(paragraph),
      mark: isDocument ? `${named} ¶${paragraph}` : `¶${paragraph}`,
    });
  }
  if (last < text.length) pieces.push(text.slice(last));
  return pieces;
}

/** The words of the cited passage to the letter, or undefined when there is no such document or paragraph. */
export function citedPassage(citation: Citation, sources: Source[]): string | undefined {
  const source = sources[citation.document - 1];
  return source && passageText(source, citation.paragraph);
}

/** A passage without its Markdown marks, as the page shows it. */
export function plainPassage(passage: string): string {
  const code = /^(`{3,}|~{3,}).*\n([\s\S]*?)\n?\1$/.exec(passage)?.[2];
  if (code !== undefined) return code;
  return passage
    .replace(/^#{1,6}\s+|^>\s?|^(?:[-*+]|\d{1,9}[.)])\s+/gm, '')
    .replace(/!\[([^\]]*)\](?:\([^)]*\))?/g, '$1')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/(\*\*|~~|`)(?!\s)(.+?)(?<!\s)\1/g, '$2')
    .replace(/(?<![\w*])\*(?!\s)([^*\n]+)(?<!\s)\*(?![\w*])/g, '$1');
}

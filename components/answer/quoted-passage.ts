import type { PassagePlace } from '@/utils/browser/show-passage';
import {
  type CheckedMark,
  findQuote,
  indexOf,
  passageAddress,
  plainPassage,
  type Span,
  type Verdict,
} from '@/utils/citations';
import { passageText, type Source, scriptLanguage } from '@/utils/source';

/** Whether there is a page to show a passage in. Of files the browser shows PDFs at their pages, and downloads the rest. */
export const isOnPage = ({ url, file }: Source): boolean =>
  (!file || file.type === 'pdf') && /^(?:https?|file|(?:chrome|moz)-extension):/i.test(url ?? '');

/** The direction of most of the letters: a Latin name at the beginning does not turn an Arabic passage round. */
export function directionOf(text: string): 'rtl' | 'ltr' {
  const sample = text.slice(0, 2_000);
  const turned = sample.match(/[\p{sc=Arabic}\p{sc=Hebrew}\p{sc=Syriac}\p{sc=Thaana}]/gu)?.length ?? 0;
  return turned * 2 > (sample.match(/\p{L}/gu)?.length ?? 0) ? 'rtl' : 'ltr';
}

/** The language of words of a source: the one it says of itself, unless their letters are of another. */
export function languageOf(words: string, { lang }: Source): string | undefined {
  const script = scriptLanguage(words);
  return script && !lang?.startsWith(script) ? script : lang;
}

/** The words of the cited passage, or of the run of passages, as the page shows them. Whole. */
export function quotedText(source: Source, { paragraph, last = paragraph }: CheckedMark): string {
  const index = indexOf(source);
  const passages: string[] = [];
  for (let number = paragraph; number <= last; number++) {
    const passage = index.passage(number);
    if (passage !== undefined) passages.push(plainPassage(passage));
  }
  return passages.join('\n\n');
}

/** Where the words that the answer quotes stand in the text of the card; in order, none over another. */
export function markedSpans(text: string, verdict: Verdict): Span[] {
  if (verdict.state !== 'verified' && verdict.state !== 'moved') return [];
  const spans = verdict.words.flatMap((words) => findQuote(text, words) ?? []);
  const sorted = spans.toSorted((one, other) => one.start - other.start);
  const joined: Span[] = [];
  for (const span of sorted) {
    const before = joined.at(-1);
    if (before && span.start <= before.end) before.end = Math.max(before.end, span.end);
    else joined.push({ ...span });
  }
  return joined;
}

/** What the browser needs to show the passage: its words, the quoted ones, and which of equal passages it is. */
export function placeOf(source: Source, { paragraph, last = paragraph, verdict }: CheckedMark): PassagePlace {
  const index = indexOf(source);
  let number = paragraph;
  let spans: Span[] = [];
  // Of a run, the first passage that has the quoted words.
  for (let at = paragraph; at <= last && spans.length === 0; at++) {
    spans = markedSpans(plainPassage(index.passage(at) ?? ''), verdict);
    if (spans.length > 0) number = at;
  }
  const words = index.passage(number) ?? '';
  const plain = plainPassage(words);
  const segment = source.segments[number - 1];
  let occurrence = 0;
  for (const one of source.segments) {
    if (one.number === number) break;
    if (one.end - one.start === words.length && passageText(source, one.number) === words) occurrence++;
  }
  const page = segment?.page;
  return {
    url: source.url ?? '',
    address: passageAddress(source, { passage: words, page, span: spans[0] }),
    words,
    plain,
    quotes: spans.map(({ start, end }) => plain.slice(start, end)),
    occurrence,
    page,
  };
}

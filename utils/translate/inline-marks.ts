import { escapeMarked } from '../page/translate/marked';
import { readSpans, type Span } from './inline-reader';

/**
 * Inline Markdown of a source as marked text, as `PageUnit.text` has it: links, emphasis and the like are marks around
 * words, code, formulas, addresses, citations and line breaks are marks without words. What a mark stands for is kept
 * to the letter.
 */

export type MarkKind =
  | 'link'
  | 'image'
  | 'strong'
  | 'emphasis'
  | 'deleted'
  | 'raised'
  | 'lowered'
  | 'code'
  | 'formula'
  | 'address'
  | 'citation'
  | 'break';

/** What a mark stands for. */
export interface MarkForm {
  kind: MarkKind;
  /** Written before its words; all of it where it has none. */
  open: string;
  /** Written after its words; absent where it has none. */
  close?: string;
  /** Where a link or a picture leads. */
  address?: string;
  /** All of it as the source has it. */
  raw: string;
}

/** A run of inline Markdown. */
export interface Inline {
  /** To the letter. */
  raw: string;
  /** Marked text; mark `n` is `forms[n - 1]`. */
  marked: string;
  forms: MarkForm[];
}

/** Reads a run of inline Markdown. `breaks` are written for its line feeds, in their order. Linear in the text. */
export function readInline(raw: string, breaks: readonly string[] = []): Inline {
  const spans = readSpans(raw);
  spans.sort((one, other) => one.start - other.start || other.end - one.end);
  const forms: MarkForm[] = [];
  const open: { span: Span; mark: number }[] = [];
  let marked = '';
  let at = 0;
  let line = 0;
  const upTo = (place: number) => {
    for (let last = open.at(-1); last && (last.span.to ?? 0) <= place; last = open.at(-1)) {
      marked += `${escapeMarked(raw.slice(at, last.span.to))}</${last.mark}>`;
      at = last.span.end;
      open.pop();
    }
    if (place > at) {
      marked += escapeMarked(raw.slice(at, place));
      at = place;
    }
  };
  for (const span of spans) {
    upTo(span.start);
    const whole = raw.slice(span.start, span.end);
    const { kind, address } = span;
    const about = { kind, raw: whole, ...(address === undefined ? {} : { address }) };
    const mark = forms.length + 1;
    if (span.from === undefined || span.to === undefined) {
      forms.push({ ...about, open: kind === 'break' ? (breaks[line++] ?? whole) : whole });
      marked += `<${mark}/>`;
      at = span.end;
    } else {
      forms.push({
        ...about,
        open: raw.slice(span.start, span.from),
        close: raw.slice(span.to, span.end),
      });
      marked += `<${mark}>`;
      at = span.from;
      open.push({ span, mark });
    }
  }
  upTo(raw.length);
  return { raw, marked, forms };
}

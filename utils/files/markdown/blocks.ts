/** The blocks of a Markdown text as they are written: what they are is told, nothing of them is changed. */

import type { PassageKind } from '../../source';
import { type Line, type LineBlock, linesOf } from '../text/lines';

export interface MarkdownBlock extends LineBlock {
  kind: PassageKind;
}

/** An item of a list with more text than this does not take further items below it. */
const longestItem = 1_500;
/** How much of a line is looked at to tell what it begins. */
const looked = 400;

const fenceStart = /^(\s*)(`{3,}|~{3,})/;
const heading = /^ {0,3}#{1,6}(?:[ \t]|$)/;
const item = /^([ \t]*)([-*+]|\d{1,9}[.)])([ \t]+|$)/;
const rule = /^ {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$/;
const underline = /^ {0,3}(?:=+|-+)[ \t]*$/;
const delimiter = /^ {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/;

/** Blocks in order; every line that is not blank is in exactly one. Linear in the text. */
export function* markdownBlocks(text: string): Generator<MarkdownBlock> {
  const walk = new Walk(text);
  for (const line of linesOf(text)) yield* walk.line(line);
  yield* walk.end();
}

class Walk {
  private readonly text: string;
  private open: MarkdownBlock | undefined;
  private lines = 0;
  /** The fence that is open, and whether it stands in a list. */
  private fence: string | undefined;
  /** Where the text of the list item begins that is open; 0 outside of lists. */
  private indent = 0;
  private wasBlank = false;
  private isFrontMatter = false;

  constructor(text: string) {
    this.text = text;
  }

  *line(line: Line): Generator<MarkdownBlock> {
    const written = this.text.slice(line.start, Math.min(line.end, line.start + looked)).replace(/\r$/, '');
    if (this.isFrontMatter || this.fence !== undefined) {
      this.goOn(line);
      if (
        this.isFrontMatter ? /^(?:---|\.\.\.)\s*$/.test(written) && line.number > 1 : this.endsFence(written)
      ) {
        this.isFrontMatter = false;
        this.fence = undefined;
        if (this.indent === 0) yield* this.end();
      }
      return;
    }
    if (line.number === 1 && /^---\s*$/.test(written) && this.hasFrontMatter()) {
      this.isFrontMatter = true;
      this.begin(line, 'text');
      return;
    }
    if (line.isBlank) {
      // An item goes on behind a blank line when what follows is set in.
      if (this.indent === 0) yield* this.end();
      this.wasBlank = true;
      return;
    }
    yield* this.writtenLine(line, written);
    this.wasBlank = false;
  }

  *end(): Generator<MarkdownBlock> {
    if (this.open) yield this.open;
    this.open = undefined;
    this.indent = 0;
  }

  private *writtenLine(line: Line, written: string): Generator<MarkdownBlock> {
    const margin = /^[ \t]*/.exec(written)?.[0].replaceAll('\t', '    ').length ?? 0;
    const isInside = this.indent > 0 && margin >= Math.min(this.indent, 2);
    const fence = fenceStart.exec(written);
    if (this.indent > 0 && !isInside && this.wasBlank && !item.test(written)) yield* this.end();
    if (fence?.[2]) {
      if (!isInside) yield* this.end();
      this.fence = fence[2];
      if (isInside) this.goOn(line);
      else this.begin(line, 'code');
    } else if (heading.test(written) && !isInside) {
      yield* this.end();
      this.begin(line, 'heading');
      yield* this.end();
    } else if (this.isUnderlined(written)) {
      this.goOn(line);
      if (this.open) this.open.kind = 'heading';
      yield* this.end();
    } else if (rule.test(written) && !isInside) {
      yield* this.end();
      this.begin(line, 'text');
      yield* this.end();
    } else if (item.test(written)) yield* this.listItem(line, written, isInside);
    else yield* this.other(line, written, isInside);
  }

  private *listItem(line: Line, written: string, isInside: boolean): Generator<MarkdownBlock> {
    const parts = item.exec(written);
    const width = (parts?.[0].replaceAll('\t', '    ').length ?? 2) || 2;
    const isShort = this.open !== undefined && line.end - this.open.start < longestItem;
    if (isInside && isShort) {
      this.goOn(line);
      return;
    }
    yield* this.end();
    this.begin(line, 'list-item');
    this.indent = width;
  }

  private *other(line: Line, written: string, isInside: boolean): Generator<MarkdownBlock> {
    const isQuote = /^ {0,3}>/.test(written);
    if (this.indent > 0 && (isInside || !this.wasBlank)) {
      this.goOn(line);
      return;
    }
    if (this.open && isQuote !== (this.open.kind === 'quote')) {
      // A paragraph in a quote may go on without its mark.
      if (isQuote || this.open.kind !== 'quote' || this.wasBlank) yield* this.end();
    }
    if (this.open?.kind === 'text' && this.lines === 1 && delimiter.test(written) && written.includes('|')) {
      this.open.kind = 'table';
      this.goOn(line);
    } else if (this.open?.kind === 'table' && !written.includes('|')) {
      yield* this.end();
      this.begin(line, 'text');
    } else if (this.open) this.goOn(line);
    else this.begin(line, isQuote ? 'quote' : 'text');
  }

  private isUnderlined(written: string): boolean {
    return this.open?.kind === 'text' && this.indent === 0 && !this.wasBlank && underline.test(written);
  }

  private endsFence(written: string): boolean {
    const closing = /^\s*(`{3,}|~{3,})\s*$/.exec(written)?.[1];
    return closing !== undefined && this.fence !== undefined && closing.startsWith(this.fence);
  }

  /** A first line of dashes opens settings when another one closes them soon. */
  private hasFrontMatter(): boolean {
    return /\n(?:---|\.\.\.)[ \t]*(?:\r?\n|$)/.test(this.text.slice(3, 20_000));
  }

  private begin(line: Line, kind: PassageKind): void {
    this.open = { start: line.start, end: line.end, line: line.number, kind };
    this.lines = 1;
  }

  private goOn(line: Line): void {
    if (this.open) this.open.end = line.end;
    this.lines++;
  }
}

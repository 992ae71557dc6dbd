import type { Passage, PassageKind } from '../source';
import { type Inline, readInline } from './inline-marks';
import { type Line, readLine, runOf } from './source-lines';
import type { Block, CutPassage, Shape } from './source-units';

/** Cuts a passage of Markdown into blocks. */

/** Lines of one run at most; a break is a mark, and a reader that writes a thousand lines in one paragraph wrote a list. */
const mostLines = 60;

/** Cuts one passage into its blocks. */
export function cutPassage({
  text,
  kind,
}: Pick<Passage, 'text' | 'kind'>): Pick<CutPassage, 'blocks' | 'after'> {
  if (kind === 'code') return { blocks: [codeBlock('', text)], after: '' };
  const cutter = new PassageCutter(kind, kind === 'table' && sheetStart.test(text));
  const lines = text.split('\n');
  for (const [index, line] of lines.entries())
    cutter.line(line, index < lines.length - 1 ? '\n' : '', lines[index + 1]);
  return cutter.finish();
}

const plainInline = (raw: string): Inline => ({ raw, marked: raw, forms: [] });

function codeBlock(before: string, raw: string): Block {
  const language = /^\s*(?:`{3,}|~{3,})[ \t]*([\w+#.-]*)/.exec(raw)?.[1] ?? '';
  return { before, content: plainInline(raw), shape: { type: 'code', language } };
}

const fence = /^(`{3,}|~{3,})/;
const tableRow = /^\s*\|/;
/** How a passage begins that is rows of a sheet (`utils/files/workbook/sheet-text.ts`): letters, or the number of a row. */
const sheetStart = /^(?:\t[A-Z]+(?=\t|\n|$)|\d+\t)/;
const columnMark = /^(?:[A-Z]+\d+:[A-Z]+\d+: |[A-Z]+:)/;
const delimiterRow = /^\s*\|(?:\s*:?-+:?\s*\|)+\s*$/;

/** Lines of one passage, taken one after the other. */
class PassageCutter {
  private readonly blocks: Block[] = [];
  /** What was read since the last block. */
  private pending = '';
  /** Lines of the run that is being read: each with what stands before it. */
  private run: Line[] = [];
  private runBefore = '';
  private readonly breaks: string[] = [];
  private code: { marks: string; before: string; text: string } | undefined;
  private row = -1;
  private isInTable = false;
  private readonly kind: PassageKind;
  private readonly isSheet: boolean;

  constructor(kind: PassageKind, isSheet: boolean) {
    this.kind = kind;
    this.isSheet = isSheet;
  }

  line(line: string, end: string, next: string | undefined): void {
    if (this.code) this.codeLine(line, end);
    else if (this.isSheet) this.sheetLine(line, end);
    else if (this.isRow(line, next)) this.tableLine(line, end);
    else {
      this.isInTable = false;
      this.textLine(line, end);
    }
  }

  /** Where a passage is not known to be a table, the second line of one tells. */
  private isRow(line: string, next: string | undefined): boolean {
    if (!tableRow.test(line)) return false;
    return this.isInTable || this.kind === 'table' || (next !== undefined && delimiterRow.test(next));
  }

  finish(): Pick<CutPassage, 'blocks' | 'after'> {
    this.endRun();
    if (this.code) this.endCode();
    return { blocks: this.blocks, after: this.pending };
  }

  private textLine(line: string, end: string): void {
    const read = readLine(line);
    const { prefix, shape, text } = read;
    const mark = fence.exec(text)?.[1];
    if (mark) {
      this.endRun();
      this.code = { marks: mark, before: this.pending + prefix, text: text + read.end + end };
      this.pending = '';
      return;
    }
    const isRule = shape.marker === undefined && !shape.heading && /^(?:-{3,}|\*{3,}|_{3,})$/.test(text);
    if (isRule) {
      this.endRun();
      this.push(this.pending + prefix, plainInline(text), { type: 'rule' });
      this.pending = read.end + end;
      return;
    }
    const first = this.run[0];
    const continues =
      first !== undefined &&
      text !== '' &&
      shape.marker === undefined &&
      shape.task === undefined &&
      shape.heading === undefined &&
      first.shape.heading === undefined &&
      shape.quotes === first.shape.quotes &&
      this.run.length < mostLines;
    if (!continues) this.endRun();
    if (text === '') {
      this.pending += prefix + read.end + end;
      return;
    }
    if (continues) this.breaks.push(this.pending + prefix);
    else this.runBefore = this.pending + prefix;
    this.run.push(read);
    this.pending = read.end + end;
  }

  private endRun(): void {
    const [first] = this.run;
    if (!first) return;
    const lines = this.run.map(({ text }) => text);
    const { shape } = first;
    const heading = shape.heading ?? (this.kind === 'heading' ? 2 : undefined);
    this.blocks.push({
      before: this.runBefore,
      content: runOf(lines, this.breaks),
      shape: heading === undefined ? shape : { ...shape, heading },
    });
    this.run = [];
    this.breaks.length = 0;
  }

  private push(before: string, content: Inline, shape: Shape): void {
    this.blocks.push({ before, content, shape });
  }

  private codeLine(line: string, end: string): void {
    if (!this.code) return;
    this.code.text += line + end;
    const closing = /^[ \t>]*(`{3,}|~{3,})[ \t]*$/.exec(line)?.[1];
    if (closing && closing[0] === this.code.marks[0] && closing.length >= this.code.marks.length)
      this.endCode();
  }

  private endCode(): void {
    if (!this.code) return;
    const { before, text } = this.code;
    const body = text.endsWith('\n') ? text.slice(0, -1) : text;
    this.blocks.push(codeBlock(before, body));
    this.pending = text.slice(body.length);
    this.code = undefined;
  }

  private openTable(): void {
    this.endRun();
    if (!this.isInTable) this.row = -1;
    this.isInTable = true;
  }

  /** Only the words of cells are units; where they stand is not. */
  private sheetLine(line: string, end: string): void {
    this.openTable();
    const [name = '', ...cells] = line.split('\t');
    this.pending += name;
    if (name === '') this.pending += line;
    else {
      this.row++;
      for (const [column, cell] of cells.entries()) {
        const words = cell.replace(columnMark, '');
        const before = `${this.pending}\t${cell.slice(0, cell.length - words.length)}`;
        this.push(before, readInline(words), { type: 'cell', row: this.row, column, isSheet: true });
        this.pending = '';
      }
    }
    this.pending += end;
  }

  private tableLine(line: string, end: string): void {
    this.openTable();
    if (delimiterRow.test(line)) {
      this.pending += line + end;
      return;
    }
    this.row++;
    let column = 0;
    for (let at = 0; at < line.length; ) {
      let next = at;
      while (next < line.length && (line[next] !== '|' || line[next - 1] === '\\')) next++;
      const cell = line.slice(at, next);
      const words = cell.trim();
      if (at === 0 || (words === '' && next === line.length)) this.pending += cell;
      else {
        const start = cell.length - cell.trimStart().length;
        this.push(this.pending + cell.slice(0, start), readInline(words.replaceAll('\\|', '|')), {
          type: 'cell',
          row: this.row,
          column,
        });
        column++;
        this.pending = cell.slice(start + words.length);
      }
      if (next < line.length) this.pending += '|';
      at = next + 1;
    }
    this.pending += end;
  }
}

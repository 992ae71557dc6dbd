/** Formulas of a sheet as few lines: those that were filled down or along are one. */

import { columnName, parseCellName, rangeName } from './cell-names';

export interface FormulaCell {
  column: number;
  row: number;
  /** With its `=`; absent where the file says only that it is filled on from another cell. */
  text?: string;
  /** What cells of one fill have in common, where the file says it. */
  fill?: string;
}

interface Run {
  firstColumn: number;
  firstRow: number;
  lastColumn: number;
  lastRow: number;
  key: string;
  text: string;
}

/** Lines for `linesOf`, in the order of the sheet. */
export function formulaLines(
  cells: FormulaCell[],
): { column: number; row: number; range: string; text: string }[] {
  const texts = new Map<string, string>();
  for (const { fill, text } of cells)
    if (fill !== undefined && text !== undefined && !texts.has(fill)) texts.set(fill, text);
  const runs: Run[] = [];
  const open = new Map<number, Run>();
  for (const { column, row, text, fill } of cells) {
    const written = text ?? (fill === undefined ? undefined : texts.get(fill));
    if (written === undefined) continue;
    const key = fill ?? relative(written, column, row);
    const above = open.get(column);
    if (above && above.key === key && above.lastRow === row - 1) above.lastRow = row;
    else {
      const run = {
        firstColumn: column,
        firstRow: row,
        lastColumn: column,
        lastRow: row,
        key,
        text: written,
      };
      runs.push(run);
      open.set(column, run);
    }
  }
  return alongside(runs).map((run) => ({
    column: run.firstColumn,
    row: run.firstRow,
    range: rangeName(run),
    text: run.text,
  }));
}

/** Columns of the same fill beside each other are one range. */
function alongside(runs: Run[]): Run[] {
  const rows = new Map<string, Run>();
  return runs.filter((run) => {
    const name = `${run.firstRow}:${run.lastRow}:${run.key}`;
    const before = rows.get(name);
    if (before && before.lastColumn === run.firstColumn - 1) {
      before.lastColumn = run.lastColumn;
      return false;
    }
    rows.set(name, run);
    return true;
  });
}

/** Words in quotes, names of sheets in quotes, and references to cells. */
const reference = /"[^"]*"|'[^']*'|(?<![\w.$])(\$?)([A-Z]{1,3})(\$?)(\d{1,7})(?![\w(])/g;

/** A formula with its references as distances, which are the same in all cells that it was filled into. */
function relative(formula: string, column: number, row: number): string {
  return formula.replace(
    reference,
    (whole, fixedColumn?: string, letters?: string, fixedRow?: string, digits?: string) => {
      const cell = letters && digits && parseCellName(letters + digits);
      if (!cell) return whole;
      const across = fixedColumn ? `$${columnName(cell.column)}` : `[${cell.column - column}]`;
      const down = fixedRow ? `$${cell.row}` : `[${cell.row - row}]`;
      return `${across}${down}`;
    },
  );
}

import { type ComparisonColumn, type ComparisonRow, isDifferent } from '@/utils/compare';
import { figureOf } from './figures';

/** In which order and how much of a comparison is shown. What a reader changes here changes nothing of the answer. */
export interface Arrangement {
  order: 'differences' | 'answered' | 'name';
  /** Rows that are hidden, by their place in the answer, from 0. */
  hidden: ReadonlySet<number>;
  /** The row by whose figures the columns stand, by its place in the answer. */
  byRow?: { row: number; rising: boolean };
}

export const asAnswered: Arrangement = { order: 'differences', hidden: new Set() };

export interface PlacedRow {
  row: ComparisonRow;
  /** Its place in the answer, from 0: a row's identity while the table grows. */
  place: number;
}

export interface ArrangedRows {
  rows: PlacedRow[];
  /** From where on the rows say the same of all sources; undefined when there is no such part, or nothing before it. */
  sameFrom?: number;
}

/** The rows that are shown, in their order. */
export function arrangeRows(
  rows: ComparisonRow[],
  { order, hidden }: Pick<Arrangement, 'order' | 'hidden'>,
  language: string,
): ArrangedRows {
  const placed = rows.map((row, place) => ({ row, place })).filter(({ place }) => !hidden.has(place));
  if (order === 'answered') return { rows: placed };
  if (order === 'name') {
    const { compare } = new Intl.Collator(language, { numeric: true });
    return { rows: placed.sort((one, other) => compare(one.row.name, other.row.name)) };
  }
  const different: PlacedRow[] = [];
  const same: PlacedRow[] = [];
  for (const entry of placed) (isDifferentOnce(entry.row) ? different : same).push(entry);
  const sameFrom = different.length > 0 && same.length > 0 ? different.length : undefined;
  return { rows: [...different, ...same], ...(sameFrom === undefined ? {} : { sameFrom }) };
}

const known = new WeakMap<ComparisonRow, boolean>();

function isDifferentOnce(row: ComparisonRow): boolean {
  const before = known.get(row);
  if (before !== undefined) return before;
  const is = isDifferent(row);
  known.set(row, is);
  return is;
}

/** The order of the columns, as places in the answer. Those without a figure come last, in the order they had. */
export function arrangeColumns(
  columns: ComparisonColumn[],
  rows: ComparisonRow[],
  byRow: Arrangement['byRow'],
): number[] {
  const places = columns.map((_, place) => place);
  const row = byRow && rows[byRow.row];
  if (!row) return places;
  const figures = figuresOf(row);
  const direction = byRow.rising ? 1 : -1;
  return places.sort((one, other) => {
    const [a, b] = [figures[one], figures[other]];
    if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
    return (a - b) * direction;
  });
}

const figuresOf = ({ cells }: ComparisonRow) =>
  cells.map((cell) => (typeof cell === 'object' ? figureOf(cell.text) : undefined));

/** Whether columns can be put in the order of a row: at least two of its cells have a figure. */
export const hasFigures = (row: ComparisonRow): boolean =>
  figuresOf(row).filter((figure) => figure !== undefined).length > 1;

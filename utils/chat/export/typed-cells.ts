/** Which cells of a table are numbers and dates, judged by the whole table: a cell alone often does not tell. */

import { type DateOrder, dateOrder, dateText } from './date-text';
import { type NumericText, numericText } from './numeric-text';

/**
 * The numbers and dates of a table without its head; undefined where a cell is text.
 *
 * - `03/04/2026` is a date when another date of its column tells the order.
 * - Amounts of different units (`$40` above `€30`) stay text: a spreadsheet would add them up. They are numbers where all
 *   of their column have one unit, or all of their row, as in a table with one line for each property.
 *
 * @param language BCP 47 tag of the table
 */
export function typedCells(rows: readonly string[][], language?: string): (NumericText | undefined)[][] {
  const width = Math.max(0, ...rows.map((row) => row.length));
  const orders: DateOrder[] = Array.from({ length: width }, (_, column) =>
    dateOrder(rows.map((row) => row[column] ?? '')),
  );
  const dates = rows.map((row) => row.map((text, column) => dateText(text, orders[column])));
  const numbers = rows.map((row) => row.map((text) => numericText(text, language)));
  const columns = Array.from({ length: width }, (_, column) => isOneUnit(numbers.map((row) => row[column])));
  return rows.map((row, place) => {
    const own = numbers[place] ?? [];
    const isOne = own.filter(Boolean).length > 1 && isOneUnit(own);
    return row.map((_, column) => {
      const date = dates[place]?.[column];
      return date ?? (columns[column] || isOne ? own[column] : undefined);
    });
  });
}

/** Whether numbers can be added. Bare ones go with any unit: a column may name its unit once. */
function isOneUnit(numbers: (NumericText | undefined)[]): boolean {
  const units = new Set(numbers.map((number) => number?.format.replace(/General|[#,0.;()"\s]/g, '') ?? ''));
  units.delete('');
  return units.size < 2;
}

import { expect, it } from 'vitest';
import { tableOf } from '@/components/viewer/table-cells';

const cellsOf = (text: string) =>
  tableOf(text)?.rows.map(({ name, cells }) => [name, ...cells.map((cell) => `${cell.column}:${cell.text}`)]);

it('reads the rows of a sheet with their columns, ranges and line breaks', () => {
  const text = '\tB\tC\tD\n1\tItem\tNet\tGross\n2\tRent\tD:paid\n4\tB4:C4:both\t12<br>13\n5\tliteral \\<br>';
  expect(tableOf(text)?.letters).toEqual(['B', 'C', 'D']);
  expect(cellsOf(text)).toEqual([
    ['1', '1:Item', '2:Net', '3:Gross'],
    ['2', '1:Rent', '3:paid'],
    ['4', '1:both', '3:12\n13'],
    ['5', '1:literal <br>'],
  ]);
  const merged = tableOf(text)?.rows[2]?.cells[0];
  expect(merged?.span).toBe(2);
  // Where a cell stands in the text, so that quoted words can be marked in it.
  expect(text.slice(merged?.start, merged?.end)).toBe('both');
});

it('reads a wide row that names every fifth column, and one that begins far to the right', () => {
  expect(cellsOf('7\tA:one\ttwo\tAA:far')).toEqual([['7', '1:one', '2:two', '27:far']]);
  expect(tableOf('7\tX:one\ttwo')?.letters).toEqual(['X', 'Y']);
});

it('reads a table of Markdown, with bars in its cells', () => {
  const text = '| Item | Net |\n| --- | ---: |\n| Rent \\| flat | 1,200 |';
  const table = tableOf(text);
  expect(table?.hasHead).toBe(true);
  expect(cellsOf(text)).toEqual([
    [undefined, '1:Item', '2:Net'],
    [undefined, '1:Rent | flat', '2:1,200'],
  ]);
  const [cell] = table?.rows[1]?.cells ?? [];
  expect(text.slice(cell?.start, cell?.end)).toBe('Rent \\| flat');
});

it('leaves alone what is no table, or one that nobody could look at', () => {
  expect(tableOf('Formulas\nC17\t=SUM(C1:C16)')).toBeUndefined();
  expect(tableOf('Two lines\nof prose')).toBeUndefined();
  expect(tableOf(`1\t${Array.from({ length: 200 }, (_, index) => index).join('\t')}`)).toBeUndefined();
});

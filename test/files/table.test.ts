import { describe, expect, it } from 'vitest';
import { AppError } from '../../utils/errors';
import { readTable } from '../../utils/files/table';
import { RecordReader } from '../../utils/files/table/records';
import { findSeparator } from '../../utils/files/table/separator';
import { cpuTime } from '../cpu-time';
import { encodeAs } from '../fixtures/encodings';
import fc from '../fixtures/property';
import { cellsOf } from '../fixtures/sheet-cells';

const read = (text: string | Uint8Array<ArrayBuffer>, name = 'table.csv') =>
  readTable(typeof text === 'string' ? new TextEncoder().encode(text) : text, { name });
const cells = async (text: string, name?: string) => Object.fromEntries(cellsOf(await read(text, name)));

function recordsOf(text: string, separator: string): string[][] {
  const reader = new RecordReader(text, separator);
  const records: string[][] = [];
  while (!reader.isDone) {
    const record: string[] = [];
    do record.push(reader.field());
    while (!reader.isLast && !reader.isDone);
    if (!reader.isLast) record.push(reader.field());
    records.push(record);
  }
  return records;
}

describe('readTable', () => {
  it('gives every field its coordinate and changes no value', async () => {
    const reading = await read('id,amount,when\n007,1.50,01/02/03\n"8","1,200.00",2026-01-31\n');
    expect(Object.fromEntries(cellsOf(reading))).toEqual({
      A1: 'id',
      B1: 'amount',
      C1: 'when',
      A2: '007',
      B2: '1.50',
      C2: '01/02/03',
      A3: '8',
      B3: '1,200.00',
      C3: '2026-01-31',
    });
    expect(reading.text).toBe(
      '¶1 [A1:C3] \tA\tB\tC\n1\tid\tamount\twhen\n2\t007\t1.50\t01/02/03\n3\t8\t1,200.00\t2026-01-31',
    );
    expect(reading.file).toEqual({ units: { rows: 3, cells: 9 }, notes: [] });
    expect(reading.title).toBe('table.csv');
    expect(reading.gaps).toEqual([]);
  });

  it('reads quotes, doubled quotes, separators and line breaks in quotes', async () => {
    expect(await cells('a,"b, ""c""\r\nsecond line",d\r\n"",  "e",5" pipe\r\n')).toEqual({
      A1: 'a',
      B1: 'b, "c"\nsecond line',
      C1: 'd',
      B2: 'e',
      C2: '5" pipe',
    });
  });

  it('keeps what stands behind a closing quote, and a quote that nothing closes', async () => {
    expect(await cells('"a" b,c\n"open,d\ne,f\n')).toEqual({
      A1: 'a b',
      B1: 'c',
      A2: '"open',
      B2: 'd',
      A3: 'e',
      B3: 'f',
    });
  });

  it('reads ragged rows, empty lines and old line ends', async () => {
    expect(await cells('a,b\r\r1,2,3,4\rx\r')).toEqual({
      A1: 'a',
      B1: 'b',
      A3: '1',
      B3: '2',
      C3: '3',
      D3: '4',
      A4: 'x',
    });
  });

  it.each([
    ['a;b\n1,5;2,5\n3,5;4,5\n', ';'],
    ['a\tb\tc\n1\t2\t3\n', '\t'],
    ['a|b\n1|2\n', '|'],
    ['a,b\nx;y,2\n3,4\n', ','],
    ['name,remark\nx,"a;b;c"\ny,"d;e;f"\n', ','],
    ['one column\nand no more\n', ''],
    ['a, b and c\nd, e\nonly f\n', ','],
    ['just;one;line', ';'],
  ])('finds the separator of %j', (text, sign) => {
    expect(findSeparator(text, ',')).toEqual({ sign, from: 0, isSaid: false });
  });

  it('takes a line that names the separator, which is no row of the table', async () => {
    expect(await cells('sep=;\r\na;b,c\r\n')).toEqual({ A1: 'a', B1: 'b,c' });
    expect((await read('sep=;\r\na;b\r\n')).file.notes).toEqual([]);
    expect((await read('a;b\n1;2\n')).file.notes).toEqual([{ what: 'separated', sample: ';' }]);
    expect((await read('a\tb\n1\t2\n', 'table.tsv')).file.notes).toEqual([]);
  });

  it('says which encoding was found out', async () => {
    const reading = await read(encodeAs('gb18030', '姓名,金额\n王小明,1200\n李娜,980\n'));
    expect(cellsOf(reading).get('A2')).toBe('王小明');
    expect(reading.file.notes).toEqual([{ what: 'decoded', sample: 'GB18030' }]);
    expect(reading.lang).toBe('zh');
  });

  it('tells cells that look like its own marks from the marks', async () => {
    const hostile = ['B:x', 'A1:C1:y', '¶5 [A1] z', '<br>', '\\<br>', 'C:\\dir\\', 'AAA:', 'a|b', '7'];
    const reading = await read(`${hostile.join(',')}\nx\n`);
    expect([...cellsOf(reading).values()]).toEqual([...hostile, 'x']);
    for (const line of reading.text.split('\n').slice(1)) expect(line).not.toMatch(/^¶\d/);
  });

  it('gives back any table that is written by the rules', () => {
    const field = fc.oneof(
      fc.string({ maxLength: 8 }),
      fc.string({ unit: fc.constantFrom(...'ab",;\t\n\r |:1<br>\\␉¶'), maxLength: 8 }),
    );
    const table = fc.array(fc.array(field, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(table, fc.constantFrom(',', ';', '\t', '|'), (rows, sign) => {
        const text = rows
          .map((row) => row.map((value) => `"${value.replaceAll('"', '""')}"`).join(sign))
          .join('\r\n');
        expect(recordsOf(text, sign)).toEqual(rows);
      }),
    );
  });

  it('brings every field of any table into the text, at its coordinate and in order', async () => {
    const field = fc.string({ unit: fc.constantFrom(...'aB",:;\n |12<br>\\␉¶A'), maxLength: 6 });
    const table = fc.array(fc.array(field, { minLength: 1, maxLength: 30 }), { minLength: 1, maxLength: 50 });
    await fc.assert(
      fc.asyncProperty(table, async (rows) => {
        const text = `sep=,\n${rows.map((row) => row.map((value) => `"${value.replaceAll('"', '""')}"`).join(',')).join('\n')}`;
        const expected = rows.flatMap((row) => row.filter((value) => value.trim() !== ''));
        if (expected.length === 0) return;
        expect([...cellsOf(await read(text)).values()]).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });

  it('reads one line of megabytes, and quotes without an end, in linear time', async () => {
    const time = async (text: string) => {
      const bytes = new TextEncoder().encode(text);
      const before = cpuTime();
      await readTable(bytes, { name: 'x.csv' });
      return cpuTime() - before;
    };
    await read('1,2\n'.repeat(1000));
    const line = (count: number) => 'value,'.repeat(count);
    expect(await time(line(400_000))).toBeLessThan(6 * (await time(line(100_000))) + 200);
    const quotes = (count: number) => ',"a""b'.repeat(count);
    expect(await time(quotes(400_000))).toBeLessThan(6 * (await time(quotes(100_000))) + 200);
    const open = (count: number) => `${'a,"b\n'.repeat(count)}"`;
    expect(await time(open(400_000))).toBeLessThan(6 * (await time(open(100_000))) + 200);
  });

  it('keeps one cell of a megabyte whole, and a row of thousands of cells in passages', async () => {
    const long = 'word '.repeat(200_000);
    const reading = await read(`a,"${long}",c\n`);
    expect(cellsOf(reading).get('B1')).toBe(long);
    const wide = await read(Array.from({ length: 9_000 }, (_, index) => `v${index}`).join(','));
    expect(cellsOf(wide).get('MHD1')).toBe('v8999');
    expect(wide.file.units).toEqual({ rows: 1, cells: 9_000 });
    expect(wide.segments.length).toBeGreaterThan(20);
  });

  it('refuses what has nothing in it', async () => {
    await expect(read('')).rejects.toEqual(new AppError('file-empty', { name: 'table.csv' }));
    await expect(read(',,\n , \n')).rejects.toEqual(new AppError('file-nothing', { name: 'table.csv' }));
  });

  it('stops when it is told to', async () => {
    const bytes = new TextEncoder().encode('a,b\n'.repeat(5_000));
    const signal = AbortSignal.abort();
    await expect(readTable(bytes, { name: 'x.csv', signal })).rejects.toThrow();
  });
});

import { utils, write } from '@e965/xlsx';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../utils/errors';
import { readWorkbook } from '../../utils/files/workbook';
import { cpuTime } from '../cpu-time';
import { makeOpenSheet, openCell } from '../fixtures/open-sheets';
import { Random } from '../fixtures/random';
import { cellsOf } from '../fixtures/sheet-cells';
import { inline, makeWorkbook, packed, shared, value, workbookParts } from '../fixtures/workbooks';

const read = (bytes: Uint8Array, name = 'book.xlsx') => readWorkbook(Uint8Array.from(bytes), { name });
const one = (parts: Record<string, string>) => packed({ ...plain(), ...parts });
const plain = () =>
  workbookParts({ sheets: [{ name: 'A', rows: [{ number: 1, cells: [value('A1', 1)] }] }] });
const sheetOf = (inner: string) =>
  `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">${inner}</worksheet>`;

describe('hostile workbooks', () => {
  it('that claim every cell of the largest sheet cost only what they have', async () => {
    const before = cpuTime();
    const reading = await read(
      makeWorkbook({
        sheets: [
          {
            name: 'A',
            claimed: 'A1:XFD1048576',
            merged: ['A1:XFD1048576'],
            hiddenColumns: [[5, 2_000_000_000]],
            rows: [
              { number: 1, cells: [inline('A1', 'first')] },
              { number: 1_048_576, cells: [inline('A1048576', 'last')] },
            ],
          },
        ],
      }),
    );
    expect([...cellsOf(reading).values()]).toEqual(['first', 'last']);
    expect(cpuTime() - before).toBeLessThan(500);
  });

  it('that repeat a cell over a whole sheet are refused, and repeated emptiness is nothing', async () => {
    const cell = openCell('x'.repeat(100), 'table:number-columns-repeated="16384"');
    const bomb = makeOpenSheet(
      `<table:table table:name="A"><table:table-row table:number-rows-repeated="1048576">${cell}</table:table-row></table:table>`,
    );
    await expect(read(bomb, 'bomb.ods')).rejects.toMatchObject({ code: 'file-bomb' });
    const empty = makeOpenSheet(
      `<table:table table:name="A"><table:table-row>${openCell('a')}</table:table-row><table:table-row table:number-rows-repeated="999999999999"><table:table-cell table:number-columns-repeated="999999999"/></table:table-row></table:table>`,
    );
    expect([...cellsOf(await read(empty, 'a.ods')).values()]).toEqual(['a']);
  });

  it('that unpack to more than they may are refused', async () => {
    const zeros = one({ 'xl/worksheets/sheet1.xml': sheetOf(' '.repeat(40_000_000)) });
    expect(zeros.length).toBeLessThan(200_000);
    await expect(read(zeros)).rejects.toMatchObject({ code: 'file-bomb' });
  });

  it('that share a long string between many cells are refused', async () => {
    const rows = Array.from({ length: 200 }, (_, row) => ({
      number: row + 1,
      cells: Array.from({ length: 40 }, (_, column) => shared(utils.encode_cell({ r: row, c: column }), 0)),
    }));
    const bomb = makeWorkbook({ strings: [`<t>${'ab '.repeat(10_900)}</t>`], sheets: [{ name: 'A', rows }] });
    await expect(read(bomb)).rejects.toEqual(
      new AppError('file-bomb', { name: 'book.xlsx', megabytes: 128 }),
    );
  });

  it('that declare entities have none of them expanded, and nothing is fetched', async () => {
    const laughs = `<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "${'&a;'.repeat(10)}"><!ENTITY c "${'&b;'.repeat(10)}"><!ENTITY x SYSTEM "file:///etc/passwd">]>`;
    const reading = await read(
      one({
        'xl/worksheets/sheet1.xml': `${laughs}${sheetOf('<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>[&c;&x;&amp;]</t></is></c></row></sheetData>')}`,
      }),
    );
    const text = cellsOf(reading).get('A!A1') ?? '';
    expect(text).not.toContain('ha');
    expect(text).not.toContain('root:');
    expect(text).toContain('&]');
  });

  it('with names and places that no program writes are read all the same', async () => {
    const reading = await read(
      one({
        'xl/worksheets/sheet1.xml': sheetOf(
          '<sheetData><row r="-5"><c r="ZZZZ1"><v>1</v></c><c r="A99999999999"><v>2</v></c><c r="__proto__"><v>3</v></c></row><row r="1e9"><c r="A1" s="999999999" t="s"><v>77</v></c><c r="B1" t="nonsense"><v>4</v></c></row></sheetData>',
        ),
      }),
    );
    expect([...cellsOf(reading).values()]).toEqual(['1', '2', '3', '4']);
    expect(reading.gaps).toEqual([{ why: 'unread-parts', size: 1, sample: 'A' }]);
    for (const name of ['__proto__', 'constructor', '¶1 [x] y', 'a\nb', ']]>', 'x'.repeat(5_000)]) {
      const named = await read(
        makeWorkbook({ sheets: [{ name, rows: [{ number: 1, cells: [value('A1', 1)] }] }] }),
      );
      expect(named.segments).toHaveLength(2);
      expect(named.text.split('\n')).toHaveLength(3);
    }
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  it('with parts that are missing or cut off keep what is there, and say so', async () => {
    const parts = workbookParts({
      strings: ['<t>text</t>'],
      sheets: [
        { name: 'A', rows: [{ number: 1, cells: [shared('A1', 0), value('B1', 5)] }] },
        { name: 'B', rows: [{ number: 1, cells: [value('A1', 6)] }] },
        {
          name: 'C',
          rows: [
            { number: 1, cells: [value('A1', 7)] },
            { number: 2, cells: [value('A2', 8)] },
          ],
        },
      ],
    });
    delete parts['xl/sharedStrings.xml'];
    delete parts['xl/worksheets/sheet2.xml'];
    parts['xl/worksheets/sheet3.xml'] = parts['xl/worksheets/sheet3.xml']?.slice(0, -60) ?? '';
    const reading = await read(packed(parts));
    expect(Object.fromEntries(cellsOf(reading))).toMatchObject({ 'A!B1': '5', 'C!A1': '7' });
    expect(reading.gaps).toEqual([{ why: 'unread-parts', size: 3, sample: 'A; B; C' }]);
  });

  it('whose elements are nested a hundred thousand deep do not overflow anything', async () => {
    const deep = `${'<r>'.repeat(100_000)}<t>x</t>${'</r>'.repeat(100_000)}`;
    const reading = await read(
      one({
        'xl/worksheets/sheet1.xml': sheetOf(
          `<sheetData><row r="1"><c r="A1"><v>1</v>${deep}</c><c r="B1" t="inlineStr"><is>${deep}</is></c></row></sheetData>`,
        ),
      }),
    );
    expect(Object.fromEntries(cellsOf(reading))).toEqual({ 'A!A1': '1', 'A!B1': 'x' });
  });

  it('of endless formats, slashes and hidden columns cost no more than their size', async () => {
    const slashes = '\\'.repeat(100_000);
    const before = cpuTime();
    const reading = await read(
      makeWorkbook({
        sheets: [
          {
            name: 'A',
            hiddenColumns: Array.from({ length: 5_000 }, (_, index) => [index * 2 + 20, index * 2 + 20]),
            rows: [
              { number: 1, cells: [inline('A1', `${slashes}<br>`), inline('B1', `${slashes}\n${slashes}`)] },
              ...Array.from({ length: 2_000 }, (_, row) => ({
                number: row + 2,
                cells: [value(`A${row + 2}`, row, `0${'"x"'.repeat(100_000)}`), value(`T${row + 2}`, 1)],
              })),
            ],
          },
        ],
      }),
    );
    expect(cpuTime() - before).toBeLessThan(2_500);
    const cells = cellsOf(reading);
    expect(cells.get('A!A1')).toBe(`${slashes}<br>`);
    expect(cells.get('A!B1')).toBe(`${slashes}\n${slashes}`);
    expect(cells.get('A!A9')).toBe('7');
  });

  it('are read in time that grows with their size', async () => {
    const time = async (rows: number) => {
      const bytes = makeWorkbook({
        sheets: [
          {
            name: 'A',
            rows: Array.from({ length: rows }, (_, row) => ({
              number: row + 1,
              cells: Array.from({ length: 10 }, (_, column) =>
                value(utils.encode_cell({ r: row, c: column }), row * 1.37, 4),
              ),
            })),
          },
        ],
      });
      const before = cpuTime();
      await read(bytes);
      return cpuTime() - before;
    };
    await time(500);
    const small = await time(1_500);
    expect(await time(6_000)).toBeLessThan(6 * small + 300);
  });

  it.each(['biff8', 'xlsb', 'xlsx', 'xlml', 'fods'] as const)(
    'that are damaged anywhere end with a sentence: %s',
    async (bookType) => {
      const workbook = utils.book_new();
      utils.book_append_sheet(
        workbook,
        utils.aoa_to_sheet([
          ['a', 1],
          ['b', 2],
          ['text', 3.5],
        ]),
        'One',
      );
      const whole = new Uint8Array(write(workbook, { type: 'array', bookType }));
      const random = new Random(7);
      const before = cpuTime();
      for (let run = 0; run < 60; run++) {
        let bytes = whole.slice();
        if (run % 3 === 0) bytes = bytes.slice(0, random.below(bytes.length));
        else
          for (let change = random.below(12); change >= 0; change--)
            bytes[random.below(bytes.length)] = random.below(256);
        try {
          await read(bytes, `x.${bookType}`);
        } catch (error) {
          expect(error).toBeInstanceOf(AppError);
          expect((error as AppError).code).toMatch(/^file-/);
        }
      }
      expect(cpuTime() - before).toBeLessThan(8_000);
    },
  );
});

import { CFB, utils, type WorkBook, write } from '@e965/xlsx';
import { describe, expect, it } from 'vitest';
import { readWorkbook } from '../../utils/files/workbook';
import type { FileChoices } from '../../utils/source';
import { encodeAs } from '../fixtures/encodings';
import { compoundFile } from '../fixtures/files/compound';
import { makeFlatSheet, makeOpenSheet, openCell } from '../fixtures/open-sheets';
import { cellsOf } from '../fixtures/sheet-cells';

const read = (bytes: Uint8Array, name: string, choices?: FileChoices) =>
  readWorkbook(Uint8Array.from(bytes), { name, choices });

describe('OpenDocument', () => {
  const tables = `<table:table table:name="Kosten" table:style-name="ta1">
    <table:table-column table:number-columns-repeated="2"/><table:table-column table:visibility="collapse"/><table:table-column table:number-columns-repeated="16381"/>
    <table:table-row>${openCell('Miete', 'office:value-type="string"')}${openCell('1.200,50 €', 'office:value-type="currency" office:value="1200.5"')}${openCell('secret', 'office:value-type="string"')}${openCell('19 %', 'office:value-type="percentage" office:value="0.19"')}${openCell('31.01.26', 'office:value-type="date" office:date-value="2026-01-31"')}${openCell('WAHR', 'office:value-type="boolean" office:boolean-value="true"')}</table:table-row>
    <table:table-row table:visibility="filter">${openCell('filtered')}</table:table-row>
    <table:table-row table:number-rows-repeated="2">${openCell('again', 'table:number-columns-repeated="2"')}</table:table-row>
    <table:table-row>${openCell('wide', 'table:number-columns-spanned="2" table:number-rows-spanned="2"')}<table:covered-table-cell/><table:table-cell/>${openCell('12', 'table:formula="of:=SUM([.B1:.B2];[$Other.A1])" office:value-type="float" office:value="12"')}</table:table-row>
    <table:table-row table:number-rows-repeated="3"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>
    <table:table-row><table:table-cell office:value-type="string"><office:annotation><dc:creator>Ann</dc:creator><dc:date>2026-01-01</dc:date><text:p>first</text:p><text:p>second</text:p></office:annotation><text:p>a<text:s text:c="2"/>b<text:tab/>c<text:line-break/>d</text:p><text:p>e <text:a xlink:href="https://a.example/x">f</text:a></text:p></table:table-cell></table:table-row>
    <table:table-row table:number-rows-repeated="1048566"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>
  </table:table>
  <table:table table:name="Other" table:style-name="ta2"><table:table-row>${openCell('hidden')}</table:table-row></table:table>`;
  const styles =
    '<style:style style:name="ta1"><style:table-properties table:display="true"/></style:style><style:style style:name="ta2"><style:table-properties table:display="false"/></style:style>';

  it.each([
    ['book.ods', makeOpenSheet(tables, { styles })],
    ['book.fods', makeFlatSheet(tables, styles)],
  ])('is read as its cells show it: %s', async (name, bytes) => {
    const reading = await read(bytes, name);
    expect(Object.fromEntries(cellsOf(reading))).toEqual({
      'Kosten!A1': 'Miete',
      'Kosten!B1': '1.200,50 €',
      'Kosten!D1': '19 %',
      'Kosten!E1': '2026-01-31',
      'Kosten!F1': 'TRUE',
      'Kosten!A3': 'again',
      'Kosten!B3': 'again',
      'Kosten!A4': 'again',
      'Kosten!B4': 'again',
      'Kosten!A5': 'wide',
      'Kosten!D5': '12',
      'Kosten!A9': '[a  b\tc\nd\ne f](https://a.example/x)',
    });
    expect(reading.text).toContain('A5:B6: wide');
    expect(reading.text).toContain('Comments:\nA9\tAnn: first<br>second');
    expect(reading.gaps).toEqual([
      { why: 'hidden-sheets', size: 1, sample: 'Other' },
      { why: 'hidden-rows', size: 2, sample: 'Kosten!2:2, Kosten!C:C' },
    ]);
    const all = await read(bytes, name, { hiddenSheets: true, formulas: true });
    expect([...cellsOf(all).values()]).toEqual(expect.arrayContaining(['secret', 'filtered', 'hidden']));
    expect(all.text).toContain('D5\t=SUM(B1:B2;Other!A1)');
  });

  it('is refused when it has a password', async () => {
    const locked = makeOpenSheet('', {
      parts: { 'META-INF/manifest.xml': '<manifest><file-entry><encryption-data/></file-entry></manifest>' },
    });
    await expect(read(locked, 'book.ods')).rejects.toMatchObject({ code: 'file-locked' });
  });
});

describe('old and binary workbooks', () => {
  const book = (): WorkBook => {
    const sheet = utils.aoa_to_sheet([
      ['Item', '金额', 'When', 'Share'],
      ['Rent', 1200.5, 45_000, 0.19],
      ['two\nlines', -3, 45_000.5, 1],
      [true, undefined, 'B:x'],
    ]);
    sheet.B2 = { t: 'n', v: 1200.5, z: '#,##0.00', f: 'A9*2' };
    sheet.B3 = { t: 'n', v: -3, z: '0;(0)' };
    sheet.C2 = { t: 'n', v: 45_000, z: 'dd/mm/yyyy' };
    sheet.C3 = { t: 'n', v: 45_000.5, z: 'yyyy-mm-dd hh:mm' };
    sheet.D2 = { t: 'n', v: 0.19, z: '0%' };
    sheet.D4 = { t: 'e', v: 23 };
    sheet['!merges'] = [utils.decode_range('A1:A1'), utils.decode_range('C4:C5')];
    const workbook = utils.book_new();
    utils.book_append_sheet(workbook, sheet, 'Costs');
    utils.book_append_sheet(workbook, utils.aoa_to_sheet([['hidden']]), 'Secret');
    utils.book_set_sheet_visibility(workbook, 'Secret', 1);
    return workbook;
  };
  const expected = {
    'Costs!A1': 'Item',
    'Costs!B1': '金额',
    'Costs!C1': 'When',
    'Costs!D1': 'Share',
    'Costs!A2': 'Rent',
    'Costs!B2': '1,200.50',
    'Costs!C2': '2023-03-15',
    'Costs!D2': '19%',
    'Costs!A3': 'two\nlines',
    'Costs!B3': '(3)',
    'Costs!C3': '2023-03-15 12:00',
    'Costs!D3': '1',
    'Costs!A4': 'TRUE',
    'Costs!C4': 'B:x',
    'Costs!D4': '#REF!',
  };

  it.each(['biff8', 'xlsb', 'xlml', 'xlsx'] as const)('are read like new ones: %s', async (bookType) => {
    const bytes = new Uint8Array(write(book(), { type: 'array', bookType, compression: true }));
    const reading = await read(bytes, `book.${bookType}`);
    expect(Object.fromEntries(cellsOf(reading))).toEqual(expected);
    expect(reading.gaps).toEqual([{ why: 'hidden-sheets', size: 1, sample: 'Secret' }]);
    expect(reading.text).toContain('C4:C5: B:x');
    // The library does not write formulas into the others.
    if (bookType === 'xlsx' || bookType === 'xlml')
      expect((await read(bytes, 'x', { formulas: true })).text).toContain('B2\t=A9*2');
  });

  it('are refused when they have a password', async () => {
    for (const names of [['EncryptionInfo', 'EncryptedPackage']])
      await expect(read(compoundFile(names), 'book.xlsx')).rejects.toMatchObject({ code: 'file-locked' });
    const container = CFB.read(new Uint8Array(write(book(), { type: 'array', bookType: 'biff8' })), {
      type: 'array',
    });
    const stream = CFB.find(container, 'Workbook').content as Uint8Array;
    // The record that says that all that follows is encrypted stands behind the first one.
    const start = 4 + (stream[2] ?? 0) + 256 * (stream[3] ?? 0);
    const locked = [...stream.slice(0, start), 0x2f, 0, 6, 0, 0, 0, 1, 2, 3, 4, ...stream.slice(start)];
    CFB.utils.cfb_add(container, '/Workbook', Uint8Array.from(locked));
    const bytes = new Uint8Array(CFB.write(container, { type: 'array' }));
    await expect(read(bytes, 'old.xls')).rejects.toMatchObject({ code: 'file-locked' });
  });

  it('of before Excel 97 are read with the code page of their computer', async () => {
    const sheet = utils.aoa_to_sheet([
      ['Name', 'Ort'],
      ['Muller', 12],
    ]);
    const workbook = utils.book_new();
    utils.book_append_sheet(workbook, sheet, 'Blatt1');
    const bytes = new Uint8Array(write(workbook, { type: 'array', bookType: 'biff5' }));
    const at = bytes.findIndex((_, index) =>
      'Muller'.split('').every((letter, next) => bytes[index + next] === letter.charCodeAt(0)),
    );
    bytes.set(encodeAs('windows-1252', 'Müller'), at);
    expect(cellsOf(await read(bytes, 'old.xls')).get('Blatt1!A2')).toBe('Müller');
    // The library keeps what it was told; new files are read as before.
    for (const bookType of ['biff8', 'xlsb', 'xlml'] as const) {
      const next = new Uint8Array(write(book(), { type: 'array', bookType }));
      expect(Object.fromEntries(cellsOf(await read(next, 'new')))).toEqual(expected);
    }
  });

  it('are read as the table that they are when only their name says otherwise', async () => {
    const reading = await read(encodeAs('gb18030', '姓名\t金额\n王小明\t1200\n'), 'report.xls');
    expect(Object.fromEntries(cellsOf(reading))).toMatchObject({ A2: '王小明', B2: '1200' });
  });
});

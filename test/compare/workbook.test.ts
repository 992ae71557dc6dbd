import { inflateRawSync } from 'node:zlib';
import { JSDOM } from 'jsdom';
import { describe, expect, it } from 'vitest';
import { comparisonIn, writtenComparison } from '@/utils/chat/export/comparison-text';
import { comparisonWorkbook } from '@/utils/chat/export/comparison-workbook';
import { numericText } from '@/utils/chat/export/numeric-text';
import { workbook } from '@/utils/chat/export/workbook';
import { crc32 } from '@/utils/chat/export/zip';
import { numberPassages, type Source } from '@/utils/source';

/** Reads an archive by its central directory, as every program does. */
async function unzip(blob: Blob): Promise<Map<string, string>> {
  const bytes = Buffer.from(await blob.arrayBuffer());
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  const files = new Map<string, string>();
  let at = bytes.readUInt32LE(end + 16);
  for (let count = bytes.readUInt16LE(end + 10); count > 0; count--) {
    expect(bytes.readUInt32LE(at)).toBe(0x02014b50);
    const [crc, packed, size] = [16, 20, 24].map((place) => bytes.readUInt32LE(at + place));
    const nameLength = bytes.readUInt16LE(at + 28);
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength);
    const local = bytes.readUInt32LE(at + 42);
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const data = inflateRawSync(bytes.subarray(start, start + (packed ?? 0)));
    expect([data.length, crc32(data)]).toEqual([size, crc]);
    files.set(name, data.toString('utf8'));
    at += 46 + nameLength;
  }
  return files;
}

/** The parts of a workbook as XML, which has to be well formed. */
async function partsOf(blob: Blob) {
  const files = await unzip(blob);
  return new Map(
    [...files].map(([name, text]) => [
      name,
      new JSDOM(text, { contentType: 'application/xml' }).window.document,
    ]),
  );
}

const texts = (sheet: Document | undefined) =>
  [...(sheet?.querySelectorAll('row') ?? [])].map((row) =>
    [...row.querySelectorAll('c')].map((cell) => cell.querySelector('v, t')?.textContent ?? ''),
  );

const source = (title: string, url: string, lang: string, ...passages: string[]): Source => ({
  id: title,
  readAt: 0,
  kind: 'tab',
  title,
  url,
  lang,
  gaps: [],
  ...numberPassages(passages.map((text) => ({ text, kind: 'text' }))),
});
const sources = [
  source(
    'Kestrel <7> & "co"',
    'https://a.example/?a=1&b=2',
    'en',
    'It sells for €1,189.50.',
    'It weighs 172 g.',
  ),
  source('=HYPERLINK("https://evil.example")', 'https://b.example/', 'en', 'The Folio 2 costs €229.'),
];
const block = [
  '{"columns":[{"document":1,"name":"Kestrel"},{"document":2,"name":"=cmd|\'/c calc\'!A1"}]}',
  '{"row":"Price","cells":[{"text":"€1,189.50","quote":"sells for €1,189.50","paragraph":1},{"text":"€229","quote":"costs €229","paragraph":1}],"best":[2]}',
  '{"row":"=1+1","cells":[{"text":"=SUM(A1:A9)","paragraph":2},{"text":"€199","quote":"costs €199","paragraph":1}]}',
  '{"row":"Weight","cells":[{"text":"172 g","quote":"weighs 172 g","paragraph":2},null]}',
  'a line \u0000 _x0041_ \ud800 that is none',
].join('\n');
const written = writtenComparison(comparisonIn(block, sources), sources);

describe('a comparison as a spreadsheet', () => {
  it('has the table on one sheet and every quote on another', async () => {
    const parts = await partsOf(await comparisonWorkbook(written, 2));
    const names = [...(parts.get('xl/workbook.xml')?.querySelectorAll('sheet') ?? [])];
    expect(names.map((sheet) => sheet.getAttribute('name'))).toEqual(['Comparison', 'Quotes']);
    expect(texts(parts.get('xl/worksheets/sheet1.xml'))).toEqual([
      ['Attribute', '1 · Kestrel', "2 · =cmd|'/c calc'!A1"],
      ['Price', '1189.5', '229'],
      ['=1+1', '=SUM(A1:A9)', '€199 (not found in the source)'],
      ['Weight', '172', 'not stated'],
      ['a line \ufffd _x005F_x0041_ \ufffd that is none'],
    ]);
    expect(texts(parts.get('xl/worksheets/sheet2.xml')).slice(0, 3)).toEqual([
      ['Attribute', 'No.', 'Source', 'Value', 'Words of the source', 'Paragraph', 'Address'],
      [
        'Price',
        '1',
        'Kestrel <7> & "co"',
        '€1,189.50',
        'sells for €1,189.50',
        '¶1',
        'https://a.example/?a=1&b=2#:~:text=sells%20for%20%E2%82%AC1%2C189.50',
      ],
      [
        'Price',
        '2',
        '=HYPERLINK("https://evil.example")',
        '€229',
        'costs €229',
        '¶1',
        'https://b.example/#:~:text=costs%20%E2%82%AC229',
      ],
    ]);
    const targets = [
      ...(parts.get('xl/worksheets/_rels/sheet2.xml.rels')?.querySelectorAll('Relationship') ?? []),
    ];
    expect(targets.map((target) => target.getAttribute('Target'))[0]).toMatch(/^https:\/\/a\.example\//);
    expect(targets.every((target) => target.getAttribute('TargetMode') === 'External')).toBe(true);
  });

  it('has no formula, and numbers that look as they were written', async () => {
    const parts = await partsOf(await comparisonWorkbook(written, 2));
    for (const part of parts.values()) expect(part.querySelector('f')).toBeNull();
    const sheet = parts.get('xl/worksheets/sheet1.xml');
    const styles = parts.get('xl/styles.xml');
    const formatOf = (place: string) => {
      const style = sheet?.querySelector(`c[r="${place}"]`)?.getAttribute('s');
      const id = styles?.querySelectorAll('cellXfs > xf')[Number(style)]?.getAttribute('numFmtId');
      return styles?.querySelector(`numFmt[numFmtId="${id}"]`)?.getAttribute('formatCode');
    };
    expect([formatOf('B2'), formatOf('C2'), formatOf('B4')]).toEqual(['"€"#,##0.00', '"€"0', '0" g"']);
    expect(sheet?.querySelector('c[r="B2"]')?.getAttribute('t')).toBeNull();
    expect(sheet?.querySelector('c[r="B3"]')?.getAttribute('t')).toBe('inlineStr');
  });

  it('keeps texts that are longer than a cell may be, in the rows below', async () => {
    const long = 'a'.repeat(70_000);
    const sheet = { name: 'Long', widths: [10], rows: [[{ text: 'x' }, { text: long }], [{ text: 'y' }]] };
    const rows = texts((await partsOf(await workbook([sheet]))).get('xl/worksheets/sheet1.xml'));
    expect(rows).toHaveLength(4);
    expect(
      rows
        .slice(0, 3)
        .map((row) => row.at(-1))
        .join(''),
    ).toBe(long);
    expect(rows[3]).toEqual(['y']);
  });

  it('names sheets as programs take them', async () => {
    const sheets = ['a/b:c', 'A B C', '', 'x'.repeat(40)].map((name) => ({ name, widths: [1], rows: [] }));
    const book = (await partsOf(await workbook(sheets))).get('xl/workbook.xml');
    expect([...(book?.querySelectorAll('sheet') ?? [])].map((sheet) => sheet.getAttribute('name'))).toEqual([
      'a b c',
      'A B C 2',
      '3',
      'x'.repeat(28),
    ]);
  });
});

describe('a number in a cell', () => {
  it.each([
    ['189', 189, 'General'],
    ['€189', 189, '"€"0'],
    ['189 €', 189, '0" €"'],
    ['US$1,299.00', 1299, '"US$"#,##0.00'],
    ['-2.5 °C', -2.5, '0.0" °C"'],
    ['−5', -5, 'General'],
    ['35%', 0.35, '0%'],
    ['12.5 %', 0.125, '0.0 %'],
    ['172克', 172, '0"克"'],
    ['16GB', 16, '0"GB"'],
    ['0.5 kg', 0.5, '0.0" kg"'],
    ['3,5 kg', 3.5, '0.0" kg"'],
  ])('%s is one', (text, value, format) => {
    expect(numericText(text, 'en')).toEqual({ value, format });
  });

  it.each([
    '1.200',
    '007',
    '4K',
    '2nd',
    'IP67',
    '5-7 kg',
    '2024-03-05',
    '12:30',
    '3/4',
    '+49 30 1234',
    '12345678901234567',
    'six',
    '',
    '=1',
    '1e5',
    '5 "x"',
  ])('%s is text', (text) => expect(numericText(text, 'en')).toBeUndefined());

  it('is text where it could be another one', () => {
    expect(numericText('1,200', 'de')).toBeUndefined();
    expect(numericText('1,200', 'en-GB')?.value).toBe(1200);
  });
});

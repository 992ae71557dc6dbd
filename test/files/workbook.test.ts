import { describe, expect, it } from 'vitest';
import { AppError } from '../../utils/errors';
import { readWorkbook } from '../../utils/files/workbook';
import type { FileChoices } from '../../utils/source';
import { cellsOf } from '../fixtures/sheet-cells';
import {
  calculated,
  inline,
  makeWorkbook,
  type PlannedSheet,
  type PlannedWorkbook,
  shared,
  value,
} from '../fixtures/workbooks';

const read = (plan: PlannedWorkbook | PlannedSheet, choices?: FileChoices) =>
  readWorkbook(makeWorkbook('sheets' in plan ? plan : { sheets: [plan] }), { name: 'book.xlsx', choices });

describe('readWorkbook', () => {
  it('gives every cell its coordinate and the value that its sheet shows', async () => {
    const reading = await read({
      strings: [
        '<t>plain &amp; simple</t>',
        '<r><rPr><b/></rPr><t>rich </t></r><r><t xml:space="preserve">text</t></r><rPh sb="0" eb="1"><t>reading</t></rPh><phoneticPr fontId="1"/>',
        '<t>two_x000D_\nlines</t>',
        '<t xml:space="preserve"> spaces </t>',
        '<t/>',
      ],
      sheets: [
        {
          name: 'Costs',
          rows: [
            {
              number: 1,
              cells: [shared('A1', 0), shared('B1', 1), shared('C1', 2), shared('D1', 3), shared('E1', 4)],
            },
            {
              number: 3,
              cells: [
                value('A3', 1234.5, 4),
                value('B3', 0.19, 9),
                value('C3', 45_000, 14),
                value('D3', 45_000.5, 'yyyy/mm/dd hh:mm'),
                value('E3', 1.5, 46),
                value('F3', 1234.5, '[$€-407] #,##0.00'),
              ],
            },
            {
              number: 1_048_576,
              cells: [
                { at: 'A1048576', type: 'b', inner: '<v>1</v>' },
                { at: 'C1048576', type: 'e', inner: '<v>#REF!</v>' },
                { at: 'D1048576', type: 'd', inner: '<v>2026-01-31T00:00:00</v>' },
                inline('XFD1048576', 'last | cell\twith B:tab'),
              ],
            },
          ],
        },
        { name: "Q3 '26", rows: [{ number: 2, cells: [value('B2', 7), inline('C2', '¶1 no mark')] }] },
        { name: 'Nothing' },
      ],
    });
    expect(Object.fromEntries(cellsOf(reading))).toEqual({
      'Costs!A1': 'plain & simple',
      'Costs!B1': 'rich text',
      'Costs!C1': 'two\nlines',
      'Costs!D1': ' spaces ',
      'Costs!A3': '1,234.50',
      'Costs!B3': '19%',
      'Costs!C3': '2023-03-15',
      'Costs!D3': '2023-03-15 12:00',
      'Costs!E3': '36:00:00',
      'Costs!F3': '€ 1,234.50',
      'Costs!A1048576': 'TRUE',
      'Costs!C1048576': '#REF!',
      'Costs!D1048576': '2026-01-31',
      'Costs!XFD1048576': 'last | cell\twith B:tab',
      "Q3 '26!B2": '7',
      "Q3 '26!C2": '¶1 no mark',
    });
    expect(reading.text).toMatchSnapshot();
    expect(reading.file).toEqual({ units: { sheets: 3, rows: 4, cells: 16 }, notes: [] });
    expect(reading.gaps).toEqual([]);
    expect(reading.title).toBe('book.xlsx');
  });

  it('reads strict packages, prefixes, and dates since 1904', async () => {
    for (const variant of [{ isStrict: true }, { prefix: 'x' }, { prefix: 'ss', isStrict: true }]) {
      const reading = await read({
        ...variant,
        is1904: true,
        sheets: [
          {
            name: 'A',
            rows: [{ number: 1, cells: [value('A1', 43_538, 14), inline('B1', 'ok')] }],
            merged: ['B1:C1'],
          },
        ],
      });
      expect([...cellsOf(reading).values()]).toEqual(['2023-03-15', 'ok']);
      expect(reading.text).toContain('B1:C1: ok');
    }
  });

  it('says merged cells once, with their range', async () => {
    const reading = await read({
      name: 'M',
      merged: ['A1:C1', 'A2:A4', 'B9:B9'],
      rows: [
        { number: 1, cells: [inline('A1', 'Title'), inline('D1', 'side')] },
        { number: 2, cells: [inline('A2', 'Group'), inline('B2', 'b'), inline('C2', 'c')] },
      ],
    });
    expect(reading.text).toBe(
      '¶1 [M] ## M\n\n¶2 [M!A1:D2] \tA\tB\tC\tD\n1\tA1:C1: Title\tD:side\n2\tA2:A4: Group\tb\tc',
    );
  });

  it('keeps formulas aside, and lists them below their sheet when asked', async () => {
    const plan: PlannedSheet = {
      name: 'F',
      rows: [
        {
          number: 1,
          cells: [
            value('A1', 2),
            value('B1', 3),
            calculated('C1', 'A1*B1', 6),
            calculated('D1', 'SUM(A1:B1)&" EUR A1"', '5 EUR A1', 'str'),
          ],
        },
        { number: 2, cells: [value('A2', 4), value('B2', 5), calculated('C2', 'A2*B2', 20)] },
        { number: 3, cells: [value('A3', 6), value('B3', 7), calculated('C3', 'A3*B3', 42)] },
        {
          number: 4,
          cells: [
            { at: 'A4', inner: '<f t="shared" ref="A4:B5" si="0">SUM(A1:A3)</f><v>12</v>' },
            { at: 'B4', inner: '<f t="shared" si="0"/><v>15</v>' },
          ],
        },
        {
          number: 5,
          cells: [
            { at: 'A5', inner: '<f t="shared" si="0"/><v>22</v>' },
            { at: 'B5', inner: '<f t="shared" si="0"/><v>27</v>' },
            { at: 'C5', inner: '<f t="array" ref="C5:C6">A1:A2*2</f><v>4</v>' },
            calculated('D5', 'NOW()'),
            calculated('E5', 'IF(A1=2,"","x")', '', 'str'),
          ],
        },
      ],
    };
    const reading = await read(plan);
    expect(reading.file.notes).toEqual([
      { what: 'formulas-as-values', size: 10 },
      { what: 'formulas-uncalculated', size: 1 },
    ]);
    expect(cellsOf(reading).get('F!C2')).toBe('20');
    expect(cellsOf(reading).get('F!D5')).toBe('=NOW()');
    expect(cellsOf(reading).has('F!E5')).toBe(false);
    const listed = await read(
      {
        sheets: [{ ...plan, table: { name: 'Sales', range: 'A1:D3' } }],
        names: { Rate: 'F!$A$1', '_xlnm.Print_Area': 'F!$A$1' },
      },
      { formulas: true },
    );
    expect(listed.file.notes[0]).toEqual({ what: 'formulas-listed', size: 10 });
    expect(listed.text).toContain(
      [
        'Formulas (a range has that of its first cell, filled on):',
        'C1:C3\t=A1*B1',
        'D1\t=SUM(A1:B1)&" EUR A1"',
        'A4:B5\t=SUM(A1:A3)',
        'C5\t{=A1:A2*2} in C5:C6',
        'D5\t=NOW()',
        'E5\t=IF(A1=2,"","x")',
      ].join('\n'),
    );
    expect(listed.text).toContain('Names:\nRate = F!$A$1\nSales = F!A1:D3');
    expect(cellsOf(listed)).toEqual(cellsOf(reading));
  });

  const hiding: PlannedWorkbook = {
    sheets: [
      {
        name: 'Open',
        hiddenColumns: [[2, 3]],
        rows: [
          { number: 1, cells: [inline('A1', 'shown'), inline('B1', 'secret column')] },
          { number: 2, isHidden: true, cells: [inline('A2', 'secret row')] },
          { number: 3, isHidden: true, cells: [inline('A3', 'secret row too')] },
          { number: 4, isHidden: true, cells: [] },
        ],
      },
      { name: 'Secret', state: 'hidden', rows: [{ number: 1, cells: [inline('A1', 'hidden')] }] },
      { name: 'Deep', state: 'veryHidden', rows: [{ number: 1, cells: [inline('A1', 'very hidden')] }] },
    ],
  };

  it('leaves out what a workbook hides, and says what it is', async () => {
    const reading = await read(hiding);
    expect([...cellsOf(reading).values()]).toEqual(['shown']);
    expect(reading.gaps).toEqual([
      { why: 'hidden-sheets', size: 2, sample: 'Secret, Deep' },
      { why: 'hidden-rows', size: 3, sample: 'Open!2:3, Open!B:B' },
    ]);
    expect(reading.text).toContain('## Open (hidden and left out: rows 2–3, column B)');
    expect(reading.file.units.sheets).toBe(1);
  });

  it('reads what a workbook hides when asked', async () => {
    const reading = await read(hiding, { hiddenSheets: true });
    expect(reading.gaps).toEqual([]);
    expect(reading.file.notes).toEqual([{ what: 'hidden-sheets-included', size: 2, sample: 'Secret, Deep' }]);
    expect([...cellsOf(reading).keys()]).toEqual([
      'Open!A1',
      'Open!B1',
      'Open!A2',
      'Open!A3',
      'Secret!A1',
      'Deep!A1',
    ]);
  });

  it('reads comments, text boxes and links; says charts, pictures and macros', async () => {
    const reading = await read({
      hasMacros: true,
      sheets: [
        {
          name: 'S',
          rows: [
            {
              number: 1,
              cells: [inline('A1', 'Contract'), inline('B1', 'https://a.example/'), inline('C1', 'x')],
            },
          ],
          links: {
            A1: 'https://a.example/contract (1).pdf',
            B1: 'https://a.example',
            C1: 'javascript:alert(1)',
          },
          notes: [
            { at: 'B2', author: 'Ann', text: 'Ann:\nsee page 3' },
            { at: 'C3', author: 'Bo', text: 'check' },
            { at: 'A1', author: 'tc={1}', text: '[Threaded comment] Your version of Excel…' },
          ],
          threads: [
            { at: 'A1', person: 'Cy', text: 'Is this final?' },
            { at: 'A1', person: 'Di', text: 'Yes.' },
          ],
          boxes: [{ column: 4, row: 7, text: 'Read me\nfirst' }],
          charts: 2,
          pictures: 1,
        },
        { name: 'Chart1', isChart: true },
      ],
    });
    expect(reading.text).toMatchSnapshot();
    expect(reading.file.notes).toEqual([{ what: 'comments', size: 4 }]);
    expect(reading.gaps).toEqual([
      { why: 'charts', size: 3, sample: 'S; Chart1' },
      { why: 'pictures', size: 1, sample: 'S' },
      { why: 'macros', size: 1 },
    ]);
  });

  it('reads rows and cells that do not say where they are, and those out of order', async () => {
    const reading = await read({
      name: 'A',
      rows: [
        { number: 2, cells: [inline('C2', 'c'), inline('A2', 'a')] },
        {
          number: 3,
          cells: [
            { at: '', inner: '<v>1</v>' },
            { at: '', inner: '<v>2</v>' },
          ],
        },
      ],
    });
    expect(Object.fromEntries(cellsOf(reading))).toEqual({
      'A!A2': 'a',
      'A!C2': 'c',
      'A!A3': '1',
      'A!B3': '2',
    });
  });

  it('makes wide and sparse sheets readable: a letter after every gap and at every fifth column', async () => {
    const letters = Array.from({ length: 12 }, (_, index) => String.fromCharCode(65 + index));
    const reading = await read({
      name: 'W',
      rows: [
        { number: 1, cells: letters.map((letter) => inline(`${letter}1`, letter.toLowerCase())) },
        { number: 2, cells: [inline('B2', 'x'), inline('C2', 'y'), inline('L2', 'z')] },
      ],
    });
    expect(reading.text.split('] ').at(-1)).toBe(
      '1\tA:a\tb\tc\td\te\tF:f\tg\th\ti\tj\tK:k\tl\n2\tB:x\ty\tL:z',
    );
  });

  it('refuses what is broken, locked, empty or a bomb, each with its own sentence', async () => {
    const bytes = makeWorkbook({ sheets: [{ name: 'A', rows: [{ number: 1, cells: [value('A1', 1)] }] }] });
    const reading = (file: Uint8Array<ArrayBuffer>) => readWorkbook(file, { name: 'a.xlsx' });
    await expect(reading(bytes.slice(0, -40))).rejects.toMatchObject({ code: 'file-broken' });
    await expect(reading(new Uint8Array())).rejects.toMatchObject({ code: 'file-empty' });
    await expect(read({ name: 'A' })).rejects.toEqual(new AppError('file-nothing', { name: 'book.xlsx' }));
  });
});

import { describe, expect, it } from 'vitest';
import { readTable, writeTable } from '@/utils/translate/delimited';
import { glossaryCsv, glossaryJson } from '@/utils/translate/glossary-export';
import { readGlossaryFile } from '@/utils/translate/glossary-files';
import type { Term } from '@/utils/translate/types';
import fc from '../fixtures/property';

const usual = { scope: 'site', place: 'harbour.example', lang: 'zh-Hans' } as const;
const read = (content: BlobPart, here: Term[] = []) =>
  readGlossaryFile(new Blob([content]), here, usual, { newId: () => 'new', now: () => 5 });
const aTerm = (details: Partial<Term> = {}): Term => ({
  id: 'one',
  source: 'chair',
  target: '主席',
  match: { caseSensitive: false, wholeWord: true },
  ...usual,
  isLocked: true,
  origin: 'user',
  createdAt: 1,
  changedAt: 1,
  ...details,
});
it('takes a line for one page to be for the page that it is brought in beside', async () => {
  const file = new Blob(['source,target,scope\nlamp,灯,page\nstorm,暴风雨,site']);
  const beside = await readGlossaryFile(file, [], { ...usual, page: 'https://harbour.example/minutes' });
  expect(beside.added).toMatchObject([
    { scope: 'page', place: 'https://harbour.example/minutes' },
    { scope: 'site', place: 'harbour.example' },
  ]);
  expect((await readGlossaryFile(file, [], usual)).refused).toMatchObject([{ reason: 'place' }]);
});

const pairs = (terms: readonly Term[]) => terms.map(({ source, target }) => `${source}=${target}`);

describe('a table', () => {
  it('comes back as it was, whatever is in its cells, and no cell is a formula', () => {
    const cell = fc
      .string({
        unit: fc.constantFrom('a', '"', ',', ';', "'", '=', '+', '-', '@', ' ', '\n', '主', '，'),
        maxLength: 8,
      })
      .map((text) => text.trim());
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 5 }), (rows) => {
        const head = ['source', 'target'];
        const file = writeTable([head, ...rows]);
        expect(readTable(file).map(({ cells }) => cells)).toEqual([
          head,
          ...rows.filter((row) => row.some(Boolean)),
        ]);
        for (const words of rows.flat())
          expect(
            writeTable([[words]])
              .slice(1)
              .replace(/^"/, ''),
          ).not.toMatch(/^[=+\-@]/);
      }),
    );
  });

  it('is one of commas, semicolons or tabs, and says the line of each row', () => {
    for (const sign of [',', ';', '\t'])
      expect(readTable(`a${sign}"b${sign}\nc"\r\n\r\nd${sign}e`)).toEqual([
        { line: 1, cells: ['a', `b${sign}\nc`] },
        { line: 4, cells: ['d', 'e'] },
      ]);
  });
});

describe('a glossary as a file', () => {
  const terms = [
    aTerm({ note: 'the person, "not" the thing' }),
    aTerm({ id: 'two', source: '=SUM(A1)', target: '+1', match: { caseSensitive: true, wholeWord: false } }),
    aTerm({
      id: 'three',
      source: 'Basin Order',
      target: '',
      scope: 'everywhere',
      place: '',
      isLocked: false,
    }),
    aTerm({
      id: 'four',
      source: 'quay',
      target: 'Kai',
      scope: 'page',
      place: 'https://harbour.example/a?b=1',
      lang: 'de',
    }),
  ];
  it.each([
    ['CSV', glossaryCsv],
    ['JSON', glossaryJson],
  ])('%s comes back to the last field', async (_, write) => {
    const file = write(terms);
    const { added, changed, refused } = await readGlossaryFile(file, [], usual);
    expect([changed, refused]).toEqual([[], []]);
    const said = ({ id: _id, origin: _origin, createdAt: _made, changedAt: _changed, ...term }: Term) => term;
    expect(added.map(said)).toEqual(terms.map(said));
    expect(await readGlossaryFile(file, terms, usual)).toMatchObject({ added: [], changed: [], same: 4 });
  });

  it('is read from what spreadsheets of China and older ones write', async () => {
    const gbk = Uint8Array.from([
      0xd4, 0xad, 0xce, 0xc4, 0x2c, 0xd2, 0xeb, 0xce, 0xc4, 0x0d, 0x0a, 0x63, 0x2c, 0xd6, 0xf7, 0xcf, 0xaf,
    ]);
    expect(pairs((await read(gbk)).added)).toEqual(['c=主席']);
    const words = '原文\t译文\r\nchair\t主席\r\n';
    const utf16 = new Uint8Array([
      0xff,
      0xfe,
      ...new Uint8Array(Uint16Array.from(words, (letter) => letter.charCodeAt(0)).buffer),
    ]);
    expect(pairs((await read(utf16)).added)).toEqual(['chair=主席']);
    expect(pairs((await read('chair,主席\nmotion,动议')).added)).toEqual(['chair=主席', 'motion=动议']);
  });

  it('says what is new, what becomes another, and which lines are refused and why; it changes nothing', async () => {
    const here = [aTerm(), aTerm({ id: 'two', source: 'motion', target: '运动' })];
    const before = structuredClone(here);
    const preview = await read(
      [
        'Term;Translation;Scope;Site;Lang;Locked;Case',
        'chair;主席;site;harbour.example;zh-CN;yes;',
        'motion;动议;site;www.harbour.example;;;',
        'quorum;法定人数;;;;;',
        ';无;;;;;',
        `${'x'.repeat(301)};长;;;;;`,
        'a;b;nowhere;;;;',
        'a;b;site;not a site;;;',
        'a;b;page;;;;',
        'a;b;;;klingonish;;',
        'a;b;;;;perhaps;',
        'quorum;定额;;;;;',
      ].join('\n'),
      here,
    );
    expect(here).toEqual(before);
    expect(pairs(preview.added)).toEqual(['quorum=法定人数']);
    expect(preview.added[0]).toMatchObject({ ...usual, origin: 'file', isLocked: true });
    expect(preview.changed.map(({ before: from, after }) => [from.target, after.target, after.id])).toEqual([
      ['运动', '动议', 'two'],
    ]);
    expect(preview.same).toBe(1);
    expect(preview.refused.map(({ line, reason }) => [line, reason])).toEqual([
      [5, 'source'],
      [6, 'long'],
      [7, 'scope'],
      [8, 'place'],
      [9, 'place'],
      [10, 'lang'],
      [11, 'locked'],
      [12, 'twice'],
    ]);
  });

  it.each(['', '{"terms": 7}', '{"ter', 'one column\nonly'])('%j is none', async (content) => {
    await expect(read(content)).rejects.toMatchObject({ code: 'glossary-unreadable' });
  });

  it('is bounded', async () => {
    await expect(read(`a,b\n${'x,y\n'.repeat(50_001)}`)).rejects.toMatchObject({
      code: 'glossary-unreadable',
    });
  });
});

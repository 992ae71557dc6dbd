import { describe, expect, it } from 'vitest';
import { readPdf } from '@/utils/files/pdf';
import { passageText, type Reading } from '@/utils/source';
import { type PdfFile, type PdfPage, type PdfText, writePdf } from '../fixtures/pdf.ts';
import { loadData } from '../fixtures/pdf-data.ts';
import { chinesePdf, paragraph, sentence, twoColumnPdf } from '../fixtures/pdf-documents.ts';

const read = (bytes: Uint8Array): Promise<Reading> => readPdf(bytes, { name: 'file.pdf', loadData });
const readPages = (pages: PdfPage[], options: Partial<PdfFile> = {}) => read(writePdf({ ...options, pages }));
const readTexts = (texts: PdfText[]) => readPages([{ texts }]);

/** The passages as `kind: text`. */
const passages = (reading: Reading) =>
  reading.segments.map(({ number, kind }) => `${kind}: ${passageText(reading, number)}`);

const body = (y: number, from = 1) =>
  paragraph([1, 2, 3, 4].map((step) => sentence(from + step)).join(' '), { x: 72, y, width: 460 });

describe('the order of reading', () => {
  it('goes down one column and then the next, with what runs across both in its place', async () => {
    const { bytes, sentences } = twoColumnPdf(4);
    const reading = await read(bytes);
    const text = reading.text.replace(/\s+/g, ' ');
    const places = sentences.flat().map((one) => text.indexOf(one));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places).not.toContain(-1);
    expect(reading.segments.filter(({ kind }) => kind === 'heading').map(({ page }) => page)).toEqual([
      1, 2, 3, 4,
    ]);
  });

  it('reads columns above and below a heading in the middle of the page separately', async () => {
    const column = (x: number, y: number, from: number) =>
      paragraph([1, 2, 3, 4, 5].map((step) => sentence(from + step)).join(' '), { x, y, width: 220 });
    const texts = [
      ...column(72, 700, 0),
      ...column(320, 700, 10),
      { x: 72, y: 400, text: 'What came after the flood', size: 14, font: 'bold' as const },
      ...column(72, 370, 20),
      ...column(320, 370, 30),
    ];
    const { text } = await readTexts(texts);
    const order = [1, 11, 21, 31].map((number) => text.replace(/\s+/g, ' ').indexOf(sentence(number)));
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(order[0]).toBeGreaterThan(0);
    const heading =
      text.indexOf('## What came after the flood') + text.indexOf('# What came after the flood');
    expect(heading).toBeGreaterThan(0);
    expect(text.indexOf('What came after')).toBeLessThan(order[2] ?? 0);
    expect(text.indexOf('What came after')).toBeGreaterThan(order[1] ?? 0);
  });

  it('does not depend on the order in which the file draws', async () => {
    const texts = body(700);
    expect((await readTexts([...texts].reverse())).text).toBe((await readTexts(texts)).text);
  });

  it('reads a page that is turned, and writing along its edge', async () => {
    const turned = body(700).map((one) => ({ ...one, x: 700 - one.y + 60, y: one.x, angle: 90 }));
    const { text } = await readPages([{ texts: turned, rotate: 90 }]);
    expect(text).toContain(sentence(2));
    const { text: both } = await readTexts([
      ...body(700),
      { x: 30, y: 300, text: 'Stamped on the edge', angle: 90 },
    ]);
    expect(both).toContain(sentence(2));
    expect(both).toContain('Stamped on the edge');
  });

  it('reads vertical Chinese from the right to the left', async () => {
    const lines = ['磨坊下游的水位下降', '委员会每天早晨测量', '面包师写了一封信。'];
    const texts = lines.map((text, index) => ({
      x: 500 - index * 20,
      y: 700,
      text,
      size: 12,
      font: 'vertical' as const,
    }));
    expect((await readTexts(texts)).text).toContain(lines.join(''));
  });

  it('reads Hebrew and Arabic in the order of the language', async () => {
    const visual = (text: string) => Array.from(text).reverse().join('');
    const { text } = await readTexts([
      { x: 100, y: 700, text: visual('המים ירדו בשנת '), font: 'wide' as const },
      { x: 100, y: 660, text: visual('القمح في الطاحونة'), font: 'wide' as const },
    ]);
    expect(text).toContain('המים ירדו בשנת');
    expect(text).toContain('القمح في الطاحونة');
  });

  it('needs the character map of a Chinese font that the file does not bring', async () => {
    const { bytes, sentences } = chinesePdf();
    const { text, lang } = await read(bytes.slice());
    expect(text).toContain(sentences.flat().join(''));
    expect(lang).toBe('zh');
    const withoutMaps = readPdf(bytes, { name: 'x', loadData: () => Promise.reject(new Error('no data')) });
    await expect(withoutMaps).rejects.toThrow('no data');
  });
});

describe('paragraphs', () => {
  it('are joined over line ends and divided at gaps and indents', async () => {
    const reading = await readTexts([...body(700), ...body(620, 10), ...body(540, 20)]);
    expect(passages(reading)).toEqual(
      [1, 10, 20].map((from) => `text: ${[1, 2, 3, 4].map((step) => sentence(from + step)).join(' ')}`),
    );
    const indented = [...body(700), ...body(700 - 12 * body(700).length, 10)];
    const first = indented[body(700).length];
    if (first) first.x += 15;
    expect((await readTexts(indented)).segments).toHaveLength(2);
  });

  it('go on over the end of a page, past the notes at its foot', async () => {
    const [first, second] = [`${sentence(1)} The water that`, `fell in the night came back. ${sentence(2)}`];
    const reading = await readPages([
      {
        texts: [
          ...body(700, 30),
          ...paragraph(first, { x: 72, y: 500, width: 460 }),
          { x: 72, y: 90, text: '1 See the annals of the lock.', size: 7 },
        ],
      },
      { texts: [...paragraph(second, { x: 72, y: 700, width: 460 }), ...body(600, 40)] },
    ]);
    expect(reading.text).toContain(`${first} ${second}`);
    expect(reading.text).toContain('1 See the annals of the lock.');
  });

  it.each([
    ['T', 'he keeper of the light writes down every ship', 'The keeper of the light'],
    ['A', 'long time ago a keeper of the light wrote down', 'A long time ago'],
    ['A', 'nnals are what the keeper of the light writes', 'Annals are what'],
    ['“W', 'hat ship is that? the keeper of the light asked', '“What ship is that?'],
  ])(
    'begin with the large letter that stands beside their first lines: %s%s',
    async (letter, first, expected) => {
      const beside = [
        first,
        'that passes the point at night, and the weather',
        'of each, in a book with blue lines that',
      ];
      const texts = [
        { x: 72, y: 700 - 24, text: letter, size: 44 },
        ...beside.map((text, index) => ({
          x: letter.length > 1 ? 134 : 104,
          y: 700 - index * 12,
          text,
          size: 10,
        })),
        { x: 72, y: 664, text: 'the council pays for, a long one. It is read once a year by', size: 10 },
        { x: 72, y: 652, text: 'a clerk who was never at sea.', size: 10 },
        ...body(600),
      ];
      const [paragraph = ''] = passages(await readTexts(texts));
      expect(paragraph).toMatch(/^text: /);
      expect(paragraph).toContain(`text: ${expected}`);
      expect(paragraph).toContain('blue lines that the council pays for');
      expect(paragraph).toContain('never at sea.');
    },
  );

  it('leave a large letter that no lines stand beside where it is', async () => {
    const texts = [{ x: 72, y: 720, text: 'K', size: 30 }, ...body(680)];
    expect(passages(await readTexts(texts))[0]).toBe('text: K');
  });

  it('lose the hyphen of a broken word only where the document shows that it is one', async () => {
    const { text } = await readTexts([
      { x: 72, y: 700, text: 'The commit-' },
      { x: 72, y: 688, text: 'tee met the well-' },
      { x: 72, y: 676, text: 'known miller, who is a self-' },
      { x: 72, y: 664, text: 'made man. The committee agreed that he is well-known.' },
    ]);
    expect(text).toContain('The committee met the well-known miller, who is a self-made man.');
  });
});

describe('structure', () => {
  it('takes headings from size and weight, with levels', async () => {
    const reading = await readTexts([
      { x: 72, y: 740, text: 'The Falling River', size: 20, font: 'bold' },
      { x: 72, y: 705, text: '1 What was seen', size: 14, font: 'bold' },
      ...body(680),
      { x: 72, y: 600, text: 'In the upper street', font: 'bold' },
      ...body(585, 10),
    ]);
    expect(passages(reading).filter((text) => text.startsWith('heading'))).toEqual([
      'heading: # The Falling River',
      'heading: ## 1 What was seen',
      'heading: ### In the upper street',
    ]);
    expect(reading.title).toBe('The Falling River');
  });

  it('takes chapters from the outline', async () => {
    const reading = await readPages(
      [{ texts: [{ x: 72, y: 700, text: 'Of the frost' }, ...body(660)] }, { texts: body(700, 10) }],
      {
        outline: [{ title: 'Of the frost', page: 1, children: [{ title: 'Nowhere in the text', page: 2 }] }],
      },
    );
    expect(passages(reading)[0]).toBe('heading: # Of the frost');
    expect(reading.text).not.toContain('Nowhere in the text');
  });

  it('keeps lists, with the depth of their marks', async () => {
    const reading = await readTexts([
      ...body(740),
      { x: 72, y: 660, text: '•' },
      { x: 86, y: 660, text: 'Measure the water each morning, before the' },
      { x: 86, y: 648, text: 'wheel is set to turn.' },
      { x: 86, y: 636, text: '– With the long rod' },
      { x: 72, y: 624, text: '•' },
      { x: 86, y: 624, text: 'Write it down.' },
      { x: 72, y: 600, text: '1.' },
      { x: 86, y: 600, text: 'First of all.' },
    ]);
    expect(passages(reading).slice(1)).toEqual([
      'list-item: - Measure the water each morning, before the wheel is set to turn.',
      'list-item:   - With the long rod',
      'list-item: - Write it down.',
      'list-item: 1. First of all.',
    ]);
  });

  it('makes a table of cells that surely stand in columns, also under text columns', async () => {
    const rows = [
      ['Mill', 'Fall | m', 'Year'],
      ['Carrow', '2.1', '1901'],
      ['Denby', '2.35', '1902'],
      ['Upper Aske', '', '1903'],
    ];
    const cells = rows.flatMap((row, line) =>
      row.flatMap((text, column) => (text ? [{ x: 72 + column * 110, y: 600 - line * 14, text }] : [])),
    );
    const { text } = await readTexts([...body(740), ...cells, ...body(480, 10)]);
    expect(text).toContain(
      '| Mill | Fall \\| m | Year |\n| --- | --- | --- |\n| Carrow | 2.1 | 1901 |\n| Denby | 2.35 | 1902 |\n| Upper Aske |  | 1903 |',
    );
  });

  it('keeps a listing with its lines and indents', async () => {
    const reading = await readTexts([
      ...body(740),
      { x: 72, y: 640, text: 'while water:', font: 'mono' },
      { x: 96, y: 628, text: 'turn(wheel)', font: 'mono' },
    ]);
    expect(passages(reading)[1]).toBe('code: ```\nwhile water:\n    turn(wheel)\n```');
  });

  it('keeps superscripts and subscripts apart from the words', async () => {
    const { text } = await readTexts([
      { x: 72, y: 700, text: 'An area of 10 km' },
      { x: 148, y: 704, text: '2', size: 6 },
      ...body(640),
    ]);
    expect(text).toContain('An area of 10 km<sup>2</sup>');
  });

  it('keeps where links lead', async () => {
    const { text } = await readPages([
      {
        texts: [
          { x: 72, y: 700, text: 'See the annals' },
          { x: 72, y: 680, text: 'https://example.org/annals' },
        ],
        links: [
          { rectangle: [92, 695, 140, 712], url: 'https://example.org/a(1)' },
          { rectangle: [70, 676, 240, 692], url: 'https://example.org/annals' },
        ],
      },
    ]);
    expect(text).toContain('See [the annals](https://example.org/a%281%29)');
    expect(text).toContain('https://example.org/annals');
    expect(text).not.toContain('[https');
  });

  it('says where pages begin, in the marks and not in the words', async () => {
    const reading = await readPages([{ texts: body(700) }, {}, { texts: body(700, 10) }]);
    expect(reading.text).toMatch(/^¶1 \[page 1\] .*\n\n¶2 \[page 3\] /s);
    expect(passageText(reading, 2)).toMatch(/^\w/);
    expect(reading.segments.map(({ page }) => page)).toEqual([1, 3]);
    expect(reading.pages).toBe(3);
  });
});

import { afterEach, describe, expect, it } from 'vitest';
import { answerParts, type Comparison, checkCell, createComparisonParser } from '@/utils/compare';
import { setLanguage, t } from '@/utils/i18n';
import type { Connection, Part, Task } from '@/utils/models/types';
import { excerpts } from '@/utils/models/wire/excerpts';
import { attributesIn } from '@/utils/models/wire/excerpts/compare';
import { numberPassages, type Passage, type Source } from '@/utils/source';
import { cpuTime } from '../cpu-time.ts';

afterEach(() => setLanguage('en'));

const text = (words: string): Passage => ({ text: words, kind: 'text' });
const source = (title: string, lang: string, ...passages: Passage[]): Source => ({
  id: title,
  kind: 'tab',
  title,
  lang,
  gaps: [],
  readAt: 0,
  ...numberPassages(passages),
});

const kestrel = source(
  'Kestrel 7',
  'en',
  text('The Kestrel is an e-reader for people who read at night. It came out in spring.'),
  text('The price is €189 in most shops, which is a lot for a "small" reader.'),
  text('Its battery lasts six weeks when you read for an hour a day.'),
  { text: '| | Kestrel 7 |\n| --- | --- |\n| Weight | **172 g** |\n| Size | 7 inches |', kind: 'table' },
);
const folio = source(
  'Folio 2',
  'en',
  text('The Folio is a reader with pages that you can write on.'),
  text('Its weight of 186 g is spread well. You pay a price of $229 for it.'),
  text('Nothing is said of repairs on this page, and the makers did not answer.'),
);

async function ask(task: Task, question: string, documents: Source[], numbers?: number[]) {
  const connection = { model: { id: 'excerpts' } } as unknown as Connection;
  const request = { messages: [], documents, ...(numbers ? { numbers } : {}), task, question, reserve: 0 };
  const parts: Part[] = [];
  for await (const part of excerpts(request, connection, { signal: new AbortController().signal }))
    parts.push(part);
  return parts.map((part) => (part.type === 'text-delta' ? part.text : '')).join('');
}

function comparisonOf(answer: string, documents: Source[]): Comparison {
  const block = answerParts(answer).find(({ comparison }) => comparison !== undefined)?.comparison;
  return createComparisonParser(documents).parse(block ?? expect.fail(`No comparison in ${answer}`), true);
}

const cells = ({ rows }: Comparison) =>
  Object.fromEntries(
    rows.map((row) => [row.name, row.cells.map((cell) => (typeof cell === 'object' ? cell.text : cell))]),
  );

describe('asked to compare', () => {
  it('has a row for each thing that is named, with sentences and rows of tables to the letter', async () => {
    const documents = [kestrel, folio];
    const answer = await ask(
      'compare',
      'Compare price, battery, weight and colour. I read at night.',
      documents,
    );
    expect(answer.startsWith(`${t('excerpts.about')}\n\n${t('excerpts.compare', { count: 4 })}\n\n`)).toBe(
      true,
    );
    const comparison = comparisonOf(answer, documents);
    expect(comparison.columns).toEqual([
      { document: 1, name: 'Kestrel 7' },
      { document: 2, name: 'Folio 2' },
    ]);
    expect(cells(comparison)).toEqual({
      price: [
        'The price is €189 in most shops, which is a lot for a "small" reader.',
        'You pay a price of $229 for it.',
      ],
      battery: ['Its battery lasts six weeks when you read for an hour a day.', 'not-stated'],
      weight: ['Weight | 172 g', 'Its weight of 186 g is spread well.'],
      colour: ['not-stated', 'not-stated'],
    });
    expect(comparison.broken).toEqual([]);
    for (const row of comparison.rows) {
      for (const [place, cell] of row.cells.entries())
        if (typeof cell === 'object') expect(checkCell(cell, place + 1, documents).state).toBe('verified');
    }
  });

  it('says that nothing is named, and lays main sentences side by side', async () => {
    const documents = [kestrel, folio];
    const answer = await ask('compare', 'Compare these sources', documents);
    expect(answer).toContain(t('excerpts.compareMain'));
    const { rows } = comparisonOf(answer, documents);
    expect(rows.map(({ name }) => name)).toEqual(['Sentence 1', 'Sentence 2', 'Sentence 3']);
    expect(rows[0]?.cells).toEqual([
      { text: kestrel.text.slice(3, 59), quote: kestrel.text.slice(3, 59), paragraph: 1 },
      { text: expect.stringContaining('The Folio is a reader'), quote: expect.anything(), paragraph: 1 },
    ]);
    expect(await ask('compare', 'Compare warranty and taxes', documents)).toContain(
      t('excerpts.compareNone'),
    );
  });

  it('keeps the numbers of the documents', async () => {
    const answer = await ask('compare', 'Compare price', [kestrel, folio], [2, 5]);
    expect(comparisonOf(answer, []).columns.map(({ document }) => document)).toEqual([2, 5]);
  });

  it('in a question of the user is a comparison too', async () => {
    expect(await ask('answer', 'Compare price and battery', [kestrel, folio])).toContain('```comparison');
    expect(await ask('answer', 'Compare price and battery', [kestrel])).not.toContain('```comparison');
    expect(await ask('answer', 'What is the price?', [kestrel, folio])).not.toContain('```comparison');
  });
});

describe('asked for what takes a model', () => {
  it('says so, and quotes the main sentences', async () => {
    for (const task of ['disagreements', 'timeline'] as const) {
      const answer = await ask(task, 'What do these sources disagree on?', [kestrel, folio]);
      expect(answer).toContain(t('excerpts.cannot'));
      expect(answer).toMatch(/^> /m);
    }
    expect(await ask('overview', 'Summarise', [kestrel, folio])).toMatch(
      /## 1 · Kestrel 7[\s\S]*## 2 · Folio 2/,
    );
  });
});

describe('the attributes of a question', () => {
  it.each([
    [
      'Compare price, battery, weight, repair and formats. I read at night.',
      ['price', 'battery', 'weight', 'repair', 'formats'],
    ],
    ['Please compare the price and the battery life of these tabs', ['price', 'battery life']],
    ['Compare these sources', []],
    ['Compare these sources: price; weight', ['price', 'weight']],
    ['What are the differences in price and size?', ['price', 'size']],
    ['Compare them', []],
    ['对比价格、续航和重量', ['价格', '续航', '重量']],
    ['请比较一下这些网页的价格与保修。', ['价格', '保修']],
    ['对比这些来源', []],
    ['比較價格及電池', ['價格', '電池']],
    ['What is the price?', []],
    ['', []],
  ])('%s', (question, expected) => {
    expect(attributesIn(question)).toEqual(expected);
  });

  it('of the questions behind the button are none', () => {
    for (const question of [
      'Compare these sources',
      '对比这些来源',
      '比較這些來源',
      '对比这几个来源',
      '比較這幾個來源',
    ])
      expect(attributesIn(question), question).toEqual([]);
  });

  it('take no longer than the question', () => {
    const start = cpuTime();
    attributesIn(`compare ${'a, and '.repeat(50_000)}`);
    attributesIn(`how do ${' '.repeat(100_000)}x`);
    expect(cpuTime() - start).toBeLessThan(2_000);
  });
});

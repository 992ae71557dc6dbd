import { describe, expect, it } from 'vitest';
import { type ComparisonCell, checkCell } from '@/utils/compare';
import { numberPassages, type Source } from '@/utils/source';

const source = (passages: (string | { text: string; kind: 'table' })[], lang = 'en'): Source => ({
  id: passages.join('|'),
  readAt: 0,
  kind: 'tab',
  title: 'A page',
  lang,
  gaps: [],
  ...numberPassages(passages.map((one) => (typeof one === 'string' ? { text: one, kind: 'text' } : one))),
});

const kestrel = source([
  'The Kestrel 7 is an e-reader for people who read at night.',
  'It came out on March 5, 2024, and weighs 172 grams.',
  'It sells for €189 in most shops, with 16 GB of storage.',
  'The battery lasts six weeks, or about 1,200 hours of reading, said the maker in a test of 2023.',
  'The case is glued shut; nobody opens it without breaking it. It is rated IP67.',
  'Light goes from 2700 K to 6500 K. It uses 35 percent less power than the Kestrel 6, which sold 1.2 million times.',
]);
const folio = source([
  'Folio 2 costs $229.',
  {
    text: '| Model | Weight | Price |\n| --- | --- | --- |\n| Folio 2 | 186 g | $229 |\n| Folio 3 | 201 g | $259 |',
    kind: 'table',
  },
]);
const chinese = source(
  [
    '月读 3 的售价为三千二百元，重１７２克。',
    '电池可用约六周，屏幕省电百分之三十五。',
    '该机于二〇二四年三月发布，累计销量1.2万台。',
  ],
  'zh',
);
const sources = [kestrel, folio, chinese];

const state = (cell: ComparisonCell, document = 1) => checkCell(cell, document, sources).state;
const at = (cell: ComparisonCell, document = 1) => checkCell(cell, document, sources).mark?.paragraph;

describe('the words of a cell', () => {
  it('stand in the passage, in another one, or nowhere', () => {
    expect(state({ text: '€189', quote: 'sells for €189', paragraph: 3 })).toBe('verified');
    expect(state({ text: '€189', quote: 'It sells for €189', paragraph: 5 })).toBe('moved');
    expect(at({ text: '€189', quote: 'It sells for €189', paragraph: 5 })).toBe(3);
    expect(
      checkCell({ text: '€189', quote: 'It sells for €189', paragraph: 5 }, 1, sources).mark?.verdict,
    ).toEqual({
      state: 'moved',
      words: ['It sells for €189'],
      from: '1 ¶5',
    });
    expect(state({ text: 'Waterproof', quote: 'it is waterproof to 2 metres', paragraph: 5 })).toBe(
      'missing',
    );
    expect(state({ text: 'Glued shut', quote: 'glued shut' })).toBe('verified');
    expect(at({ text: 'Glued shut', quote: 'glued shut' })).toBe(5);
  });

  it('of another document prove nothing', () => {
    expect(state({ text: '$229', quote: 'Folio 2 costs $229', paragraph: 1 }, 1)).toBe('missing');
  });

  it('are not needed where the passage says it itself', () => {
    expect(state({ text: '€189', quote: 'priced at €189', paragraph: 3 })).toBe('place');
    expect(state({ text: 'glued shut', paragraph: 5 })).toBe('verified');
    expect(state({ text: 'Cannot be opened', paragraph: 5 })).toBe('place');
  });

  it('without a place are said to have none', () => {
    expect(state({ text: 'Cannot be opened' })).toBe('uncited');
    expect(state({ text: 'Cannot be opened', paragraph: 40 })).toBe('missing');
    expect(state({ text: 'Anything', quote: 'anything', paragraph: 1 }, 9)).toBe('missing');
  });

  it('of a table are those of one row', () => {
    expect(state({ text: '186 g', quote: 'Folio 2 | 186 g', paragraph: 2 }, 2)).toBe('verified');
    expect(state({ text: '$229', quote: 'Folio 2 $229', paragraph: 2 }, 2)).toBe('verified');
    expect(state({ text: '$259', quote: 'Folio 2 $259', paragraph: 2 }, 2)).toBe('missing');
    expect(state({ text: '$300', quote: 'Folio 2 $300', paragraph: 2 }, 2)).toBe('missing');
  });

  it('in translation cannot be compared', () => {
    expect(state({ text: '三千二百元', quote: 'costs 3,200 yuan', paragraph: 1 }, 3)).toBe('place');
  });
});

describe('the figures of a cell', () => {
  it.each([
    ['172 g', 'weighs 172 grams', 2],
    ['0.172 kg', 'weighs 172 grams', 2],
    ['6 weeks', 'The battery lasts six weeks', 4],
    ['1200 hours', 'about 1,200 hours of reading', 4],
    ['１２００ 小时', 'about 1,200 hours of reading', 4],
    ['1 200 h', 'about 1,200 hours of reading', 4],
    ['2024-03-05', 'came out on March 5, 2024', 2],
    ['5 March 2024', 'came out on March 5, 2024', 2],
    ['2024年3月5日', 'came out on March 5, 2024', 2],
    ['March 2024', 'came out on March 5, 2024', 2],
    ['35% less power', 'It uses 35 percent less power', 6],
    ['1.2 million sold', 'sold 1.2 million times', 6],
    ['1,200,000', 'sold 1.2 million times', 6],
    ['120万', 'sold 1.2 million times', 6],
    ['2700–6500 K', 'Light goes from 2700 K to 6500 K', 6],
    ['IP67', 'It is rated IP67', 5],
    ['16GB', '16 GB of storage', 3],
  ])('%s stand in the passage', (text, quote, paragraph) => {
    expect(state({ text, quote, paragraph })).toBe('verified');
  });

  it.each([
    ['3200元', '售价为三千二百元', 1],
    ['¥3,200', '售价为三千二百元', 1],
    ['172 g', '重１７２克', 1],
    ['6 周', '电池可用约六周', 2],
    ['35%', '屏幕省电百分之三十五', 2],
    ['2024年3月', undefined, 3],
    ['12,000 台', '累计销量1.2万台', 3],
  ])('%s stand in Chinese', (text, quote, paragraph) => {
    expect(['verified', 'place']).toContain(state({ text, quote, paragraph }, 3));
    if (quote) expect(state({ text, quote, paragraph }, 3)).toBe('verified');
  });

  it.each([
    ['€199', 'sells for €189', 3],
    ['$189', 'sells for €189', 3],
    ['173 g', 'weighs 172 grams', 2],
    ['172 kg', 'weighs 172 grams', 2],
    ['8 weeks', 'The battery lasts six weeks', 4],
    ['1,300 hours', 'about 1,200 hours of reading', 4],
    ['2024-03-07', 'came out on March 5, 2024', 2],
    ['April 2024', 'came out on March 5, 2024', 2],
    ['45% less power', 'It uses 35 percent less power', 6],
    ['IP68', 'It is rated IP67', 5],
    ['32 GB', '16 GB of storage', 3],
    ['1.7 million', 'sold 1.2 million times', 6],
  ])('%s stand nowhere', (text, quote, paragraph) => {
    expect(state({ text, quote, paragraph })).toBe('missing');
    expect(state({ text, paragraph })).toBe('missing');
    expect(state({ text })).toBe('missing');
  });

  it('that stand elsewhere lead there', () => {
    expect(state({ text: '€189', quote: 'weighs 172 grams', paragraph: 2 })).toBe('moved');
    expect(at({ text: '€189', quote: 'weighs 172 grams', paragraph: 2 })).toBe(3);
    expect(at({ text: '€189', paragraph: 2 })).toBe(3);
  });

  it('are read as people write them', () => {
    const shop = source([
      'Open from 10:30 to 10 pm, with help around the clock, since version 2.1 of May 5, 2019.',
      'A fifth of it is wool, and it may 5 times be washed. It cost 12,34,567 rupees.',
      'Wi-Fi 6, H.264 and COVID-19 are named. It has 4.5 stars.',
    ]);
    const chineseShare = source(['三分之一的人喜欢，约四成不喜欢，一半没说。'], 'zh');
    const is = (text: string, paragraph: number, document = 1) =>
      checkCell({ text, paragraph }, document, [shop, chineseShare]).state;
    for (const [text, paragraph] of [
      ['10:30–22:00', 1],
      ['24/7', 1],
      ['v2.1', 1],
      ['20% wool', 2],
      ['₹1234567', 2],
      ['WiFi6', 3],
      ['H264', 3],
      ['COVID19', 3],
      ['4.5/5', 3],
      ['5.5.2019', 1],
    ] as const)
      expect(['verified', 'place'], text).toContain(is(text, paragraph));
    for (const text of ['33%', '40%', '50%', '33.3%'])
      expect(['verified', 'place'], text).toContain(is(text, 1, 2));
    for (const [text, paragraph] of [
      ['11:45', 1],
      ['v7.3', 1],
      ['25% wool', 2],
      ['COVID-22', 3],
      ['4.7 stars', 3],
    ] as const)
      expect(is(text, paragraph), text).toBe('missing');
    expect(is('60%', 1, 2)).toBe('missing');
  });

  it('are not called wrong when they may be counted, rounded or in other words', () => {
    expect(state({ text: '2 modes (day, night)', quote: 'people who read at night', paragraph: 1 })).toBe(
      'place',
    );
    expect(state({ text: 'about 170 g', quote: 'weighs 172 grams', paragraph: 2 })).toBe('place');
    expect(state({ text: '1.2 thousand hours', quote: 'about 1,200 hours', paragraph: 4 })).toBe('verified');
    const german = source(['Der Akku hält sechs Wochen lang.'], 'de');
    expect(checkCell({ text: '6 weeks', quote: 'hält sechs Wochen', paragraph: 1 }, 1, [german]).state).toBe(
      'place',
    );
  });
});

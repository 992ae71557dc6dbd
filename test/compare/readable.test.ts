import { describe, expect, it } from 'vitest';
import { citedText } from '@/utils/chat/export/cited-text';
import {
  comparisonCsv,
  comparisonIn,
  quotesCsv,
  writtenComparison,
} from '@/utils/chat/export/comparison-text';
import { readable, wordsOf } from '@/utils/chat/readable';
import { answerParts, countable, hasComparison } from '@/utils/compare/fence';
import { numberPassages, type Source } from '@/utils/source';

const source = (title: string, url: string | undefined, ...passages: string[]): Source => ({
  id: title,
  readAt: 0,
  kind: 'tab',
  title,
  ...(url ? { url } : {}),
  lang: 'en',
  gaps: [],
  ...numberPassages(passages.map((text) => ({ text, kind: 'text' }))),
});
const sources = [
  source('Kestrel 7 review', 'https://a.example/kestrel', 'An e-reader.', 'It sells for €189 | in shops.'),
  source('Folio 2', 'https://b.example/folio(2)', 'The Folio 2 costs €229 today.'),
];
const block = [
  '```comparison',
  '{"columns":[{"document":1,"name":"Kestrel 7"},{"document":2,"name":"Folio 2"}]}',
  '{"row":"Price","cells":[{"text":"€189","quote":"sells for €189","paragraph":2},{"text":"€229","quote":"costs €229","paragraph":1}],"best":[1]}',
  '{"row":"Weight","cells":[{"text":"=1+2 | g","quote":"weighs 172 g","paragraph":2},null]}',
  'Hello there',
  '```',
];
const answer = ['**Kestrel.** It is cheaper. 1 ¶2', '', ...block, '', 'That is all. 2 ¶1'].join('\n');

describe('an answer with a comparison', () => {
  it('is read as a table with citations, and what stands nowhere says so', () => {
    expect(readable(answer, sources)).toBe(
      [
        '**Kestrel.** It is cheaper. 1 ¶2',
        '',
        '|  | 1 · Kestrel 7 | 2 · Folio 2 |',
        '| --- | --- | --- |',
        '| Price | **€189** 1 ¶2 | €229 2 ¶1 |',
        '| Weight | ~~=1+2 \\| g~~ (not found in the source) | *not stated* |',
        '',
        '```',
        'Hello there',
        '```',
        '',
        'That is all. 2 ¶1',
      ].join('\n'),
    );
  });

  it('has links to its passages, and nothing else of it changes', () => {
    const { text, places, isPending } = citedText(answer, sources, 'not found in the source');
    expect(text).toContain(
      '| Price | **€189** [1 ¶2](https://a.example/kestrel#:~:text=sells%20for%20%E2%82%AC189) |',
    );
    expect(text).toContain('[2 ¶1](https://b.example/folio%282%29#:~:text=costs%20%E2%82%AC229) |');
    expect(text).not.toContain('"cells"');
    expect(places.map(({ source: { title }, paragraph }) => `${title} ${paragraph}`)).toEqual([
      'Kestrel 7 review 2',
      'Kestrel 7 review 2',
      'Folio 2 1',
      'Folio 2 1',
    ]);
    expect(isPending).toBe(false);
  });

  it('is searched and counted by its words', () => {
    const words = wordsOf(answer);
    expect(words).toContain('Price: €189 “sells for €189” · €229 “costs €229”');
    expect(words).toContain('Hello there');
    expect(words).not.toMatch(/[{}]|"cells"|paragraph/);
    expect(countable(answer)).not.toMatch(/"cells"|"quote"|null/);
    expect(countable(answer)).toContain('sells for €189');
  });

  it('is CSV, with the quotes or without', () => {
    const written = writtenComparison(comparisonIn(block.slice(1, -1).join('\n'), sources), sources);
    expect(comparisonCsv(written, 2)).toBe(
      [
        'Attribute,1 · Kestrel 7,2 · Folio 2',
        'Price,€189,€229',
        "Weight,'=1+2 | g (not found in the source),not stated",
        'Hello there',
        '',
      ].join('\r\n'),
    );
    const [head, first, , third, fourth] = quotesCsv(written).split('\r\n');
    expect(head).toBe('Attribute,No.,Source,Value,Words of the source,Paragraph,Address');
    expect(first).toBe(
      'Price,1,Kestrel 7 review,€189,sells for €189,¶2,https://a.example/kestrel#:~:text=sells%20for%20%E2%82%AC189',
    );
    expect(third).toBe(
      "Weight,1,Kestrel 7 review,'=1+2 | g (not found in the source),,,https://a.example/kestrel",
    );
    expect(fourth).toBe('Weight,2,Folio 2,not stated,,,https://b.example/folio(2)');
  });
});

describe('the parts of an answer', () => {
  it('are the answer again, whatever it is', () => {
    for (const text of [
      answer,
      '',
      'no fence',
      '```comparison',
      `${'```'}js\n${'```comparison'}\n${'```'}`,
      '~~~comparison\n```\n~~~\nafter',
      '````comparison\n```\n````',
      'a\n```comparison\r\n{}\r\n```\r\nb',
    ]) {
      expect(
        answerParts(text)
          .map((part) => part.text)
          .join('\n'),
      ).toBe(text);
    }
    expect(
      answerParts('```js\n```comparison\n```\nx').some(({ comparison }) => comparison !== undefined),
    ).toBe(false);
    expect(answerParts('```comparison\nnever ends')[0]?.comparison).toBe('never ends');
    expect(hasComparison('We speak of ```comparison here')).toBe(false);
  });

  it('are comparisons also where the fence is called JSON', () => {
    const columns = '{"columns":[{"document":1,"name":"A"},{"document":2,"name":"B"}]}';
    for (const [fence, isOne] of [
      ['```json', true],
      ['```jsonl', true],
      ['```', true],
      ['~~~ NDJSON', true],
      ['```js', false],
    ] as const) {
      const text = `a\n${fence}\n${columns}\n${fence.slice(0, 3)}\nb`;
      expect(
        answerParts(text).some(({ comparison }) => comparison === columns),
        fence,
      ).toBe(isOne);
      expect(hasComparison(text), fence).toBe(isOne);
    }
    expect(hasComparison('```json\n{"rows":[]}\n```')).toBe(false);
  });

  it('without an end and without rows stay what they are', () => {
    expect(readable('```comparison\n', sources)).toBe('```comparison\n');
    expect(readable('text', sources)).toBe('text');
  });
});

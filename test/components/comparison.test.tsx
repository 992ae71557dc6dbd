/** @vitest-environment jsdom */
import { act, createElement as h } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { AnswerIdentityContext } from '@/components/answer/answer-identity';
import { Markdown } from '@/components/answer/markdown/markdown';
import { SourcesProvider } from '@/components/answer/sources-context';
import { ReadingActionsProvider } from '@/components/panel/actions';
import type { PassagePlace } from '@/utils/browser/show-passage';
import type { MeasuredSource } from '@/utils/context/compose';
import { setLanguage } from '@/utils/i18n';
import type { Task } from '@/utils/models/types';
import type { QuestionScope } from '@/utils/store/records';
import { cpuTime } from '../cpu-time.ts';
import {
  columns,
  comparisonAnswer,
  prose,
  readers,
  rows,
  tableAnswer,
  tooFew,
  verdict,
} from '../fixtures/comparison';
import { measuredSource } from '../fixtures/sources';

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;

/** A comparison on the screen, without a browser. */

let root: Root;
let sources: MeasuredSource[];
let shown: PassagePlace[];
const opened: unknown[][] = [];

beforeAll(async () => {
  sources = await Promise.all(
    readers.map(({ path, title, passages }) =>
      measuredSource(passages, { title, url: `https://example.org${path}` }),
    ),
  );
  // What is loaded on demand is there before it is looked for.
  await import('@/components/answer/comparison/comparison-view');
  await import('@/components/ui/menu-list');
  Element.prototype.scrollIntoView = () => {};
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe() {}
      disconnect() {}
    },
  );
});
let answers = 0;
beforeEach(() => {
  answers++;
  document.body.replaceChildren();
  root = createRoot(document.body.appendChild(document.createElement('main')));
  shown = [];
  opened.length = 0;
});
afterEach(async () => {
  await act(async () => root.unmount());
  await setLanguage('en');
});

const actions = {
  showPassage: async (place: PassagePlace) => {
    shown.push(place);
    return 'shown' as const;
  },
  allow: async () => false,
  openLink: () => {},
  openComparison: (...call: unknown[]) => void opened.push(call),
};
const draw = (
  text: string,
  {
    streaming = false,
    of = sources,
    task = 'compare' as Task,
    scope = undefined as QuestionScope | undefined,
  } = {},
) =>
  act(async () =>
    root.render(
      h(
        ReadingActionsProvider,
        { value: actions },
        h(
          AnswerIdentityContext,
          { value: { id: `answer-${answers}`, task, scope } },
          h(SourcesProvider, { value: of }, h(Markdown, { text, streaming })),
        ),
      ),
    ),
  );
const all = (selector: string) => [...document.querySelectorAll<HTMLElement>(selector)];
const one = (selector: string) => document.querySelector<HTMLElement>(selector);
const texts = (selector: string) => all(selector).map((element) => plain(element.textContent));
const plain = (text: string | null) => (text ?? '').replace(/[\u2060\u00a0\s]+/g, ' ').trim();
const click = (element: Element | null | undefined) =>
  act(async () => {
    element?.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, detail: 1 }));
  });
const button = (name: string) =>
  all('button').find(
    (element) => (element.getAttribute('aria-label') ?? plain(element.textContent)) === name,
  );
const table = () =>
  all('tbody tr:not(.comparison-wait, .comparison-same)').map((row) =>
    [...row.children].map((cell) => plain(cell.textContent)),
  );
const names = () => texts('tbody th[scope="row"]');
const fence = (...lines: unknown[]) =>
  `\`\`\`comparison\n${lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n')}\n\`\`\``;

/** Opens the menu of a button and chooses an entry. The menu is loaded on demand. */
async function choose(menu: string, entry: string) {
  await click(button(menu));
  const find = () => all('.menu-entry').find((element) => plain(element.textContent) === entry);
  await vi.waitFor(async () => {
    await act(async () => {});
    expect(find()).toBeTruthy();
  });
  await click(find());
  await vi.waitFor(async () => {
    await act(async () => {});
    expect(one('.menu')).toBeNull();
  });
}

describe('a comparison', () => {
  it('has a column for each source, differences first, and says what is wrong with each cell', async () => {
    await draw(comparisonAnswer);
    expect(texts('thead th')).toEqual(['Attribute', '1Kestrel 7', '2Folio 2', '3Nami Page']);
    expect(all('thead .source-number').map(({ className }) => className)).toEqual([
      'source-number source-1',
      'source-number source-2',
      'source-number source-3',
    ]);
    expect(table()).toEqual([
      ['Price', '€189 ¶2', '€229 ¶2', '€175, best ¶2'],
      ['Battery', '6 weeks ¶3', '8 weeks, best ¶3', '5 weeks ¶3'],
      ['Repair', 'Glued shut ¶5', 'not stated', '4 screws, best ¶5'],
      ['Warm light', '2700 K ¶6', '2700 K ¶5', '1900 K, best ¶6'],
      ['Warranty', 'not stated', expect.stringMatching(/^5 years ¶4.*not found in the source/), 'not stated'],
      ['Formats', 'EPUB, PDFno place given', 'EPUB, PDF, audio ¶6', 'the model left this out'],
      ['Screen', '6 inches ¶8', '6 inches ¶7', '6 inches ¶8'],
    ]);
    expect(texts('.comparison-same')).toEqual(['The same in all']);
    expect(texts('strong').slice(1)).toEqual(['€175', '8 weeks', '4 screws', '1900 K']);
    expect(texts('del')).toEqual(['5 years']);
    expect(one('.comparison-scroll')).toMatchObject({ tabIndex: 0 });
    expect(one('.comparison-scroll')?.getAttribute('aria-label')).toBe(
      'Comparison of 3 sources: Kestrel 7, Folio 2, Nami Page',
    );
    expect(texts('.comparison-note p')).toEqual([
      'Kestrel 7 does not say anything about Warranty. I did not guess.',
      'Folio 2 does not say anything about Repair. I did not guess.',
      'Nami Page does not say anything about Warranty. I did not guess.',
    ]);
    expect(texts('.comparison-broken pre')).toEqual([prose]);
  });

  it('has what a source does not say looked up: one question about all that say nothing, and no other', async () => {
    const asked: string[] = [];
    Object.assign(actions, { searchFor: (question: string) => void asked.push(question) });
    try {
      await draw(comparisonAnswer);
      const labels = all('.cell-search').map((element) => element.getAttribute('aria-label'));
      expect(labels).toEqual([
        'Search the web for Repair: Folio 2',
        'Search the web for Warranty: Kestrel 7',
        'Search the web for Warranty: Nami Page',
      ]);
      await click(all('.cell-search')[1]);
      expect(asked).toHaveLength(1);
      for (const word of ['Warranty', 'Kestrel 7', 'Nami Page']) expect(asked[0]).toContain(word);
      expect(asked[0]).not.toContain('Folio 2');
    } finally {
      Reflect.deleteProperty(actions, 'searchFor');
    }
  });

  it('has nothing looked up where no question can be asked', async () => {
    await draw(comparisonAnswer);
    expect(all('.cell-search')).toEqual([]);
  });

  it('opens the quote of a cell below its row, shows it in the page, and gives the focus back', async () => {
    await draw(comparisonAnswer);
    const citation = all('.comparison a.citation')[7];
    expect(citation?.getAttribute('aria-label')).toBe('Source 3 ¶5, show quote');
    await click(citation);
    expect(texts('.quote-card mark')).toEqual(['Four screws hold the back']);
    expect(one('.comparison-quote')?.previousElementSibling?.textContent).toContain('Repair');
    await click(button('Show in page'));
    expect(shown[0]).toMatchObject({
      url: 'https://example.org/nami',
      quotes: ['Four screws hold the back'],
    });
    await click(one('.quote-close'));
    expect(one('.quote-card')).toBeNull();
    expect(document.activeElement).toBe(citation);
    // An invented cell opens what the passage says instead.
    await click(one('a.citation-missing'));
    expect(plain(one('.quote-card')?.textContent ?? '')).toContain('“5” was not found in the source.');
  });

  it('is read as cards, with everything that the table has', async () => {
    await draw(comparisonAnswer);
    await click(button('Cards'));
    expect(all('table')).toEqual([]);
    expect(texts('.card-name')).toEqual([
      'Price',
      'Battery',
      'Repair',
      'Warm light',
      'Warranty',
      'Formats',
      'Screen',
    ]);
    expect(texts('.card:nth-of-type(3) dd')).toEqual(['Glued shut ¶5', 'not stated', '4 screws, best ¶5']);
    await click(one('.card a.citation'));
    expect(texts('.quote-card mark')).toEqual(['sells for €189']);
    // It stays so when the answer is taken out of the document and comes back.
    await draw('');
    await draw(comparisonAnswer);
    expect(all('.card').length).toBe(7);
    await click(button('Table'));
    expect(all('table').length).toBe(1);
  });

  it('hides rows and brings them back, and the focus goes on', async () => {
    await draw(comparisonAnswer);
    await choose('Battery', 'Hide this row');
    expect(names()).not.toContain('Battery');
    expect(texts('.comparison-hidden span')).toEqual(['1 row is hidden.']);
    expect(one('.comparison-hidden')?.getAttribute('role')).toBe('status');
    expect(plain(document.activeElement?.textContent ?? '')).toBe('Repair');
    await click(button('Show it'));
    expect(names()).toContain('Battery');
    expect(one('.comparison-hidden')).toBeNull();
  });

  it('is put in another order: rows, and columns by the figures of a row', async () => {
    await draw(comparisonAnswer);
    await choose('Order', 'As answered');
    expect(names()).toEqual(['Price', 'Battery', 'Screen', 'Repair', 'Warm light', 'Warranty', 'Formats']);
    await choose('Order', 'By name');
    expect(names()).toEqual(['Battery', 'Formats', 'Price', 'Repair', 'Screen', 'Warm light', 'Warranty']);
    await choose('Price', 'Sources by these figures, lowest first');
    expect(texts('thead th').slice(1)).toEqual(['3Nami Page', '1Kestrel 7', '2Folio 2']);
    expect(table()[2]).toEqual(['Price', '€175, best ¶2', '€189 ¶2', '€229 ¶2']);
    await choose('Order', 'Sources as answered');
    expect(texts('thead th').slice(1)).toEqual(['1Kestrel 7', '2Folio 2', '3Nami Page']);
  });

  it('opens in a tab of its own, by the answer and the place of the comparison', async () => {
    await draw(comparisonAnswer);
    await click(button('Open in a tab'));
    expect(opened).toEqual([[`answer-${answers}`, verdict.length + 2]]);
  });

  it('follows the language of the interface', async () => {
    await draw(comparisonAnswer);
    await act(() => setLanguage('zh_CN'));
    expect(texts('.cell-none')[0]).toBe('未提及');
    expect(texts('.comparison-same')).toEqual(['各来源相同']);
    expect(texts('.comparison-note p')[1]).toBe('Folio 2 没有提到Repair。我没有猜测。');
  });
});

describe('a comparison that streams', () => {
  it.each([1, 7, 4_096])(
    'grows row by row in pieces of %i, and draws no row twice',
    async (size) => {
      const seen = new Map<string, Element>();
      let most = 0;
      const answer =
        size === 1 ? `${verdict}\n\n${fence(columns, rows[0], prose, tooFew)}\n\nSo.` : comparisonAnswer;
      for (let end = size; end < answer.length + size; end += size) {
        const text = answer.slice(0, end);
        await draw(text, { streaming: true });
        for (const row of all('tbody tr:has(th[scope="row"])')) {
          const name = plain(row.firstElementChild?.textContent ?? '');
          expect(seen.get(name) ?? row).toBe(row);
          seen.set(name, row);
          // Whole from the first moment: nothing of it comes later.
          expect(row.children.length).toBe(4);
        }
        most = Math.max(most, names().length);
        // What is not there yet is not called left out, missing or unreadable.
        expect(names().length).toBeGreaterThanOrEqual(Math.min(most, names().length));
        if (end < answer.indexOf(prose)) expect(all('.comparison-broken, .comparison-note')).toEqual([]);
      }
      const grown = table();
      await draw(answer);
      expect(table()).toEqual(grown);
      expect(grown.length).toBe(size === 1 ? 2 : 7);
    },
    30_000,
  );

  it('shows a head to come, then the head, then the row to come, and no caret at its end', async () => {
    await draw(`${verdict}\n\n\`\`\`comparison\n{"colu`, { streaming: true });
    expect(all('.comparison-skeleton').length).toBe(1);
    await draw(`${verdict}\n\n\`\`\`comparison\n${JSON.stringify(columns)}\n`, { streaming: true });
    expect(texts('thead th')).toHaveLength(4);
    expect(all('.comparison-wait').length).toBe(1);
    expect(all('.comparison-bar')).toEqual([]);
    await draw(`${verdict}\n\n${fence(columns, rows[0])}`, { streaming: true });
    expect(all('.comparison-wait')).toEqual([]);
    expect(names()).toEqual(['Price']);
  });

  it('that was stopped keeps its rows and shows the half of one as it came', async () => {
    await draw(`\`\`\`comparison\n${JSON.stringify(columns)}\n${JSON.stringify(rows[0])}\n{"row":"Batt`);
    expect(names()).toEqual(['Price']);
    expect(texts('.comparison-broken pre')).toEqual(['{"row":"Batt']);
  });
});

describe('other comparisons', () => {
  it('of 30 sources have 30 columns, and count what is not stated', async () => {
    const many = Array.from({ length: 30 }, (_, index) => sources[index % 3]) as MeasuredSource[];
    const head = { columns: many.map((_, index) => ({ document: index + 1, name: `Reader ${index + 1}` })) };
    await draw(fence(head, { row: 'Price', cells: many.map(() => null) }), { of: many });
    expect(all('thead th').length).toBe(31);
    expect(texts('.comparison-note p')).toEqual(['30 sources leave 30 cells open. I did not guess.']);
  });

  it('of 10,000 rows are drawn in steps, and all of them when that is wanted', async () => {
    const lines = Array.from({ length: 10_000 }, (_, index) => ({
      row: `Row ${index}`,
      cells: [`${index}`, null, null],
    }));
    const text = fence(columns, ...lines);
    const start = cpuTime();
    for (let end = 4_096; end < text.length; end += 4_096 * 8)
      await draw(text.slice(0, end), { streaming: true });
    await draw(text);
    expect(cpuTime() - start).toBeLessThan(15_000);
    expect(names().length).toBe(200);
    expect(texts('.comparison-more span')).toEqual(['200 of 10,000 rows']);
  }, 30_000);

  it('with a source that was not sent say so, and none of its cells is taken for a fact', async () => {
    const left = {
      ...sources[1],
      source: { ...sources[1]?.source, text: '', segments: [] },
    } as MeasuredSource;
    const head = { columns: [...columns.columns, { document: 7, name: 'Ghost' }] };
    await draw(
      fence(head, {
        row: 'Price',
        cells: [...(rows[0]?.cells ?? []), { text: '€1', quote: 'one euro', paragraph: 1 }],
        best: [2, 7],
      }),
      { of: [sources[0], left, sources[2]] as MeasuredSource[] },
    );
    expect(texts('thead th .cell-alarm')).toEqual(['not sent with the answer', 'not sent with the answer']);
    expect(texts('del')).toEqual(['€229', '€1']);
    expect(texts('td strong')).toEqual([]);
  });

  it('in which a model wrote markup, addresses and other scripts show characters', async () => {
    const evil = '<img src=x onerror=alert(1)> [go](javascript:alert(1)) ![p](https://bad.example/x.png)';
    await draw(
      fence(
        {
          columns: [
            { document: 1, name: '<b>K</b>' },
            { document: 2, name: 'كتاب' },
            { document: 3, name: '__proto__' },
          ],
        },
        { row: evil, cells: [evil, 'شركة Carrow هنا', '潮は一日に二度満ち引きする。'] },
        { row: '', cells: ['\u202ereversed', '`code`', '**bold**'] },
        { row: 'constructor', cells: { 1: 'a', 2: 'b', __proto__: 'c' } },
      ),
    );
    expect(all('img, script, b, iframe, a[href^="javascript"], link')).toEqual([]);
    expect(texts('thead th').slice(1)).toEqual(['1<b>K</b>', '2كتاب', '3proto']);
    expect(all('thead [dir="rtl"]').length).toBe(1);
    expect(all('td [lang]').map(({ lang, dir }) => [lang, dir])).toEqual(
      expect.arrayContaining([
        ['ar', 'rtl'],
        ['ja', 'ltr'],
      ]),
    );
    expect(names()).toContain('Row 2');
  });

  it('with too few columns name the sources that have none, but for those that were not asked about', async () => {
    const few = fence(
      { columns: columns.columns.slice(0, 2) },
      { row: 'Price', cells: rows[0]?.cells.slice(0, 2) },
    );
    await draw(few);
    expect(texts('.comparison-line')).toEqual([
      '3 \u2068Nami Page: four screws\u2069 has no column in this table.',
    ]);
    const documents = [1, 2].map((index) => ({ id: `${index}`, index }));
    await draw(few, { scope: { line: 'About documents 1 and 2 only.', documents } });
    expect(texts('.comparison-line')).toEqual([]);
    await draw(few, { of: Array.from({ length: 9 }, () => sources[0] as MeasuredSource) });
    expect(texts('.comparison-line')).toEqual(['7 sources have no column in this table.']);
  });

  it('without rows say so', async () => {
    await draw(fence(columns));
    expect(texts('.comparison-line')).toEqual(['The model wrote no rows.']);
    await draw('```comparison\n```');
    expect(texts('.comparison-line')).toEqual(['The model wrote no rows.']);
    await draw('```comparison\nSorry, I cannot compare these.\n```');
    expect(texts('.comparison-broken pre')).toEqual(['Sorry, I cannot compare these.']);
  });
});

describe('a table in place of the block', () => {
  it('looks the same where its columns are the sources, in other answers where all of them have one', async () => {
    await draw(tableAnswer);
    await vi.waitFor(async () => {
      await act(async () => {});
      expect(texts('thead th')).toHaveLength(4);
    });
    expect(table()).toEqual([
      ['Price', '€189 ¶2', '€229 ¶2', expect.stringMatching(/^€175.* ¶2$/)],
      ['Repair', 'Glued shut ¶5', 'not stated', '4 screws ¶5'],
    ]);
    expect(button('Open in a tab')).toBeTruthy();
    // Nobody asked for a comparison, and it is one.
    await draw(tableAnswer, { task: 'answer' });
    await vi.waitFor(async () => {
      await act(async () => {});
      expect(texts('thead th')).toHaveLength(4);
    });
    expect(all('.comparison')).toHaveLength(1);
    // About some of the sources, or about one, a table is about anything.
    const some = '| | 1 Kestrel 7 | 2 Folio 2 |\n|---|---|---|\n| Price | €189 [1 ¶2] | €229 [2 ¶2] |';
    await draw(some, { task: 'answer' });
    expect(all('.comparison')).toEqual([]);
    await draw(tableAnswer, { task: 'answer', of: sources.slice(0, 1) });
    expect(all('.comparison')).toEqual([]);
    await draw('| | A | B |\n|---|---|---|\n| x | 1 | 2 |');
    expect(all('.comparison')).toEqual([]);
    expect(all('table').length).toBe(1);
  });
});

/** @vitest-environment jsdom */
import { act } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { SourcesProvider } from '@/components/answer/sources-context';
import { ActionsProvider, type PanelActions } from '@/components/panel/actions';
import { SearchedText } from '@/components/search/searched-text';
import type { MeasuredSource } from '@/utils/context/compose';
import { setLanguage } from '@/utils/i18n';
import type { AnswerRecord, SearchPage, SearchRecord } from '@/utils/store/records';
import { anAnswer, aSending } from '../fixtures/records.ts';
import { aPage, aSearch } from '../fixtures/search-records.ts';
import { measuredSource } from '../fixtures/sources.ts';

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;

/** How often a row with each title was drawn. */
const drawn = vi.hoisted(() => new Map<string, number>());
vi.mock('@/components/ui/letter-tile', () => ({
  LetterTile: ({ title }: { title: string }) => {
    drawn.set(title, (drawn.get(title) ?? 0) + 1);
    return null;
  },
}));

let root: Root;
let actions: PanelActions;
let sources: MeasuredSource[];
const search = {
  go: vi.fn(),
  refuse: vi.fn(),
  answerNow: vi.fn(),
  drop: vi.fn(),
  rerun: vi.fn(),
  retry: vi.fn(),
};

beforeAll(() => import('@/components/ui/menu-list'), 30_000);
beforeAll(() => import('@/components/viewer/source-viewer'), 30_000);
beforeEach(async () => {
  vi.clearAllMocks();
  drawn.clear();
  sources = [];
  // jsdom has no dialogs.
  HTMLDialogElement.prototype.showModal = function showModal() {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = function close() {
    this.open = false;
  };
  vi.stubGlobal('CSS', { supports: () => true });
  actions = {
    search,
    openLink: vi.fn(),
    allowEverySite: vi.fn(async () => true),
    watchEverySite: (listener: (allowed: boolean) => void) => {
      listener(true);
      return () => {};
    },
  } as unknown as PanelActions;
  root = createRoot(document.body.appendChild(document.createElement('div')));
});
afterEach(async () => {
  await act(async () => root.unmount());
  document.body.replaceChildren();
  vi.unstubAllGlobals();
  await setLanguage('en');
});

const answerOf = (searches: SearchRecord[], details: Partial<AnswerRecord> = {}): AnswerRecord =>
  anAnswer({ state: 'streaming', reason: undefined, searches, ...details });

const show = (answer: AnswerRecord) =>
  act(async () =>
    root.render(
      <ActionsProvider value={actions}>
        <SourcesProvider value={sources}>
          <SearchedText
            answer={answer}
            searches={answer.searches ?? []}
            body={answer.text}
            streaming={answer.state === 'streaming'}
          />
        </SourcesProvider>
      </ActionsProvider>,
    ),
  );
const settle = () => act(() => new Promise((resolve) => setTimeout(resolve, 80)));
const button = (words: string | RegExp): HTMLButtonElement => {
  const found = [...document.querySelectorAll<HTMLButtonElement>('button')].find((element) => {
    const name = element.getAttribute('aria-label') ?? element.textContent ?? '';
    return typeof words === 'string' ? name === words : words.test(name);
  });
  if (!found) throw new Error(`There is no button “${words}”`);
  return found;
};
const press = async (words: string | RegExp) => {
  await act(async () => button(words).click());
  await settle();
};
const rows = () =>
  [...document.querySelectorAll('.search-row')].map((row) =>
    [...row.querySelectorAll('.search-number, .search-title, .search-said, .search-tokens')]
      .map(({ textContent }) => textContent)
      .filter(Boolean)
      .join(' | '),
  );
const typeIn = (field: HTMLTextAreaElement, text: string) =>
  act(async () => {
    const { set } = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value') ?? {};
    set?.call(field, text);
    field.dispatchEvent(new Event('input', { bubbles: true }));
  });
const key = (target: Element, name: string) =>
  act(async () => {
    target.dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true }));
  });
const fields = () => [...document.querySelectorAll<HTMLTextAreaElement>('textarea')];
const words = () => (document.body.textContent ?? '').replace(/[\u2068\u2069]/g, '');

const kinds: SearchPage[] = [
  aPage({ number: 2, status: 'read', pages: 61, tokens: 24_800, title: 'PDF' }),
  aPage({ number: 3, status: 'read', tokens: 6_100, title: 'Whole' }),
  aPage({ number: 4, status: 'same', sameAs: 3, title: 'Same' }),
  aPage({
    number: 5,
    status: 'unread',
    title: 'Door',
    trouble: { code: 'link-sign-in', facts: { host: 'rivers.example' } },
  }),
  aPage({
    number: 6,
    status: 'unread',
    title: 'Forbidden',
    trouble: { code: 'link-refused', facts: { host: 'rivers.example', status: 403 } },
  }),
  aPage({ number: 7, status: 'left-out', tokens: 812_000, title: 'Novel' }),
  aPage({ number: 8, status: 'dropped', title: 'Dropped' }),
  aPage({ number: 9, status: 'reading', progress: { loaded: 12, total: 61 }, title: 'Paged' }),
  aPage({ number: 10, status: 'reading', progress: { loaded: 5_000_000, inTab: true }, title: 'Scripts' }),
  aPage({ number: 11, title: 'Waits' }),
];

describe('a round of searching', () => {
  it('says of each page how far it is read, or why not', async () => {
    await show(answerOf([aSearch({ pages: kinds })]));
    expect(rows()).toEqual([
      '2 | PDF | PDF, 61 pages | 24.8K',
      '3 | Whole | Whole page | 6.1K',
      '4 | Same | Same text as 3',
      '5 | Door | Needs you to sign in',
      '6 | Forbidden | Blocked, 403',
      '7 | Novel | Left out: does not fit | 812K',
      '8 | Dropped | Left out by you',
      '9 | Paged | page 12 of 61',
      '10 | Scripts | in a tab',
      '11 | Waits | Waiting',
    ]);
    expect(words()).toContain('3 of 9 read in full');
    const [bar] = document.querySelectorAll('[role="progressbar"]');
    expect(bar?.getAttribute('aria-label')).toBe('Reading “Paged”');
    expect(bar?.getAttribute('aria-valuenow')).toBe('20');
    expect(words()).toContain('The article stops at 2023.');
  });

  it('counts what is read to what was sent', async () => {
    const estimate = { ...aSending().estimate, total: 40_300, window: 256_000 };
    const pages = [...kinds.slice(0, 1), aPage({ status: 'read', sourceId: 'a', tokens: 30_900 })];
    await show(answerOf([aSearch({ pages })], { sendings: [aSending({ estimate })] }));
    expect(words()).toContain('71.2K of 256K · 2 of 2 read in full');
  });

  it('lets a page be opened, then tried again; dropped; and the answer begin now', async () => {
    await show(answerOf([aSearch({ pages: kinds })]));
    await press('Open “Door” in a tab');
    expect(actions.openLink).toHaveBeenCalledWith('https://rivers.example/report');
    await press('Try again');
    expect(search.retry).toHaveBeenCalledWith(3);
    await press('More about “Whole”');
    await act(async () =>
      [...document.querySelectorAll<HTMLElement>('[role="menuitem"]')]
        .find(({ textContent }) => textContent === 'Leave it out')
        ?.click(),
    );
    await settle();
    expect(search.drop).toHaveBeenCalledWith(1);
    await press('Answer now');
    expect(search.answerNow).toHaveBeenCalledOnce();
  });

  it('says in whose place a page is read, and when it is over reads what it could not for the next question', async () => {
    const pages = [
      kinds[3] as SearchPage,
      aPage({ number: 9, status: 'read', insteadOf: 5, title: 'Other' }),
    ];
    actions.allow = vi.fn(async () => true);
    actions.readForNext = vi.fn();
    await show(answerOf([aSearch({ pages, state: 'done' })], { state: 'ended', reason: 'stop' }));
    await press(/^Searched/);
    expect(rows()[1]).toBe('9 | Other | Whole page | instead of 5');
    await press('More about “Other”');
    const items = () => [...document.querySelectorAll<HTMLElement>('[role="menuitem"]')];
    expect(items().map(({ textContent }) => textContent)).toEqual(['Open the page in a tab']);
    await act(async () =>
      items()[0]?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true })),
    );
    await press('Open “Door” in a tab');
    await press('Try again');
    expect(actions.allow).toHaveBeenCalledWith('https://rivers.example/report');
    expect(actions.readForNext).toHaveBeenCalledWith('https://rivers.example/report');
    expect(search.retry).not.toHaveBeenCalled();
  });

  it('calls it no failure of the engine that there is nothing', async () => {
    const queries = [{ text: 'x', trouble: { code: 'search-none' as const, facts: {} } }];
    await show(
      answerOf([aSearch({ queries, state: 'done' })], { state: 'ended', reason: 'stop', text: 'No.' }),
    );
    expect(button('Searched 1 query, found nothing')).toBeDefined();
  });

  it('draws the row again that changed, and no other', async () => {
    const many = (loaded: number): SearchRecord[] =>
      [1, 2, 3].map((round) =>
        aSearch({
          id: `search-${round}`,
          round,
          state: round === 3 ? 'reading' : 'done',
          pages: Array.from({ length: 10 }, (_, rank) =>
            aPage({
              title: `${round}.${rank}`,
              number: round * 10 + rank,
              ...(round === 3 && rank === 9
                ? { status: 'reading', progress: { loaded, total: 1_000_000 } }
                : { status: 'read', tokens: 9 }),
            }),
          ),
        }),
      );
    await show(answerOf(many(0)));
    drawn.clear();
    for (let step = 1; step <= 20; step++) await show(answerOf(many(step * 1_000)));
    expect(Object.fromEntries(drawn)).toEqual({ '3.9': 20 });
  });

  it('has its queries changed while it runs: Enter begins again, Esc does not', async () => {
    await show(answerOf([aSearch({ queries: [{ text: 'eels', hits: 3 }, { text: 'aal' }], pages: kinds })]));
    expect(words()).toContain('3 results');
    await press('Change the search words: aal');
    await key(fields()[0] as Element, 'Escape');
    await settle();
    expect(document.activeElement).toBe(button('Change the search words: aal'));
    expect(search.rerun).not.toHaveBeenCalled();
    await press('Change the search words: aal');
    await typeIn(fields()[0] as HTMLTextAreaElement, 'aalsterfte');
    await key(fields()[0] as Element, 'Enter');
    await settle();
    expect(search.rerun).toHaveBeenCalledWith(['eels', 'aalsterfte']);
  });

  it('asks before it searches, and with the click the browser', async () => {
    const queries = [{ text: 'eels' }, { text: 'aal' }];
    await show(answerOf([aSearch({ state: 'asking', queries })]));
    expect(words()).toContain('Only these words go to the search engine.');
    await typeIn(fields()[0] as HTMLTextAreaElement, 'eel deaths');
    await typeIn(fields()[1] as HTMLTextAreaElement, ' ');
    vi.mocked(actions.allowEverySite).mockResolvedValueOnce(false);
    await press('Search');
    expect(search.go).not.toHaveBeenCalled();
    expect(words()).toContain('The browser was told no');
    await press('Search');
    expect(search.go).toHaveBeenCalledWith(['eel deaths']);
    await press('Answer without searching');
    expect(search.refuse).toHaveBeenCalledOnce();
  });

  it('says why the browser will ask, where it has not let us in', async () => {
    actions.watchEverySite = (listener) => {
      listener(false);
      return () => {};
    };
    await show(answerOf([aSearch({ state: 'asking' })]));
    expect(words()).toContain('Your browser asks you next; you can take it back in Settings.');
  });

  it('keeps the focus when what had it goes away', async () => {
    await show(answerOf([aSearch({ state: 'asking' })]));
    button('Search').focus();
    await show(answerOf([aSearch({ state: 'finding' })]));
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Web search');
    await show(answerOf([aSearch({ state: 'reading', pages: kinds })]));
    button('Answer now').focus();
    await show(answerOf([aSearch({ state: 'done', pages: kinds })]));
    expect(document.activeElement).toBe(button(/^Searched/));
  });

  it('folds to a line when the answer goes on, and opens again with the text that was read', async () => {
    sources = [await measuredSource(['Nine dead eels.', 'By night.'], { title: 'Diary', kind: 'search' })];
    const pages = [aPage({ status: 'read', sourceId: sources[0]?.source.id, tokens: 9 })];
    await show(answerOf([aSearch({ pages })]));
    await show(answerOf([aSearch({ pages, state: 'done' })]));
    expect(rows()).toHaveLength(1);
    await show(answerOf([aSearch({ pages, state: 'done' })], { text: 'Nine.' }));
    expect(rows()).toHaveLength(0);
    const line = button('Searched 1 query, read 1 page in full');
    expect(line.getAttribute('aria-expanded')).toBe('false');
    await press('Searched 1 query, read 1 page in full');
    await act(async () => document.querySelector<HTMLElement>('button.search-page')?.click());
    const sheet = document.querySelector('dialog')?.textContent ?? '';
    expect(sheet).toContain('¶1Nine dead eels.');
    expect(sheet).toContain('¶2By night.');
    await press('Close');
    expect(document.querySelector('dialog')).toBeNull();
    // A folded run that somebody has opened stays open while the answer grows.
    await show(answerOf([aSearch({ pages, state: 'done' })], { text: 'Nine. More.' }));
    expect(rows()).toHaveLength(1);
  });

  it('stands where it happened, between what was written before and after', async () => {
    const searches = [
      aSearch({ at: 0, state: 'done', pages: kinds, why: undefined }),
      aSearch({ id: 'search-2', at: 12, state: 'done', why: undefined, queries: [{ text: 'x' }] }),
    ];
    await show(answerOf(searches, { text: 'First text.\nSecond text.', state: 'ended', reason: 'stop' }));
    const order = [...document.querySelectorAll('.search-run, .markdown')].map(
      ({ textContent }) => textContent,
    );
    expect(order).toEqual([
      'Searched 1 query, read 3 pages in full',
      'First text.',
      'Searched 1 query, found nothing',
      'Second text.',
    ]);
    // Of an answer that has ended, other words answer the question once more.
    await press(/found nothing/);
    expect(words()).toContain('Nothing was found for these words.');
    await press('Change the search words: x');
    await typeIn(fields()[0] as HTMLTextAreaElement, 'y');
    await key(fields()[0] as Element, 'Enter');
    expect(search.rerun).toHaveBeenCalledWith(['y'], 'answer-1');
  });

  it('says that nothing could be read, and that it was refused or stopped', async () => {
    const ended = { text: 'Text.', state: 'ended', reason: 'stop' } as const;
    await show(answerOf([aSearch({ state: 'done', pages: kinds.slice(3, 5) })], ended));
    await press('Searched 1 query, could read none of 2 pages');
    expect(words()).toContain('None of these pages could be read.');
    await show(answerOf([aSearch({ state: 'refused' })], ended));
    expect(button('Answered without searching')).toBeDefined();
    await show(answerOf([aSearch({ state: 'stopped', pages: kinds })], ended));
    expect(button('Stopped early. Read 3 pages in full')).toBeDefined();
  });

  it('of one link is about the page', async () => {
    const call = { id: '1', name: 'read_url', arguments: '{}' } as unknown as SearchRecord['call'];
    const queries = [{ text: 'https://rivers.example/report' }];
    const link: Partial<SearchRecord> = { call, queries, state: 'done' };
    await show(answerOf([aSearch({ ...link, pages: [aPage({ status: 'read' })] })], { text: 'Text.' }));
    expect(button('Read 1 page in full')).toBeDefined();
    await show(answerOf([aSearch({ ...link, pages: [kinds[4] as SearchPage] })], { text: 'Text.' }));
    expect(button('The linked page could not be read')).toBeDefined();
  });

  it('draws nothing of a call that says nothing', async () => {
    await show(answerOf([aSearch({ queries: [], why: undefined })]));
    expect(document.querySelector('.search-run')).toBeNull();
  });
});

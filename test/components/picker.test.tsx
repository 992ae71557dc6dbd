/** @vitest-environment jsdom */
import { act, createElement } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ActionsProvider, type PanelActions } from '@/components/panel/actions';
import { Picker } from '@/components/picker/picker';
import type { PickTarget } from '@/components/picker/use-picks';
import type { Candidate, Gathered, Gathering } from '@/utils/chat/gathering';
import type { NextRequest } from '@/utils/chat/next-request';
import type { CandidateGroup, Picking, PickingState } from '@/utils/chat/picking';
import { createState } from '@/utils/chat/state';
import type { Source } from '@/utils/source';
import { sourceOf } from '../fixtures/sources.ts';

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;
globalThis.matchMedia ??= (() => ({ matches: true })) as never;
HTMLDialogElement.prototype.showModal ??= function (this: HTMLDialogElement) {
  this.open = true;
};
HTMLDialogElement.prototype.close ??= function (this: HTMLDialogElement) {
  this.open = false;
};

const tab = (id: number, title: string, more: object = {}): Candidate => ({
  kind: 'tab',
  key: `tab:${id}`,
  title,
  url: `https://reads.example/${id}`,
  tabId: id,
  windowId: 1,
  isFront: false,
  isAsleep: false,
  isSensitive: false,
  ...more,
});
const windowOf = (...candidates: Candidate[]): CandidateGroup => ({
  id: 'window:1',
  kind: 'window',
  isThisWindow: true,
  candidates,
});

let root: Root;
let state: ReturnType<typeof createState<PickingState>>;
let calls: string[];
let target: PickTarget;

const keysOf = (candidates: readonly Candidate[]) => candidates.map(({ key }) => key).join();
const gathering = {
  pick: (candidates: readonly Candidate[]) =>
    candidates.length > 0 && calls.push(`pick ${keysOf(candidates)}`),
  unpick: (keys: readonly string[]) => calls.push(`unpick ${keys.join()}`),
  wake: (key: string) => calls.push(`wake ${key}`),
  retry: (id: string) => calls.push(`retry ${id}`),
  allowPicked: async () => calls.push('allow all') > 0,
} as unknown as Gathering;
const actions = {
  allow: async (address: string) => calls.push(`allow ${address}`) > 0,
  showTab: (id: number) => calls.push(`show ${id}`),
} as unknown as PanelActions;
const list = (): Picking => ({
  ...state,
  search: (text) => void calls.push(`search ${text}`),
  allow: async (what) => calls.push(`list ${what}`) > 0,
  close: () => void calls.push('close'),
});
const troubled = (id: number, code: string, facts: object = {}): Gathered =>
  ({
    id: `tab:${id} 1`,
    key: `tab:${id}`,
    kind: 'tab',
    title: `Tab ${id}`,
    place: id,
    status: 'trouble',
    trouble: { code, facts },
  }) as Gathered;

function show(given: {
  gathered?: Gathered[];
  groups?: CandidateGroup[];
  lacks?: PickingState['lacks'];
  /** What was picked and read, by its key. */
  read?: { key: string; source: Source };
}) {
  const { read } = given;
  const groups = given.groups ?? state.get().groups;
  act(() => state.set({ groups, lacks: given.lacks ?? [], status: 'ready' }));
  target = {
    asking: {
      gathered: given.gathered ?? [],
      sources: {
        picks: read ? [{ key: read.key, id: read.source.id, place: 1 }] : [],
        setOut: () => {},
        detach: () => {},
      } as never,
    },
    gathering,
    next: {
      sources: read
        ? [{ entry: { source: read.source, tokens: 9 }, number: 1, tokens: 9, sent: false, out: false }]
        : [],
      total: 0,
      window: 256_000,
      share: 0,
    } as unknown as NextRequest,
    page: { status: 'none' } as never,
    isNew: true,
  };
  return act(async () =>
    root.render(
      createElement(
        ActionsProvider,
        { value: actions },
        createElement(Picker, {
          ...target,
          list,
          onAsk: (task) => void calls.push(`ask ${task}`),
          onClose: () => void calls.push('done'),
        }),
      ),
    ),
  );
}
const box = (title: string) =>
  [...document.querySelectorAll<HTMLElement>('[role="checkbox"]')].find((one) =>
    one.getAttribute('aria-label')?.startsWith(title),
  ) as HTMLElement;
const button = (label: string) =>
  [...document.querySelectorAll('button')].find(
    (one) => one.textContent === label || one.getAttribute('aria-label') === label,
  ) as HTMLElement;
const click = (element: Element) => act(async () => (element as HTMLElement).click());
const press = (key: string, element = document.activeElement as Element) =>
  act(async () =>
    element.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })),
  );

beforeEach(() => {
  calls = [];
  state = createState<PickingState>({ groups: [], lacks: [], status: 'loading' });
  root = createRoot(document.body.appendChild(document.createElement('div')));
});
afterEach(async () => {
  await act(async () => root.unmount());
  document.body.replaceChildren();
});

describe('the list of what can be picked', () => {
  it('ticks one, and all of a group in the order of the list, but for what may be private', async () => {
    const groups = [
      windowOf(
        tab(1, 'Kestrel'),
        tab(2, 'Bank', { isSensitive: true }),
        tab(3, 'Folio'),
        tab(4, 'chrome', { barred: 'browser-page' }),
      ),
    ];
    await show({ groups });
    await click(box('Folio'));
    await click(button('All: This window'));
    expect(calls.slice(1)).toEqual(['pick tab:3', 'pick tab:1,tab:3']);
    // It can never be read, and says why.
    await click(box('chrome'));
    expect(calls).toHaveLength(3);
    expect(box('chrome').getAttribute('aria-disabled')).toBe('true');
    expect(document.body.textContent).toContain('Browsers keep extensions out of it');
    // What may be private is asked about once.
    await click(box('Bank'));
    expect(calls).toHaveLength(3);
    await click(button('Leave it out: Bank'));
    await click(box('Bank'));
    await click(button('Read it: Bank'));
    expect(calls.slice(3)).toEqual(['pick tab:2']);
    await act(async () => root.unmount());
    expect(calls.at(-1)).toBe('close');
    root = createRoot(document.body);
  });

  it('says what is in the way of each, and helps one or all', async () => {
    const groups = [
      windowOf(tab(1, 'One'), tab(2, 'Two'), tab(3, 'Three'), tab(4, 'Four'), tab(5, 'Five'), tab(6, 'Six')),
    ];
    const gathered = [
      troubled(1, 'page-permission', { address: 'https://reads.example/1' }),
      troubled(2, 'page-permission', { address: 'https://shop.example/2' }),
      troubled(3, 'page-asleep'),
      troubled(4, 'page-asleep'),
      troubled(5, 'page-sign-in', { host: 'mail.example' }),
      troubled(6, 'tab-closed'),
    ];
    await show({ groups, gathered });
    const rows = document.body.textContent;
    for (const words of [
      'has not let me read it',
      'Asleep',
      'asks you to sign in',
      'Closed before it was read',
    ])
      expect(rows).toContain(words);
    calls = [];
    await click(button('Allow: One'));
    expect(calls).toEqual(['allow https://reads.example/1', 'retry tab:1 1']);
    // The row has the focus, when its button is gone.
    expect(document.activeElement).toBe(box('One'));
    calls = [];
    await click(button('Allow 2 sites'));
    await click(button('Wake 2 tabs'));
    await click(button('Open the tab: Five'));
    await click(button('Read it as it is: Five'));
    await click(box('Six'));
    expect(calls).toEqual([
      'allow all',
      'wake tab:3',
      'wake tab:4',
      'show 5',
      'retry tab:5 1',
      'unpick tab:6',
    ]);
  });

  it('says of a page that had not finished loading that only a part of it was read', async () => {
    const whole = await sourceOf(['The first half.']);
    const groups = [windowOf(tab(1, 'Slow'))];
    await show({ groups, read: { key: 'tab:1', source: whole } });
    expect(box('Slow').textContent).not.toContain('had not finished');
    const source: Source = { ...whole, gaps: [{ why: 'still-loading', size: 1 }] };
    await show({ groups, read: { key: 'tab:1', source } });
    expect(box('Slow').textContent).toContain('The page had not finished loading');
  });

  it('asks the browser first of all, inside the click', async () => {
    await show({ groups: [windowOf(tab(1, 'One'))], lacks: ['tabs', 'bookmarks', 'history'] });
    calls = [];
    act(() => button('Show bookmarks').click());
    act(() => button('Show their titles').click());
    // Nothing was awaited before.
    expect(calls).toEqual(['list bookmarks', 'list tabs']);
    await act(async () => {});
  });

  it('is gone through with keys alone, and typing goes on in the search', async () => {
    await show({
      groups: [windowOf(tab(1, 'One'), tab(2, 'Two')), { id: 'chats', kind: 'chats', candidates: [] }],
    });
    const field = document.querySelector('input') as HTMLInputElement;
    expect(document.activeElement).toBe(field);
    await press('ArrowDown');
    expect(document.activeElement?.textContent).toBe('All');
    await press('ArrowDown');
    expect(document.activeElement).toBe(box('One'));
    // One row at a time is in the order of Tab.
    expect(document.querySelectorAll('[data-row] [tabindex="0"]')).toHaveLength(1);
    await press('End');
    expect(document.activeElement?.textContent).toBe('Earlier chats0');
    await press('Home');
    await press('ArrowUp');
    expect(document.activeElement).toBe(field);
    await press('ArrowDown');
    await press('t');
    expect(document.activeElement).toBe(field);
  });

  it('counts what is there and on its way, and compares from two on', async () => {
    const reading = { ...troubled(1, ''), status: 'reading' } as Gathered;
    const queued = { ...troubled(2, ''), status: 'queued' } as Gathered;
    const groups = [windowOf(tab(1, 'One'), tab(2, 'Two'))];
    await show({ groups, gathered: [reading] });
    expect(document.body.textContent).toContain('1 source≈0 of 256K');
    expect(button('Compare')).toBeUndefined();
    await show({ groups, gathered: [reading, queued] });
    expect(document.body.textContent).toContain('2 sources');
    expect(box('Two').getAttribute('aria-checked')).toBe('true');
    await click(button('Compare'));
    expect(calls.at(-1)).toBe('ask compare');
  });

  it('says quietly how many are read, and not at every one', async () => {
    vi.useFakeTimers();
    const reading = { ...troubled(1, ''), status: 'reading' } as Gathered;
    await show({ groups: [windowOf(tab(1, 'One'))], gathered: [reading] });
    const said = () => document.querySelector('.picker-footer [role="status"]')?.textContent;
    expect(said()).toBe('');
    await act(async () => vi.advanceTimersByTime(2_000));
    expect(said()).toBe('0 of 1 are read');
    vi.useRealTimers();
  });
});

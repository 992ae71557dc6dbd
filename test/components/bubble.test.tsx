// @vitest-environment jsdom
import { act } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type OverlayActions, OverlayActionsProvider } from '@/components/overlay/actions';
import { Bubble } from '@/components/overlay/bubble';
import type { OverlayLine } from '@/components/overlay/line';
import { setLanguage } from '@/utils/i18n';
import type { FromHost, ToHost } from '@/utils/page/overlay/types';
import type { Bubble as BubbleRun, BubbleState } from '@/utils/translate/bubble';

/** What can be done with a translation in the bubble, and what is called for it. */

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;

const done: BubbleState = {
  status: 'done',
  selected: { text: 'The Chair ruled on it.', before: '', after: '', canReplace: true },
  from: 'en',
  to: 'zh-Hans',
  text: '主席作出裁定。',
  terms: [{ source: 'the Chair', target: '主席', reason: '', count: 2, paragraph: 1 }],
  alternatives: [],
};

let root: Root;
let state: BubbleState;
let called: unknown[];
let sent: ToHost[];
let tell: (message: FromHost) => void;
let addTerm: NonNullable<OverlayActions['addTerm']>;
let spoken: { text: string; lang?: string; voice?: unknown; onend?: () => void }[];

const noting =
  (name: string) =>
  async (...values: unknown[]) => {
    called.push([name, ...values]);
  };
const draw = (change: Partial<BubbleState> = {}) =>
  act(async () => {
    state = { ...state, ...change };
    const line = {
      request: { tabId: 1, windowId: 1 },
      send: (message: ToHost) => void sent.push(message),
      listen: (listener: typeof tell) => {
        tell = listener;
        return () => {};
      },
    } as unknown as OverlayLine;
    const run = {
      stop: () => called.push(['stop']),
      start: noting('start'),
      again: noting('again'),
      setLanguage: noting('setLanguage'),
      choose: (words: string) => void called.push(['choose', words]),
      result: () => undefined,
    } as unknown as BubbleRun;
    const actions = { host: 'harbour.example', zoom: async () => 1, addTerm } as unknown as OverlayActions;
    root.render(
      <OverlayActionsProvider value={actions}>
        <Bubble line={line} run={run} state={state} />
      </OverlayActionsProvider>,
    );
  });
const button = (name: string) =>
  [...document.querySelectorAll('button')].find(
    (one) => (one.getAttribute('aria-label') ?? one.textContent) === name,
  );
const press = async (name: string) => {
  await act(async () => {
    const found = button(name);
    if (!found) throw new Error(`There is no “${name}”.`);
    found.focus();
    found.click();
  });
};
const opened = (selector: string) =>
  vi.waitFor(
    async () => {
      // What is thrown within it would keep React from drawing.
      await act(() => new Promise((resolve) => setTimeout(resolve)));
      expect(document.querySelector(selector)).toBeTruthy();
    },
    { timeout: 10_000 },
  );
const type = (field: Element | undefined, value: string) =>
  act(async () => {
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(field, value);
    field?.dispatchEvent(new Event('input', { bubbles: true }));
  });

beforeEach(async () => {
  await setLanguage('en');
  [state, called, sent, spoken] = [done, [], [], []];
  addTerm = noting('addTerm') as typeof addTerm;
  root = createRoot(document.body.appendChild(document.createElement('div')));
});
afterEach(async () => {
  await act(async () => root.unmount());
  document.body.replaceChildren();
  vi.unstubAllGlobals();
});

it('adds a term: its words filled in, what is wrong said, what failed kept, and the focus back', async () => {
  await draw();
  await press('Add term');
  await opened('.bubble-term');
  const fields = () => [...document.querySelectorAll<HTMLInputElement>('.bubble-term input[type=text]')];
  expect(fields().map(({ value }) => value)).toEqual(['the Chair', '主席']);
  await type(fields()[0], 'x'.repeat(5_000));
  expect(document.querySelector('[role=alert]')?.textContent).toBeTruthy();
  expect(button('Save term')?.disabled).toBe(true);
  await type(fields()[0], '  the Chair ');
  await type(fields()[1], '主持人');
  await act(async () => document.querySelectorAll<HTMLInputElement>('input[type=radio]')[1]?.click());
  addTerm = () => Promise.reject(new Error('full'));
  await draw();
  await press('Save term');
  expect(fields()[1]?.value).toBe('主持人');
  expect(document.querySelector('[role=alert]')).toBeTruthy();
  addTerm = noting('addTerm') as typeof addTerm;
  await draw();
  await press('Save term');
  expect(called).toEqual([
    ['addTerm', { source: 'the Chair', target: '主持人', scope: 'site', lang: 'zh-Hans' }],
  ]);
  expect(document.querySelector('.bubble-term')).toBeNull();
  expect(document.activeElement).toBe(button('Add term'));
  await press('Translate again with it');
  expect(called.at(-1)).toEqual(['start']);
});

it('takes a short selection for the term itself, and no part of a sentence', async () => {
  const first = async (text: string) => {
    await draw({ selected: { ...done.selected, text } });
    await press('Add term');
    await opened('.bubble-term');
    const value = document.querySelector<HTMLInputElement>('.bubble-term input')?.value;
    await press('Cancel');
    expect(document.activeElement).toBe(button('Add term'));
    return value;
  };
  expect(await first('harbour master')).toBe('harbour master');
  expect(await first('had lapsed and vacated the chair')).toBe('the Chair');
  expect(await first('港务长')).toBe('港务长');
});

it('asks for other words, another language, and the words in the page; the focus stays in the bubble', async () => {
  await draw();
  for (const [name, wish] of [
    ['Alternatives', 'alternatives'],
    ['Shorter', 'shorter'],
    ['Longer', 'longer'],
    ['Again', 'again'],
  ] as const) {
    await press('More');
    await opened('.bubble-wishes');
    await press(name);
    expect(called.at(-1)).toEqual(['again', wish]);
    expect(document.activeElement).toBe(button('More'));
  }
  await draw({ alternatives: ['主席裁定了。', '会议主席裁定了。'] });
  await press('会议主席裁定了。');
  expect(called.at(-1)).toEqual(['choose', '会议主席裁定了。']);

  await press('More');
  await opened('.bubble-wishes');
  await press('Replace in page');
  expect(sent.at(-1)).toEqual({ type: 'replace', text: done.text });
  await act(async () => tell({ type: 'replaced', isReplaced: true }));
  await press('Put the original back');
  expect(sent.at(-1)).toEqual({ type: 'restore' });

  const select = document.querySelector('select') as HTMLSelectElement;
  select.focus();
  await act(async () => {
    select.value = 'de';
    select.dispatchEvent(new Event('change', { bubbles: true }));
  });
  expect(called.at(-1)).toEqual(['setLanguage', 'de']);
  // Nothing to press but to stop while nothing has come; then the button is there again.
  await draw({ status: 'waiting', text: '', terms: [], to: 'de' });
  await draw({ status: 'streaming', text: 'Der' });
  await draw({ status: 'done' });
  expect(document.activeElement).toBe(button('More'));
});

it('closes a part with Escape, and not itself', async () => {
  await draw();
  await press('More');
  await opened('.bubble-wishes');
  const key = new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true });
  await act(async () => void document.querySelector('.bubble-wishes button')?.dispatchEvent(key));
  expect(key.defaultPrevented).toBe(true);
  expect(document.querySelector('.bubble-wishes')).toBeNull();
  expect(document.activeElement).toBe(button('More'));
});

it('is read aloud by a voice of this computer, and by no other', async () => {
  const voices = [
    { lang: 'zh-CN', localService: false, name: 'On the network' },
    { lang: 'zh-TW', localService: true, name: 'Here, of Taiwan' },
    { lang: 'zh_CN', localService: true, name: 'Here' },
  ];
  let list = voices.slice(0, 1);
  const heard = new EventTarget();
  const cancel = vi.fn();
  vi.stubGlobal(
    'speechSynthesis',
    Object.assign(heard, {
      getVoices: () => list,
      cancel,
      speak: (said: (typeof spoken)[number]) => void spoken.push(said),
    }),
  );
  vi.stubGlobal(
    'SpeechSynthesisUtterance',
    class {
      text: string;
      constructor(text: string) {
        this.text = text;
      }
    },
  );
  await draw();
  expect(button('Listen')).toBeUndefined();
  list = voices;
  await act(async () => void heard.dispatchEvent(new Event('voiceschanged')));
  await press('Listen');
  expect(spoken).toMatchObject([{ text: done.text, voice: { name: 'Here' }, lang: 'zh_CN' }]);
  expect(button('Stop')?.getAttribute('aria-pressed')).toBe('true');
  await press('Stop');
  expect(cancel).toHaveBeenCalled();
  expect(spoken).toHaveLength(1);
  await press('Listen');
  await act(async () => spoken[1]?.onend?.());
  expect(button('Listen')).toBeTruthy();
});

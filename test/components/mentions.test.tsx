/** @vitest-environment jsdom */
import { act, createElement, useRef, useState } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Mentions } from '@/components/picker/mentions';
import type { PickTarget } from '@/components/picker/use-picks';
import type { Candidate } from '@/utils/chat/gathering';
import type { Picking, PickingState } from '@/utils/chat/picking';
import { createState } from '@/utils/chat/state';

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;
Element.prototype.scrollIntoView ??= () => {};

const tab = (id: number, title: string, isSensitive = false): Candidate => ({
  kind: 'tab',
  key: `tab:${id}`,
  title,
  url: `https://reads.example/${id}`,
  tabId: id,
  windowId: 1,
  isFront: false,
  isAsleep: false,
  isSensitive,
});
const all = [tab(1, 'Kestrel 7'), tab(2, 'Folio 2'), tab(3, 'Bank', true)];

let root: Root;
let calls: string[];
let draft: string;

/** The list as the browser would give it: what matches the search. */
function list(): Picking {
  const of = (search: string): PickingState => ({
    groups: [
      {
        id: 'window:1',
        kind: 'window' as const,
        isThisWindow: true,
        candidates: all.filter(({ title }) => title.toLowerCase().includes(search.toLowerCase())),
      },
    ].filter(({ candidates }) => candidates.length > 0),
    lacks: [],
    status: 'ready',
  });
  const state = createState(of(''));
  return { ...state, search: (text) => state.set(of(text)), allow: async () => true, close: () => {} };
}
const target = {
  asking: { gathered: [], sources: { picks: [], setOut: () => {}, detach: () => {} } },
  gathering: { pick: (list: Candidate[]) => calls.push(`pick ${list.map(({ key }) => key)}`) },
  page: { status: 'none' },
  isNew: true,
} as unknown as PickTarget;

function Field() {
  const field = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState('');
  draft = text;
  const onAll = (search: string) => void calls.push(`all ${search}`);
  return createElement(
    'div',
    {},
    createElement('textarea', {
      ref: field,
      value: text,
      onChange: (event: { target: HTMLTextAreaElement }) => setText(event.target.value),
      onKeyDown: (event: { key: string }) => event.key === 'Enter' && calls.push('send'),
    }),
    createElement(Mentions, { ...target, field, draft: text, onDraft: setText, onAll, list }),
  );
}
const field = () => document.querySelector('textarea') as HTMLTextAreaElement;
/** Types a text, whole, as an input method or a key press would. */
const type = (text: string, isComposing = false) =>
  act(async () => {
    const value = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value');
    value?.set?.call(field(), text);
    field().setSelectionRange(text.length, text.length);
    field().dispatchEvent(new InputEvent('input', { bubbles: true, isComposing }));
  });
const press = (key: string, more: object = {}) =>
  act(async () =>
    field().dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more })),
  );
const options = () => [...document.querySelectorAll('[role="option"]')].map((option) => option.textContent);
const whole = 'All tabs, bookmarks and chats';

beforeEach(async () => {
  calls = [];
  root = createRoot(document.body.appendChild(document.createElement('div')));
  await act(async () => root.render(createElement(Field)));
  field().focus();
});
afterEach(async () => {
  await act(async () => root.unmount());
  document.body.replaceChildren();
});

describe('an @ in the question', () => {
  it('suggests what matches, and goes with its words when one is picked', async () => {
    await type('Compare @');
    expect(options()).toEqual(
      [whole, 'KKestrel 7reads.example', 'FFolio 2reads.example', 'BBankreads.example'].map((text) =>
        text.replace(/^[KFB](?=[A-Z])/, 'R'),
      ),
    );
    await type('Compare @fol');
    expect(options()).toEqual(['RFolio 2reads.example', whole]);
    expect(
      document.getElementById(field().getAttribute('aria-activedescendant') ?? '')?.textContent,
    ).toContain('Folio');
    await press('Enter');
    expect(calls).toEqual(['pick tab:2']);
    expect(draft).toBe('Compare ');
    expect(options()).toEqual([]);
    expect(field().hasAttribute('aria-activedescendant')).toBe(false);
    await press('Enter');
    expect(calls).toEqual(['pick tab:2', 'send']);
  });

  it('opens the whole list with Enter alone, and for what is to be asked about first', async () => {
    await type('@');
    await press('Enter');
    await type('@ban');
    await press('Enter');
    expect(calls).toEqual(['all ', 'all ban']);
  });

  it('is left as it is after Esc, and where nothing is called so', async () => {
    await type('write to @fol');
    await press('Escape');
    expect(options()).toEqual([]);
    expect(draft).toBe('write to @fol');
    await type('write to @foli');
    expect(options()).toEqual([]);
    await type('write to @nobody');
    await press('Enter');
    expect(calls).toEqual(['send']);
  });

  it('waits for an input method, and leaves it its keys', async () => {
    await type('@fol', true);
    expect(options()).toEqual([]);
    await act(async () => field().dispatchEvent(new CompositionEvent('compositionend', { bubbles: true })));
    expect(options()).toHaveLength(2);
    await press('Enter', { isComposing: true });
    expect(calls).toEqual(['send']);
    expect(options()).toHaveLength(2);
  });
});

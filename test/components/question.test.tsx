// @vitest-environment jsdom
import 'fake-indexeddb/auto';
import { act } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { FollowUps } from '@/components/answer/follow-ups';
import { Question, type QuestionProps } from '@/components/panel/question';
import { database } from '@/utils/store/database';
import { draftOfEdit } from '@/utils/store/drafts';
import { aTurn } from '../fixtures/records';

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;

let root: Root;
const turn = aTurn({ question: 'What is it?' });
const on = { onEdit: vi.fn(), onCancel: vi.fn(), onSend: vi.fn(), onBranch: vi.fn() };
const settle = () => act(() => new Promise((resolve) => setTimeout(resolve, 60)));

async function draw(more: Partial<QuestionProps> = {}) {
  const props = { turn, branch: 0, branches: 1, busy: false, editing: false, ...on, ...more };
  await act(async () => root.render(<Question {...props} />));
  await settle();
}
const field = () => document.querySelector('textarea') as HTMLTextAreaElement;
const button = (name: string) => document.querySelector<HTMLButtonElement>(`[aria-label="${name}"]`);
const key = (init: KeyboardEventInit) =>
  act(async () => {
    field().dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...init }));
  });
const type = (text: string) =>
  act(async () => {
    Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value')?.set?.call(field(), text);
    field().dispatchEvent(new Event('input', { bubbles: true }));
  });

beforeAll(async () => {
  // Loaded when it is needed, which takes no time that a test has to wait for.
  await import('@/components/panel/edit-question');
  Element.prototype.scrollIntoView = () => {};
  vi.stubGlobal('CSS', { supports: () => true });
});
beforeEach(async () => {
  await database.drafts.clear();
  for (const spy of Object.values(on)) spy.mockClear();
  root = createRoot(document.body.appendChild(document.createElement('div')));
});
afterEach(async () => {
  await act(async () => root.unmount());
  document.body.replaceChildren();
});

it('is sent with Enter, goes on with Shift and Enter, and leaves both to an input method', async () => {
  await draw({ editing: true });
  expect(field().value).toBe('What is it?');
  expect(document.activeElement).toBe(field());
  await type('  Which one? ');
  await key({ key: 'Enter', shiftKey: true });
  await key({ key: 'Enter', isComposing: true });
  await key({ key: 'Enter', keyCode: 229 });
  await key({ key: 'Escape', isComposing: true });
  expect(on.onSend).not.toHaveBeenCalled();
  expect(on.onCancel).not.toHaveBeenCalled();
  await key({ key: 'Enter' });
  expect(on.onSend).toHaveBeenCalledExactlyOnceWith('Which one?', expect.any(Function));
  await type('   ');
  await key({ key: 'Enter' });
  expect(on.onSend).toHaveBeenCalledTimes(1);
});

it('keeps what is typed until it was taken, and gives it up with Esc', async () => {
  const kept = async () => (await database.drafts.get(draftOfEdit(turn.chatId, turn.id)))?.text;
  await draw({ editing: true });
  await type('Which one?');
  await draw({ editing: false });
  await expect.poll(kept).toBe('Which one?');
  await draw({ editing: true });
  expect(field().value).toBe('Which one?');
  await key({ key: 'Escape' });
  expect(on.onCancel).toHaveBeenCalledOnce();
  await draw({ editing: false });
  await expect.poll(kept).toBeUndefined();
  // The way back in has the focus that the field had.
  expect(document.activeElement).toBe(button('Edit the question'));
});

it('leads to what was asked in its place, and nowhere while something streams', async () => {
  await draw({ branch: 1, branches: 3 });
  expect(document.body.textContent).toContain('2/3');
  await act(async () => button('Earlier question')?.click());
  await act(async () => button('Later question')?.click());
  expect(on.onBranch.mock.calls).toEqual([[0], [2]]);
  await draw({ branch: 2, branches: 3 });
  expect(button('Later question')?.disabled).toBe(true);
  await draw({ branch: 1, branches: 3, busy: true });
  expect(button('Earlier question')?.disabled).toBe(true);
  expect(button('Edit the question')?.disabled).toBe(true);
  await draw();
  expect(button('Earlier question')).toBeNull();
});

it('is followed by suggestions that are text and nothing else', async () => {
  const ask = vi.fn();
  const questions = ['<img src=x onerror=alert(1)> why?', '这是什么？'];
  await act(async () => root.render(<FollowUps questions={questions} onAsk={ask} />));
  expect(document.querySelector('img')).toBeNull();
  const buttons = [...document.querySelectorAll('button')];
  expect(buttons.map(({ textContent }) => textContent)).toEqual(questions);
  expect(buttons[1]?.querySelector('bdi')?.lang).toMatch(/^zh/);
  await act(async () => buttons[0]?.click());
  expect(ask).toHaveBeenCalledExactlyOnceWith(questions[0]);
});

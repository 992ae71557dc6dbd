/** @vitest-environment jsdom */
import { act, createElement } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ActionsProvider, type PanelActions } from '@/components/panel/actions';
import { Turns } from '@/components/panel/turns';
import { type ConversationState, emptyConversation } from '@/utils/chat/conversation-state';
import { setLanguage } from '@/utils/i18n';
import { aChat, anAnswer, aTurn } from '../fixtures/records';

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;

/** How often each text was looked at to tell its language: once for each time that it is drawn. */
const drawn = vi.hoisted(() => new Map<string, number>());
vi.mock('@/utils/source', async (original) => ({
  ...(await original<object>()),
  scriptLanguage: (text: string) => {
    drawn.set(text, (drawn.get(text) ?? 0) + 1);
    return undefined;
  },
}));

const on = {} as Parameters<typeof Turns>[0]['on'];
const actions = {} as PanelActions;
let root: Root;

function chatOf(count: number): ConversationState {
  const turns = Array.from({ length: count }, (_, index) =>
    aTurn({ id: `turn-${index}`, position: index, question: `Question ${index}?` }),
  );
  const answers = Object.fromEntries(
    turns.map(({ id }, index) => [
      id,
      [anAnswer({ id: `answer-${index}`, turnId: id, text: `Answer ${index}.` })],
    ]),
  );
  return { ...emptyConversation, chat: aChat(), turns, answers };
}

const show = (chat: ConversationState) =>
  act(async () =>
    root.render(createElement(ActionsProvider, { value: actions }, createElement(Turns, { chat, on }))),
  );

beforeEach(async () => {
  await setLanguage('en');
  drawn.clear();
  const place = document.createElement('div');
  document.body.append(place);
  root = createRoot(place);
});
afterEach(async () => {
  await act(async () => root.unmount());
  document.body.replaceChildren();
});

describe('the turns of a chat', () => {
  it('are not drawn again while something is typed: the panel around them is', async () => {
    const chat = chatOf(20);
    await show(chat);
    expect(drawn.get('Question 3?')).toBe(1);
    expect(document.querySelectorAll('.question')).toHaveLength(20);
    for (let press = 0; press < 5; press++) await show(chat);
    expect(drawn.get('Question 3?')).toBe(1);
  });

  it('are drawn again only where an answer streams', async () => {
    const chat = chatOf(20);
    const streaming = { answerId: 'answer-19' };
    const flush = (text: string): ConversationState => ({
      ...chat,
      streaming,
      answers: {
        ...chat.answers,
        'turn-19': [anAnswer({ id: 'answer-19', turnId: 'turn-19', text, state: 'streaming' })],
      },
    });
    await show(flush('It'));
    drawn.clear();
    for (const text of ['It is', 'It is a', 'It is a mill']) await show(flush(text));
    expect(drawn.get('Question 19?')).toBe(3);
    for (let index = 0; index < 19; index++) expect(drawn.get(`Question ${index}?`)).toBeUndefined();
    expect(document.querySelector('.turn:last-child')?.textContent).toContain('It is a mill');
  });
});

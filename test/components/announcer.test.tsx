// @vitest-environment jsdom
import { act } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Announcer } from '@/components/panel/announcer';
import { type ConversationState, emptyConversation } from '@/utils/chat/conversation-state';
import { setLanguage } from '@/utils/i18n';
import { anAnswer, aTurn } from '../fixtures/records';
import { measuredSource } from '../fixtures/sources';

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;

let root: Root;
const draw = (chat: ConversationState, reading = false) =>
  act(async () => root.render(<Announcer chat={chat} reading={reading} />));
const said = () => document.querySelector('[role="status"]')?.textContent;

beforeEach(() => {
  root = createRoot(document.body.appendChild(document.createElement('div')));
});
afterEach(async () => {
  await act(async () => root.unmount());
  document.body.replaceChildren();
});

it('says that the page is read, that an answer began, and how long it is when it has ended', async () => {
  const entry = await measuredSource(['The tide turns.']);
  const turn = aTurn();
  const text = 'It turns at six.\n\n<follow-ups>\n- Why at six?\n</follow-ups>';
  const answer = anAnswer({ turnId: turn.id, text });
  const chat = { ...emptyConversation, turns: [turn], sources: [entry], answers: { [turn.id]: [answer] } };
  await draw(emptyConversation, true);
  expect(said()).toBe('Reading the page');
  await draw(emptyConversation);
  expect(said()).toBe('');
  await draw({ ...chat, streaming: { answerId: answer.id } });
  expect(said()).toBe('Answer started');
  await draw(chat);
  expect(said()).toBe('Answer finished, 4 words, 1 source');
});

it('says nothing of an answer that was left behind, nor of the chat that is opened', async () => {
  const other = anAnswer({ id: 'other', turnId: 'other', text: 'Something else.' });
  const opened = { ...emptyConversation, turns: [aTurn({ id: 'other' })], answers: { other: [other] } };
  await draw({ ...emptyConversation, streaming: { answerId: 'answer-1' } });
  await draw(opened);
  expect(said()).toBe('');
});

it('falls silent when the language changes: what was said in the other one is over', async () => {
  await draw(emptyConversation);
  await draw({ ...emptyConversation, streaming: { answerId: 'answer-1' } });
  expect(said()).toBe('Answer started');
  await act(() => setLanguage('zh_CN'));
  expect(said()).toBe('');
  await act(() => setLanguage('en'));
});

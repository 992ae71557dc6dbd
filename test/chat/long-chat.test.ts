import { describe, expect, it } from 'vitest';
import {
  type ConversationState,
  emptyConversation,
  findAnswer,
  lastAnswered,
  shownAnswer,
  streamingAnswer,
} from '@/utils/chat/conversation-state';
import { anAnswer, aTurn } from '../fixtures/records';

/** A chat that counts how often one of its turns or lists of answers is looked at. */
function counted(length: number) {
  let looks = 0;
  const counting = <T extends object>(target: T): T =>
    new Proxy(target, {
      get(from, name, receiver) {
        if (name !== 'length') looks++;
        return Reflect.get(from, name, receiver);
      },
      ownKeys(from) {
        looks += length;
        return Reflect.ownKeys(from);
      },
    });
  const turns = Array.from({ length }, (_, index) => aTurn({ id: `turn-${index}`, position: index }));
  const answers = Object.fromEntries(
    turns.map(({ id }, index) => [id, [anAnswer({ id: `answer-${index}`, turnId: id, text: 'Words.' })]]),
  );
  const state: ConversationState = {
    ...emptyConversation,
    turns: counting(turns),
    answers: counting(answers),
    streaming: { answerId: `answer-${length - 1}` },
  };
  return { state, looks: () => looks };
}

describe('a flush of a streaming answer', () => {
  it.each([
    ['finds the answer', streamingAnswer],
    ['finds what was said last', lastAnswered],
    ['finds what is shown', (state: ConversationState) => shownAnswer(state, state.turns.at(-1)?.id ?? '')],
  ])('%s without looking through the chat', (_, find) => {
    const { state, looks } = counted(10_000);
    expect(find(state)?.id).toBe('answer-9999');
    expect(looks()).toBeLessThan(10);
  });

  it('finds an answer of another branch as well, wherever it is', () => {
    const { state } = counted(100);
    const elsewhere = { ...state, turns: state.turns.slice(0, 10) };
    expect(findAnswer(elsewhere, 'answer-70')?.id).toBe('answer-70');
    expect(findAnswer(state, 'answer-3')?.id).toBe('answer-3');
    expect(findAnswer(state, 'none')).toBeUndefined();
  });
});

import type { MeasuredSource } from '../context/compose';
import type { Trouble } from '../errors';
import type { AnswerRecord, ChatRecord, TurnRecord } from '../store/records';
import type { Decision } from './decisions';
import type { Waiting } from './live-answer';

/** One conversation as it is on the screen. */
export interface ConversationState {
  chat?: ChatRecord;
  turns: TurnRecord[];
  /** Answers of each turn, oldest first, by the turn's id. */
  answers: Record<string, AnswerRecord[]>;
  /** Which answer of a turn is shown, when not the newest. */
  shown: Record<string, number>;
  sources: MeasuredSource[];
  /** The answer that is streaming here, and what it waits for. */
  streaming?: { answerId: string; waiting?: Waiting };
  /** Why the last request from outside the panel was not sent. */
  refusal?: Trouble;
  /** What the user has to decide before the last question is sent; the question stays in the composer. */
  decision?: Decision;
}

export const emptyConversation: ConversationState = { turns: [], answers: {}, shown: {}, sources: [] };

/** The answer of a turn that is on screen: the chosen one, or the newest. */
export function shownAnswer(state: ConversationState, turnId: string): AnswerRecord | undefined {
  const list = state.answers[turnId] ?? [];
  return list[state.shown[turnId] ?? list.length - 1];
}

export const findAnswer = (state: ConversationState, id: string): AnswerRecord | undefined =>
  Object.values(state.answers)
    .flat()
    .find((answer) => answer.id === id);

/** Those of the turns that have an answer with text, with the answer that is shown for each. */
export function answeredTurns(state: ConversationState, turns: TurnRecord[]) {
  return turns.flatMap((turn) => {
    const answer = shownAnswer(state, turn.id);
    return answer?.text.trim() ? [{ turn, answer }] : [];
  });
}

import type { MeasuredSource } from '../context/compose';
import type { Trouble } from '../errors';
import type { AnswerRecord, ChatRecord, TurnRecord } from '../store/records';
import type { Branch } from './branches';
import type { Decision } from './decisions';
import type { Waiting } from './live-answer';

/** One conversation as it is on the screen. */
export interface ConversationState {
  chat?: ChatRecord;
  /** The questions on screen: one path through those of all branches. */
  turns: TurnRecord[];
  /** Answers of each turn of all branches, oldest first, by the turn's id. */
  answers: Record<string, AnswerRecord[]>;
  /** Which answer of a turn is shown, when not the newest. */
  shown: Record<string, number>;
  /** The sources of the path on screen, those found for the answers that are shown included, as they were added. */
  sources: MeasuredSource[];
  /** The questions of all branches, and their sources. */
  all: { turns: TurnRecord[]; sources: MeasuredSource[] };
  /** Which branch is on screen, where not the newest. */
  branch: Branch;
  /** The answer that is streaming here, and what it waits for. */
  streaming?: { answerId: string; waiting?: Waiting };
  /** Why the last request from outside the panel was not sent. */
  refusal?: Trouble;
  /** What the user has to decide before the last question is sent; the question stays in the composer. */
  decision?: Decision;
}

export const emptyConversation: ConversationState = {
  turns: [],
  answers: {},
  shown: {},
  sources: [],
  all: { turns: [], sources: [] },
  branch: {},
};

/** The answer of a turn that is on screen: the chosen one, or the newest. */
export function shownAnswer(
  state: Pick<ConversationState, 'answers' | 'shown'>,
  turnId: string,
): AnswerRecord | undefined {
  const list = state.answers[turnId] ?? [];
  return list[state.shown[turnId] ?? list.length - 1];
}

/** The answer with this id. From the end, where it nearly always is: the length of the chat then costs nothing. */
export function findAnswer({ turns, answers }: ConversationState, id: string): AnswerRecord | undefined {
  for (let index = turns.length - 1; index >= 0; index--) {
    const found = answers[turns[index]?.id ?? '']?.find((answer) => answer.id === id);
    if (found) return found;
  }
  // One whose question is not on the screen.
  return Object.values(answers)
    .flat()
    .find((answer) => answer.id === id);
}

/** The answer that is streaming here. */
export const streamingAnswer = (state: ConversationState): AnswerRecord | undefined =>
  state.streaming && findAnswer(state, state.streaming.answerId);

/** The last answer on screen that has text: what the next question follows on. */
export function lastAnswered(state: ConversationState): AnswerRecord | undefined {
  for (let index = state.turns.length - 1; index >= 0; index--) {
    const answer = shownAnswer(state, state.turns[index]?.id ?? '');
    if (answer?.text) return answer;
  }
  return undefined;
}

/** Those of the turns that have an answer with text, with the answer that is shown for each. */
export function answeredTurns(state: Pick<ConversationState, 'answers' | 'shown'>, turns: TurnRecord[]) {
  return turns.flatMap((turn) => {
    const answer = shownAnswer(state, turn.id);
    return answer?.text.trim() ? [{ turn, answer }] : [];
  });
}

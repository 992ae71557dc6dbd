/** The records of a new question and of an answer that is about to begin. */

import type { MeasuredSource } from '../context/compose';
import type { Connection, ImagePart, Task } from '../models/types';
import { instructionsFor } from '../prompts/instructions';
import { pageAddress } from '../store/chats';
import type { AnswerRecord, ChatRecord, TurnRecord } from '../store/records';
import { answeredTurns, type ConversationState } from './conversation-state';

export interface Question {
  task: Task;
  question: string;
  /** Sources to be read with it; those the chat already has are not sent again. */
  sources: MeasuredSource[];
  /** English name of the answer's language; undefined for the question's own. */
  language?: string;
  /** Pictures that go with it. */
  images?: ImagePart[];
}

interface Origins {
  newId: () => string;
  now: () => number;
}

/** The turn of a question, its chat, and all sources of the chat with the new ones; those in `omit` stay out. */
export function newTurn(
  state: ConversationState,
  { task, question, sources: given, language, images }: Question,
  omit: ReadonlySet<string> = new Set(),
  { newId, now }: Origins,
): { chat: ChatRecord; turn: TurnRecord; sources: MeasuredSource[] } {
  const added = given.filter(({ source }) => !omit.has(source.id));
  // What was sent once stays as it was sent, also when its page has another title or place by now.
  const known = new Map(state.sources.map((entry) => [entry.source.id, entry]));
  for (const entry of added) if (!known.has(entry.source.id)) known.set(entry.source.id, entry);
  const sent = new Set(answeredTurns(state, state.turns).flatMap(({ turn }) => turn.sourceIds));
  const chat: ChatRecord = state.chat ?? {
    id: newId(),
    title: added[0]?.source.title || question,
    createdAt: now(),
    updatedAt: now(),
    urls: [],
  };
  const turn: TurnRecord = {
    id: newId(),
    chatId: chat.id,
    position: state.turns.length,
    task,
    question,
    instructions: instructionsFor(task, { language, now: new Date(now()), documents: known.size > 0 }),
    sourceIds: [...known.keys()].filter((id) => !sent.has(id) && !omit.has(id)),
    askedAt: now(),
    // The names are the user's own; they are neither sent nor kept.
    ...(images?.length
      ? { images: images.map(({ type, mediaType, data }) => ({ type, mediaType, data })) }
      : {}),
  };
  const urls = [...known.values()].flatMap(({ source }) => (source.url ? [pageAddress(source.url)] : []));
  return {
    chat: { ...chat, updatedAt: now(), urls: [...new Set(urls)] },
    turn,
    sources: [...known.values()],
  };
}

/** An answer of which nothing has come yet. */
export const emptyAnswer = (
  turn: TurnRecord,
  { provider, model }: Connection,
  { newId, now }: Origins,
): AnswerRecord => ({
  id: newId(),
  turnId: turn.id,
  chatId: turn.chatId,
  createdAt: now(),
  provider: provider.id,
  providerName: provider.name,
  model: model.name,
  text: '',
  thinking: '',
  state: 'streaming',
  sendings: [],
});

/** What one press of “send” carries: composed from the conversation, and composed again to be looked at later. */

import { compose, type MeasuredSource, messageText } from '../context/compose';
import { AppError } from '../errors';
import type { Connection, Message, Request } from '../models/types';
import { sourceId } from '../source';
import type { SendingRecord, TurnRecord } from '../store/records';
import { answeredTurns, type ConversationState, findAnswer } from './conversation-state';

export interface PreparedSending {
  connection: Connection;
  request: Request;
  sending: SendingRecord;
}

/**
 * The request for a turn of the conversation (or a new turn at its end), and the record of it.
 * @throws AppError `too-long` with numbers when it does not fit whole
 */
export async function prepareSending(
  state: ConversationState,
  turn: TurnRecord,
  sources: MeasuredSource[],
  connection: Connection,
  { partial, now = Date.now }: { partial?: string; now?: () => number } = {},
): Promise<PreparedSending> {
  const { turns } = state;
  const earlier = turns.includes(turn) ? turns.slice(0, turns.indexOf(turn)) : turns;
  const past = answeredTurns(state, earlier);
  const history = past.map(({ turn: asked, answer }) => ({ ...asked, answer: answer.text }));
  // Sources of an earlier turn whose answer is missing go with this one.
  const sent = new Set(history.flatMap((asked) => asked.sourceIds));
  const named = new Set([...earlier, turn].flatMap((asked) => asked.sourceIds));
  const sourceIds = [...named].filter((id) => !sent.has(id));
  const { model } = connection;
  const composition = compose({ sources, history, turn: { ...turn, sourceIds }, model, partial });
  if (!composition.fits) {
    const { needed, limit } = composition;
    throw new AppError('too-long', { model: model.name, needed, limit, ours: 1 });
  }
  const sending: SendingRecord = {
    sentAt: now(),
    requestHash: await hashMessages(composition.request.messages),
    estimate: composition.estimate,
    history: past.map(({ answer }) => ({ answerId: answer.id, length: answer.text.length })),
    from: partial?.length ?? 0,
    sourceIds,
  };
  return { connection, request: composition.request, sending };
}

/** The literal messages of one sending, composed again from what is stored, and whether they match what was sent. */
export async function recomposeSending(
  state: ConversationState,
  answerId: string,
  position: number,
): Promise<{ messages: Message[]; matches: boolean }> {
  const { turns, sources } = state;
  const answer = findAnswer(state, answerId);
  const turn = turns.find((entry) => entry.id === answer?.turnId);
  const sending = answer?.sendings[position];
  if (!answer || !turn || !sending) throw new AppError('unexpected', { message: 'No such sending' });
  const history = sending.history.flatMap(({ answerId: id, length }) => {
    const earlier = findAnswer(state, id);
    const asked = turns.find((entry) => entry.id === earlier?.turnId);
    return earlier && asked ? [{ ...asked, answer: earlier.text.slice(0, length) }] : [];
  });
  const partial = sending.from > 0 ? answer.text.slice(0, sending.from) : undefined;
  const asked = { ...turn, sourceIds: sending.sourceIds ?? turn.sourceIds };
  const everything = { window: Number.POSITIVE_INFINITY };
  const composition = compose({ sources, history, turn: asked, model: everything, partial });
  if (!composition.fits) throw new AppError('unexpected', { message: 'An endless window was exceeded' });
  const { messages } = composition.request;
  return { messages, matches: (await hashMessages(messages)) === sending.requestHash };
}

const hashMessages = (messages: Message[]) =>
  sourceId(messages.map((message) => `${message.role}\n${messageText(message)}`).join('\n\u0000\n'));

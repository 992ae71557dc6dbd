/** An answer whose sources are read in passes: one request after the other, then one that answers from the notes. */

import type { Composition, MeasuredSource } from '../context/compose';
import { composeFromNotes, composePass } from '../context/passes';
import { AppError, type Trouble } from '../errors';
import type { Connection } from '../models/types';
import type { AnswerRecord, SendingRecord, TurnRecord } from '../store/records';
import type { ConversationState } from './conversation-state';
import { passesCost } from './fit';
import type { ReadInPasses } from './in-passes';
import type { LiveAnswerOptions, runAnswer, Waiting } from './live-answer';
import { memoryDecision, type Preparation, type PrepareOptions, type Surroundings } from './preparation';
import { cacheKeyOf, composeWhole, type Outgoing, outgoing, readIn, recordOf } from './sendings';
import { overCap } from './spending-cap';

export interface PassRunOptions
  extends Pick<LiveAnswerOptions, 'connection' | 'store' | 'signal' | 'show' | 'account'> {
  /** With its plan, and the notes of the passes that are done. */
  answer: ReadInPasses;
  turn: TurnRecord;
  outgoing: Outgoing;
  sources: MeasuredSource[];
  /** Tokens that the notes of a pass may have. */
  notes: number;
  run: typeof runAnswer;
  now?: () => number;
}

/** What is left of an answer that broke off while its sources were read in passes. */
export async function prepareRest(
  state: ConversationState,
  turn: TurnRecord,
  answer: ReadInPasses,
  connection: Connection,
  surroundings: Surroundings,
  { choice, now = Date.now }: PrepareOptions,
): Promise<Preparation> {
  const { plan, notes } = answer.passes;
  const room = answer.sendings.find(({ pass }) => pass)?.pass?.notes ?? 0;
  const left = { passes: plan.slice(notes.length), notes: room };
  const going = outgoing(state, turn);
  const { total } = composeWhole(
    going,
    state.sources,
    { ...connection.model, window: Infinity },
    {},
  ).estimate;
  const cost = passesCost(left, (total * left.passes.length) / plan.length, connection);
  const cacheKey = await cacheKeyOf(turn.chatId);
  const memory = await memoryDecision(
    connection.model.window,
    cacheKey,
    connection,
    surroundings,
    choice ?? {},
  );
  if (memory) return { kind: 'decide', decision: memory };
  const spending = await overCap(cost, turn.chatId, surroundings, choice?.agreed, now);
  if (spending) return { kind: 'decide', decision: spending };
  return {
    kind: 'passes',
    connection,
    plan: { passes: plan, notes: room },
    outgoing: going,
    sources: state.sources,
  };
}

/** What a pass says when its notes end at the output limit; the request that answers has to know. */
const cutNotes = '\n[These notes stop at the output limit.]';

/** Nothing of a pass is kept but its notes, which are kept by whoever runs it. */
const noStore: LiveAnswerOptions['store'] = {
  saveAnswer: async () => {},
  appendToJournal: async () => {},
  settleAnswer: async () => {},
};

/**
 * Runs the passes that are missing, then the answer. Resolves with the settled answer; failures are in it. Notes are
 * kept after each pass, so that an answer that broke off goes on with the pass where it stopped.
 */
export async function runPasses(options: PassRunOptions): Promise<AnswerRecord> {
  const { turn, outgoing, sources, connection, store, show, run, notes: room, now = Date.now } = options;
  let current: PassRunOptions['answer'] = { ...options.answer, state: 'streaming' };
  const { plan } = options.answer.passes;
  const count = plan.length;
  const inPlan = readIn(sources, current);
  const { model } = connection;
  const cacheKey = await cacheKeyOf(turn.chatId);
  const end = async (change: Pick<AnswerRecord, 'reason' | 'trouble'>): Promise<AnswerRecord> => {
    const settled: AnswerRecord = { ...current, ...change, state: 'ended' };
    await store.settleAnswer(settled).catch(() => {});
    show(settled);
    return settled;
  };
  const tooLong = ({ needed, limit }: Extract<Composition, { fits: false }>): Trouble =>
    new AppError('too-long', { model: model.name, needed, limit, ours: 1 }).toTrouble();

  for (let index = current.passes.notes.length; index < count; index++) {
    const number = index + 1;
    const pieces = plan[index] ?? [];
    const { numbers } = outgoing;
    const order = { number, count, notes: room, numbers };
    const composition = composePass(inPlan, turn, pieces, order, model, cacheKey);
    if (!composition.fits) return end({ reason: 'error', trouble: tooLong(composition) });
    const pass: SendingRecord['pass'] = { number, count, pieces, notes: room };
    const sending = await recordOf(composition, { ...outgoing, past: [] }, { pass, now });
    // On disk before it is sent: a panel that closes now leaves what the next one has to know to go on.
    await store.saveAnswer({ ...current, sendings: [...current.sendings, sending] }).catch(() => {});
    const withPass = (waiting?: Waiting): Waiting => ({
      since: sending.sentAt,
      ...waiting,
      pass: { number, count },
    });
    const settled = await run({
      ...options,
      answer: { ...current, text: '', thinking: '' },
      request: composition.request,
      sending,
      store: noStore,
      show: ({ sendings }, waiting) => show({ ...current, sendings }, withPass(waiting)),
    });
    current = { ...current, sendings: settled.sendings };
    if (settled.reason !== 'stop' && settled.reason !== 'length') {
      return end({ reason: settled.reason, trouble: settled.trouble });
    }
    const text = settled.reason === 'length' ? settled.text + cutNotes : settled.text;
    current = { ...current, passes: { plan, notes: [...current.passes.notes, text] } };
    await store.saveAnswer(current).catch(() => {});
  }

  const partial = current.text || undefined;
  const composition = composeFromNotes(outgoing.history, turn, current.passes.notes, model, {
    partial,
    cacheKey,
  });
  if (!composition.fits) return end({ reason: 'error', trouble: tooLong(composition) });
  const pass = { number: count + 1, count, pieces: [], notes: room };
  const sending = await recordOf(composition, outgoing, { from: current.text.length, pass, now });
  const { request } = composition;
  return run({ ...options, answer: current, request, sending });
}

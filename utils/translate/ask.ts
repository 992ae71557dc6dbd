/** One request about a document: the same bytes before it as in a chat about that document, and the same accounts. */

import { type Account, createAccount } from '../chat/accounts';
import { cacheKeyOf } from '../chat/sendings';
import { addUsage, withToolAnswers } from '../chat/tool-rounds';
import { compose, type MeasuredSource } from '../context/compose';
import type { Money } from '../context/money';
import { AppError } from '../errors';
import type { streamAnswer } from '../models';
import type { Connection, EndReason, Part, Request, Usage } from '../models/types';
import type { SendingRecord } from '../store/records';
import { noChat } from '../store/spending';

export interface AskOptions {
  document: MeasuredSource;
  instructions: string;
  question: string;
  connection: Connection;
  signal: AbortSignal;
  /** The chat about the same document, whose requests begin with the same bytes. */
  chatId?: string;
  account?: Account;
  stream?: typeof streamAnswer;
  fetch?: typeof globalThis.fetch;
  now?: () => number;
}

export type AskPart =
  | Extract<Part, { type: 'text-delta' | 'thinking-delta' | 'waiting' }>
  /** It ends once, with what it took. */
  | {
      type: 'end';
      reason: EndReason;
      trouble?: Extract<Part, { type: 'end' }>['trouble'];
      usage?: Usage;
      cost?: Money;
      /** Estimated tokens of what was sent. */
      input: number;
    };

/** Loads what calls models: with the first call, or before it, so that both are not one long task. */
export const loadModels = () => import('../models');

const streamLater: typeof streamAnswer = async function* (...call) {
  const models = await loadModels();
  yield* models.streamAnswer(...call);
};

/** The request, or the exact refusal. */
export async function requestFor({
  document,
  instructions,
  question,
  connection: { model },
  chatId,
}: Pick<AskOptions, 'document' | 'instructions' | 'question' | 'connection' | 'chatId'>): Promise<{
  request: Request;
  sending: SendingRecord;
}> {
  const { source } = document;
  const composition = compose({
    sources: [document],
    history: [],
    turn: { task: 'translate', question, instructions, sourceIds: [source.id] },
    model,
    cacheKey: await cacheKeyOf(chatId ?? source.id),
  });
  if (!composition.fits) {
    const { needed, limit } = composition;
    throw new AppError('too-long', { model: model.name, needed, limit, ours: 1 });
  }
  const sending: SendingRecord = {
    sentAt: 0,
    requestHash: '',
    estimate: composition.estimate,
    history: [],
    from: 0,
    sourceIds: [source.id],
  };
  return { request: composition.request, sending };
}

/**
 * Asks, and gives what comes. Failures are in its end, and never thrown, but for one: a request that is too long is not
 * sent.
 * @throws AppError too-long, cannot-translate
 */
export async function* ask({
  account = createAccount(),
  stream = streamLater,
  fetch,
  now = Date.now,
  ...options
}: AskOptions): AsyncGenerator<AskPart> {
  const { connection, signal } = options;
  if (connection.provider.wire === 'excerpts') throw new AppError('cannot-translate');
  const { request, sending } = await requestFor(options);
  const sentAt = now();
  let received = '';
  let usage: Usage | undefined;
  let paused = false;
  let end: Extract<Part, { type: 'end' }> = { type: 'end', reason: 'cut-off' };
  let isOver = false;
  const settle = async () => {
    isOver = true;
    const settlement = {
      chatId: noChat,
      connection,
      sending: { ...sending, sentAt, ...(usage ? { usage } : {}) },
      received,
      reason: end.reason,
      paused,
      ...(end.trouble ? { trouble: end.trouble } : {}),
    };
    // An account that cannot be kept must not take the translation with it.
    return (await account(settlement).catch(() => undefined))?.cost;
  };
  try {
    // Nothing is looked up for a translation: a model that wants to is told so.
    const answers = withToolAnswers(stream, request, connection, { signal, ...(fetch ? { fetch } : {}) });
    for await (const part of answers) {
      if (part.type === 'end') end = part;
      else if (part.type === 'usage') usage = addUsage(usage, part.usage);
      else if (part.type !== 'tool-call') {
        paused = part.type === 'waiting';
        if (part.type !== 'waiting') received += part.text;
        yield part;
      }
    }
    const cost = await settle();
    yield { ...end, input: sending.estimate.total, ...(usage ? { usage } : {}), ...(cost ? { cost } : {}) };
  } finally {
    // Whoever listened has gone: what came was paid for all the same.
    if (!isOver) {
      end = { type: 'end', reason: 'aborted' };
      void settle();
    }
  }
}

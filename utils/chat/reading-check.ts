/** The needle test of the settings page: does this model, through this server, read all that it is sent? */

import { isCut } from '../context/calibration';
import { compose } from '../context/compose';
import type { Money } from '../context/money';
import { estimateCost } from '../context/prices';
import { estimateTokens, measureLongText } from '../context/tokens';
import { AppError, type Trouble } from '../errors';
import { streamAnswer } from '../models';
import type { Connection, EndReason, Usage } from '../models/types';
import { instructionsFor } from '../prompts/instructions';
import { type createSpendingStore, monthOf, noChat, spendingStore } from '../store/spending';
import { costOfSending } from './accounts';
import { type CheckLanguage, codeWord, sentencesOf, textWithWords } from './reading-text';

export interface ReadingCheck {
  /** Whether the word at the beginning, in the middle and at the end came back. */
  found: boolean[];
  /** Input tokens as the server counted them, and as we did. */
  reported?: number;
  expected: number;
  /** The server reported far less than was sent. */
  cut: boolean;
  cost?: Money;
}

export interface ReadingCheckOptions {
  signal: AbortSignal;
  fetch?: typeof globalThis.fetch;
  /** Called when the text is on its way, and again when the answer begins. */
  onProgress?: (step: 'sent' | 'answering') => void;
  language?: CheckLanguage;
  /** A whole number from 0 to below its argument. */
  random?: (below: number) => number;
  spending?: Pick<ReturnType<typeof createSpendingStore>, 'record'>;
}

/**
 * Tokens of the text: enough to lie beyond every default window that cuts in silence (Ollama: 4,096 to 32,768), few
 * enough to cost 50 cents at the dearest price in our data (10 dollars a million) and five at the usual ones.
 */
const mostTokens = 48_000;
/** Of a window: the rest is for the answer and for the error of the estimate. */
const share = 0.6;
const answerTokens = 200;

/** Places of the three words, as shares of the text. */
const places = [0, 0.5, 1];

const anyNumber = (below: number) => (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) % below;

/** What a check sends, and what that costs. */
export function readingCheckCost({ model }: Connection): { tokens: number; cost?: Money } {
  const tokens = Math.floor(Math.min(mostTokens, model.window * share));
  return { tokens, cost: estimateCost(model, { input: tokens, output: answerTokens }) };
}

/**
 * Sends a made-up text with three random words in it the way every text is sent, and asks for the words. The text is
 * kept nowhere; what it cost is.
 * @throws AppError as a question would
 */
export async function checkReading(
  connection: Connection,
  {
    signal,
    fetch,
    onProgress,
    language = 'en',
    random = anyNumber,
    spending = spendingStore,
  }: ReadingCheckOptions,
): Promise<ReadingCheck> {
  const { model, provider } = connection;
  const { tokens } = readingCheckCost(connection);
  const words = places.map(() => codeWord(random));
  const source = await textWithWords(tokens, words, places, model, language);
  const composition = compose({
    sources: [{ source, ...(await measureLongText(source.text)) }],
    history: [],
    turn: {
      task: 'answer',
      question: sentencesOf(language).question,
      instructions: instructionsFor('answer', { language: language === 'zh' ? 'Chinese' : 'English' }),
      sourceIds: [source.id],
    },
    model,
    cacheKey: crypto.randomUUID(),
  });
  if (!composition.fits) {
    const { needed, limit } = composition;
    throw new AppError('too-long', { model: model.name, needed, limit, ours: 1 });
  }
  let text = '';
  let thinking = '';
  let usage: Usage | undefined;
  let paused = false;
  const account = async ({ reason, trouble }: { reason?: EndReason; trouble?: Trouble }) => {
    const output = usage?.output ?? estimateTokens(text + thinking);
    const sending = { usage, estimate: composition.estimate };
    const received = text + thinking;
    const cost = costOfSending({ connection, sending, received, reason, trouble, paused }, output);
    const input = usage?.input ?? composition.estimate.total;
    const entry = { chatId: noChat, month: monthOf(Date.now()), providerId: provider.id, model: model.name };
    if (cost) await spending.record({ ...entry, cost, input, output });
    return cost;
  };
  let cost: Money | undefined;
  onProgress?.('sent');
  for await (const part of streamAnswer(composition.request, connection, { signal, fetch })) {
    paused = part.type === 'waiting' || (paused && part.type === 'end');
    if (part.type === 'text-delta') {
      if (!text) onProgress?.('answering');
      text += part.text;
    } else if (part.type === 'thinking-delta') thinking += part.text;
    else if (part.type === 'usage') usage = part.usage;
    else if (part.type === 'end') {
      cost = await account(part);
      if (part.trouble) throw new AppError(part.trouble.code, part.trouble.facts);
      if (part.reason === 'aborted') throw new DOMException('Stopped by the user', 'AbortError');
    }
  }
  const { estimate } = composition;
  const reported = usage?.input;
  return {
    found: words.map((word) => text.toUpperCase().includes(word)),
    reported,
    expected: estimate.total,
    cut:
      reported !== undefined &&
      provider.wire !== 'excerpts' &&
      isCut(estimate, { input: reported, cached: usage?.cached }, {}),
    cost,
  };
}

/**
 * The model that Chrome brings (Prompt API). It runs on this computer and holds little; what it does not hold whole
 * is refused before it is asked, because it would drop the beginning without a word.
 */

import { AppError, toAppError } from '../../errors';
import type { Message, Model, Part, Request, Wire } from '../types';

/** The part of the API that is used here; older versions have the second name of each pair. */
export interface BuiltInModel {
  availability(): Promise<BuiltInState>;
  create(options: {
    initialPrompts?: BuiltInMessage[];
    signal?: AbortSignal;
    monitor?: (monitor: DownloadMonitor) => void;
  }): Promise<BuiltInSession>;
}

export type BuiltInState = 'available' | 'downloadable' | 'downloading' | 'unavailable';

/** What is told of a download: how much of it has come, from 0 to 1. Its size in bytes is told by nobody. */
interface DownloadMonitor {
  addEventListener(type: 'downloadprogress', listener: (event: { loaded: number }) => void): void;
}

interface BuiltInMessage {
  role: 'system' | 'user' | 'assistant';
  content: string;
}

interface BuiltInSession {
  readonly contextWindow?: number;
  readonly inputQuota?: number;
  measureContextUsage?(text: string): Promise<number>;
  measureInputUsage?(text: string): Promise<number>;
  readonly contextUsage?: number;
  readonly inputUsage?: number;
  promptStreaming(text: string, options?: { signal?: AbortSignal }): ReadableStream<string>;
  addEventListener(type: string, listener: () => void): void;
  destroy(): void;
}

const builtIn = (): BuiltInModel | undefined =>
  (globalThis as { LanguageModel?: BuiltInModel }).LanguageModel;

/** Whether this browser has such a model, or can fetch it. */
export async function builtInState(model = builtIn()): Promise<BuiltInState> {
  return (await model?.availability().catch(() => undefined)) ?? 'unavailable';
}

/**
 * Has the browser fetch its model, or waits for it to end what it has begun. Must be called inside a click, since the
 * browser begins for nothing less. `onShare` is told how much has come, from 0 to 1. When the signal is given nobody
 * waits any more; whether the browser goes on is its own affair.
 * @throws AppError model-not-found when there is none; whatever the browser throws when the download fails
 */
export async function fetchBuiltInModel(
  { onShare, signal }: { onShare?: (share: number) => void; signal?: AbortSignal } = {},
  model = builtIn(),
): Promise<void> {
  if (!model) throw new AppError('model-not-found');
  const session = await model.create({
    signal,
    monitor: (monitor) =>
      monitor.addEventListener('downloadprogress', ({ loaded }) => {
        if (Number.isFinite(loaded)) onShare?.(Math.min(1, Math.max(0, loaded)));
      }),
  });
  session.destroy();
}

/** The wire, with the browser's API as a parameter. */
export const createChromeWire = (find: () => BuiltInModel | undefined = builtIn): Wire =>
  async function* (request, { model, provider }, { signal }): AsyncGenerator<Part> {
    const facts = { provider: provider.name, model: model.name };
    let session: BuiltInSession | undefined;
    try {
      const api = find();
      if (!api || (await api.availability()) === 'unavailable') throw new AppError('model-not-found', facts);
      const messages = request.messages.map(toMessage);
      const question = messages.pop();
      if (!question) throw new AppError('empty-answer', facts);
      const text = question.content;
      session = await api.create({ signal });
      const limit = session.contextWindow ?? session.inputQuota ?? model.window;
      const whole = [...messages.map(({ content }) => content), text].join('\n');
      const needed = await (session.measureContextUsage?.(whole) ??
        session.measureInputUsage?.(whole) ??
        request.inputTokens);
      const room = Math.min(request.reserve, Math.floor(limit / 4));
      if (needed !== undefined && needed + room > limit) {
        throw new AppError('too-long', { model: model.name, needed: needed + room, limit });
      }
      session.destroy();
      session = await api.create({ initialPrompts: messages, signal });
      let overflowed = false;
      const overflow = () => {
        overflowed = true;
      };
      session.addEventListener('contextoverflow', overflow);
      session.addEventListener('quotaoverflow', overflow);
      const reader = session.promptStreaming(text, { signal }).getReader();
      for (;;) {
        const { done, value } = await reader.read();
        // What overflows for the sake of the answer needed at least one token more than there is.
        const least = Math.max(needed ?? 0, limit + 1);
        if (overflowed) throw new AppError('too-long', { model: model.name, needed: least, limit });
        if (done) break;
        if (value) yield { type: 'text-delta', text: value };
      }
      if (needed) yield { type: 'usage', usage: { input: needed } };
      yield { type: 'end', reason: 'stop' };
    } catch (error) {
      if (signal.aborted) yield { type: 'end', reason: 'aborted' };
      else yield { type: 'end', reason: 'error', trouble: troubleOf(error, request, model).toTrouble() };
    } finally {
      session?.destroy();
    }
  };

export const chrome: Wire = createChromeWire();

/** Its own word for “too long” names no numbers; ours then stand in the sentence. */
function troubleOf(error: unknown, { inputTokens = 0, reserve }: Request, { name, window }: Model): AppError {
  if (!(error instanceof Error) || error.name !== 'QuotaExceededError') return toAppError(error);
  return new AppError('too-long', { model: name, needed: inputTokens + reserve, limit: window }, error);
}

/** The model calls no tools and sees no pictures; what an earlier model's tools answered is read as text. */
const toMessage = ({ role, parts }: Message): BuiltInMessage => ({
  role: role === 'tool' ? 'user' : role,
  content: parts
    .map((part) => {
      if (typeof part === 'string') return part;
      return part.type === 'tool-result' ? part.text : '';
    })
    .join(''),
});

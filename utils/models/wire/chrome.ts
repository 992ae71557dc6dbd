/**
 * The model that Chrome brings (Prompt API). It runs on this computer and holds little; what it does not hold whole
 * is refused before it is asked, because it would drop the beginning without a word.
 */

import { AppError, toAppError } from '../../errors';
import type { Message, Part, Wire } from '../types';

/** The part of the API that is used here; older versions have the second name of each pair. */
export interface BuiltInModel {
  availability(): Promise<'available' | 'downloadable' | 'downloading' | 'unavailable'>;
  create(options: { initialPrompts?: BuiltInMessage[]; signal?: AbortSignal }): Promise<BuiltInSession>;
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

/** Whether this browser has such a model. One that has to be fetched first is gigabytes: not for us to start. */
export async function isBuiltInModelThere(model = builtIn()): Promise<boolean> {
  return (await model?.availability().catch(() => 'unavailable')) === 'available';
}

/** Names of this error differ by age; newer ones are a class of their own. */
const isTooLong = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'name' in error && error.name === 'QuotaExceededError';

/** The wire, with the browser's API as a parameter. */
export const createChromeWire = (find: () => BuiltInModel | undefined = builtIn): Wire =>
  async function* (request, { model, provider }, { signal }): AsyncGenerator<Part> {
    const facts = { provider: provider.name, model: model.name };
    let session: BuiltInSession | undefined;
    let needed: number | undefined;
    let limit = model.window;
    // What overflows for the sake of the answer needed at least one token more than there is.
    const tooLong = () => {
      const least = Math.max(needed ?? 0, limit + 1);
      return new AppError('too-long', { model: model.name, needed: least, limit });
    };
    try {
      const api = find();
      const state = await api?.availability();
      if (state === 'downloading') throw new AppError('model-loading', facts);
      if (!api || state !== 'available') throw new AppError('model-not-found', facts);
      const messages = request.messages.map(toMessage);
      const question = messages.pop();
      if (!question) throw new AppError('empty-answer', facts);
      const text = question.content;
      session = await api.create({ signal });
      limit = session.contextWindow ?? session.inputQuota ?? model.window;
      const whole = [...messages.map(({ content }) => content), text].join('\n');
      needed = await (session.measureContextUsage?.(whole) ?? session.measureInputUsage?.(whole));
      const room = Math.min(request.reserve, Math.floor(limit / 4));
      if (needed !== undefined && needed + room > limit) {
        needed += room;
        throw tooLong();
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
        if (overflowed) throw tooLong();
        if (done) break;
        if (value) yield { type: 'text-delta', text: value };
      }
      if (needed) yield { type: 'usage', usage: { input: needed } };
      yield { type: 'end', reason: 'stop' };
    } catch (error) {
      if (signal.aborted) yield { type: 'end', reason: 'aborted' };
      else {
        const trouble = (isTooLong(error) ? tooLong() : toAppError(error)).toTrouble();
        yield { type: 'end', reason: 'error', trouble };
      }
    } finally {
      session?.destroy();
    }
  };

export const chrome: Wire = createChromeWire();

const toMessage = ({ role, parts }: Message): BuiltInMessage => ({
  role: role === 'tool' ? 'user' : role,
  content: parts.filter((part) => typeof part === 'string').join(''),
});

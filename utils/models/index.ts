/** Request -> stream of Parts. Wires are loaded when first used. */

// First of all: client libraries have to find Zod told not to probe for `new Function`.
import './wire/zod-jitless';
import { AppError, type Trouble, toAppError } from '../errors';
import type { Connection, Part, Request, RetryCode, Wire, WireId, WireOptions } from './types';
import { type Patience, patienceFor, Watch } from './watch';
import { watchedFetch } from './wire/watched-fetch';

const wires: Record<WireId, () => Promise<Wire>> = {
  'openai-compatible': async () => (await import('./wire/openai-compatible')).openaiCompatible,
  openai: async () => (await import('./wire/openai')).openai,
  anthropic: async () => (await import('./wire/anthropic')).anthropic,
  google: async () => (await import('./wire/google')).google,
  moonshot: async () => (await import('./wire/moonshot')).moonshot,
  deepseek: async () => (await import('./wire/deepseek')).deepseek,
  alibaba: async () => (await import('./wire/alibaba')).alibaba,
  openrouter: async () => (await import('./wire/openrouter')).openrouter,
  ollama: async () => (await import('./wire/ollama')).ollama,
  chrome: async () => (await import('./wire/chrome')).chrome,
  excerpts: async () => (await import('./wire/excerpts')).excerpts,
};

const findWire = (id: WireId): Promise<Wire> => wires[id]();

/** A request is sent at most this often in all, and never again once anything has arrived. */
const maximumAttempts = 4;
/** A server that asks for a longer pause is believed, and the user is told at once instead of waiting. */
const longestWait = 120;
/** Troubles that pass by themselves. In none of them has the vendor done anything that it could charge for. */
const passing: RetryCode[] = ['rate-limited', 'server-error', 'overloaded', 'model-loading'];

export interface StreamOptions extends WireOptions {
  /** Waits that many seconds; the interface may end it early (“Try now”). */
  wait?: (seconds: number, signal: AbortSignal) => Promise<void>;
  loadWire?: (id: WireId) => Promise<Wire>;
  /** How long the server may be silent; by what it is and how much it has to read when not said. */
  patience?: Patience;
}

type End = Extract<Part, { type: 'end' }>;

/**
 * Streams an answer. Never throws: every failure is the `end` part, which comes exactly once and last.
 * An answer without text is an error, whatever the server called it.
 */
export async function* streamAnswer(
  request: Request,
  connection: Connection,
  { signal, fetch, wait = pause, loadWire = findWire, patience }: StreamOptions,
): AsyncGenerator<Part> {
  for (let attempt = 1; ; attempt++) {
    let text = false;
    let thinking = false;
    let end: End | undefined;
    try {
      refuseImages(request, connection);
      const wire = await loadWire(connection.provider.wire);
      const options = { signal, fetch, patience: patience ?? patienceFor(request, connection) };
      for await (const part of watched(wire, request, connection, options)) {
        if (part.type === 'end') {
          end = part;
          break;
        }
        if (part.type === 'text-delta' && part.text.trim()) text = true;
        if (part.type === 'thinking-delta') thinking = true;
        yield part;
      }
    } catch (error) {
      end = { type: 'end', reason: 'error', trouble: toAppError(error).toTrouble() };
    }
    if (signal.aborted) end = { type: 'end', reason: 'aborted' };
    end ??= { type: 'end', reason: 'cut-off', trouble: new AppError('stream-cut').toTrouble() };

    const { trouble } = end;
    const retry = passing.find((code) => code === trouble?.code);
    if (retry && trouble && !text && !thinking && attempt < maximumAttempts) {
      const seconds = secondsBefore(attempt, retry, trouble);
      if (seconds <= longestWait) {
        yield { type: 'waiting', seconds, attempt, code: retry, facts: trouble.facts };
        await wait(seconds, signal).catch(() => {});
        if (!signal.aborted) continue;
        end = { type: 'end', reason: 'aborted' };
      }
    }
    if (!text && (end.reason === 'stop' || end.reason === 'length')) {
      const { provider, model } = connection;
      const facts = {
        provider: provider.name,
        model: model.name,
        // A server that cut the input until nothing was left for the answer says so and no word.
        ...(end.reason === 'length' ? { finish: end.reason } : {}),
      };
      const code = thinking ? 'thinking-only' : 'empty-answer';
      end = { type: 'end', reason: 'error', trouble: new AppError(code, facts).toTrouble() };
    }
    yield end;
    return;
  }
}

const secondsBefore = (attempt: number, code: RetryCode, { facts }: Trouble): number =>
  code === 'rate-limited' ? Number(facts.seconds ?? 10) : 2 ** attempt;

/** The parts of one attempt, ended when the server falls silent. */
async function* watched(
  wire: Wire,
  request: Request,
  connection: Connection,
  { signal, fetch, patience }: WireOptions & { patience: Patience },
): AsyncGenerator<Part> {
  const watch = new Watch(patience, connection);
  const giveUp = new AbortController();
  const parts = wire(request, connection, {
    signal: AbortSignal.any([signal, giveUp.signal]),
    fetch: watchedFetch(watch.beat, fetch),
  })[Symbol.asyncIterator]();
  const stalled = watch.stalled.then((error): End => {
    return { type: 'end', reason: 'cut-off', trouble: error.toTrouble() };
  });
  try {
    for (;;) {
      const next = await Promise.race([parts.next(), stalled]);
      if ('type' in next) {
        yield next;
        return;
      }
      if (next.done) return;
      watch.beat();
      if (next.value.type === 'text-delta') watch.writing();
      yield next.value;
    }
  } finally {
    watch.stop();
    giveUp.abort();
    parts.return?.()?.catch(() => {});
  }
}

/** A model without eyes is not sent pictures: it would answer as if they were not there. */
function refuseImages({ messages }: Request, { model, provider }: Connection): void {
  if (model.vision || provider.wire === 'excerpts') return;
  const images = messages
    .flatMap(({ parts }) => parts)
    .filter((part) => typeof part !== 'string' && part.type === 'image').length;
  if (images > 0) throw new AppError('no-vision', { model: model.name, images });
}

const pause = (seconds: number, signal: AbortSignal) =>
  new Promise<void>((resolve, reject) => {
    const timer = setTimeout(resolve, seconds * 1000);
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    // A signal that has fired already does not fire again.
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });

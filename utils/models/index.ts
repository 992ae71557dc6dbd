/** Request -> stream of Parts. Wires are loaded when first used. */

import { AppError, toAppError } from '../errors';
import type { Connection, Part, Request, Wire, WireId, WireOptions } from './types';

const wires: Partial<Record<WireId, () => Promise<Wire>>> = {
  'openai-compatible': async () => (await import('./wire/ai-sdk')).aiSdk,
  excerpts: async () => (await import('./wire/excerpts')).excerpts,
};

async function findWire(id: WireId): Promise<Wire> {
  const load = wires[id];
  if (!load) throw new Error(`No wire “${id}”`);
  return load();
}

/** A request is sent at most this often in all, and never again once anything has arrived. */
const maximumAttempts = 4;
/** A server that asks for a longer pause is believed, and the user is told at once instead of waiting. */
const longestWait = 120;

export interface StreamOptions extends WireOptions {
  /** Waits that many seconds; the interface may end it early (“Try now”). */
  wait?: (seconds: number, signal: AbortSignal) => Promise<void>;
  loadWire?: (id: WireId) => Promise<Wire>;
}

/**
 * Streams an answer. Never throws: every failure is the `end` part, which comes exactly once and last.
 * An answer without text is an error, whatever the server called it.
 */
export async function* streamAnswer(
  request: Request,
  connection: Connection,
  { signal, fetch, wait = pause, loadWire = findWire }: StreamOptions,
): AsyncGenerator<Part> {
  for (let attempt = 1; ; attempt++) {
    let text = false;
    let thinking = false;
    let end: Extract<Part, { type: 'end' }> | undefined;
    try {
      const wire = await loadWire(connection.provider.wire);
      for await (const part of wire(request, connection, { signal, fetch })) {
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
    const retry =
      trouble?.code === 'rate-limited' || trouble?.code === 'server-error' ? trouble.code : undefined;
    if (retry && trouble && !text && !thinking && attempt < maximumAttempts) {
      const seconds = retry === 'rate-limited' ? Number(trouble.facts.seconds ?? 10) : 2 ** attempt;
      if (seconds <= longestWait) {
        yield { type: 'waiting', seconds, attempt, code: retry, facts: trouble.facts };
        await wait(seconds, signal).catch(() => {});
        if (!signal.aborted) continue;
        end = { type: 'end', reason: 'aborted' };
      }
    }
    if (!text && (end.reason === 'stop' || end.reason === 'length')) {
      const facts = { provider: connection.provider.name, model: connection.model.name };
      const code = thinking ? 'thinking-only' : 'empty-answer';
      end = { type: 'end', reason: 'error', trouble: new AppError(code, facts).toTrouble() };
    }
    yield end;
    return;
  }
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

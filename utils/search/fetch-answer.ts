import { AppError } from '../errors';
import type { EngineRequest } from './engines/types';

/** Milliseconds for an engine's whole answer. */
const patience = 15_000;
/** Characters of an answer. The largest known have some hundred thousand. */
const largest = 8 * 2 ** 20;

export interface FetchAnswerOptions {
  name: string;
  /** Then no redirect is followed: a key goes where it was given for and nowhere else. */
  hasKey: boolean;
  signal?: AbortSignal;
  fetch?: typeof globalThis.fetch;
}

/**
 * What an engine answers, whatever its status. It is asked without cookies and is not told who asks.
 * @throws AppError search-engine-down, search-slow, search-unreadable
 */
export async function fetchAnswer(
  { url, method = 'GET', headers, body }: EngineRequest,
  { name, hasKey, signal, fetch = globalThis.fetch }: FetchAnswerOptions,
): Promise<{ status: number; body: string; url: string }> {
  const slow = AbortSignal.timeout(patience);
  try {
    const response = await fetch(url, {
      method,
      headers,
      body,
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      cache: 'no-store',
      redirect: hasKey ? 'error' : 'follow',
      signal: signal ? AbortSignal.any([signal, slow]) : slow,
    });
    const text = await textOf(response, name);
    return { status: response.status, body: text, url: response.url || url };
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof AppError) throw error;
    if (slow.aborted) throw new AppError('search-slow', { engine: name, seconds: patience / 1_000 }, error);
    throw new AppError('search-engine-down', { engine: name, status: 0 }, error);
  }
}

async function textOf(response: Response, engine: string): Promise<string> {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  const pieces: string[] = [];
  let length = 0;
  for (let piece = await reader?.read(); piece && !piece.done; piece = await reader?.read()) {
    pieces.push(piece.value);
    length += piece.value.length;
    if (length > largest) {
      await reader?.cancel().catch(() => {});
      throw new AppError('search-unreadable', { engine });
    }
  }
  return pieces.join('');
}

/** Small questions to a provider that are no questions to a model: what it has, how many tokens, how much memory. */

import type { z } from 'zod/v4-mini';
import { AppError } from '../../errors';
import { refusalOf, toModelError } from '../errors';
import type { Connection } from '../types';
import { guardedFetch } from '../wire/guarded-fetch';
import { originHeader } from '../wire/ollama';

export interface AskOptions {
  signal?: AbortSignal;
  fetch?: typeof globalThis.fetch;
}

/** A list of models has a few hundred kilobytes at most (OpenRouter's); more is no list. */
const longest = 8 * 1_048_576;

/** The key as each vendor wants it. */
function headersOf({ provider, key, baseUrl }: Connection): Record<string, string> {
  const own = provider.quirks?.headers ?? {};
  if (provider.wire === 'anthropic') {
    return {
      ...own,
      'anthropic-version': '2023-06-01',
      'anthropic-dangerous-direct-browser-access': 'true',
      ...(key && { 'x-api-key': key }),
    };
  }
  if (provider.wire === 'google') return { ...own, ...(key && { 'x-goog-api-key': key }) };
  if (provider.wire === 'ollama') return { ...own, ...originHeader({ baseUrl }) };
  return { ...own, ...(key && { authorization: `Bearer ${key}` }) };
}

/**
 * Asks for JSON of a known shape, with the key of the connection, at an address below the connection's own.
 * @throws AppError as a question to the model would; `wrong-address` when the answer has another shape
 */
export async function askJson<T extends z.ZodMiniType>(
  connection: Connection,
  address: string,
  shape: T,
  { signal, fetch = globalThis.fetch, body }: AskOptions & { body?: object } = {},
): Promise<z.infer<T>> {
  try {
    const response = await guardedFetch(fetch, connection)(address, {
      method: body ? 'POST' : 'GET',
      headers: { ...headersOf(connection), ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
      ...(signal && { signal }),
    });
    const text = await textOf(response, connection);
    if (!response.ok) {
      const { status, headers } = response;
      if (status === 403 && !text.trim() && connection.provider.wire === 'ollama') {
        const { host, origin } = new URL(connection.baseUrl);
        throw new AppError('origin-refused', { host, address: origin, provider: connection.provider.name });
      }
      throw refusalOf({ status, headers: Object.fromEntries(headers), body: text }, connection);
    }
    const parsed = shape.safeParse(parse(text));
    if (!parsed.success) throw new AppError('wrong-address', { address, found: 'nothing' });
    return parsed.data;
  } catch (error) {
    if (signal?.aborted) throw error;
    throw toModelError(error, connection);
  }
}

async function textOf(response: Response, { provider }: Connection): Promise<string> {
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  let text = '';
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
    if (done) return text + decoder.decode();
    text += decoder.decode(value, { stream: true });
    if (text.length > longest) {
      await reader?.cancel();
      throw new AppError('answer-too-large', { provider: provider.name, megabytes: longest / 1_048_576 });
    }
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Also what is nested so deep that reading it fails.
    return undefined;
  }
}

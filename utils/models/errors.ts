import { APICallError } from '@ai-sdk/provider';
import { AppError, type ErrorFacts } from '../errors';
import { overflowNumbers } from './overflow';
import type { Connection } from './types';

/**
 * Whatever a call to a model threw, as an error with a code: the vendor's status and wording, or what the network
 * did. Browsers use one sentence for “no connection” and “the connection broke”; `answering` tells them apart.
 */
export function toModelError(error: unknown, connection: Connection, { answering = false } = {}): AppError {
  if (error instanceof AppError) return error;
  const facts: ErrorFacts = {
    provider: connection.provider.name,
    model: connection.model.name,
    host: hostOf(connection.baseUrl),
    address: connection.baseUrl,
  };
  if (APICallError.isInstance(error)) {
    // An error thrown by our own fetch wrapper arrives wrapped.
    if (error.cause instanceof AppError) return error.cause;
    if (error.statusCode !== undefined && error.statusCode >= 400)
      return fromStatus(error, facts, connection);
    return answering ? new AppError('stream-cut', facts, error) : unreachable(facts, error);
  }
  const message = messageOf(error);
  if (/without a finish reason/i.test(message)) return new AppError('stream-cut', facts, error);
  const overflow = overflowNumbers(message);
  if (overflow) return new AppError('too-long', { ...facts, ...overflow }, error);
  if (error instanceof TypeError) {
    return answering ? new AppError('stream-cut', facts, error) : unreachable(facts, error);
  }
  return new AppError('stream-error', { ...facts, message: said(message, connection) }, error);
}

/** OpenAI, Moonshot, DeepSeek and others. Bare “balance” or “billing” also stand in error pages of load balancers. */
const quotaUsedUp =
  /insufficient[_ ](?:quota|balance|credits?|funds)|exceeded[_ ](?:your )?current[_ ]quota|billing_(?:hard_limit|not_active)|credit balance is too low|plan and billing/i;

function fromStatus(error: APICallError, facts: ErrorFacts, connection: Connection): AppError {
  const status = error.statusCode ?? 0;
  const body = error.responseBody ?? '';
  const message = messageOf(parse(body)) || plainText(body) || error.message;
  const all: ErrorFacts = { ...facts, status, message: said(message, connection) };
  const overflow = overflowNumbers(body);
  if (overflow || status === 413) return new AppError('too-long', { ...all, ...overflow }, error);
  if (status === 402 || (status < 500 && quotaUsedUp.test(body))) {
    return new AppError('quota-used-up', all, error);
  }
  if (status === 401 || status === 403) return new AppError('key-refused', all, error);
  if (status === 429) {
    return new AppError('rate-limited', { ...all, seconds: retryAfter(error.responseHeaders) }, error);
  }
  if (/model[_ ]not[_ ]found|not found the model|does not exist|no such model|unknown model/i.test(body)) {
    return new AppError('model-not-found', all, error);
  }
  if (status === 404 || status === 405)
    return new AppError('wrong-address', { ...all, found: 'nothing' }, error);
  if (status >= 500) return new AppError('server-error', all, error);
  return new AppError('request-refused', all, error);
}

/** Seconds of a Retry-After header, which may be a number or a date; 10 when the server does not say. */
export function retryAfter(headers: Record<string, string> | undefined, now = Date.now()): number {
  const value = headers?.['retry-after'];
  if (!value) return 10;
  const seconds = Number(value);
  if (Number.isFinite(seconds)) return Math.max(0, Math.ceil(seconds));
  const date = Date.parse(value);
  return Number.isNaN(date) ? 10 : Math.max(0, Math.ceil((date - now) / 1000));
}

/** A server's own words, for the screen and the disk. Some servers repeat the key in them. */
const said = (message: string, { key }: Connection): string =>
  (key ? message.replaceAll(key, '…') : message).slice(0, 300);

const unreachable = (facts: ErrorFacts, cause: unknown) =>
  new AppError(globalThis.navigator?.onLine === false ? 'offline' : 'unreachable', facts, cause);

/** The sentence in a thrown error or in an error body: `{error: {message}}`, `{message}`, `{error: "…"}`, a string. */
export function messageOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value instanceof Error) return value.message;
  if (typeof value !== 'object' || value === null) return '';
  const { error, message } = value as { error?: unknown; message?: unknown };
  return typeof message === 'string' ? message : error === undefined ? '' : messageOf(error);
}

/** A body that is a sentence and not a page or data. */
const plainText = (body: string): string => (/^[^<{[]/.test(body.trim()) ? body.trim() : '');

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function hostOf(address: string): string {
  try {
    return new URL(address).host;
  } catch {
    return address;
  }
}

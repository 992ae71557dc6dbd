import { AppError, type ErrorCode, type ErrorFacts } from '../errors';
import { overflowNumbers } from './overflow';
import { limitFacts, secondsToWait } from './rate-limits';
import type { Connection } from './types';

/** A refusal as it came over the wire, whoever fetched it. */
export interface Refusal {
  status: number;
  headers?: Record<string, string> | undefined;
  body?: string | undefined;
}

export interface ErrorContext {
  /** The server had accepted the request and was sending. */
  answering?: boolean;
  /** Words of the answer had arrived: whatever happens now, they can be gone on from. */
  begun?: boolean;
  /** Estimated tokens of the input, to tell a limit that waiting cures from one that it does not. */
  needed?: number;
}

/** What the AI SDK throws for an answer with an error status, recognised by its mark so as not to import the SDK. */
interface ApiCallError extends Error {
  statusCode?: number;
  responseHeaders?: Record<string, string>;
  responseBody?: string;
}

const isApiCallError = (error: unknown): error is ApiCallError =>
  error instanceof Error && Symbol.for('vercel.ai.error.AI_APICallError') in error;

/**
 * Whatever a call to a model threw, as an error with a code: the vendor's status and wording, or what the network
 * did. Browsers use one sentence for “no connection” and “the connection broke”; `answering` tells them apart.
 */
export function toModelError(error: unknown, connection: Connection, context: ErrorContext = {}): AppError {
  if (error instanceof AppError) return error;
  const facts = factsOf(connection);
  const { answering = false } = context;
  if (isApiCallError(error)) {
    // An error thrown by our own fetch wrapper arrives wrapped.
    if (error.cause instanceof AppError) return error.cause;
    const { statusCode: status, responseHeaders: headers, responseBody: body } = error;
    if (status !== undefined && status >= 400) {
      return refusalOf({ status, headers, body: body || error.message }, connection, context, error);
    }
    return answering ? new AppError('stream-cut', facts, error) : unreachable(facts, error);
  }
  const message = messageOf(error);
  if (/without a finish reason/i.test(message)) return new AppError('stream-cut', facts, error);
  if (error instanceof TypeError) {
    return answering ? new AppError('stream-cut', facts, error) : unreachable(facts, error);
  }
  return withinStream(error, message, connection, context);
}

/** An error that a server sent in place of the rest of an answer, after it had said 200. */
function withinStream(
  error: unknown,
  message: string,
  connection: Connection,
  context: ErrorContext,
): AppError {
  const facts: ErrorFacts = { ...factsOf(connection), message: said(message, connection) };
  const words = `${message} ${textOf(error)}`;
  const code = codeFor(200, words, connection);
  // Once there are words, the way on is to go on from them, whatever stopped the server.
  const named = code && (!context.begun || code === 'too-long' || code === 'filtered');
  if (!named) return new AppError('stream-error', facts, error);
  return new AppError(code, { ...facts, ...numbersFor(code, words, {}) }, error);
}

/**
 * A refusal with an error status, as an error with a code. Local servers and lists of models, which are asked
 * without the AI SDK, use it as well.
 */
export function refusalOf(
  { status, headers, body = '' }: Refusal,
  connection: Connection,
  context: ErrorContext = {},
  cause?: unknown,
): AppError {
  const message = messageOf(parse(body)) || plainText(body) || messageOf(cause);
  const facts: ErrorFacts = { ...factsOf(connection), status, message: said(message, connection) };
  const minute = limitFacts(status, body, context.needed);
  if (minute) return new AppError('minute-limit', { ...facts, ...minute }, cause);
  const code = codeFor(status, body, connection) ?? codeForStatus(status);
  if (code === 'wrong-address') facts.found = 'nothing';
  return new AppError(code, { ...facts, ...numbersFor(code, body, headers ?? {}) }, cause);
}

function numbersFor(code: ErrorCode, text: string, headers: Record<string, string>): ErrorFacts {
  if (code === 'too-long') return { ...overflowNumbers(text) };
  if (code === 'rate-limited') return { seconds: secondsToWait(headers, text) };
  return {};
}

/** OpenAI, Moonshot, DeepSeek and others. Bare “balance” or “billing” also stand in error pages of load balancers. */
const quotaUsedUp =
  /insufficient[_ ](?:quota|balance|credits?|funds)|exceeded[_ ](?:your )?current[_ ]quota|billing_(?:hard_limit|not_active)|credit balance is too low|requires more credits|plan and billing|余额不足|欠费/i;
/** Google says “exceeded your current quota” for its limits per minute and per day as well. */
const googleQuota = /google\.rpc\.QuotaFailure|google\.rpc\.RetryInfo|"RESOURCE_EXHAUSTED"/;
const perDay = /per[-_ ]?day|PerDay|daily (?:limit|quota)|\b[RT]PD\b/i;
/** OpenAI by code, Google and xAI by sentence, Anthropic by its only words for it. */
const regionBlocked =
  /unsupported_country|country, region,? or territory not supported|location is not supported|not available in your (?:region|country)|region is not supported|"forbidden"[^}]{0,40}request not allowed/i;
const browsersForbidden = /CORS requests are not allowed for this Organization/i;
const modelMissing =
  /model[_ ]not[_ ]found|not found the model|does not exist|no such model|unknown model|model '[^']+' not found|invalid model|not a valid model|does not have access to model|models\/\S+ is not found|not_found_error[^}]{0,40}model|model[_ ]not[_ ]exist/i;
const contentFiltered =
  /content[_ ]filter|content_policy|data_inspection_failed|considered high risk|sensitive content|"code":\s*"?1301|(?:prompt|input) was (?:flagged|blocked)/i;
const overloaded =
  /overloaded|over capacity|at capacity|engine_overloaded|temporarily (?:over|unavailable)|high demand|insufficient_system_resource/i;
const modelLoading = /loading model|model is (?:currently )?loading|still loading/i;

/** The code behind the words, whatever the status: gateways and streams send any of them with any status. */
function codeFor(status: number, body: string, connection: Connection): ErrorCode | undefined {
  const error = status < 500;
  if (overflowNumbers(body) || (status === 413 && !perMinute.test(body))) return 'too-long';
  if (browsersForbidden.test(body)) return 'browsers-forbidden';
  if (error && regionBlocked.test(body)) return 'region-blocked';
  if (error && perDay.test(body) && (status === 429 || status === 200)) return 'daily-limit';
  if (status === 402) return 'quota-used-up';
  if (error && quotaUsedUp.test(body) && !googleQuota.test(body)) return 'quota-used-up';
  if (status === 401 && isMoonshot(connection)) return 'key-of-other-platform';
  if (/API_KEY_INVALID|api key not valid/i.test(body)) return 'key-refused';
  if (error && status !== 429 && modelMissing.test(body)) return 'model-not-found';
  if (error && status !== 401 && contentFiltered.test(body)) return 'filtered';
  if (status === 511) return 'intercepted';
  if (modelLoading.test(body)) return 'model-loading';
  if (status === 529 || overloaded.test(body)) return 'overloaded';
  if (status === 200 && /rate_limit|"code":\s*"?429|too many requests/i.test(body)) return 'rate-limited';
  return undefined;
}

const perMinute = /per min(?:ute)?\b|\b[RT]PM\b/i;

function codeForStatus(status: number): ErrorCode {
  if (status === 401 || status === 403) return 'key-refused';
  if (status === 429) return 'rate-limited';
  if (status === 404 || status === 405) return 'wrong-address';
  return status >= 500 ? 'server-error' : 'request-refused';
}

/** Kimi has two platforms whose keys look alike and do not open each other. */
const isMoonshot = ({ baseUrl, provider }: Connection) =>
  provider.id.startsWith('moonshot') || /^https:\/\/api\.moonshot\.(?:ai|cn)(?:\/|$)/.test(baseUrl);

/** What every sentence about a call may name. */
export const factsOf = (connection: Connection): ErrorFacts => ({
  provider: connection.provider.name,
  model: connection.model.name,
  host: hostOf(connection.baseUrl),
  address: connection.baseUrl,
});

/** Characters of a server's own words that are kept. */
const longestWords = 300;

/** A server's own words, for the screen and the disk. Some servers repeat the key in them. */
const said = (message: string, { key }: Connection): string =>
  (key ? message.replaceAll(key, '…') : message).slice(0, longestWords);

const unreachable = (facts: ErrorFacts, cause: unknown) =>
  new AppError(globalThis.navigator?.onLine === false ? 'offline' : 'unreachable', facts, cause);

/** The sentence in a thrown error or in an error body: `{error: {message}}`, `{message}`, `{error: "…"}`, a string. */
export function messageOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value instanceof Error) return value.message;
  // Google answers a stream that it refuses with a list.
  if (Array.isArray(value)) return messageOf(value[0]);
  if (typeof value !== 'object' || value === null) return '';
  const { error, message } = value as { error?: unknown; message?: unknown };
  return typeof message === 'string' ? message : error === undefined ? '' : messageOf(error);
}

/** A thrown thing as text to search: the AI SDK keeps what the server sent in `data`. */
function textOf(error: unknown): string {
  if (typeof error === 'string') return error;
  try {
    const data = (error as { data?: unknown } | null)?.data;
    return JSON.stringify(data ?? error) ?? '';
  } catch {
    return '';
  }
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

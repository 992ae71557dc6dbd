import type { ErrorFacts } from '../errors';

/** Seconds that are waited when a server says “later” without saying when. */
const unsaid = 10;

/**
 * Seconds a server asks to wait: `retry-after-ms` (OpenAI, Azure), Retry-After as a number or a date, Google's
 * RetryInfo in the body, or the sentence in it (“Please try again in 1m20s”). 10 when it does not say.
 */
export function secondsToWait(
  headers: Record<string, string> | undefined,
  body = '',
  now = Date.now(),
): number {
  const milliseconds = Number(headers?.['retry-after-ms'] || Number.NaN);
  if (Number.isFinite(milliseconds)) return Math.max(0, Math.ceil(milliseconds / 1000));
  const value = headers?.['retry-after'];
  if (value) {
    const seconds = Number(value);
    if (Number.isFinite(seconds)) return Math.max(0, Math.ceil(seconds));
    const date = Date.parse(value);
    if (!Number.isNaN(date)) return Math.max(0, Math.ceil((date - now) / 1000));
  }
  const delay = /"retryDelay"\s*:\s*"(\d+(?:\.\d+)?)s"/.exec(body)?.[1];
  if (delay) return Math.ceil(Number(delay));
  const sentence =
    /(?:try again|retry) (?:in|after) (?:(\d+)h)?(?:(\d+)m(?!s))?(?:(\d+(?:\.\d+)?)\s?(ms|s))?/i.exec(body);
  if (sentence) {
    const [, hours = 0, minutes = 0, rest = 0, unit] = sentence;
    const seconds = Number(hours) * 3600 + Number(minutes) * 60 + Number(rest) / (unit === 'ms' ? 1000 : 1);
    if (seconds > 0) return Math.ceil(seconds);
  }
  return unsaid;
}

/**
 * The numbers of a limit of tokens per minute that this request alone is above: waiting does not help, whatever the
 * server says. OpenAI and Groq name both numbers, Anthropic and Google only theirs (`needed` is our estimate).
 */
export function limitFacts(status: number, body: string, needed: number | undefined): ErrorFacts | undefined {
  if (status !== 429 && status !== 413) return undefined;
  if (/tokens per min|\bTPM\b/i.test(body)) {
    const limit = numberAfter(/\blimit:? ?/i, body);
    const requested = numberAfter(/\brequested:? ?/i, body);
    if (limit && requested) return requested > limit ? { needed: requested, limit } : undefined;
  }
  if (!needed) return undefined;
  const limit =
    number(/rate limit[^.]{0,80}? of ([\d,]+) input tokens per minute/i.exec(body)?.[1]) ??
    (/InputTokensPer(?:ModelPer)?Minute/i.test(body)
      ? number(/"quotaValue"\s*:\s*"(\d+)"/.exec(body)?.[1])
      : undefined);
  return limit && needed > limit ? { needed, limit } : undefined;
}

const numberAfter = (words: RegExp, text: string) =>
  number(new RegExp(`${words.source}([\\d,]+)`, 'i').exec(text)?.[1]);

const number = (digits: string | undefined) => (digits ? Number(digits.replaceAll(',', '')) : undefined);

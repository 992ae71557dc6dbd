import { APICallError } from '@ai-sdk/provider';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { AppError, toAppError } from '@/utils/errors';
import { messageOf, toModelError } from '@/utils/models/errors';
import { secondsToWait } from '@/utils/models/rate-limits';
import { cpuTime } from '../cpu-time.ts';
import { connectionTo } from '../fixtures/models';

const connection = connectionTo('https://api.example.org:8443/v1');
const facts = {
  provider: 'Example AI',
  model: 'Large 1',
  host: 'api.example.org:8443',
  address: connection.baseUrl,
};

const call = (details: Partial<ConstructorParameters<typeof APICallError>[0]>) =>
  new APICallError({
    message: 'Failed',
    url: 'https://api.example.org/v1',
    requestBodyValues: {},
    ...details,
  });

const answered = (statusCode: number, body: unknown, responseHeaders: Record<string, string> = {}) =>
  toModelError(
    call({
      statusCode,
      responseHeaders,
      responseBody: typeof body === 'string' ? body : JSON.stringify({ error: body }),
    }),
    connection,
  );

afterEach(() => vi.unstubAllGlobals());

describe('an answer with an error status', () => {
  it.each([
    [401, { message: 'Incorrect API key provided: sk-wrong.', code: 'invalid_api_key' }, 'key-refused'],
    [403, { message: 'Your key may not do this.' }, 'key-refused'],
    [402, { message: 'Insufficient Balance' }, 'quota-used-up'],
    [402, '', 'quota-used-up'],
    [429, { message: 'You exceeded your current quota.', code: 'insufficient_quota' }, 'quota-used-up'],
    [
      429,
      {
        message:
          'Your account is not active due to insufficient balance, please check your plan and billing details',
        type: 'exceeded_current_quota_error',
      },
      'quota-used-up',
    ],
    [
      400,
      {
        message: 'Your credit balance is too low to access the API. Please go to Plans & Billing to upgrade.',
      },
      'quota-used-up',
    ],
    [404, { message: 'The model `x` does not exist or you do not have access to it.' }, 'model-not-found'],
    [
      404,
      { message: 'Not found the model x or Permission denied', type: 'resource_not_found_error' },
      'model-not-found',
    ],
    [400, { message: 'Model not found', code: 'model_not_found' }, 'model-not-found'],
    [404, '<html>404</html>', 'wrong-address'],
    [405, '', 'wrong-address'],
    [500, { message: 'The server had an error.' }, 'server-error'],
    [502, '<html><h1>502 Bad Gateway</h1></html>', 'server-error'],
    [
      502,
      '<html><p>The load balancer could not reach a backend. Billing is not affected.</p></html>',
      'server-error',
    ],
    [503, 'The engine is currently overloaded', 'overloaded'],
    [529, { message: 'Overloaded' }, 'overloaded'],
    [503, 'upstream connect error', 'server-error'],
    [400, { message: "Unsupported parameter: 'stream_options'" }, 'request-refused'],
    [422, { detail: 'bad' }, 'request-refused'],
    [413, { message: 'Payload too large' }, 'too-long'],
  ])('%i %j is %s', (status, body, code) => {
    const error = answered(status, body);
    expect(error.code).toBe(code);
    expect(error.facts).toMatchObject({ ...facts, status });
  });

  it('carries the sentence of the vendor, not more than 300 characters of it', () => {
    expect(answered(400, { message: 'Bad field.' }).facts.message).toBe('Bad field.');
    expect(String(answered(400, { message: 'x'.repeat(1_000) }).facts.message)).toHaveLength(300);
    expect(answered(502, '<html>').facts.message).toBe('Failed');
  });

  it('says by how much the request is too long', () => {
    const error = answered(400, {
      message: "This model's maximum context length is 8192 tokens. However, you requested 13392 tokens.",
      code: 'context_length_exceeded',
    });
    expect(error.toTrouble()).toMatchObject({ code: 'too-long', facts: { needed: 13_392, limit: 8_192 } });
  });

  it('knows too long even when the status is another one', () => {
    expect(answered(413, { message: 'prompt is too long: 213462 tokens > 200000 maximum' }).code).toBe(
      'too-long',
    );
    expect(answered(500, { message: 'context window exceeds limit (2013)' }).code).toBe('too-long');
  });
});

describe('a limit of requests', () => {
  it('says how long to wait', () => {
    const error = answered(429, { message: 'Slow down.' }, { 'retry-after': '20' });
    expect(error.toTrouble()).toMatchObject({ code: 'rate-limited', facts: { seconds: 20, status: 429 } });
  });

  it('is not taken for an empty account because it mentions billing', () => {
    const message =
      'Rate limit reached for large-1 on requests per min. Limit: 3 / min. Please try again in 20s. Please add a payment method to your account to increase your rate limit. Visit https://platform.example.org/account/billing to add a payment method.';
    expect(answered(429, { message, code: 'rate_limit_exceeded' }).code).toBe('rate-limited');
  });
});

describe('secondsToWait', () => {
  const now = Date.UTC(2026, 10, 10, 12, 0, 0);

  it.each([
    ['seconds', '7', 7],
    ['a fraction of a second', '0.4', 1],
    ['zero', '0', 0],
    ['a date', 'Tue, 10 Nov 2026 12:01:30 GMT', 90],
    ['a date that has passed', 'Tue, 10 Nov 2026 11:59:00 GMT', 0],
    ['a negative number', '-5', 0],
    ['nonsense', 'soon', 10],
    ['nothing', '', 10],
  ])('reads %s', (_, value, seconds) => {
    expect(secondsToWait({ 'retry-after': value }, '', now)).toBe(seconds);
  });

  it('is 10 when the server does not say', () => {
    expect(secondsToWait(undefined)).toBe(10);
    expect(secondsToWait({})).toBe(10);
  });
});

describe('a connection that fails', () => {
  it.each([
    ['Chromium', 'Failed to fetch'],
    ['Firefox', 'NetworkError when attempting to fetch resource.'],
    ['Safari', 'Load failed'],
    ['Node', 'fetch failed'],
  ])('before the answer is unreachable: %s', (_, message) => {
    expect(toModelError(new TypeError(message), connection).toTrouble()).toEqual({
      code: 'unreachable',
      facts,
    });
    const wrapped = call({ message: `Cannot connect to API: ${message}`, cause: new TypeError(message) });
    expect(toModelError(wrapped, connection).code).toBe('unreachable');
  });

  it.each([
    ['Chromium', 'network error'],
    ['Firefox', 'Error in input stream'],
    ['Firefox, too', 'Error in body stream'],
    ['Node', 'terminated'],
  ])('during the answer is a cut: %s', (_, message) => {
    const answering = { answering: true };
    expect(toModelError(new TypeError(message), connection, answering).code).toBe('stream-cut');
    const cause = new TypeError(message);
    const wrapped = call({ message: 'Failed to process successful response', statusCode: 200, cause });
    expect(toModelError(wrapped, connection, answering).code).toBe('stream-cut');
  });

  it('is offline when the browser says so', () => {
    vi.stubGlobal('navigator', { onLine: false });
    expect(toModelError(new TypeError('Failed to fetch'), connection).code).toBe('offline');
  });
});

describe('errors within a stream', () => {
  it('keep the sentence of the vendor', () => {
    const error = toModelError({ message: 'The engine broke down.', code: 502 }, connection);
    expect(error.toTrouble()).toEqual({
      code: 'stream-error',
      facts: { ...facts, message: 'The engine broke down.' },
    });
  });

  it('say by how much the request is too long', () => {
    const message = "The input (140000 tokens) is longer than the model's context length (131072 tokens).";
    expect(toModelError({ error: { message } }, connection).facts).toMatchObject({ needed: 140_000 });
  });

  it('are a cut when there is no finish', () => {
    const error = new Error('Response stream ended without a finish reason.');
    expect(toModelError(error, connection).code).toBe('stream-cut');
  });
});

describe('errors of our own', () => {
  const own = new AppError('wrong-address', { address: 'https://example.org' });

  it('pass as they are, also wrapped by the library', () => {
    expect(toModelError(own, connection)).toBe(own);
    expect(toModelError(call({ cause: own }), connection)).toBe(own);
  });

  it('name the address when it is not one', () => {
    expect(toModelError(new TypeError('Failed to fetch'), connectionTo('nonsense')).facts.host).toBe(
      'nonsense',
    );
  });
});

describe('messageOf', () => {
  it.each([
    ['a string', 'plain', 'plain'],
    ['an error', new Error('thrown'), 'thrown'],
    ['a message', { message: 'told' }, 'told'],
    ['an error in an object', { error: { message: 'nested' } }, 'nested'],
    ['a string in an object', { error: 'short' }, 'short'],
    ['nothing', undefined, ''],
    ['null', null, ''],
    ['a number', 42, ''],
    ['an object without words', { status: 1 }, ''],
  ])('finds the sentence in %s', (_, value, message) => {
    expect(messageOf(value)).toBe(message);
  });
});

describe('toAppError', () => {
  it('keeps what we threw, names a full disk, and calls the rest unexpected', () => {
    const own = new AppError('no-key');
    expect(toAppError(own)).toBe(own);
    const full = new DOMException('', 'QuotaExceededError');
    expect(toAppError(full).code).toBe('storage-full');
    // As Dexie hands it on.
    expect(toAppError(Object.assign(new Error('x'), { name: 'QuotaExceededError' })).code).toBe(
      'storage-full',
    );
    expect(toAppError(Object.assign(new Error('x'), { name: 'AbortError', inner: full })).code).toBe(
      'storage-full',
    );
    expect(toAppError(new Error('x'.repeat(400))).facts.message).toHaveLength(300);
    expect(toAppError('thrown').toTrouble()).toEqual({ code: 'unexpected', facts: { message: 'thrown' } });
  });
});

describe('refusals of gateways', () => {
  it('too large a request is too long, whatever the body says', () => {
    const error = toModelError(
      call({ statusCode: 413, responseBody: 'Request Entity Too Large' }),
      connection,
    );
    expect(error.code).toBe('too-long');
  });

  it('a sentence without any format is passed on', () => {
    const error = toModelError(
      call({ statusCode: 400, responseBody: 'temperature is out of range' }),
      connection,
    );
    expect(error.facts.message).toBe('temperature is out of range');
  });
});

describe('refusals by name', () => {
  it.each([
    // Where one is, and who one works for.
    [
      403,
      {
        message: 'Country, region, or territory not supported',
        code: 'unsupported_country_region_territory',
      },
      'region-blocked',
    ],
    [
      400,
      { message: 'User location is not supported for the API use.', status: 'FAILED_PRECONDITION' },
      'region-blocked',
    ],
    [403, { message: 'This model is not available in your region.' }, 'region-blocked'],
    [401, { message: 'CORS requests are not allowed for this Organization' }, 'browsers-forbidden'],
    [511, '<html>Sign in</html>', 'intercepted'],
    // Keys.
    [
      400,
      { message: 'API key not valid. Please pass a valid API key.', status: 'INVALID_ARGUMENT' },
      'key-refused',
    ],
    // Money and limits.
    [402, { message: 'This request requires more credits, or fewer max_tokens.' }, 'quota-used-up'],
    [403, { message: '账户余额不足' }, 'quota-used-up'],
    [429, { message: 'Rate limit exceeded: free-models-per-day.' }, 'daily-limit'],
    [
      429,
      { message: 'Rate limit reached for model on tokens per day (TPD): Limit 500000, Used 499000.' },
      'daily-limit',
    ],
    [429, { message: 'Your account is rate limited: max organization concurrency: 50' }, 'rate-limited'],
    // Models.
    [
      403,
      { message: 'Project `p` does not have access to model `gpt-6`', code: 'model_not_found' },
      'model-not-found',
    ],
    [400, { message: 'Model Not Exist', type: 'invalid_request_error' }, 'model-not-found'],
    [400, { message: 'no-such/model is not a valid model ID', code: 400 }, 'model-not-found'],
    [503, { message: 'Loading model', type: 'unavailable_error', code: 503 }, 'model-loading'],
    [
      429,
      {
        message: 'The engine is currently overloaded, please try again later',
        type: 'engine_overloaded_error',
      },
      'overloaded',
    ],
    [503, { message: 'This model is currently experiencing high demand.' }, 'overloaded'],
    // Filters.
    [
      400,
      { message: 'The request was rejected because it was considered high risk', type: 'content_filter' },
      'filtered',
    ],
    [
      400,
      { message: 'Input data may contain inappropriate content.', code: 'data_inspection_failed' },
      'filtered',
    ],
    [400, { message: '系统检测到输入或生成内容可能包含不安全或敏感内容', code: '1301' }, 'filtered'],
  ])('%i %j is %s', (status, body, code) => {
    expect(answered(status, body).code).toBe(code);
  });

  it.each([
    [
      429,
      'Request too large for gpt-6 in organization org-1 on tokens per min (TPM): Limit 30000, Requested 213462. The input or output tokens must be reduced.',
    ],
    [
      413,
      'Request too large for model `large` on tokens per minute (TPM): Limit 30000, Requested 213462, please reduce your message size and try again.',
    ],
  ])('%i for more than a minute takes is a limit that no waiting cures', (status, message) => {
    const error = answered(status, { message, code: 'rate_limit_exceeded' });
    expect(error).toMatchObject({ code: 'minute-limit', facts: { needed: 213_462, limit: 30_000 } });
  });

  it('a minute that is merely used up is waited for', () => {
    const message =
      'Rate limit reached for gpt-6 in organization org-1 on tokens per min (TPM): Limit 10000, Used 8000, Requested 5000. Please try again in 18s.';
    expect(answered(429, { message })).toMatchObject({ code: 'rate-limited', facts: { seconds: 18 } });
  });

  it('an unknown one keeps its status and its words, without the key', () => {
    const error = answered(418, { message: 'Teapots take no secret-key.' });
    expect(error).toMatchObject({
      code: 'request-refused',
      facts: { status: 418, message: 'Teapots take no ….' },
    });
  });

  it('Google answers with a list', () => {
    const body = JSON.stringify([{ error: { code: 400, message: 'Bad.', status: 'INVALID_ARGUMENT' } }]);
    expect(answered(400, body).facts.message).toBe('Bad.');
  });

  it('none takes long to recognise', () => {
    const start = cpuTime();
    for (const text of [
      'rate limit '.repeat(50_000),
      '"forbidden"'.repeat(50_000),
      'per '.repeat(200_000),
      'try again in 1'.repeat(50_000),
    ]) {
      answered(429, { message: text });
      answered(400, { message: text });
    }
    expect(cpuTime() - start).toBeLessThan(2_000);
  });
});

describe('the pause that a server asks for', () => {
  it.each([
    ['milliseconds in a header', { 'retry-after-ms': '1500', 'retry-after': '9' }, '', 2],
    ['Google’s RetryInfo', {}, '{"error":{"details":[{"@type":"…RetryInfo","retryDelay":"34.07s"}]}}', 35],
    ['a sentence', {}, 'Please try again in 20s.', 20],
    ['minutes', {}, 'Please try again in 1m30.5s.', 91],
    ['hours', {}, 'Please try again in 2h5m0s.', 7_500],
    ['milliseconds in a sentence', {}, 'Please try again in 850ms.', 1],
    ['a sentence that does not say', {}, 'Please try again in a moment.', 10],
    ['nonsense in a header', { 'retry-after-ms': 'soon' }, '', 10],
  ])('may be %s', (_, headers, body, seconds) => {
    expect(secondsToWait(headers as Record<string, string>, body)).toBe(seconds);
  });
});

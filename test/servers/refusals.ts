import type { Behaviour } from './model-server.ts';

function json(status: number, error: object, headers: Record<string, string> = {}): Behaviour {
  return {
    status,
    headers: { 'content-type': 'application/json', ...headers },
    bodyText: JSON.stringify({ error }),
  };
}

/** The ways real services say no, word for word where the words are what our code has to read. */
export const refusals = {
  /** OpenAI, 401. */
  badKey: json(401, {
    message:
      'Incorrect API key provided: sk-wrong. You can find your API key at https://platform.openai.com/account/api-keys.',
    type: 'invalid_request_error',
    param: null,
    code: 'invalid_api_key',
  }),

  /** OpenAI, 429 with Retry-After. */
  rateLimit: (seconds: number): Behaviour =>
    json(
      429,
      {
        message: `Rate limit reached for requests. Please try again in ${seconds}s.`,
        type: 'requests',
        param: null,
        code: 'rate_limit_exceeded',
      },
      { 'retry-after': String(seconds) },
    ),

  /** OpenAI, 429 that no waiting cures. */
  quotaUsedUp: json(429, {
    message: 'You exceeded your current quota, please check your plan and billing details.',
    type: 'insufficient_quota',
    param: null,
    code: 'insufficient_quota',
  }),

  /** OpenAI, 500. */
  serverError: json(500, {
    message: 'The server had an error while processing your request. Sorry about that!',
    type: 'server_error',
    param: null,
    code: null,
  }),

  /** OpenAI, 400. */
  contextLength: (needed: number, limit: number): Behaviour =>
    json(400, {
      message: `This model's maximum context length is ${limit} tokens. However, your messages resulted in ${needed} tokens. Please reduce the length of the messages.`,
      type: 'invalid_request_error',
      param: 'messages',
      code: 'context_length_exceeded',
    }),

  /** llama.cpp's server, 400: `code` is a number and the counts are fields. */
  contextLengthLlama: (needed: number, limit: number): Behaviour =>
    json(400, {
      code: 400,
      message: `request (${needed} tokens) exceeds the available context size (${limit} tokens), try increasing it`,
      type: 'exceed_context_size_error',
      n_prompt_tokens: needed,
      n_ctx: limit,
    }),

  /** OpenAI, 404 in JSON. */
  modelNotFound: json(404, {
    message: 'The model `no-such-model` does not exist or you do not have access to it.',
    type: 'invalid_request_error',
    param: null,
    code: 'model_not_found',
  }),

  /** A web page where an API was expected: a wrong address (200, 404) or a proxy's error page (502). */
  html: (status = 200): Behaviour => ({
    status,
    headers: { 'content-type': 'text/html; charset=utf-8' },
    bodyText: `<!doctype html><html><head><title>${status}</title></head><body><h1>Not an API</h1></body></html>`,
  }),
};

function anthropic(status: number, type: string, message: string, headers: Record<string, string> = {}) {
  return {
    status,
    headers: { 'content-type': 'application/json', ...headers },
    bodyText: JSON.stringify({ type: 'error', error: { type, message }, request_id: 'req_test' }),
  };
}

/** How Anthropic says no. */
export const anthropicRefusals = {
  badKey: anthropic(401, 'authentication_error', 'invalid x-api-key'),
  rateLimit: (seconds: number): Behaviour =>
    anthropic(429, 'rate_limit_error', 'Number of requests has exceeded your rate limit.', {
      'retry-after': String(seconds),
    }),
  minuteLimit: (limit: number): Behaviour =>
    anthropic(
      429,
      'rate_limit_error',
      `This request would exceed the rate limit for your organization of ${limit.toLocaleString('en')} input tokens per minute. Please reduce the prompt length or the maximum tokens requested, or try again later.`,
    ),
  quotaUsedUp: anthropic(
    400,
    'invalid_request_error',
    'Your credit balance is too low to access the Anthropic API. Please go to Plans & Billing to upgrade or purchase credits.',
  ),
  serverError: anthropic(500, 'api_error', 'Internal server error'),
  overloaded: anthropic(529, 'overloaded_error', 'Overloaded'),
  modelNotFound: anthropic(404, 'not_found_error', 'model: no-such-model'),
  region: anthropic(403, 'forbidden', 'Request not allowed'),
  organisation: anthropic(
    401,
    'authentication_error',
    'CORS requests are not allowed for this Organization because Custom data retention settings are in place.',
  ),
  contextLength: (needed: number, limit: number): Behaviour =>
    anthropic(400, 'invalid_request_error', `prompt is too long: ${needed} tokens > ${limit} maximum`),
};

function google(code: number, status: string, message: string, details: object[] = []) {
  return json(code, { code, message, status, details });
}

const quotaMessage =
  'You exceeded your current quota, please check your plan and billing details. For more information on this error, head over to: https://ai.google.dev/gemini-api/docs/rate-limits.';

/** How Google says no. */
export const googleRefusals = {
  badKey: google(400, 'INVALID_ARGUMENT', 'API key not valid. Please pass a valid API key.', [
    { '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'API_KEY_INVALID' },
  ]),
  /** The words are those of an empty account; the details say that it is a limit per minute. */
  rateLimit: (seconds: number): Behaviour =>
    google(429, 'RESOURCE_EXHAUSTED', quotaMessage, [
      {
        '@type': 'type.googleapis.com/google.rpc.QuotaFailure',
        violations: [{ quotaId: 'GenerateRequestsPerMinutePerProjectPerModel-FreeTier', quotaValue: '10' }],
      },
      { '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: `${seconds}s` },
    ]),
  minuteLimit: (limit: number): Behaviour =>
    google(429, 'RESOURCE_EXHAUSTED', quotaMessage, [
      {
        '@type': 'type.googleapis.com/google.rpc.QuotaFailure',
        violations: [
          { quotaId: 'GenerateContentInputTokensPerModelPerMinute-FreeTier', quotaValue: String(limit) },
        ],
      },
      { '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '30s' },
    ]),
  dailyLimit: google(429, 'RESOURCE_EXHAUSTED', quotaMessage, [
    {
      '@type': 'type.googleapis.com/google.rpc.QuotaFailure',
      violations: [{ quotaId: 'GenerateRequestsPerDayPerProjectPerModel-FreeTier', quotaValue: '250' }],
    },
  ]),
  region: google(400, 'FAILED_PRECONDITION', 'User location is not supported for the API use.'),
  serverError: google(500, 'INTERNAL', 'An internal error has occurred.'),
  overloaded: google(503, 'UNAVAILABLE', 'The model is overloaded. Please try again later.'),
  modelNotFound: google(
    404,
    'NOT_FOUND',
    'models/no-such-model is not found for API version v1beta, or is not supported for generateContent.',
  ),
  contextLength: (needed: number, limit: number): Behaviour =>
    google(
      400,
      'INVALID_ARGUMENT',
      `The input token count (${needed}) exceeds the maximum number of tokens allowed (${limit}).`,
    ),
};

const fromOllama = (status: number, error: string): Behaviour => ({
  status,
  bodyText: JSON.stringify({ error }),
});

/** Ollama's: errors are sentences, and a foreign origin is refused without one. */
export const ollamaRefusals = {
  origin: { status: 403, bodyText: '' },
  serverError: fromOllama(500, 'llama runner process has terminated'),
  modelNotFound: fromOllama(404, "model 'large-1' not found"),
  contextLength: (needed: number, limit: number): Behaviour =>
    fromOllama(
      400,
      `request (${needed} tokens) exceeds the available context size (${limit} tokens), try increasing it`,
    ),
};

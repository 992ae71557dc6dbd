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

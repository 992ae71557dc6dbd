import { describe, expect, it } from 'vitest';
import { overflowNumbers } from '@/utils/models/overflow';
import { cpuTime } from '../cpu-time.ts';

/** Vendors' sentences as in their documentation and sources, with the numbers that stand in them. */
const sentences: [string, string, { needed?: number; limit?: number }][] = [
  ['OpenAI by its code', '{"error":{"message":"Too much.","code":"context_length_exceeded"}}', {}],
  [
    'OpenAI by its sentence',
    'Your input exceeds the context window of this model. Please adjust your input and try again.',
    {},
  ],
  [
    'OpenAI with numbers',
    "This model's maximum context length is 131072 tokens. However, your messages resulted in 140000 tokens. Please reduce the length of the messages.",
    { needed: 140_000, limit: 131_072 },
  ],
  ['Anthropic', 'prompt is too long: 213462 tokens > 200000 maximum', { needed: 213_462, limit: 200_000 }],
  [
    'Anthropic by the size of the request',
    '{"type":"error","error":{"type":"request_too_large","message":"Request exceeds the maximum size"}}',
    {},
  ],
  [
    'Gemini',
    'The input token count (1196265) exceeds the maximum number of tokens allowed (1048575).',
    { needed: 1_196_265, limit: 1_048_575 },
  ],
  ['Kimi by its short sentence', 'Input token length too long', {}],
  [
    'Kimi with numbers',
    'Invalid request: Your request exceeded model token limit : 262144 (requested: 300000)',
    { needed: 300_000, limit: 262_144 },
  ],
  ['Kimi by the bytes of the messages', 'total message size 3145728 exceeds limit 2097152', {}],
  [
    'DeepSeek and vLLM',
    "This model's maximum context length is 65536 tokens. However, you requested 70001 tokens (66000 in the messages, 4001 in the completion).",
    { needed: 70_001, limit: 65_536 },
  ],
  [
    'DashScope',
    '<400> InternalError.Algo.InvalidParameter: Range of input length should be [1, 131072]',
    { limit: 131_072 },
  ],
  [
    'OpenRouter',
    "This endpoint's maximum context length is 262144 tokens. However, you requested about 281234 tokens.",
    { needed: 281_234, limit: 262_144 },
  ],
  ['Poolside', 'The input exceeds the maximum allowed input length of 131072 tokens', { limit: 131_072 }],
  [
    'xAI',
    "This model's maximum prompt length is 131072 but the request contains 537812 tokens.",
    { needed: 537_812, limit: 131_072 },
  ],
  ['Groq', 'Please reduce the length of the messages or completion.', {}],
  [
    'Mistral',
    'Prompt contains 140,512 tokens, too large for model with 131,072 maximum context length',
    { needed: 140_512, limit: 131_072 },
  ],
  [
    'Together',
    "The input (140000 tokens) is longer than the model's context length (131072 tokens).",
    { needed: 140_000, limit: 131_072 },
  ],
  ['MiniMax', 'invalid params, context window exceeds limit (2013)', {}],
  ['z.ai', '{"error":{"code":"1261","message":"Prompt too long"}}', {}],
  ['z.ai by its other sentence', 'Prompt exceeds max length', {}],
  [
    'llama.cpp',
    '{"error":{"code":400,"message":"request (13392 tokens) exceeds the available context size (8192 tokens), try increasing it","type":"exceed_context_size_error","n_prompt_tokens":13392,"n_ctx":8192}}',
    { needed: 13_392, limit: 8_192 },
  ],
  [
    'LM Studio',
    'Input does not fit in context length. The input has 359277 tokens, but the context length only supports 262144 tokens.',
    { needed: 359_277, limit: 262_144 },
  ],
  [
    'an older LM Studio',
    'The number of tokens to keep from the initial prompt is greater than the context length.',
    {},
  ],
  [
    'Ollama',
    'the prompt is longer than the context length currently available to the model; shorten the prompt, adjust the context length in settings, or use a model with a longer context length',
    {},
  ],
  ['Ollama by the excess alone', 'prompt too long; exceeded max context length by 5200 tokens', {}],
  ['anyone: context length exceeded', 'Error: context length exceeded', {}],
  ['anyone: too many tokens', 'Too many tokens in the prompt', {}],
  ['anyone: token limit exceeded', 'input token limit exceeded', {}],
];

describe('overflowNumbers', () => {
  it.each(sentences)('understands %s', (_, sentence, numbers) => {
    expect(overflowNumbers(sentence)).toEqual(numbers);
  });

  it.each(sentences)('understands %s inside the JSON of an error', (_, sentence) => {
    expect(overflowNumbers(JSON.stringify({ error: { message: sentence } }))).not.toBeNull();
  });

  it.each([
    ['requests', 'Rate limit reached for requests. Please try again in 20s.'],
    [
      'tokens per minute',
      'Rate limit reached for gpt-6 in organization org-1 on tokens per min (TPM): Limit 10000, Used 8000, Requested 5000. Please try again in 18s.',
    ],
    [
      'a large request at Groq',
      'Request too large for model `large` on tokens per minute (TPM): Limit 6000, Requested 7200, please reduce your message size and try again.',
    ],
    [
      'input tokens at Anthropic',
      'This request would exceed the rate limit for your organization of 20,000 input tokens per minute. Please reduce the prompt length or the maximum tokens requested, or try again later.',
    ],
    [
      'too many tokens in a minute',
      'Too many tokens per minute: rate limit exceeded, throttling the request',
    ],
    ['a token limit in a day', 'Rate limit: daily token limit exceeded'],
    ['too many requests', 'Too Many Requests'],
    ['throttling at DashScope', 'Throttling.RateQuota: Requests rate limit exceeded, please try again later'],
    ['the concurrency of Kimi', 'Your account is rate limited: max organization concurrency: 50'],
    ['a wrong key', 'Incorrect API key provided: sk-wrong.'],
    ['a missing model', 'The model `no-such-model` does not exist or you do not have access to it.'],
    ['a web page', '<html><body><h1>502 Bad Gateway</h1></body></html>'],
    ['nothing', ''],
  ])('is not misled by a limit of %s', (_, sentence) => {
    expect(overflowNumbers(sentence)).toBeNull();
  });

  it('does not hang on a long text', () => {
    const start = cpuTime();
    overflowNumbers('input token count '.repeat(20_000));
    overflowNumbers('9'.repeat(200_000));
    expect(cpuTime() - start).toBeLessThan(2_000);
  });
});

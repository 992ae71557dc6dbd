import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Connection, Part, Request } from '@/utils/models/types';
import { openaiCompatible } from '@/utils/models/wire/openai-compatible';
import { aRequest, connectionTo, partsOf } from '../fixtures/models';
import { type Behaviour, type ModelServer, refusals, startModelServer } from '../servers/model-server';

let server: ModelServer;
beforeAll(async () => {
  server = await startModelServer();
});
beforeEach(() => server.reset());
afterAll(() => server.close());

const never = new AbortController().signal;

const ask = (request: Request = aRequest(), details: Partial<Connection> = {}) =>
  partsOf(openaiCompatible(request, connectionTo(server.baseUrl, details), { signal: never }));

function answerTo(behaviour: Behaviour) {
  server.next(behaviour);
  return ask();
}

const textOf = (parts: Part[]) => parts.map((part) => (part.type === 'text-delta' ? part.text : '')).join('');
const thinkingOf = (parts: Part[]) =>
  parts.map((part) => (part.type === 'thinking-delta' ? part.text : '')).join('');
const usageOf = (parts: Part[]) => parts.find((part) => part.type === 'usage')?.usage;

/** The last part, after checking that it is the only end. */
function endOf(parts: Part[]) {
  expect(parts.filter(({ type }) => type === 'end')).toHaveLength(1);
  return parts.at(-1);
}

describe('what is sent', () => {
  it('is the text of the request, to the letter', async () => {
    const nasty = `Zeile\r\n\t“¶1” \u2028 \\n $& 望舒🌕 </document> ${'x'.repeat(50_000)}`;
    const request = aRequest(nasty);
    request.messages.push({ role: 'assistant', parts: ['So far '] }, { role: 'user', parts: ['Go on.'] });
    await ask(request);
    expect(server.requests[0]?.body).toMatchObject({
      model: 'large-1',
      stream: true,
      stream_options: { include_usage: true },
      messages: [
        { role: 'system', content: 'You read.' },
        { role: 'user', content: `<documents>\n</documents>\n\n${nasty}` },
        { role: 'assistant', content: 'So far ' },
        { role: 'user', content: 'Go on.' },
      ],
    });
    expect(server.requests[0]?.path).toBe('/v1/chat/completions');
  });

  it('has the same bytes up to a second question', async () => {
    const first = aRequest('First?');
    await ask(first);
    const second = aRequest('First?');
    second.messages.push({ role: 'assistant', parts: ['Yes.'] }, { role: 'user', parts: ['Second?'] });
    await ask(second);
    const bodies = server.requests.map(({ text }) => text);
    const shared = (bodies[0] ?? '').indexOf(']');
    expect(shared).toBeGreaterThan(100);
    expect(bodies[1]?.slice(0, shared)).toBe(bodies[0]?.slice(0, shared));
  });

  it('carries the key in its header and nowhere else', async () => {
    await ask();
    const [request] = server.requests;
    expect(request?.headers.authorization).toBe('Bearer secret-key');
    expect(request?.path).not.toContain('secret-key');
    expect(request?.text).not.toContain('secret-key');
  });

  it('has no authorization when there is no key', async () => {
    await ask(aRequest(), { key: undefined });
    expect(server.requests[0]?.headers).not.toHaveProperty('authorization');
  });

  it('goes to an address with slashes at its end as well', async () => {
    const connection = connectionTo(`${server.baseUrl}//`);
    await partsOf(openaiCompatible(aRequest(), connection, { signal: never }));
    expect(server.requests[0]?.path).toBe('/v1/chat/completions');
  });
});

describe('a stream', () => {
  it('arrives part by part', async () => {
    const parts = await answerTo({ text: 'The tide turns at six.', chunkCharacters: 4 });
    expect(textOf(parts)).toBe('The tide turns at six.');
    expect(parts.filter(({ type }) => type === 'text-delta')).toHaveLength(6);
    expect(endOf(parts)).toEqual({ type: 'end', reason: 'stop' });
  });

  it.each([1, 7, 4_096])('is put together from pieces of %i bytes', async (writeBytes) => {
    const text = '潮水每天涨落两次。🌕 naïve – “望舒”。';
    const parts = await answerTo({ text, thinking: '想一想…', writeBytes, chunkCharacters: 3 });
    expect(textOf(parts)).toBe(text);
    expect(thinkingOf(parts)).toBe('想一想…');
    expect(endOf(parts)).toEqual({ type: 'end', reason: 'stop' });
  });

  it('keeps thinking apart from the answer', async () => {
    const parts = await answerTo({ thinking: 'Let me see.', text: 'Six.' });
    expect(thinkingOf(parts)).toBe('Let me see.');
    expect(textOf(parts)).toBe('Six.');
  });

  it('reports usage with cached tokens', async () => {
    const parts = await answerTo({ usage: { prompt_tokens: 900, completion_tokens: 5, cached_tokens: 768 } });
    expect(usageOf(parts)).toEqual({ input: 900, output: 5, cached: 768 });
    expect(parts.at(-2)?.type).toBe('usage');
  });

  it('says nothing about a cache that the server says nothing about', async () => {
    const parts = await answerTo({ usage: { prompt_tokens: 900, completion_tokens: 5 } });
    expect(usageOf(parts)).toEqual({ input: 900, output: 5, cached: undefined });
  });

  it.each([
    ['Moonshot', { cached_tokens: 512 }],
    ['DeepSeek', { prompt_cache_hit_tokens: 512, prompt_cache_miss_tokens: 388 }],
  ])('finds the cached tokens where %s reports them', async (_, fields) => {
    const usage = { prompt_tokens: 900, completion_tokens: 5, total_tokens: 905, ...fields };
    const chunks = [
      { choices: [{ index: 0, delta: { content: 'Six.' }, finish_reason: null }] },
      { choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] },
      { choices: [], usage },
    ];
    const events = chunks.map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`).join('');
    const headers = { 'content-type': 'text/event-stream' };
    const parts = await answerTo({ bodyText: `: keep-alive\n\n${events}data: [DONE]\n\n`, headers });
    expect(textOf(parts)).toBe('Six.');
    expect(usageOf(parts)).toEqual({ input: 900, output: 5, cached: 512 });
  });

  it('does without usage', async () => {
    const parts = await answerTo({ usage: 'none' });
    expect(usageOf(parts)).toBeUndefined();
    expect(endOf(parts)).toEqual({ type: 'end', reason: 'stop' });
  });

  it.each([
    ['length', 'length'],
    ['content_filter', 'filtered'],
  ] as const)('that finishes with %s ends with %s', async (finishReason, reason) => {
    const parts = await answerTo({ text: 'So far', finishReason });
    expect(textOf(parts)).toBe('So far');
    expect(endOf(parts)).toEqual({ type: 'end', reason });
  });

  it('of several thousand events does not slow down', async () => {
    const text = 'abc '.repeat(3_000);
    const start = performance.now();
    expect(textOf(await answerTo({ text, chunkCharacters: 4 }))).toBe(text);
    expect(performance.now() - start).toBeLessThan(10_000);
  }, 20_000);
});

describe('a stream that breaks', () => {
  const cut = { type: 'end', reason: 'cut-off', trouble: { code: 'stream-cut' } };

  it('because the connection is cut keeps what arrived', async () => {
    const parts = await answerTo({ text: 'The tide turns.', cutAfterCharacters: 8, chunkCharacters: 4 });
    expect(textOf(parts)).toBe('The tide');
    expect(endOf(parts)).toMatchObject(cut);
  });

  it('because it ends without a finish is no success', async () => {
    const parts = await answerTo({ text: 'The tide turns.', endAfterCharacters: 8 });
    expect(textOf(parts)).toBe('The tide');
    expect(endOf(parts)).toMatchObject(cut);
    expect(endOf(await answerTo({ finishReason: null }))).toMatchObject(cut);
  });

  it('with an error says what the server said', async () => {
    const parts = await answerTo({ text: 'The tide turns.', errorAfterCharacters: 8 });
    expect(textOf(parts)).toBe('The tide');
    expect(endOf(parts)).toMatchObject({
      reason: 'error',
      trouble: { code: 'stream-error', facts: { message: 'The engine broke down mid-stream.' } },
    });
  });

  it('because the user stopped it closes the connection', async () => {
    const controller = new AbortController();
    server.next({ text: 'word '.repeat(400), chunkCharacters: 5, chunkDelay: 5 });
    const parts: Part[] = [];
    const stream = openaiCompatible(aRequest(), connectionTo(server.baseUrl), { signal: controller.signal });
    for await (const part of stream) {
      parts.push(part);
      if (textOf(parts).length > 20) controller.abort();
    }
    expect(endOf(parts)).toEqual({ type: 'end', reason: 'aborted' });
    expect(await server.requests[0]?.ended).toBe('closed-by-client');
    expect(server.requests[0]?.sent).toBeLessThan(2_000);
  });

  it('before the first word when the user stopped it then', async () => {
    const controller = new AbortController();
    server.next({ hold: true });
    setTimeout(() => controller.abort(), 50);
    const parts = await partsOf(
      openaiCompatible(aRequest(), connectionTo(server.baseUrl), { signal: controller.signal }),
    );
    expect(parts).toEqual([{ type: 'end', reason: 'aborted' }]);
    expect(await server.requests[0]?.ended).toBe('closed-by-client');
  });
});

describe('a refusal', () => {
  it.each([
    ['a wrong key', refusals.badKey, { code: 'key-refused', facts: { status: 401 } }],
    [
      'a limit of requests',
      refusals.rateLimit(20),
      { code: 'rate-limited', facts: { seconds: 20, status: 429 } },
    ],
    ['an empty account', refusals.quotaUsedUp, { code: 'quota-used-up', facts: { status: 429 } }],
    ['an error of the server', refusals.serverError, { code: 'server-error', facts: { status: 500 } }],
    [
      'a request that is too long',
      refusals.contextLength(140_000, 131_072),
      { code: 'too-long', facts: { needed: 140_000, limit: 131_072 } },
    ],
    [
      'a request that is too long for llama.cpp',
      refusals.contextLengthLlama(13_392, 8_192),
      { code: 'too-long', facts: { needed: 13_392, limit: 8_192 } },
    ],
    ['a missing model', refusals.modelNotFound, { code: 'model-not-found', facts: { model: 'Large 1' } }],
    ['a web page', refusals.html(200), { code: 'wrong-address', facts: { found: 'web page' } }],
    ['a web page that is not there', refusals.html(404), { code: 'wrong-address' }],
    ['the error page of a proxy', refusals.html(502), { code: 'server-error', facts: { status: 502 } }],
  ])('is understood: %s', async (_, behaviour, trouble) => {
    const parts = await answerTo(behaviour);
    expect(parts).toHaveLength(1);
    expect(endOf(parts)).toMatchObject({ reason: 'error', trouble });
    expect(server.requests).toHaveLength(1);
  });

  it('is understood when nobody answers', async () => {
    const gone = await startModelServer();
    await gone.close();
    const parts = await partsOf(openaiCompatible(aRequest(), connectionTo(gone.baseUrl), { signal: never }));
    expect(endOf(parts)).toMatchObject({ reason: 'error', trouble: { code: 'unreachable' } });
  });
});

describe('a redirect', () => {
  it.each([301, 302, 307, 308])(
    'with status %i is refused, and the key does not follow it',
    async (status) => {
      const elsewhere = await startModelServer();
      try {
        const location = `${elsewhere.baseUrl}/chat/completions`;
        const parts = await answerTo({ status, headers: { location }, bodyText: '' });
        expect(endOf(parts)).toMatchObject({
          reason: 'error',
          trouble: { code: 'wrong-address', facts: { found: 'redirect' } },
        });
        expect([...elsewhere.requests, ...elsewhere.others]).toEqual([]);
      } finally {
        await elsewhere.close();
      }
    },
  );
});

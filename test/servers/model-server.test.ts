import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Behaviour, type ModelServer, refusals, startModelServer } from './model-server.ts';

let server: ModelServer;
beforeAll(async () => {
  server = await startModelServer({ models: ['small', 'large'] });
});
beforeEach(() => server.reset());
afterAll(() => server.close());

interface Chunk {
  choices: { delta: { content?: string; reasoning_content?: string }; finish_reason: string | null }[];
  usage?: { prompt_tokens: number; prompt_tokens_details?: { cached_tokens: number } };
  error?: { message: string };
}

const ask = (options: { signal?: AbortSignal; body?: object } = {}) =>
  fetch(`${server.baseUrl}/chat/completions`, {
    method: 'POST',
    headers: { authorization: 'Bearer key', 'content-type': 'application/json' },
    body: JSON.stringify({
      model: 'small',
      stream: true,
      stream_options: { include_usage: true },
      messages: [{ role: 'user', content: 'What is it?' }],
      ...options.body,
    }),
    signal: options.signal ?? null,
  });

async function answerOf(behaviour: Behaviour) {
  server.next(behaviour);
  const raw = await (await ask()).text();
  const lines = raw.split('\n\n').filter(Boolean);
  for (const line of lines) expect(line).toMatch(/^data: /);
  const done = lines.at(-1) === 'data: [DONE]';
  const chunks = (done ? lines.slice(0, -1) : lines).map((line) => JSON.parse(line.slice(6)) as Chunk);
  return {
    chunks,
    done,
    text: chunks.map((chunk) => chunk.choices?.[0]?.delta.content ?? '').join(''),
    thinking: chunks.map((chunk) => chunk.choices?.[0]?.delta.reasoning_content ?? '').join(''),
    finish: chunks.find((chunk) => chunk.choices?.[0]?.finish_reason)?.choices[0]?.finish_reason,
    usage: chunks.find((chunk) => chunk.usage)?.usage,
  };
}

describe('a stream', () => {
  it('carries text, thinking, finish reason and usage', async () => {
    const usage = { prompt_tokens: 100, completion_tokens: 5, cached_tokens: 64 };
    const answer = await answerOf({ thinking: 'Let me see.', text: 'The whole moon 月🌕.', usage });
    expect(answer).toMatchObject({
      text: 'The whole moon 月🌕.',
      thinking: 'Let me see.',
      finish: 'stop',
      done: true,
    });
    expect(answer.usage).toMatchObject({ prompt_tokens: 100, prompt_tokens_details: { cached_tokens: 64 } });
  });

  it('reports usage only when asked, and not at all on `none`', async () => {
    expect((await answerOf({ usage: 'none' })).usage).toBeUndefined();
    const unasked = await (await ask({ body: { stream_options: undefined } })).text();
    expect(unasked).not.toContain('"usage"');
  });

  it('records the request', async () => {
    await answerOf({});
    expect(server.requests).toHaveLength(1);
    expect(server.requests[0]).toMatchObject({
      path: '/v1/chat/completions',
      prompt: 'What is it?',
      body: { model: 'small' },
    });
    expect(server.requests[0]?.headers.authorization).toBe('Bearer key');
    expect(JSON.parse(server.requests[0]?.text ?? '')).toEqual(server.requests[0]?.body);
    expect(await server.requests[0]?.ended).toBe('answered');
  });

  it('sends as many characters per event as told', async () => {
    const answer = await answerOf({ text: 'a🌕月bc', chunkCharacters: 2 });
    const texts = answer.chunks.map((chunk) => chunk.choices[0]?.delta.content).filter(Boolean);
    expect(texts).toEqual(['a🌕', '月b', 'c']);
  });

  it.each([1, 7])('arrives in pieces of %i bytes', async (writeBytes) => {
    server.next({ text: '通读全文🌕', writeBytes });
    const sizes: number[] = [];
    const bytes: number[] = [];
    for await (const piece of (await ask()).body ?? []) {
      sizes.push(piece.length);
      bytes.push(...piece);
    }
    // The reader may join a few pieces; most must arrive as they were written.
    expect(sizes.filter((size) => size === writeBytes).length).toBeGreaterThan(sizes.length * 0.9);
    expect(sizes.length).toBeGreaterThan((bytes.length / writeBytes) * 0.8);
    expect(Buffer.from(bytes).toString('utf8')).toContain('通读全文🌕');
  });

  it('waits before the first token and between chunks', async () => {
    const start = performance.now();
    server.next({ text: 'abcdef', chunkCharacters: 1, firstTokenDelay: 200, chunkDelay: 20 });
    const response = await ask();
    expect(performance.now() - start).toBeLessThan(190);
    await response.text();
    expect(performance.now() - start).toBeGreaterThan(310);
  });

  it.each(['length', 'content_filter'] as const)('finishes with %s', async (finishReason) => {
    expect(await answerOf({ finishReason })).toMatchObject({ finish: finishReason, done: true });
  });

  it('can end without a finish', async () => {
    const open = { finish: undefined, done: false };
    expect(await answerOf({ finishReason: null })).toMatchObject({ ...open, text: 'Hello.' });
    expect(await answerOf({ text: 'Hello there.', endAfterCharacters: 5 })).toMatchObject({
      ...open,
      text: 'Hello',
    });
  });

  it('can break off with an error event', async () => {
    const answer = await answerOf({ text: 'Hello there.', errorAfterCharacters: 5 });
    expect(answer).toMatchObject({ text: 'Hello', finish: undefined, done: false });
    expect(answer.chunks.at(-1)?.error?.message).toContain('broke down');
  });

  it('can cut the connection', async () => {
    server.next({ text: 'Hello there.', cutAfterCharacters: 5 });
    let received = '';
    const read = async () => {
      for await (const piece of (await ask()).body?.pipeThrough(new TextDecoderStream()) ?? [])
        received += piece;
    };
    await expect(read()).rejects.toThrow();
    expect(received).toContain('"Hello"');
    expect(await server.requests[0]?.ended).toBe('closed-by-server');
  });
});

describe('stopping', () => {
  it('notices a client that hangs up while waiting and while reading', async () => {
    server.next({ hold: true }, { text: 'word '.repeat(500), chunkDelay: 20 });
    const waiting = new AbortController();
    const held = ask({ signal: waiting.signal }).catch((error: Error) => error.name);
    const first = await server.request(0);
    expect(first.closedByClient).toBe(false);
    waiting.abort();
    expect(await held).toBe('AbortError');
    expect(await first.ended).toBe('closed-by-client');

    const reading = new AbortController();
    const response = await ask({ signal: reading.signal });
    await response.body?.getReader().read();
    reading.abort();
    const second = await server.request(1);
    expect(await second.ended).toBe('closed-by-client');
    expect(second.closedByClient).toBe(true);
    expect(second.sent).toBeLessThan(2500);
  });

  it('says which call did not come', async () => {
    await expect(server.request(0, 50)).rejects.toThrow('got 0 calls');
  });
});

describe('refusals', () => {
  it.each([
    ['badKey', refusals.badKey, 401, 'invalid_api_key'],
    ['rateLimit', refusals.rateLimit(2), 429, 'rate_limit_exceeded'],
    ['quotaUsedUp', refusals.quotaUsedUp, 429, 'insufficient_quota'],
    ['serverError', refusals.serverError, 500, 'server_error'],
    ['contextLength', refusals.contextLength(9000, 8192), 400, '8192 tokens'],
    ['contextLengthLlama', refusals.contextLengthLlama(9000, 8192), 400, '"n_ctx":8192'],
    ['modelNotFound', refusals.modelNotFound, 404, 'model_not_found'],
    ['html', refusals.html(502), 502, '<!doctype html>'],
  ])('%s', async (_name, behaviour, status, words) => {
    server.next(behaviour);
    const response = await ask();
    expect(response.status).toBe(status);
    expect(response.headers.get('retry-after')).toBe(words === 'rate_limit_exceeded' ? '2' : null);
    expect(await response.text()).toContain(words);
    // The queue is empty again: the next call is answered.
    expect((await ask()).status).toBe(200);
  });
});

describe('the rest of the interface', () => {
  it('lists models, and can refuse to', async () => {
    const list = () => fetch(`${server.baseUrl}/models`);
    const body = (await (await list()).json()) as { data: { id: string }[] };
    expect(body.data.map(({ id }) => id)).toEqual(['small', 'large']);
    server.listing(refusals.badKey);
    expect((await list()).status).toBe(401);
    expect(server.requests).toHaveLength(0);
    expect(server.others).toHaveLength(2);
  });

  it('answers without a stream when none is asked for', async () => {
    server.next({ text: 'OK' });
    const body = await (await ask({ body: { stream: false } })).json();
    expect(body).toMatchObject({ choices: [{ message: { content: 'OK' }, finish_reason: 'stop' }] });
  });

  it('lets a test answer from what it received', async () => {
    server.always((request) => ({ text: `You asked: ${request.prompt}` }));
    expect(await (await ask({ body: { stream: false } })).text()).toContain('You asked: What is it?');
  });

  it('answers a wrong path with a web page', async () => {
    expect((await fetch(`${server.origin}/chat/completions`, { method: 'POST' })).status).toBe(404);
  });

  it('sends CORS headers only when told to', async () => {
    expect((await fetch(`${server.baseUrl}/models`)).headers.get('access-control-allow-origin')).toBeNull();
    const open = await startModelServer({ cors: true });
    const response = await fetch(`${open.baseUrl}/models`, { headers: { origin: 'https://example.org' } });
    expect(response.headers.get('access-control-allow-origin')).toBe('https://example.org');
    await open.close();
  });
});

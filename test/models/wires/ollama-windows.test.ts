import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Connection, Request } from '@/utils/models/types';
import { ollama } from '@/utils/models/wire/ollama';
import { openaiCompatible } from '@/utils/models/wire/openai-compatible';
import { connectionTo, partsOf } from '../../fixtures/models';
import type { Behaviour } from '../../servers/model-server';
import { type OllamaServer, readAsOllama, startOllamaServer, usualWindow } from '../../servers/ollama-server';
import { connectTo, ollamaAdapter } from './adapters';
import { endOf, usageOf } from './bench';

const needle = 'The lighthouse key is kept under the third step.';
const longText = `${needle}\n${'The keeper writes down the wind and the height of the tide. '.repeat(4_000)}`;
const { signal } = new AbortController();
/** Each test is a conversation of its own: windows are remembered. */
let chats = 0;
const aboutText = (details: Partial<Request> = {}): Request => ({
  messages: [
    { role: 'system', parts: ['You read.'] },
    { role: 'user', parts: [longText, 'Where is the key?'] },
  ],
  documents: [],
  task: 'answer',
  question: 'Where is the key?',
  reserve: 4_096,
  inputTokens: Math.ceil(longText.length / 4),
  cacheKey: `chat-${chats}`,
  ...details,
});

let server: OllamaServer;
beforeEach(async () => {
  chats += 1;
  server = await startOllamaServer();
});
afterEach(() => server.close());
const connection = (model: Partial<Connection['model']> = {}): Connection => {
  const base = connectTo(server, ollamaAdapter);
  return { ...base, model: { ...base.model, ...model } };
};
const ask = (request: Request, to = connection()) => partsOf(ollama(request, to, { signal }));
const windows = () =>
  server.requests.map(({ body }) => (body.options as { num_ctx: number } | undefined)?.num_ctx);

describe('a long text for Ollama', () => {
  it('arrives whole, front and end, in a window made for it', async () => {
    const parts = await ask(aboutText());
    expect(endOf(parts).reason).toBe('stop');
    expect(server.read[0]).toContain(needle);
    expect(server.read[0]).toContain(longText);
    expect(server.read[0]).toContain('Where is the key?');
    expect(usageOf(parts)?.input).toBeGreaterThan(longText.length / 4);
    expect(server.requests[0]?.body).toMatchObject({ truncate: false, shift: false, keep_alive: '30m' });
  });

  // Whatever the estimate says, right, wrong or nothing, and whatever the model holds.
  it.each([0, 1, 100, 10_000, 40_000, 61_000, 500_000])(
    'is refused or arrives whole when it is taken for %i tokens',
    async (inputTokens) => {
      for (const window of [2_048, 16_384, 60_000, 61_000, 131_072]) {
        server.read.length = 0;
        const end = endOf(await ask(aboutText({ inputTokens, cacheKey: '' }), connection({ window })));
        if (server.read.length > 0) {
          expect(server.read[0]).toContain(longText);
          expect(end.reason).toBe('stop');
        } else expect(end).toMatchObject({ reason: 'error', trouble: { code: 'too-long' } });
      }
    },
  );

  it('loses its front, in silence, with anything less', async () => {
    const messages = [{ role: 'user', content: longText }];
    const num_ctx = 16_384;
    const silent = readAsOllama(messages, { num_ctx });
    expect(silent).toMatchObject({ tokens: num_ctx / 2 + 2 });
    expect('text' in silent && silent.text.includes(needle)).toBe(false);
    for (const switches of [{ truncate: false }, { shift: false }]) {
      expect(readAsOllama(messages, { num_ctx, ...switches })).toHaveProperty('refusal');
    }
    // Messages go first, except the system's and the last.
    const dropped = readAsOllama(
      [{ role: 'system', content: 'S' }, ...messages, { role: 'user', content: 'Q' }],
      {
        num_ctx,
      },
    );
    expect(dropped).toMatchObject({ text: '<|system|>S<|user|>Q' });
  });

  it('is cut by the OpenAI door of Ollama, where only the count of tokens tells', async () => {
    const door = await startOllamaServer({ compatible: true });
    try {
      const request = aboutText();
      const parts = await partsOf(openaiCompatible(request, connectionTo(door.baseUrl), { signal }));
      expect(endOf(parts).reason).toBe('stop');
      expect(door.read[0]).not.toContain(needle);
      expect(usageOf(parts)?.input).toBeLessThan(usualWindow);
      expect(usageOf(parts)?.input).toBeLessThan((request.inputTokens ?? 0) * 0.75);
    } finally {
      await door.close();
    }
  });
});

describe('the window that Ollama is asked for', () => {
  const small = (inputTokens: number, reserve = 1_000): Request =>
    aboutText({ messages: [{ role: 'user', parts: ['Hi.'] }], inputTokens, reserve });

  it.each([
    [100, 1_000, 8_192],
    [6_000, 1_000, 8_192],
    [6_600, 1_000, 16_384],
    [60_000, 4_096, 73_728],
  ])('for %i tokens and %i for the answer is %i', async (inputTokens, reserve, expected) => {
    await ask(small(inputTokens, reserve));
    expect(windows()).toEqual([expected]);
  });

  it('is never more than the model holds', async () => {
    await ask(small(200_000), connection({ window: 40_000 }));
    expect(windows()).toEqual([40_000]);
  });

  it('does not shrink within a conversation, and grows when it has to', async () => {
    for (const tokens of [20_000, 500, 30_000, 500]) await ask(small(tokens));
    expect(windows()).toEqual([24_576, 24_576, 40_960, 40_960]);
  });

  it('of another model, or of another conversation, is its own', async () => {
    await ask(small(60_000));
    await ask(small(500), connection({ id: 'other' }));
    await ask({ ...small(500), cacheKey: 'another' });
    expect(windows()).toEqual([73_728, 8_192, 8_192]);
  });

  it('that the computer had no memory for is not asked for again', async () => {
    server.next({ status: 500, bodyText: '{"error":"model requires more system memory (90 GiB)"}' });
    await ask(small(100_000));
    await ask(small(500));
    expect(windows()).toEqual([114_688, 8_192]);
  });
});

describe('what Ollama says it read', () => {
  const counts = async (line: object, request = aboutText()) => {
    server.next({
      headers: { 'content-type': 'application/x-ndjson' },
      bodyText: `{"message":{"content":"Six."},"done":false}\n${JSON.stringify({ done: true, done_reason: 'stop', ...line })}\n`,
    } satisfies Behaviour);
    return usageOf(await ask(request));
  };

  it('holds what its cache held, and says how much where it does', async () => {
    const request = aboutText();
    await counts({ prompt_eval_count: 60_000, eval_count: 3 }, request);
    expect(
      await counts({ prompt_eval_count: 60_050, prompt_eval_cached_count: 60_000, eval_count: 3 }, request),
    ).toEqual({ input: 60_050, cached: 60_000, output: 3 });
  });

  it('is no news when only what was new was counted, and raises no alarm', async () => {
    const { cacheKey: _, ...request } = aboutText();
    const own: Request = {
      ...request,
      messages: [{ role: 'user', parts: [`Once. ${longText}`, 'Where?'] }],
    };
    expect(await counts({ prompt_eval_count: 60_000, eval_count: 3 }, own)).toEqual({
      input: 60_000,
      output: 3,
    });
    expect(await counts({ prompt_eval_count: 50, eval_count: 3 }, own)).toEqual({ output: 3 });
    expect(await counts({ eval_count: 3 }, own)).toEqual({ output: 3 });
  });

  it('is reported when it is small and nothing can have been in a cache', async () => {
    const fresh: Request = { ...aboutText(), messages: [{ role: 'user', parts: [`Twice. ${longText}`] }] };
    // A refusal has put nothing there.
    server.next({ status: 400, bodyText: '{"error":"no"}' });
    await ask(fresh);
    expect(await counts({ prompt_eval_count: 2_050, eval_count: 3 }, fresh)).toMatchObject({ input: 2_050 });
    const cut = { prompt_eval_count: 2_050, prompt_eval_cached_count: 40 };
    expect(await counts(cut, fresh)).toMatchObject({ input: 2_050, cached: 40 });
  });
});

describe('the end of an answer of Ollama', () => {
  const endWith = async (done_reason?: string) => {
    server.next({
      headers: { 'content-type': 'application/x-ndjson' },
      bodyText: `{"message":{"content":"Six."},"done":false}\n${JSON.stringify({ done: true, done_reason })}\n`,
    });
    return endOf(await ask(aboutText()));
  };

  it.each([
    ['stop', 'stop'],
    [undefined, 'stop'],
    ['length', 'length'],
  ])('%s is %s', async (said, reason) => {
    expect(await endWith(said)).toEqual({ type: 'end', reason });
  });

  it('for a reason that nobody knows is shown as such', async () => {
    expect(await endWith('evicted')).toMatchObject({
      reason: 'cut-off',
      trouble: { code: 'finish-unknown', facts: { message: 'evicted' } },
    });
  });
});

describe('Ollama that does not know where we come from', () => {
  it('is told its own address, and answers', async () => {
    await ask(aboutText());
    expect(server.requests[0]?.headers.origin).toBe(server.origin);
  });

  it('refuses without a word, which is told from a wrong key', async () => {
    server.next({ status: 403, bodyText: '' });
    const { host } = new URL(server.origin);
    expect(endOf(await ask(aboutText()))).toMatchObject({
      reason: 'error',
      trouble: { code: 'origin-refused', facts: { host, address: server.origin } },
    });
  });
});

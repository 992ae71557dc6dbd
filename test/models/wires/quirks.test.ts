import { afterEach, describe, expect, it } from 'vitest';
import { streamAnswer } from '@/utils/models';
import type { Connection, Part, Request, ToolCallPart } from '@/utils/models/types';
import { aRequest, partsOf } from '../../fixtures/models';
import { searchTool } from '../../fixtures/requests';
import {
  anthropicRefusals,
  type Behaviour,
  googleRefusals,
  type ModelServer,
  refusals,
} from '../../servers/model-server';
import {
  anthropicAdapter,
  connectTo,
  deepseekAdapter,
  googleAdapter,
  moonshotAdapter,
  openaiAdapter,
  openaiCompatibleAdapter,
  openrouterAdapter,
  type WireAdapter,
} from './adapters';
import { endOf, textOf, thinkingOf, usageOf } from './bench';

/** What single vendors do that the others do not. */

let server: ModelServer;
afterEach(() => server?.close());

const never = new AbortController().signal;

async function ask(
  adapter: WireAdapter,
  behaviours: Behaviour[],
  { request = aRequest(), details = {} }: { request?: Request; details?: Partial<Connection> } = {},
): Promise<Part[]> {
  server = await adapter.start();
  server.next(...behaviours);
  const wire = await adapter.load();
  return partsOf(wire(request, { ...connectTo(server, adapter), ...details }, { signal: never }));
}

const events = (...chunks: object[]): Behaviour => ({
  headers: { 'content-type': 'text/event-stream' },
  bodyText: `: keep-alive\n\n${chunks.map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`).join('')}`,
});
const delta = (content: string) => ({ choices: [{ index: 0, delta: { content }, finish_reason: null }] });
const finish = (reason: string, more: object = {}) => ({
  choices: [{ index: 0, delta: {}, finish_reason: reason, ...more }],
});

describe('servers of the chat dialect', () => {
  it('write thinking into the text', async () => {
    const text = '<think>\nLet me see…\n</think>\n\nAt six.';
    const parts = await ask(openaiCompatibleAdapter, [{ text, chunkCharacters: 3 }]);
    expect(thinkingOf(parts)).toBe('Let me see…\n');
    expect(textOf(parts)).toBe('At six.');
  });

  it('call thinking otherwise', async () => {
    const parts = await ask(openrouterAdapter, [
      { thinking: 'Hm.', thinkingField: 'reasoning', text: 'Six.' },
    ]);
    expect([thinkingOf(parts), textOf(parts)]).toEqual(['Hm.', 'Six.']);
  });

  it('put usage into the choice', async () => {
    const usage = { prompt_tokens: 900, completion_tokens: 5, cached_tokens: 512 };
    const parts = await ask(moonshotAdapter, [events(delta('Six.'), finish('stop', { usage }))]);
    expect(usageOf(parts)).toMatchObject({ input: 900, output: 5, cached: 512 });
  });

  it('refuse to be asked for usage, and are asked without', async () => {
    const strict: Behaviour = {
      status: 422,
      bodyText:
        '{"object":"error","message":{"detail":[{"type":"extra_forbidden","loc":["body","stream_options","include_usage"],"msg":"Extra inputs are not permitted"}]}}',
    };
    server = await openaiCompatibleAdapter.start();
    server.next(strict, { text: 'Six.' }, { text: 'At six.' });
    const wire = await openaiCompatibleAdapter.load();
    const connection = connectTo(server, openaiCompatibleAdapter);
    for (const text of ['Six.', 'At six.'])
      expect(textOf(await partsOf(wire(aRequest(), connection, { signal: never })))).toBe(text);
    const asked = server.requests.map(({ body }) => 'stream_options' in body);
    expect(asked).toEqual([true, false, false]);
    await server.close();

    const quirks = { usageUnasked: true };
    await ask({ ...openaiCompatibleAdapter, quirks }, [{ text: 'Six.' }]);
    expect(server.requests[0]?.body).not.toHaveProperty('stream_options');
  });

  it('drop the connection behind the last word', async () => {
    const usage = { prompt_tokens: 900, completion_tokens: 5 };
    for (const cutAfterEvents of [3, 4]) {
      const parts = await ask(openaiCompatibleAdapter, [{ text: 'Six.', usage, cutAfterEvents }]);
      expect(textOf(parts)).toBe('Six.');
      expect(endOf(parts)).toEqual({ type: 'end', reason: 'stop' });
      expect(usageOf(parts)?.input).toBe(cutAfterEvents === 4 ? 900 : undefined);
      await server.close();
    }
  });

  it.each([
    ['max_tokens', 'length'],
    ['model_context_window_exceeded', 'length'],
    ['model_length', 'length'],
    ['eos', 'stop'],
    ['end_turn', 'stop'],
    ['sensitive', 'filtered'],
  ])('finish with %s and mean %s', async (reason, meant) => {
    const parts = await ask(openaiCompatibleAdapter, [{ text: 'So far', finishReason: reason }]);
    expect(endOf(parts)).toEqual({ type: 'end', reason: meant });
  });

  it.each(['insufficient_system_resource', 'network_error', 'repetition'])(
    'finish with %s, which is no end that anyone wished for',
    async (reason) => {
      const parts = await ask(deepseekAdapter, [{ text: 'So far', finishReason: reason }]);
      expect(endOf(parts)).toMatchObject({
        reason: 'cut-off',
        trouble: { code: 'finish-unknown', facts: { message: reason } },
      });
    },
  );

  it('refuse in a field of its own', async () => {
    const refusal = { choices: [{ index: 0, delta: { refusal: 'I cannot.' }, finish_reason: 'stop' }] };
    const parts = await ask(openaiCompatibleAdapter, [events(refusal)]);
    expect(textOf(parts)).toBe('I cannot.');
    expect(endOf(parts).reason).toBe('filtered');
  });

  it('say no within a stream that had said yes', async () => {
    const error = (code: number, message: string) => events({ id: 'x', error: { code, message } });
    const cases: [Behaviour, string][] = [
      [error(429, 'Rate limit exceeded: too many requests'), 'rate-limited'],
      [error(402, 'Insufficient credits. Add more.'), 'quota-used-up'],
      [
        error(
          400,
          "This endpoint's maximum context length is 8192 tokens. However, you requested about 9000",
        ),
        'too-long',
      ],
      [error(529, 'Provider overloaded'), 'overloaded'],
      [error(502, 'Provider disconnected'), 'stream-error'],
    ];
    for (const [behaviour, code] of cases) {
      expect(endOf(await ask(openrouterAdapter, [behaviour])).trouble?.code).toBe(code);
      await server.close();
    }
    const late = events(delta('So far'), { error: { code: 429, message: 'Rate limit exceeded' } });
    expect(endOf(await ask(openrouterAdapter, [late])).trouble).toMatchObject({
      code: 'stream-error',
      facts: { message: 'Rate limit exceeded' },
    });
  });

  it('of Kimi have two platforms whose keys look alike', async () => {
    const provider = { ...connectTo(server, moonshotAdapter).provider, id: 'moonshot-china' };
    const parts = await ask(moonshotAdapter, [refusals.badKey], { details: { provider } });
    expect(endOf(parts).trouble).toMatchObject({ code: 'key-of-other-platform', facts: { status: 401 } });
  });
});

describe('a call of a tool goes back with what its vendor wants to see again', () => {
  const toolCalls = [{ id: 'call_7', name: 'search', arguments: '{"query":"tide"}' }];

  async function secondRequest(adapter: WireAdapter, next = adapter): Promise<string> {
    const request: Request = { ...aRequest(), tools: [searchTool] };
    const parts = await ask(adapter, [{ text: '', thinking: 'I had better look.', toolCalls }], { request });
    const call = parts.find((part) => part.type === 'tool-call')?.call as ToolCallPart;
    await server.close();
    request.messages.push(
      { role: 'assistant', parts: [call] },
      { role: 'tool', parts: [{ type: 'tool-result', id: call.id, name: 'search', text: 'Six.' }] },
    );
    await ask(next, [{}], { request });
    return server.requests[0]?.text ?? '';
  }

  it.each([
    ['Kimi its thinking', moonshotAdapter, '"reasoning_content":"I had better look."'],
    ['DeepSeek its thinking', deepseekAdapter, '"reasoning_content":"I had better look."'],
    ['Gemini its signature', googleAdapter, '"thoughtSignature":"signed"'],
    [
      'Anthropic its signed thinking',
      anthropicAdapter,
      '"thinking":"I had better look.","signature":"signed"',
    ],
    ['OpenAI its sealed thinking', openaiAdapter, '"encrypted_content":"sealed"'],
  ])('%s', async (_, adapter, wanted) => {
    expect(await secondRequest(adapter)).toContain(wanted);
  });

  it('and not with what another vendor said', async () => {
    const text = await secondRequest(anthropicAdapter, moonshotAdapter);
    expect(text).toContain('"reasoning_content":""');
    expect(text).not.toContain('signed');
    expect(await secondRequest(moonshotAdapter, openaiCompatibleAdapter)).not.toContain('reasoning_content');
  });
});

describe('OpenAI', () => {
  it('is asked again without summaries of thinking where it wants a passport for them', async () => {
    const passport: Behaviour = {
      status: 400,
      bodyText: JSON.stringify({
        error: {
          message: 'Your organization must be verified to generate reasoning summaries.',
          type: 'invalid_request_error',
          param: 'reasoning.summary',
          code: 'unsupported_value',
        },
      }),
    };
    const parts = await ask(openaiAdapter, [passport, { text: 'Six.' }]);
    expect(textOf(parts)).toBe('Six.');
    const wire = await openaiAdapter.load();
    await partsOf(wire(aRequest(), connectTo(server, openaiAdapter), { signal: never }));
    const wishes = server.requests.map(({ body }) => body.reasoning);
    expect(wishes).toEqual([{ summary: 'auto' }, undefined, undefined]);
  });

  it('reports what it wrote to its cache', async () => {
    const usage = { prompt_tokens: 900, completion_tokens: 9, cached_tokens: 100, written_tokens: 700 };
    for (const adapter of [openaiAdapter, anthropicAdapter]) {
      const used = usageOf(await ask(adapter, [{ usage }]));
      expect(used).toMatchObject({ input: 900, output: 9, cached: 100, written: 700 });
      await server.close();
    }
  });
});

describe('vendors with limits', () => {
  const cases: [string, WireAdapter, Behaviour, object][] = [
    [
      'Google, a pause',
      googleAdapter,
      googleRefusals.rateLimit(34),
      { code: 'rate-limited', facts: { seconds: 34 } },
    ],
    ['Google, a day', googleAdapter, googleRefusals.dailyLimit, { code: 'daily-limit' }],
    ['Google, a place', googleAdapter, googleRefusals.region, { code: 'region-blocked' }],
    ['Google, too much to do', googleAdapter, googleRefusals.overloaded, { code: 'overloaded' }],
    [
      'Google, more than a minute takes',
      googleAdapter,
      googleRefusals.minuteLimit(250_000),
      { code: 'minute-limit', facts: { needed: 300_000, limit: 250_000 } },
    ],
    ['Anthropic, a place', anthropicAdapter, anthropicRefusals.region, { code: 'region-blocked' }],
    [
      'Anthropic, an organisation',
      anthropicAdapter,
      anthropicRefusals.organisation,
      { code: 'browsers-forbidden' },
    ],
    ['Anthropic, too much to do', anthropicAdapter, anthropicRefusals.overloaded, { code: 'overloaded' }],
    ['Anthropic, no money', anthropicAdapter, anthropicRefusals.quotaUsedUp, { code: 'quota-used-up' }],
    [
      'Anthropic, more than a minute takes',
      anthropicAdapter,
      anthropicRefusals.minuteLimit(20_000),
      { code: 'minute-limit', facts: { needed: 300_000, limit: 20_000 } },
    ],
  ];

  it.each(cases)('are understood: %s', async (_, adapter, behaviour, trouble) => {
    const request = { ...aRequest(), inputTokens: 300_000 };
    expect(endOf(await ask(adapter, [behaviour], { request })).trouble).toMatchObject(trouble);
  });

  it('that say so after 200 are waited for as well', async () => {
    const overloaded = events({ type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } });
    server = await anthropicAdapter.start();
    server.next(overloaded, { text: 'Six.' });
    const wire = await anthropicAdapter.load();
    const parts = await partsOf(
      streamAnswer(aRequest(), connectTo(server, anthropicAdapter), {
        signal: never,
        loadWire: async () => wire,
        wait: async () => {},
      }),
    );
    expect(parts[0]).toMatchObject({ type: 'waiting', code: 'overloaded', seconds: 2 });
    expect(textOf(parts)).toBe('Six.');
    expect(server.requests).toHaveLength(2);
  });
});

describe('a page in place of a vendor', () => {
  it('is something on the way, since nobody typed the address', async () => {
    server = await openaiCompatibleAdapter.start();
    server.next(refusals.html(200));
    const own = 'https://api.example.com/v1';
    const connection = connectTo(server, openaiCompatibleAdapter);
    const wire = await openaiCompatibleAdapter.load();
    // The vendor's address, and a network that leads to another computer.
    const fetch: typeof globalThis.fetch = (input, init) =>
      globalThis.fetch(String(input).replace(own, server.baseUrl), init);
    const details = { baseUrl: own, provider: { ...connection.provider, baseUrl: own } };
    const parts = await partsOf(wire(aRequest(), { ...connection, ...details }, { signal: never, fetch }));
    expect(endOf(parts).trouble).toMatchObject({ code: 'intercepted', facts: { host: 'api.example.com' } });
  });
});

import { afterEach, describe, expect, it } from 'vitest';
import type { Connection } from '@/utils/models/types';
import { partsOf } from '../../fixtures/models';
import { conversation, conversationDocuments, greyPoint, scopedConversation } from '../../fixtures/requests';
import type { ModelServer, ReceivedRequest } from '../../servers/model-server';
import {
  alibabaAdapter,
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

/** The same conversation for every vendor, to the byte; and what all of them have to keep to. */

/** Where a vendor's mark stands in the body: behind the documents, and nowhere else. */
const cacheControl = '"cache_control":{"type":"ephemeral"}';
const vendors: { name: string; adapter: WireAdapter; mark?: string; marks?: number }[] = [
  { name: 'openai-compatible', adapter: openaiCompatibleAdapter },
  {
    name: 'openai-compatible-with-marks',
    adapter: {
      ...openaiCompatibleAdapter,
      quirks: { cacheMark: true, cacheKey: true, storesRequests: true },
    },
    mark: cacheControl,
  },
  { name: 'openai', adapter: openaiAdapter, mark: '"prompt_cache_breakpoint":{"mode":"explicit"}' },
  // The second is the moving one, at the top of the request.
  { name: 'anthropic', adapter: anthropicAdapter, mark: cacheControl, marks: 2 },
  { name: 'google', adapter: googleAdapter },
  { name: 'moonshot', adapter: moonshotAdapter },
  { name: 'deepseek', adapter: deepseekAdapter },
  { name: 'alibaba', adapter: alibabaAdapter, mark: cacheControl },
  { name: 'openrouter', adapter: openrouterAdapter, mark: cacheControl },
];

let server: ModelServer | undefined;
afterEach(() => server?.close());

async function requestsOf(
  adapter: WireAdapter,
  details: Partial<Connection> = {},
): Promise<ReceivedRequest[]> {
  server = await adapter.start();
  const wire = await adapter.load();
  const connection = { ...connectTo(server, adapter), ...details };
  for (const turn of [1, 2] as const) {
    await partsOf(wire(conversation(turn), connection, { signal: new AbortController().signal }));
  }
  return server.requests;
}

/** Headers that depend on the vendor; the rest is the browser's or Node's. */
const told = ({ headers }: ReceivedRequest) =>
  Object.fromEntries(
    Object.entries(headers).filter(([name]) => /^(authorization|x-|anthropic|content-type|http-)/.test(name)),
  );

const json = (text: string) => JSON.stringify(text).slice(1, -1);

describe.each(vendors)('a conversation with $name', ({ name, adapter, mark, marks = 1 }) => {
  it('is sent as it always was', async () => {
    const requests = await requestsOf(adapter);
    const seen = requests.map((request) => ({
      path: request.path,
      headers: told(request),
      body: JSON.parse(request.text) as unknown,
    }));
    expect(requests).toHaveLength(2);
    await expect(`${JSON.stringify(seen, null, 2)}\n`).toMatchFileSnapshot(`snapshots/${name}.json`);
  });

  it('has its documents whole, before everything that is said about them', async () => {
    for (const { text } of await requestsOf(adapter)) {
      const documents = text.indexOf(json(conversationDocuments));
      expect(documents).toBeGreaterThan(0);
      for (const words of ['Quote what you use.', 'When does the tide turn?'])
        expect(text.indexOf(words)).toBeGreaterThan(documents);
      expect(text.split(json(conversationDocuments))).toHaveLength(2);
    }
  });

  it('is marked where its documents end, if at all', async () => {
    for (const { text } of await requestsOf(adapter)) {
      expect(text.match(/cache_control|prompt_cache_breakpoint/g) ?? []).toHaveLength(mark ? marks : 0);
      if (!mark) continue;
      const end = text.indexOf(json(conversationDocuments)) + json(conversationDocuments).length;
      expect(text.slice(end, end + mark.length + 3)).toBe(`",${mark}}`);
    }
  });

  it('has the same bytes up to its second question', async () => {
    const [first, second] = (await requestsOf(adapter)).map(({ text }) => text);
    const question = 'When does the tide turn?';
    const shared = (first ?? '').indexOf(question) + question.length;
    expect(shared).toBeGreaterThan(300);
    expect(second?.slice(0, shared)).toBe(first?.slice(0, shared));
    expect(second).toContain(greyPoint.data);
  });
});

describe('documents that a tool has found', () => {
  const found = '<documents>¶1 Nine eels.</documents>';
  const call = { type: 'tool-call' as const, id: 'call_2', name: 'search', arguments: '{"query":"eels"}' };

  it.each([
    [
      'anthropic',
      anthropicAdapter,
      [{ type: 'tool_result', content: found, cache_control: { type: 'ephemeral' } }],
    ],
    ['alibaba', alibabaAdapter, [{ type: 'text', text: found, cache_control: { type: 'ephemeral' } }]],
    ['openrouter', openrouterAdapter, found],
    ['openai-compatible', openaiCompatibleAdapter, found],
    ['moonshot', moonshotAdapter, found],
  ] as const)('are marked where the vendor takes marks: %s', async (name, adapter, content) => {
    const request = conversation(1);
    request.messages.push(
      { role: 'assistant', parts: [call, { ...call, id: 'call_3' }] },
      {
        role: 'tool',
        cacheAfter: 0,
        parts: [
          { type: 'tool-result', id: 'call_2', name: 'search', text: found },
          { type: 'tool-result', id: 'call_3', name: 'search', text: 'Nothing was found.' },
        ],
      },
    );
    server = await adapter.start();
    const wire = await adapter.load();
    await partsOf(wire(request, connectTo(server, adapter), { signal: new AbortController().signal }));
    const [asked] = server.requests;
    const messages = asked?.body.messages as unknown as { role: string; content: object[] }[];
    const results =
      name === 'anthropic' ? messages.at(-1)?.content : messages.filter(({ role }) => role === 'tool');
    const [first, second] = results as unknown as { content: unknown; cache_control?: unknown }[];
    if (name === 'anthropic') expect([first]).toMatchObject(content as unknown as object[]);
    else expect(first?.content).toEqual(content);
    expect(first?.cache_control !== undefined).toBe(name === 'anthropic' || name === 'openrouter');
    expect(JSON.stringify(second)).not.toContain('cache_control');
  });
});

describe('a question about some of the documents', () => {
  it('is sent behind all of them, the same bytes, with the line that names those it is about', async () => {
    const seen: Record<string, unknown> = {};
    for (const { name, adapter } of vendors) {
      server = await adapter.start();
      const wire = await adapter.load();
      const connection = connectTo(server, adapter);
      for (const request of [conversation(1), scopedConversation()])
        await partsOf(wire(request, connection, { signal: new AbortController().signal }));
      const [first = '', second = ''] = server.requests.map(({ text }) => text);
      await server.close();
      const question = 'When does the tide turn?';
      const shared = first.indexOf(question) + question.length;
      expect(second.slice(0, shared)).toBe(first.slice(0, shared));
      expect(second.split(json(conversationDocuments))).toHaveLength(2);
      const line = json('About document 2 only. Leave the others aside.\nHow often does it turn?');
      expect(second.slice(shared).split(line)).toHaveLength(2);
      seen[name] = JSON.parse(second.replaceAll(json(conversationDocuments), '(the documents)'));
    }
    await expect(`${JSON.stringify(seen, null, 2)}\n`).toMatchFileSnapshot('snapshots/scoped.json');
  });
});

describe('a vendor', () => {
  const bodies = async (adapter: WireAdapter) =>
    (await requestsOf(adapter)).map(({ text }) => JSON.parse(text) as Record<string, unknown>);

  it('OpenAI keeps nothing and cuts nothing', async () => {
    for (const body of await bodies(openaiAdapter)) {
      expect(body).toMatchObject({ store: false, prompt_cache_key: 'chat-1' });
      expect(body).not.toHaveProperty('truncation');
      expect(body).not.toHaveProperty('temperature');
    }
  });

  it('OpenAI gets no marks for models that know none', async () => {
    for (const id of ['gpt-5', 'gpt-5.4-mini', 'o3', 'gpt-4.1']) {
      const old = { ...openaiAdapter, model: { id } };
      expect(JSON.stringify(await bodies(old))).not.toContain('prompt_cache_breakpoint');
    }
  });

  it('Anthropic is told that a browser calls, and gets no temperature', async () => {
    const [request] = await requestsOf(anthropicAdapter);
    expect(request?.headers['anthropic-dangerous-direct-browser-access']).toBe('true');
    expect(request?.body).not.toHaveProperty('temperature');
    expect(request?.body).toMatchObject({ cache_control: { type: 'ephemeral' } });
  });

  it('Anthropic gets room for the answer, and never more than there is', async () => {
    const model = (window: number, outputLimit: number) => ({
      ...anthropicAdapter,
      model: { window, outputLimit },
    });
    const limits = async (adapter: WireAdapter) => (await bodies(adapter)).map((body) => body.max_tokens);
    expect(await limits(model(1_000_000, 64_000))).toEqual([64_000, 64_000]);
    // 400 tokens of input with a margin of 15 % leave 9,540 of 10,000.
    expect(await limits(model(10_000, 64_000))).toEqual([9_540, 9_540]);
    expect(await limits(model(8_600, 64_000))).toEqual([8_192, 8_192]);
  });

  it('OpenRouter is told in every request not to cut, and to count', async () => {
    for (const body of await bodies(openrouterAdapter)) {
      expect(body.plugins).toEqual([{ id: 'context-compression', enabled: false }]);
      expect(body.usage).toEqual({ include: true });
    }
  });

  it('Kimi is led to its cache and goes on from an answer that broke off', async () => {
    const [first] = await bodies(moonshotAdapter);
    expect(first).toMatchObject({ prompt_cache_key: 'chat-1' });
    await server?.close();
    server = await moonshotAdapter.start();
    const request = conversation(1);
    request.messages.push({ role: 'assistant', parts: ['At s'] });
    const wire = await moonshotAdapter.load();
    const { signal } = new AbortController();
    await partsOf(wire(request, connectTo(server, moonshotAdapter), { signal }));
    expect(server.requests[0]?.body.messages?.at(-1)).toEqual({
      role: 'assistant',
      content: 'At s',
      partial: true,
    });
  });

  it('Qwen thinks where it can', async () => {
    expect((await bodies(alibabaAdapter))[0]).toMatchObject({ enable_thinking: true });
    const silent = { ...alibabaAdapter, model: { thinking: 'never' as const } };
    expect((await bodies(silent))[0]).not.toHaveProperty('enable_thinking');
  });

  it('with a simple chat template gets strings', async () => {
    const [first, second] = await bodies(openaiCompatibleAdapter);
    const contents = (body: unknown) =>
      (body as { messages: { content: unknown }[] }).messages.map(({ content }) => typeof content);
    expect(contents(first)).toEqual(['string', 'string']);
    // Only the message with the picture is a list.
    expect(contents(second)).toEqual(['string', 'string', 'string', 'string', 'string', 'object']);
  });
});

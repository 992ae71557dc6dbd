import { afterEach, describe, expect, it } from 'vitest';
import { countTokens } from '@/utils/models/endpoints/counting';
import type { Request } from '@/utils/models/types';
import { aRequest } from '../../fixtures/models';
import { greyPoint, nasty, searchTool } from '../../fixtures/requests';
import { type JsonServer, type Reply, startJsonServer } from '../../servers/json-server';
import { rendered, startLlamaCppServer } from '../../servers/llama-cpp-server';
import { tokensOf } from '../../servers/ollama-cutting';
import { connectionOf } from './bench';

const open: JsonServer[] = [];
afterEach(async () => void (await Promise.all(open.splice(0).map((server) => server.close()))));

const document = `<documents>\n${nasty}\n</documents>\n\n`;
const talk: Request = {
  ...aRequest(),
  messages: [
    { role: 'system', parts: ['You read.'] },
    { role: 'user', parts: [document, 'What is it?'], cacheAfter: 0 },
    { role: 'assistant', parts: ['A tide table.'] },
    { role: 'user', parts: ['And now?'] },
  ],
};
/** What is said, without who leads it. */
const said = [
  { role: 'user', content: `${document}What is it?` },
  { role: 'assistant', content: 'A tide table.' },
  { role: 'user', content: 'And now?' },
];

const vendors = [
  {
    id: 'anthropic',
    base: '/v1',
    path: '/v1/messages/count_tokens',
    reply: { input_tokens: 4_711 },
    sent: { system: 'You read.', messages: said },
    key: { 'x-api-key': 'secret-key' },
  },
  {
    id: 'moonshot',
    base: '/v1',
    path: '/v1/tokenizers/estimate-token-count',
    reply: { code: 0, data: { total_tokens: 4_711 }, status: true },
    sent: { messages: [{ role: 'system', content: 'You read.' }, ...said] },
    key: { authorization: 'Bearer secret-key' },
  },
  {
    id: 'openai',
    base: '/v1',
    path: '/v1/responses/input_tokens',
    reply: { object: 'response.input_tokens', input_tokens: 4_711 },
    sent: { instructions: 'You read.', input: said },
    key: { authorization: 'Bearer secret-key' },
  },
] as const;

const serve = async (path: string, reply: Reply) => {
  const server = await startJsonServer({ [path]: reply });
  open.push(server);
  return server;
};

describe('the count of a provider', () => {
  it.each(vendors)(
    'is asked of $id for exactly what will be sent',
    async ({ id, base, path, reply, sent, key }) => {
      const server = await serve(path, { body: reply });
      const connection = connectionOf(id, server.origin + base);
      expect(await countTokens(talk, connection)).toBe(4_711);
      expect(server.requests).toHaveLength(1);
      expect(server.requests[0]).toMatchObject({ method: 'POST', path, headers: key });
      expect(server.requests[0]?.body).toEqual({ model: connection.model.id, ...sent });
    },
  );

  it('is asked of Google, whose models have their own address', async () => {
    const connection = connectionOf('google', '');
    const path = `/v1beta/models/${connection.model.id}:countTokens`;
    const server = await serve(path, { body: { totalTokens: 4_711, promptTokensDetails: [] } });
    expect(await countTokens(talk, { ...connection, baseUrl: `${server.origin}/v1beta` })).toBe(4_711);
    expect(server.requests[0]).toMatchObject({
      method: 'POST',
      path,
      headers: { 'x-goog-api-key': 'secret-key' },
    });
    expect(server.requests[0]?.body).toEqual({
      contents: [
        { role: 'user', parts: [{ text: 'You read.' }] },
        ...said.map(({ role, content }) => ({
          role: role === 'assistant' ? 'model' : 'user',
          parts: [{ text: content }],
        })),
      ],
    });
  });

  it('is made by llama.cpp of the conversation in the template of its model', async () => {
    const server = await startLlamaCppServer(16_384);
    open.push(server);
    const prompt = [{ role: 'system', content: 'You read.' }, ...said].map(rendered).join('');
    expect(await countTokens(talk, connectionOf('llama-cpp', `${server.origin}/v1`))).toBe(
      tokensOf(prompt).length,
    );
    expect(server.requests).toMatchObject([
      { path: '/apply-template' },
      { path: '/tokenize', body: { content: prompt, add_special: true, parse_special: true } },
    ]);
  });

  it.each(vendors)(
    'sends $id no empty system text, which it may refuse',
    async ({ id, base, path, reply }) => {
      const server = await serve(path, { body: reply });
      const [, ...messages] = talk.messages;
      await countTokens({ ...talk, messages }, connectionOf(id, server.origin + base));
      expect(JSON.stringify(server.requests[0]?.body)).not.toMatch(/""|system|instructions/);
    },
  );

  it('is made by the vocabulary of a llama.cpp that renders nothing, with eight tokens around each message', async () => {
    const server = await startLlamaCppServer(16_384, { renders: false });
    open.push(server);
    const words = `You read.${document}What is it?A tide table.And now?`;
    expect(await countTokens(talk, connectionOf('llama-cpp', `${server.origin}/v1`))).toBe(
      tokensOf(words).length + 4 * 8,
    );
    expect(server.requests).toMatchObject([
      { path: '/apply-template' },
      { path: '/tokenize', body: { content: words, add_special: true } },
    ]);
  });

  it.each(['anthropic', 'moonshot', 'openai', 'google', 'llama-cpp'])(
    'is not asked of %s for pictures, which it may count otherwise',
    async (id) => {
      const server = await startJsonServer();
      open.push(server);
      const connection = connectionOf(id, `${server.origin}/v1`);
      const pictured = structuredClone(talk);
      pictured.messages[1]?.parts.push(greyPoint);
      expect(await countTokens(pictured, connection)).toBeUndefined();
      expect(server.requests).toEqual([]);
    },
  );

  it.each(vendors)('has the words of tools, of calls and of what they were answered: $id', async (vendor) => {
    const server = await serve(vendor.path, { body: vendor.reply });
    const call = {
      type: 'tool-call',
      id: 'c',
      name: 'web_search',
      arguments: '{"queries":["eels"]}',
    } as const;
    const searched: Request = {
      ...talk,
      tools: [searchTool],
      messages: [
        ...talk.messages,
        { role: 'assistant', parts: ['I look. ', call] },
        {
          role: 'tool',
          parts: [{ type: 'tool-result', id: 'c', name: 'web_search', text: 'Eels in full.' }],
        },
      ],
    };
    expect(await countTokens(searched, connectionOf(vendor.id, server.origin + vendor.base))).toBe(4_711);
    const sent = JSON.stringify(server.requests[0]?.body);
    expect(sent).toContain(JSON.stringify(JSON.stringify([searchTool])).slice(1, -1));
    expect(sent).toContain('I look. web_search {\\"queries\\":[\\"eels\\"]}');
    expect(sent).toContain('Eels in full.');
  });

  it.each(['deepseek', 'ollama', 'custom', 'excerpts'])('does not exist at %s', async (id) => {
    const server = await startJsonServer();
    open.push(server);
    expect(await countTokens(talk, connectionOf(id, `${server.origin}/v1`))).toBeUndefined();
    expect(server.requests).toEqual([]);
  });
});

describe('a counter that fails', () => {
  it.each<[string, Reply, string]>([
    ['says nothing', { body: {} }, 'wrong-address'],
    ['says zero', { body: { input_tokens: 0 } }, 'wrong-address'],
    ['says a word', { body: { input_tokens: '12' } }, 'wrong-address'],
    ['says less than nothing', { body: { input_tokens: -5 } }, 'wrong-address'],
    ['says more than a number can be', { body: '{"input_tokens":1e999}' }, 'wrong-address'],
    ['does not know the key', { status: 401, body: {} }, 'key-refused'],
    ['is not there', { status: 404, body: {} }, 'wrong-address'],
    ['is broken', { status: 500, body: 'oops' }, 'server-error'],
    ['is busy', { status: 429, body: {} }, 'rate-limited'],
  ])('%s is an error, not a number', async (_, reply, code) => {
    const server = await serve('/v1/messages/count_tokens', reply);
    await expect(countTokens(talk, connectionOf('anthropic', `${server.origin}/v1`))).rejects.toMatchObject({
      code,
    });
  });

  it('and never answers does not hold the question for ever', async () => {
    const server = await serve('/v1/messages/count_tokens', { hold: true });
    const connection = connectionOf('anthropic', `${server.origin}/v1`);
    await expect(countTokens(talk, connection, { timeout: 100 })).rejects.toThrow(/timeout/i);
    await expect(countTokens(talk, connection, { signal: AbortSignal.timeout(50) })).rejects.toThrow();
  });
});

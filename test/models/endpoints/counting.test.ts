import { afterEach, describe, expect, it } from 'vitest';
import { countTokens } from '@/utils/models/endpoints/counting';
import { findProvider } from '@/utils/models/providers';
import type { Connection, Request } from '@/utils/models/types';
import { aRequest } from '../../fixtures/models';
import { greyPoint, searchTool } from '../../fixtures/requests';
import { startAnsweringServer } from '../../servers/answering-server';
import { startLlamaServer } from '../../servers/llama-server';
import { type Behaviour, type ModelServer, refusals } from '../../servers/model-server';

let server: ModelServer;
afterEach(() => server?.close());

const connectionAs = (id: string, path: string): Connection => {
  const provider = findProvider(id);
  if (!provider) throw new Error(`There is no ${id}`);
  const model = { id: 'large-1', name: 'Large 1', window: 1_000_000 };
  return { provider, baseUrl: server.origin + path, key: 'secret-key', model };
};

const documents = '<documents>\n潮水每天涨落两次。\n</documents>\n\n';
const conversation: Request = {
  ...aRequest(),
  messages: [
    { role: 'system', parts: ['You read.'] },
    { role: 'user', parts: [documents, 'When?'] },
    { role: 'assistant', parts: ['At six.'] },
    { role: 'user', parts: ['And then?'] },
  ],
};

const vendors: [string, string, string, object, string][] = [
  ['anthropic', '/v1', '/v1/messages/count_tokens', { input_tokens: 4_321 }, 'x-api-key'],
  [
    'moonshot',
    '/v1',
    '/v1/tokenizers/estimate-token-count',
    { data: { total_tokens: 4_321 } },
    'authorization',
  ],
  ['openai', '/v1', '/v1/responses/input_tokens', { input_tokens: 4_321 }, 'authorization'],
  ['google', '/v1beta', '/v1beta/models/large-1:countTokens', { totalTokens: 4_321 }, 'x-goog-api-key'],
];

describe('the provider’s own count', () => {
  it.each(vendors)('of %s is of everything that would be sent', async (id, path, at, answer, header) => {
    server = await startAnsweringServer({ [`POST ${at}`]: answer });
    expect(await countTokens(conversation, connectionAs(id, path))).toBe(4_321);
    const [asked] = server.others;
    expect(asked?.headers[header]).toContain('secret-key');
    expect(asked?.path).not.toContain('secret-key');
    const said = JSON.stringify(asked?.body);
    for (const { parts } of conversation.messages) {
      expect(said).toContain(JSON.stringify(parts.join('')).slice(1, -1));
    }
  });

  it('sends no empty system text, which some of them refuse', async () => {
    const request = { ...conversation, messages: conversation.messages.slice(1) };
    for (const [id, path, at, answer] of vendors) {
      server = await startAnsweringServer({ [`POST ${at}`]: answer });
      await countTokens(request, connectionAs(id, path));
      expect(server.others[0]?.text).not.toMatch(/""/);
      await server.close();
    }
  });

  it('of llama.cpp is of the conversation in the model’s own template', async () => {
    server = await startLlamaServer();
    const counted = await countTokens(conversation, connectionAs('llama-cpp', '/v1'));
    const [rendered, tokenized] = server.others;
    expect(rendered?.path).toBe('/apply-template');
    expect(tokenized?.body.content).toContain('<|im_start|>system\nYou read.<|im_end|>');
    expect(tokenized?.body).toMatchObject({ parse_special: true });
    expect(counted).toBe(Math.ceil(String(tokenized?.body.content).length / 4));
  });

  it('of a llama.cpp that renders nothing has room for the template', async () => {
    server = await startLlamaServer({ template: false });
    const characters = conversation.messages.flatMap(({ parts }) => parts).join('').length;
    const counted = await countTokens(conversation, connectionAs('llama-cpp', '/v1'));
    expect(counted).toBeGreaterThan(characters / 4);
    expect(counted).toBeLessThan(characters / 4 + 50);
  });

  it('is not asked for what a counter does not know, or where there is none', async () => {
    server = await startAnsweringServer({});
    const withPicture = aRequest();
    withPicture.messages.at(-1)?.parts.push(greyPoint);
    const to = connectionAs('anthropic', '/v1');
    expect(await countTokens(withPicture, to)).toBeUndefined();
    expect(await countTokens({ ...aRequest(), tools: [searchTool] }, to)).toBeUndefined();
    expect(await countTokens(aRequest(), connectionAs('deepseek', '/v1'))).toBeUndefined();
    expect(server.others).toEqual([]);
  });

  it.each([
    ['a wrong key', refusals.badKey, 'key-refused'],
    ['an error', refusals.serverError, 'server-error'],
    ['no number', { bodyText: '{"input_tokens":"many"}' }, 'wrong-address'],
    ['a number that cannot be', { bodyText: '{"input_tokens":-5}' }, 'wrong-address'],
    ['a page', refusals.html(), 'wrong-address'],
  ] satisfies [string, Behaviour, string][])(
    'that fails is a named trouble: %s',
    async (_, behaviour, code) => {
      server = await startAnsweringServer({ 'POST /v1/responses/input_tokens': {} }, behaviour);
      await expect(countTokens(aRequest(), connectionAs('openai', '/v1'))).rejects.toMatchObject({ code });
    },
  );
});

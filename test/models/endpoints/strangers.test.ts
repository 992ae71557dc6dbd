/** Programs on the ports of others, and an Ollama that lists its models and answers no question. */
import { afterEach, expect, it } from 'vitest';
import { listModels } from '@/utils/models/endpoints/listing';
import { findLocalServers } from '@/utils/models/endpoints/local-servers';
import { startJsonServer } from '../../servers/json-server';
import { startModelServer } from '../../servers/model-server';
import { startOllamaServer } from '../../servers/ollama-server';
import { connectionOf, movedTo } from './bench';

const open: { close(): unknown }[] = [];
afterEach(async () => void (await Promise.all(open.splice(0).map((server) => server.close()))));
async function running<T extends { close(): unknown }>(starting: Promise<T>): Promise<T> {
  const server = await starting;
  open.push(server);
  return server;
}

/** Sends its own origin with questions, whatever we say, and none with a plain request, as Firefox does. */
const asFirefox: typeof fetch = (input, init) => {
  const headers = new Headers(init?.headers);
  headers.delete('origin');
  if (init?.method === 'POST') headers.set('origin', 'moz-extension://0123');
  return fetch(input, { ...init, headers });
};

it('says that Ollama refuses us when it lists its models and answers nothing else', async () => {
  const { origin, requests } = await running(startOllamaServer());
  const connection = connectionOf('ollama', origin);
  expect(await listModels(connection)).toHaveLength(1);
  await expect(listModels(connection, { fetch: asFirefox })).rejects.toMatchObject({
    code: 'origin-refused',
  });
  expect(requests.slice(2).map(({ path, status }) => [path, status])).toEqual([
    ['/api/tags', 200],
    ['/api/show', 403],
  ]);
  expect(await findLocalServers({ candidates: [movedTo('ollama', origin)], fetch: asFirefox })).toEqual([
    { providerId: 'ollama', baseUrl: origin, state: 'refused', models: [] },
  ]);
});

it('does not call another server of models llama.cpp', async () => {
  const { baseUrl } = await running(startModelServer());
  expect(await findLocalServers({ candidates: [movedTo('llama-cpp', baseUrl)] })).toEqual([]);
});

it('hears from LM Studio which models call tools', async () => {
  const data = [
    { id: 'a', type: 'llm', max_context_length: 8_192, capabilities: ['tool_use'] },
    { id: 'b', type: 'llm', max_context_length: 8_192, capabilities: 7 },
  ];
  const { origin } = await running(startJsonServer({ '/api/v0/models': { body: { data } } }));
  expect(await listModels(connectionOf('lm-studio', `${origin}/v1`))).toMatchObject([
    { id: 'a', tools: true },
    { id: 'b', window: 8_192 },
  ]);
});

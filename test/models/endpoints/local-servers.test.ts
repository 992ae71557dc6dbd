import { createServer, type Server } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { findLocalServers } from '@/utils/models/endpoints/local-servers';
import { providers } from '@/utils/models/providers';
import { type Routes, startJsonServer } from '../../servers/json-server';
import { startLlamaCppServer } from '../../servers/llama-cpp-server';
import { startOllamaServer } from '../../servers/ollama-server';
import { movedTo } from './bench';

const open: { close(): unknown }[] = [];
afterEach(async () => void (await Promise.all(open.splice(0).map((server) => server.close()))));

async function serve(routes: Routes) {
  const server = await startJsonServer(routes);
  open.push(server);
  return server;
}
const ollamaAt = async (options = {}) => {
  const server = await startOllamaServer(options);
  open.push(server);
  return server;
};
/** Listens, accepts, and never says a word. */
async function startSilence(): Promise<string> {
  const sockets = new Set<{ destroy(): void }>();
  const server: Server = createServer((socket) => void sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push({
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  });
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
}
async function closedAddress(): Promise<string> {
  const server = await startJsonServer();
  await server.close();
  return server.origin;
}

it('finds all of them at once', async () => {
  const delay = 400;
  const ollama = await ollamaAt();
  const llamaCpp = await startLlamaCppServer(16_384);
  open.push(llamaCpp);
  llamaCpp.routes['/v1/models'] = { delay, body: { data: [{ id: 'x.gguf' }] } };
  const lmStudio = await serve({
    '/api/v0/models': { delay, body: { data: [{ id: 'y', type: 'llm', loaded_context_length: 8_192 }] } },
  });
  const startedAt = performance.now();
  const found = await findLocalServers({
    candidates: [
      movedTo('ollama', ollama.origin),
      movedTo('lm-studio', `${lmStudio.origin}/v1`),
      movedTo('llama-cpp', `${llamaCpp.origin}/v1`),
    ],
  });
  expect(performance.now() - startedAt).toBeLessThan(2 * delay);
  expect(found).toMatchObject([
    {
      providerId: 'ollama',
      baseUrl: ollama.origin,
      state: 'ready',
      models: [{ id: 'qwen4:8b', window: 262_144 }],
    },
    { providerId: 'lm-studio', state: 'ready', models: [{ id: 'y', window: 8_192 }] },
    { providerId: 'llama-cpp', state: 'ready', models: [{ id: 'x.gguf', window: 16_384 }] },
  ]);
});

it('waits for none longer than the timeout, whatever a server does and however many addresses it has', async () => {
  const silent = await startSilence();
  const slow = await serve({ '/api/v0/models': { delay: 5_000, body: { data: [] } } });
  const ready = await ollamaAt();
  const startedAt = performance.now();
  const found = await findLocalServers({
    timeout: 300,
    candidates: [
      movedTo('ollama', silent, await startSilence(), ready.origin),
      movedTo('lm-studio', `${slow.origin}/v1`),
      movedTo('llama-cpp', `${silent}/v1`, await closedAddress()),
    ],
  });
  expect(performance.now() - startedAt).toBeLessThan(900);
  expect(found).toMatchObject([{ providerId: 'ollama', baseUrl: ready.origin, state: 'ready' }]);
});

it('names a server once that answers under two names', async () => {
  const { origin } = await ollamaAt();
  const found = await findLocalServers({
    candidates: [movedTo('ollama', origin, origin.replace('127.0.0.1', 'localhost'))],
  });
  expect(found).toMatchObject([{ baseUrl: origin, state: 'ready' }]);
});

it('says that Ollama refuses extensions', async () => {
  const { origin } = await ollamaAt({ refusesAll: true });
  const found = await findLocalServers({ candidates: [movedTo('ollama', origin)] });
  expect(found).toEqual([{ providerId: 'ollama', baseUrl: origin, state: 'refused', models: [] }]);
});

it('does not take another program for a model', async () => {
  const page = { headers: { 'content-type': 'text/html' }, body: '<!doctype html><h1>My app</h1>' };
  const app = await serve({
    '/': page,
    '/v1/models': page,
    '/api/v0/models': { body: { data: 'none' } },
    '/api/tags': { body: { tags: ['a'] } },
  });
  const moved = await serve({ '/api/tags': { status: 302, headers: { location: `${app.origin}/` } } });
  const locked = await serve({ '/v1/models': { status: 403, body: '' } });
  const garbage = await serve({ '/api/tags': { body: '\u0000\u0001garbage' } });
  const found = await findLocalServers({
    candidates: [
      movedTo('ollama', app.origin, moved.origin, garbage.origin),
      movedTo('lm-studio', `${app.origin}/v1`),
      movedTo('llama-cpp', `${app.origin}/v1`, `${locked.origin}/v1`),
    ],
  });
  expect(found).toEqual([]);
});

it('only listens for an answer where the browser lets us read none', async () => {
  const { origin, requests } = await ollamaAt();
  const asked: (RequestInit | undefined)[] = [];
  const found = await findLocalServers({
    mayRead: async () => false,
    candidates: [movedTo('ollama', origin, await closedAddress())],
    fetch: (input, init) => {
      asked.push(init);
      return fetch(input, init);
    },
  });
  expect(found).toEqual([{ providerId: 'ollama', baseUrl: origin, state: 'unreadable', models: [] }]);
  expect(asked).toMatchObject([
    { mode: 'no-cors', credentials: 'omit' },
    { mode: 'no-cors', credentials: 'omit' },
  ]);
  // Nothing was asked for but whether somebody is there.
  expect(requests.map(({ method, path }) => `${method} ${path}`)).toEqual(['GET /']);
});

it('asks nobody but this computer', async () => {
  const asked: string[] = [];
  const found = await findLocalServers({
    fetch: async (input) => {
      asked.push(String(input));
      throw new TypeError('Failed to fetch');
    },
  });
  expect(found).toEqual([]);
  expect(asked.length).toBeGreaterThanOrEqual(3);
  for (const address of asked) expect(['127.0.0.1', 'localhost']).toContain(new URL(address).hostname);
  const local = providers.flatMap(({ localAddresses = [] }) => localAddresses);
  expect(asked).toHaveLength(local.length);
});

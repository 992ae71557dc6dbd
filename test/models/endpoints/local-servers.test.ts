import { afterEach, describe, expect, it } from 'vitest';
import { findLocalServers } from '@/utils/models/endpoints/local-servers';
import { findProvider, providers } from '@/utils/models/providers';
import type { Provider } from '@/utils/models/types';
import { startAnsweringServer } from '../../servers/answering-server';
import { startLlamaServer } from '../../servers/llama-server';
import { type ModelServer, refusals, startModelServer } from '../../servers/model-server';
import { startOllamaServer } from '../../servers/ollama-server';

const servers: ModelServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});
async function running<T extends ModelServer>(starting: Promise<T>): Promise<T> {
  const server = await starting;
  servers.push(server);
  return server;
}
/** A provider that is looked for at these addresses instead of its own. */
function at(id: string, ...localAddresses: string[]): Provider {
  const provider = findProvider(id);
  if (!provider) throw new Error(`There is no ${id}`);
  return { ...provider, localAddresses };
}
const qwen = { name: 'qwen3:30b', info: { 'qwen3.context_length': 40_960 }, capabilities: ['completion'] };

describe('servers on this computer', () => {
  it('are looked for where they usually listen, on this computer only', () => {
    const addresses = providers.flatMap(({ localAddresses = [] }) => localAddresses);
    expect(new Set(addresses.map((address) => new URL(address).port))).toEqual(
      new Set(['11434', '1234', '8080']),
    );
    for (const address of addresses) expect(['127.0.0.1', 'localhost']).toContain(new URL(address).hostname);
  });

  it('are found with their models', async () => {
    const [ollama, llama, studio] = await Promise.all([
      running(startOllamaServer({ models: [qwen] })),
      running(startLlamaServer({ window: 49_152 })),
      running(
        startAnsweringServer({
          'GET /api/v0/models': { data: [{ id: 'gemma-3', type: 'llm', max_context_length: 131_072 }] },
        }),
      ),
    ]);
    const found = await findLocalServers({
      candidates: [
        at('ollama', ollama.origin),
        at('lm-studio', `${studio.origin}/v1`),
        at('llama-cpp', `${llama.origin}/v1`),
      ],
    });
    expect(found).toMatchObject([
      { providerId: 'ollama', state: 'ready', models: [{ id: 'qwen3:30b', window: 40_960 }] },
      { providerId: 'lm-studio', state: 'ready', models: [{ id: 'gemma-3', window: 131_072 }] },
      { providerId: 'llama-cpp', state: 'ready', models: [{ id: 'qwen3-30b.gguf', window: 49_152 }] },
    ]);
  });

  it('are none when nobody listens', async () => {
    const gone = await startModelServer();
    await gone.close();
    expect(await findLocalServers({ candidates: [at('ollama', gone.origin)] })).toEqual([]);
  });

  it('that are silent hold nobody up, and not twice', async () => {
    const silent = await running(startModelServer({ before: () => ({ hold: true }) }));
    const ollama = await running(startOllamaServer({ models: [qwen] }));
    const candidates = [
      at('lm-studio', `${silent.origin}/v1`, `${silent.origin}/other/v1`),
      at('llama-cpp', `${silent.origin}/v1`),
      at('ollama', silent.origin, ollama.origin),
    ];
    const begun = performance.now();
    const found = await findLocalServers({ candidates, timeout: 300 });
    expect(performance.now() - begun).toBeLessThan(550);
    expect(found).toMatchObject([{ providerId: 'ollama', baseUrl: ollama.origin, state: 'ready' }]);
  });

  it('that do not let extensions in are said to refuse', async () => {
    const ollama = await running(startOllamaServer({ models: [qwen] }));
    const asFirefox: typeof fetch = (input, init) => {
      const headers = new Headers(init?.headers);
      headers.delete('origin');
      if (init?.method === 'POST') headers.set('origin', 'moz-extension://0123');
      return fetch(input, { ...init, headers });
    };
    expect(await findLocalServers({ candidates: [at('ollama', ollama.origin)], fetch: asFirefox })).toEqual([
      { providerId: 'ollama', baseUrl: ollama.origin, state: 'refused', models: [] },
    ]);
  });

  it('that may not be read yet are only known to answer, and are asked for nothing', async () => {
    const ollama = await running(startOllamaServer({ models: [qwen] }));
    const modes: unknown[] = [];
    const found = await findLocalServers({
      candidates: [at('ollama', ollama.origin)],
      mayRead: async () => false,
      fetch: (input, init) => {
        modes.push(init?.mode);
        return fetch(input, init);
      },
    });
    expect(found).toEqual([
      { providerId: 'ollama', baseUrl: ollama.origin, state: 'unreadable', models: [] },
    ]);
    expect(modes).toEqual(['no-cors']);
    expect(ollama.others.map(({ method, path }) => `${method} ${path}`)).toEqual(['GET /']);
  });

  const strangers: [string, () => Promise<ModelServer>][] = [
    ['a website', () => startModelServer({ before: () => refusals.html() })],
    ['an empty answer', () => startModelServer({ before: () => ({ bodyText: '' }) })],
    ['JSON of another kind', () => startModelServer({ before: () => ({ bodyText: '{"status":"ok"}' }) })],
    [
      'lists of other things',
      () => startModelServer({ before: () => ({ bodyText: '{"models":7,"data":{}}' }) }),
    ],
    ['errors', () => startModelServer({ before: () => refusals.serverError })],
    ['a wall', () => startModelServer({ before: () => refusals.badKey })],
    ['a server of models by another maker', () => startModelServer()],
    [
      'a redirect',
      () => startModelServer({ before: () => ({ status: 302, headers: { location: '/' }, bodyText: '' }) }),
    ],
  ];
  it.each(strangers)('are not mistaken for another program: %s', async (_, start) => {
    const { origin } = await running(start());
    const candidates = [
      at('ollama', origin),
      at('lm-studio', `${origin}/v1`),
      at('llama-cpp', `${origin}/v1`),
    ];
    expect(await findLocalServers({ candidates })).toEqual([]);
  });
});

import { afterEach, describe, expect, it } from 'vitest';
import { listModels } from '@/utils/models/endpoints/listing';
import { findProvider } from '@/utils/models/providers';
import { type JsonServer, type Reply, type Routes, startJsonServer } from '../../servers/json-server';
import { startLlamaCppServer } from '../../servers/llama-cpp-server';
import { startOllamaServer } from '../../servers/ollama-server';
import { connectionOf } from './bench';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => void (await Promise.all(open.splice(0).map((server) => server.close()))));

async function serve(routes: Routes): Promise<JsonServer> {
  const server = await startJsonServer(routes);
  open.push(server);
  return server;
}

const listFrom = async (id: string, body: object) => {
  const { origin } = await serve({ '/v1/models': { body } });
  return listModels(connectionOf(id, `${origin}/v1`));
};

describe('a list in the dialect of OpenAI', () => {
  it('tells the window by any of its names', async () => {
    const data = [
      { id: 'by-openrouter', context_length: 1_000_000 },
      { id: 'by-groq', context_window: 131_072, max_completion_tokens: 32_768 },
      { id: 'by-vllm', max_model_len: 40_960 },
      { id: 'by-mistral', max_context_length: 262_144, capabilities: { vision: true } },
      { id: 'by-kimi', context_length: 262_144, supports_image_in: true },
      { id: 'says-nothing' },
    ];
    expect(await listFrom('custom', { object: 'list', data })).toEqual([
      { id: 'by-groq', name: 'by-groq', window: 131_072, outputLimit: 32_768 },
      { id: 'by-kimi', name: 'by-kimi', window: 262_144, vision: true },
      { id: 'by-mistral', name: 'by-mistral', window: 262_144, vision: true },
      { id: 'by-openrouter', name: 'by-openrouter', window: 1_000_000 },
      { id: 'by-vllm', name: 'by-vllm', window: 40_960 },
      { id: 'says-nothing', name: 'says-nothing' },
    ]);
  });

  it('tells prices, modalities and abilities where the vendor does (OpenRouter)', async () => {
    const data = [
      {
        id: 'moonshotai/kimi-k3',
        name: 'MoonshotAI: Kimi K3',
        context_length: 262_144,
        architecture: { input_modalities: ['text', 'image'], output_modalities: ['text'] },
        pricing: { prompt: '0.000003', completion: '0.000015', input_cache_read: '0.0000003', image: '0' },
        top_provider: { context_length: 262_144, max_completion_tokens: 16_384, is_moderated: false },
        supported_parameters: ['tools', 'reasoning', 'temperature'],
      },
      {
        id: 'free/model:free',
        pricing: { prompt: '0', completion: '0' },
        architecture: { input_modalities: ['text'] },
      },
      // Depends on where it is sent, is not said, or is no number: none is free.
      { id: 'openrouter/auto', pricing: { prompt: '-1', completion: '-1' } },
      { id: 'price/null', pricing: { prompt: null, completion: null } },
      { id: 'price/empty', pricing: { prompt: '', completion: ' ' } },
      { id: 'price/list', pricing: { prompt: [], completion: false } },
    ];
    const listed = await listFrom('openrouter', { data });
    const byId = new Map(listed.map((model) => [model.id, model]));
    expect(byId.get('moonshotai/kimi-k3')).toEqual({
      id: 'moonshotai/kimi-k3',
      name: 'MoonshotAI: Kimi K3',
      window: 262_144,
      outputLimit: 16_384,
      vision: true,
      tools: true,
      thinking: 'optional',
      price: { currency: 'USD', input: 3, output: 15, cacheRead: 0.3 },
    });
    expect(byId.get('free/model:free')).toMatchObject({
      vision: false,
      price: { currency: 'USD', input: 0, output: 0 },
    });
    for (const id of ['openrouter/auto', 'price/null', 'price/empty', 'price/list'])
      expect(byId.get(id)).toEqual({ id, name: id });
  });

  it('stands over our data, and our data fill in what it does not say', async () => {
    const known = findProvider('moonshot')?.models[0];
    const listed = await listFrom('moonshot', { data: [{ id: known?.id, context_length: 12_345 }] });
    expect(listed).toEqual([{ ...known, window: 12_345 }]);
  });

  it('sends the key, and asks once', async () => {
    const server = await serve({ '/v1/models': { body: { data: [] } } });
    expect(await listModels(connectionOf('openai', `${server.origin}/v1/`))).toEqual([]);
    expect(server.requests).toMatchObject([
      { method: 'GET', path: '/v1/models', headers: { authorization: 'Bearer secret-key' } },
    ]);
  });
});

it('reads the list of Anthropic', async () => {
  const server = await serve({
    '/v1/models': {
      body: { data: [{ type: 'model', id: 'claude-new', display_name: 'Claude New' }], has_more: false },
    },
  });
  const listed = await listModels(connectionOf('anthropic', `${server.origin}/v1`));
  expect(listed).toEqual([{ id: 'claude-new', name: 'Claude New' }]);
  expect(server.requests[0]?.path).toBe('/v1/models?limit=1000');
  expect(server.requests[0]?.headers).toMatchObject({
    'x-api-key': 'secret-key',
    'anthropic-version': '2023-06-01',
    'anthropic-dangerous-direct-browser-access': 'true',
  });
  expect(server.requests[0]?.headers.authorization).toBeUndefined();
});

it('reads the list of Google, without what cannot answer', async () => {
  const server = await serve({
    '/v1beta/models': {
      body: {
        models: [
          {
            name: 'models/gemini-new',
            displayName: 'Gemini New',
            inputTokenLimit: 1_048_576,
            outputTokenLimit: 65_536,
            supportedGenerationMethods: ['generateContent', 'countTokens'],
          },
          { name: 'models/embedding-9', supportedGenerationMethods: ['embedContent'] },
        ],
      },
    },
  });
  expect(await listModels(connectionOf('google', `${server.origin}/v1beta`))).toEqual([
    { id: 'gemini-new', name: 'Gemini New', window: 1_048_576, outputLimit: 65_536 },
  ]);
  expect(server.requests[0]?.headers['x-goog-api-key']).toBe('secret-key');
  // The key is in no address, where logs would keep it.
  expect(server.requests[0]?.path).not.toContain('secret');
});

describe('servers on this computer', () => {
  it('reads what Ollama has, how much each holds and what it can do', async () => {
    const server = await startOllamaServer({
      models: {
        'qwen4:8b': { contextLength: 262_144, capabilities: ['completion', 'tools', 'thinking', 'vision'] },
        'gemma:2b': { contextLength: 8_192, capabilities: ['completion'] },
        'nomic-embed': { contextLength: 2_048, capabilities: ['embedding'] },
        'broken:1b': { contextLength: Number.POSITIVE_INFINITY, capabilities: ['completion'] },
      },
    });
    open.push(server);
    expect(await listModels(connectionOf('ollama', server.origin))).toEqual([
      { id: 'broken:1b', name: 'broken:1b', vision: false, tools: false, thinking: 'never' },
      { id: 'gemma:2b', name: 'gemma:2b', window: 8_192, vision: false, tools: false, thinking: 'never' },
      { id: 'qwen4:8b', name: 'qwen4:8b', window: 262_144, vision: true, tools: true, thinking: 'optional' },
    ]);
    expect(new Set(server.requests.map(({ origin }) => origin))).toEqual(new Set([server.origin]));
  });

  it('keeps the models of an Ollama that does not show them', async () => {
    const { origin } = await serve({ '/api/tags': { body: { models: [{ name: 'old:7b' }] } } });
    expect(await listModels(connectionOf('ollama', origin))).toEqual([{ id: 'old:7b', name: 'old:7b' }]);
  });

  it('says that Ollama turned us away', async () => {
    const server = await startOllamaServer({ refusesAll: true });
    open.push(server);
    await expect(listModels(connectionOf('ollama', server.origin))).rejects.toMatchObject({
      code: 'origin-refused',
      facts: { address: server.origin, provider: 'Ollama' },
    });
  });

  it('reads what LM Studio has: a loaded model holds what it was loaded with', async () => {
    const data = [
      {
        id: 'loaded',
        type: 'llm',
        state: 'loaded',
        max_context_length: 131_072,
        loaded_context_length: 8_192,
      },
      { id: 'asleep', type: 'vlm', state: 'not-loaded', max_context_length: 32_768 },
      { id: 'vectors', type: 'embeddings', max_context_length: 2_048 },
    ];
    const { origin } = await serve({ '/api/v0/models': { body: { object: 'list', data } } });
    expect(await listModels(connectionOf('lm-studio', `${origin}/v1`))).toEqual([
      { id: 'asleep', name: 'asleep', window: 32_768, vision: true },
      { id: 'loaded', name: 'loaded', window: 8_192, vision: false },
    ]);
  });

  it('reads what llama.cpp was started with', async () => {
    const server = await startLlamaCppServer(16_384);
    open.push(server);
    const connection = connectionOf('llama-cpp', `${server.origin}/v1`);
    const model = { id: 'qwen4-8b-q4.gguf', name: 'qwen4-8b-q4.gguf' };
    expect(await listModels(connection)).toEqual([{ ...model, window: 16_384, vision: false }]);
    delete server.routes['/props'];
    expect(await listModels(connection)).toEqual([model]);
  });
});

describe('an answer that is no list', () => {
  const list = (reply: Reply) =>
    serve({ '/v1/models': reply }).then(({ origin }) => listModels(connectionOf('custom', `${origin}/v1`)));

  it.each<[string, Reply, string]>([
    ['an empty object', { body: {} }, 'wrong-address'],
    ['a list of another shape', { body: { data: { id: 'x' } } }, 'wrong-address'],
    ['null', { body: 'null' }, 'wrong-address'],
    ['half a JSON', { body: '{"data":[{"id":' }, 'wrong-address'],
    ['brackets a million deep', { body: `{"data":${'['.repeat(1e6)}${']'.repeat(1e6)}}` }, 'nothing-listed'],
    ['brackets a million deep that never close', { body: '['.repeat(1e6) }, 'wrong-address'],
    ['a web page', { headers: { 'content-type': 'text/html' }, body: '<!doctype html>' }, 'wrong-address'],
    ['a web page that says it is JSON', { body: '<!doctype html>' }, 'wrong-address'],
    ['20 MB', { body: { data: [{ id: 'x', junk: 'x'.repeat(20e6) }] } }, 'answer-too-large'],
    [
      '20 MB in one line of text',
      { headers: { 'content-type': 'text/plain' }, body: 'x'.repeat(20e6) },
      'answer-too-large',
    ],
    ['401', { status: 401, body: { error: { message: 'No such key' } } }, 'key-refused'],
    ['403 without a word', { status: 403, body: '' }, 'key-refused'],
    ['429', { status: 429, body: '{}' }, 'rate-limited'],
    ['500', { status: 500, body: 'oops' }, 'server-error'],
    ['404', { status: 404, body: '' }, 'wrong-address'],
    [
      'a way to somewhere else',
      { status: 302, headers: { location: 'http://127.0.0.1:9/v1/models' } },
      'wrong-address',
    ],
  ])('%s', async (_, reply, code) => {
    const outcome = await list(reply).then(
      (models) => (models.length === 0 ? 'nothing-listed' : models),
      (error: { code?: string }) => error.code,
    );
    expect(outcome).toBe(code);
  });

  it('does not follow a redirect with the key', async () => {
    const elsewhere = await serve({ '/v1/models': { body: { data: [{ id: 'stolen' }] } } });
    const headers = { location: `${elsewhere.origin}/v1/models` };
    await expect(list({ status: 307, headers })).rejects.toMatchObject({ code: 'wrong-address' });
    expect(elsewhere.requests).toEqual([]);
  });

  it('is passed over, entry by entry', async () => {
    const body = `{"data":[null, 7, "x", [], {}, {"id":""}, {"id":"${'x'.repeat(5_000)}"}, {"id":7},
      {"id":"__proto__","context_length":1000,"__proto__":{"polluted":true},"pricing":{"__proto__":{"polluted":true}}},
      {"id":"constructor"}, {"id":"good","context_length":"many","max_model_len":-1,"context_window":1e999},
      {"id":"good"}, {"id":"strange","name":9,"architecture":7,"capabilities":[],"supported_parameters":"tools"}]}`;
    const models = await list({ body });
    expect(models.map(({ id }) => id)).toEqual(['__proto__', 'constructor', 'good', 'strange']);
    expect(models[0]).toEqual({ id: '__proto__', name: '__proto__', window: 1_000 });
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
    expect((models[0] as { polluted?: boolean }).polluted).toBeUndefined();
    expect(models[2]).toEqual({ id: 'good', name: 'good' });
    expect(models[3]).toEqual({ id: 'strange', name: 'strange' });
  });

  it('has an end: 2,000 models of a list without one', async () => {
    const data = Array.from({ length: 30_000 }, (_, index) => ({ id: `m${index}` }));
    expect(await list({ body: { data } })).toHaveLength(2_000);
  });

  it('can be waited for no longer: the caller’s signal ends it', async () => {
    const { origin } = await serve({ '/v1/models': { hold: true } });
    const signal = AbortSignal.timeout(100);
    await expect(listModels(connectionOf('custom', `${origin}/v1`), { signal })).rejects.toThrow();
  });

  it('and nobody there is an error like that of a question', async () => {
    const server = await startJsonServer();
    await server.close();
    await expect(listModels(connectionOf('custom', `${server.origin}/v1`))).rejects.toMatchObject({
      code: 'unreachable',
    });
  });
});

it('gives our own data where a provider has no list', async () => {
  const excerpts = connectionOf('excerpts', '');
  expect(await listModels(excerpts)).toEqual(excerpts.provider.models);
});

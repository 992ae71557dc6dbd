import { afterEach, describe, expect, it } from 'vitest';
import { listModels } from '@/utils/models/endpoints/listing';
import { findProvider } from '@/utils/models/providers';
import type { Connection } from '@/utils/models/types';
import { startAnsweringServer } from '../../servers/answering-server';
import { startLlamaServer } from '../../servers/llama-server';
import { type Behaviour, type ModelServer, refusals } from '../../servers/model-server';
import { startOllamaServer } from '../../servers/ollama-server';

let server: ModelServer | undefined;
afterEach(() => server?.close());

function connectionAs(id: string, path: string, key = 'secret-key'): Connection {
  const provider = findProvider(id);
  if (!provider || !server) throw new Error(`There is no ${id}, or no server`);
  return { provider, baseUrl: server.origin + path, key, model: { id: '', name: '', window: 0 } };
}

/** Lists as this provider, from a server with these answers. */
async function listAs(id: string, path: string, answers: Record<string, unknown>, misbehave?: Behaviour) {
  server = await startAnsweringServer(answers, misbehave);
  return listModels(connectionAs(id, path));
}

describe('the list of models', () => {
  it.each([
    ['context_length', 'openrouter'],
    ['context_window', 'groq'],
    ['max_model_len', 'vllm'],
    ['max_context_length', 'mistral'],
  ])('tells the window as %s', async (field, id) => {
    const data = [{ id: 'large-1', [field]: 131_072 }];
    const models = await listAs(id, '/v1', { 'GET /v1/models': { data } });
    expect(models).toEqual([{ id: 'large-1', name: 'large-1', window: 131_072 }]);
    expect(server?.others[0]?.headers.authorization).toBe('Bearer secret-key');
  });

  it('of OpenRouter tells prices to the last digit, pictures, tools, thinking and limits', async () => {
    const data = [
      {
        id: 'kimi/k3',
        name: 'Kimi K3',
        context_length: 1_048_576,
        architecture: { input_modalities: ['text', 'image'] },
        top_provider: { max_completion_tokens: 65_536 },
        supported_parameters: ['tools', 'reasoning'],
        pricing: {
          prompt: '0.0000003',
          completion: '0.0000012',
          input_cache_read: '0.00000006',
          input_cache_write: '0',
        },
      },
      { id: 'free', context_length: 8_192, pricing: { prompt: '0', completion: '0' } },
      // A model that chooses among others has no price of its own.
      { id: 'auto', context_length: 2_000_000, pricing: { prompt: '-1', completion: '-1' } },
    ];
    const models = await listAs('openrouter', '/v1', { 'GET /v1/models': { data } });
    expect(models).toEqual([
      { id: 'auto', name: 'auto', window: 2_000_000 },
      { id: 'free', name: 'free', window: 8_192, price: { currency: 'USD', input: 0, output: 0 } },
      {
        id: 'kimi/k3',
        name: 'Kimi K3',
        window: 1_048_576,
        outputLimit: 65_536,
        vision: true,
        tools: true,
        thinking: 'optional',
        price: { currency: 'USD', input: 0.3, output: 1.2, cacheRead: 0.06 },
      },
    ]);
  });

  it('stands over our data, which fill what it does not say', async () => {
    const data = [{ id: 'kimi-k3', context_length: 2_000_000, supports_image_in: true }, { id: 'kimi-new' }];
    const models = await listAs('moonshot', '/v1', { 'GET /v1/models': { data } });
    expect(models[0]).toMatchObject({
      id: 'kimi-k3',
      window: 2_000_000,
      vision: true,
      price: { input: 3, output: 15, cacheRead: 0.3 },
    });
    // Nobody knows its window, and none is made up.
    expect(models[1]).toEqual({ id: 'kimi-new', name: 'kimi-new' });
  });

  it('of Anthropic has names, and asks as a browser has to', async () => {
    const data = [
      { id: 'claude-haiku-5-5', display_name: 'Claude Haiku 5.5' },
      { id: 'claude-new', display_name: 'Claude New' },
    ];
    const models = await listAs('anthropic', '/v1', { 'GET /v1/models': { data } });
    expect(models[0]).toMatchObject({ name: 'Claude Haiku 5.5', window: 1_000_000 });
    expect(models[1]).toEqual({ id: 'claude-new', name: 'Claude New' });
    expect(server?.others[0]?.headers).toMatchObject({
      'x-api-key': 'secret-key',
      'anthropic-dangerous-direct-browser-access': 'true',
    });
    expect(server?.others[0]?.headers.authorization).toBeUndefined();
  });

  it('of Google has limits, and only models that answer', async () => {
    const models = [
      {
        name: 'models/gemini-3.8-flash',
        displayName: 'Gemini 3.8 Flash',
        inputTokenLimit: 1_048_576,
        outputTokenLimit: 65_536,
        supportedGenerationMethods: ['generateContent', 'countTokens'],
      },
      { name: 'models/embedding-2', inputTokenLimit: 2_048, supportedGenerationMethods: ['embedContent'] },
    ];
    const listed = await listAs('google', '/v1beta', { 'GET /v1beta/models': { models } });
    expect(listed).toHaveLength(1);
    expect(listed[0]).toMatchObject({
      id: 'gemini-3.8-flash',
      name: 'Gemini 3.8 Flash',
      window: 1_048_576,
      outputLimit: 65_536,
      price: { input: 0.75 },
    });
    expect(server?.others[0]?.headers['x-goog-api-key']).toBe('secret-key');
    expect(server?.others[0]?.path).not.toContain('secret-key');
  });

  it('of LM Studio has the window of what is loaded, and no models for embeddings', async () => {
    const data = [
      {
        id: 'qwen3-30b',
        type: 'llm',
        max_context_length: 262_144,
        loaded_context_length: 32_768,
        capabilities: ['tool_use'],
      },
      { id: 'gemma-3', type: 'vlm', state: 'not-loaded', max_context_length: 131_072 },
      { id: 'nomic', type: 'embeddings', max_context_length: 2_048 },
    ];
    const models = await listAs('lm-studio', '/v1', { 'GET /api/v0/models': { data } });
    expect(models).toEqual([
      { id: 'gemma-3', name: 'gemma-3', window: 131_072, vision: true },
      { id: 'qwen3-30b', name: 'qwen3-30b', window: 32_768, vision: false, tools: true },
    ]);
  });

  it('of llama.cpp has the window that it was started with', async () => {
    server = await startLlamaServer({ window: 49_152 });
    expect(await listModels(connectionAs('llama-cpp', '/v1'))).toEqual([
      { id: 'qwen3-30b.gguf', name: 'qwen3-30b.gguf', window: 49_152, vision: true },
    ]);
  });

  it('of Ollama has the window of the model and not of its eyes, and what it can do', async () => {
    server = await startOllamaServer({
      models: [
        {
          name: 'qwen3:30b',
          info: {
            'general.architecture': 'qwen3moe',
            'aaa.vision.context_length': 77,
            'qwen3moe.context_length': 262_144,
          },
          capabilities: ['completion', 'tools', 'thinking'],
        },
        {
          name: 'gemma3:12b',
          info: { 'gemma3.context_length': 131_072 },
          capabilities: ['completion', 'vision'],
        },
        { name: 'nomic-embed-text', info: {}, capabilities: ['embedding'] },
        // An old version that says nothing of what it can do.
        { name: 'old' },
      ],
    });
    expect(await listModels(connectionAs('ollama', '', ''))).toEqual([
      {
        id: 'gemma3:12b',
        name: 'gemma3:12b',
        window: 131_072,
        vision: true,
        tools: false,
        thinking: 'never',
      },
      { id: 'old', name: 'old' },
      {
        id: 'qwen3:30b',
        name: 'qwen3:30b',
        window: 262_144,
        vision: false,
        tools: true,
        thinking: 'optional',
      },
    ]);
  });

  it('of a provider without one is our data, and nobody is asked', async () => {
    server = await startAnsweringServer({});
    expect((await listModels(connectionAs('excerpts', ''))).length).toBeGreaterThan(0);
    expect(server.others).toEqual([]);
  });
});

describe('a server that will not list', () => {
  const answers = { 'GET /v1/models': { data: [] } };
  it.each([
    ['a wrong key', refusals.badKey, 'key-refused'],
    ['an error', refusals.serverError, 'server-error'],
    ['a web page', refusals.html(), 'wrong-address'],
    ['other JSON', { bodyText: '{"hello":"world"}' }, 'wrong-address'],
    ['no JSON', { bodyText: 'OK' }, 'wrong-address'],
    [
      'a redirect',
      { status: 302, headers: { location: 'https://example.org/' }, bodyText: '' },
      'wrong-address',
    ],
  ] satisfies [string, Behaviour, string][])('gives a named trouble: %s', async (_, misbehave, code) => {
    await expect(listAs('openai', '/v1', answers, misbehave)).rejects.toMatchObject({ code });
  });

  it('because it does not let extensions in is told from one that does', async () => {
    server = await startOllamaServer({ models: [{ name: 'qwen3:30b' }] });
    // A browser that does not let us name an origin sends its own with questions, and none with a plain request.
    const asFirefox: typeof fetch = (input, init) => {
      const headers = new Headers(init?.headers);
      headers.delete('origin');
      if (init?.method === 'POST') headers.set('origin', 'moz-extension://0123');
      return fetch(input, { ...init, headers });
    };
    expect(await listModels(connectionAs('ollama', ''))).toHaveLength(1);
    await expect(listModels(connectionAs('ollama', ''), { fetch: asFirefox })).rejects.toMatchObject({
      code: 'origin-refused',
    });
  });

  it('stops when the user does', async () => {
    server = await startAnsweringServer(answers, { hold: true });
    const stop = new AbortController();
    const listing = listModels(connectionAs('openai', '/v1'), { signal: stop.signal });
    setTimeout(() => stop.abort(), 50);
    await expect(listing).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('a hostile list', () => {
  const depth = 1_000_000;
  const deep = `${'['.repeat(depth)}${']'.repeat(depth)}`;

  it('cannot bring us down with depth, at the top or anywhere else', async () => {
    await expect(listAs('openai', '/v1', { 'GET /v1/models': deep })).rejects.toMatchObject({
      code: 'wrong-address',
    });
    await server?.close();
    const fields = ['name', 'context_length', 'architecture', 'capabilities', 'top_provider', 'pricing'];
    const entry = fields.map((field) => `"${field}":${'['.repeat(5_000)}${']'.repeat(5_000)}`).join();
    const price = `"pricing":{"prompt":${'['.repeat(50_000)}${']'.repeat(50_000)},"completion":"1"}`;
    const body = `{"data":[{"id":"a",${entry}},{"id":"b",${price}},${deep},{"id":"c","context_length":8192}]}`;
    expect(await listAs('custom', '/v1', { 'GET /v1/models': body })).toEqual([
      { id: 'a', name: 'a' },
      { id: 'b', name: 'b' },
      { id: 'c', name: 'c', window: 8_192 },
    ]);
  });

  it('cannot reach prototypes', async () => {
    const body =
      '{"__proto__":{"polluted":true},"data":[{"id":"__proto__","__proto__":{"polluted":true},"context_length":9000}]}';
    const [model] = await listAs('custom', '/v1', { 'GET /v1/models': body });
    expect(model).toEqual({ id: '__proto__', name: '__proto__', window: 9_000 });
    expect(model).not.toHaveProperty('polluted');
    expect({}).not.toHaveProperty('polluted');
  });

  it('cannot fill the memory', async () => {
    const body = `{"data":[{"id":"${'x'.repeat(9 * 1_048_576)}"}]}`;
    await expect(listAs('custom', '/v1', { 'GET /v1/models': body })).rejects.toMatchObject({
      code: 'answer-too-large',
    });
  });

  it('gives only what has a name and possible numbers, each once', async () => {
    const numbers = [0, -1, '9000', null, [9_000], Infinity];
    const data = [
      ...numbers.map((context_length, index) => ({ id: `m${index}`, context_length })),
      { id: 'm0', context_length: 9_000 },
      { id: '' },
      { id: 7 },
      { id: 'x'.repeat(201) },
      null,
      'model',
    ];
    const text = JSON.stringify({ data }).replace(
      '"m5","context_length":null',
      '"m5","context_length":1e999',
    );
    const models = await listAs('custom', '/v1', { 'GET /v1/models': text });
    expect(models.map(({ id }) => id)).toEqual(['m0', 'm1', 'm2', 'm3', 'm4', 'm5']);
    expect(models.map(({ window }) => window).filter((window) => window !== undefined)).toEqual([9_000]);
  });

  it('of more models than any vendor has is read to a limit', async () => {
    const data = Array.from({ length: 5_000 }, (_, index) => ({ id: `m${index}` }));
    expect(await listAs('custom', '/v1', { 'GET /v1/models': { data } })).toHaveLength(2_000);
  });
});

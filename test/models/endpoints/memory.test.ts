import { afterEach, expect, it } from 'vitest';
import { estimateWindowMemory } from '@/utils/models/endpoints/memory';
import { connectionTo } from '../../fixtures/models';
import { type OllamaServer, startOllamaServer } from '../../servers/ollama-server';

let server: OllamaServer;
afterEach(() => server?.close());

async function memoryFor(info: Record<string, unknown>, window: number) {
  server = await startOllamaServer({ models: [{ name: 'large-1', info, capabilities: ['completion'] }] });
  const connection = connectionTo(server.origin);
  connection.provider.wire = 'ollama';
  return estimateWindowMemory(connection, window);
}

/** The shape of Llama 3.1 8B: 32 layers, 8 key-value heads of 128 numbers, two bytes each, keys and values. */
const llama = {
  'general.architecture': 'llama',
  'llama.block_count': 32,
  'llama.embedding_length': 4_096,
  'llama.attention.head_count': 32,
  'llama.attention.head_count_kv': 8,
};
const perToken = 32 * 8 * 128 * 2 * 2;

it('is that of keys and values of every layer', async () => {
  expect(await memoryFor(llama, 131_072)).toBe(131_072 * perToken);
  // 16 GiB, as llama.cpp reports for this model and window.
  expect(131_072 * perToken).toBe(16 * 1_024 ** 3);
});

it('takes the widths of keys and values where they are said', async () => {
  const wide = { ...llama, 'llama.attention.key_length': 256, 'llama.attention.value_length': 64 };
  expect(await memoryFor(wide, 1_000)).toBe(32 * 8 * (256 + 64) * 2 * 1_000);
});

it('counts all heads where none are shared', async () => {
  const { 'llama.attention.head_count_kv': _, ...own } = llama;
  expect(await memoryFor(own, 1_000)).toBe(32 * 32 * 256 * 2 * 1_000);
});

it('counts each layer of a model whose layers differ, and none without a cache', async () => {
  const mixed = { ...llama, 'llama.attention.head_count_kv': [8, 0, 4, 0] };
  expect(await memoryFor(mixed, 1_000)).toBe((8 + 4) * 256 * 2 * 1_000);
});

it('takes the language and not the eyes', async () => {
  const seeing = { 'llama.vision.block_count': 27, 'llama.vision.attention.head_count_kv': 16, ...llama };
  expect(await memoryFor(seeing, 1_000)).toBe(1_000 * perToken);
});

it.each([
  ['nothing is said', {}],
  ['the layers are missing', { ...llama, 'llama.block_count': undefined }],
  ['a list was not written out', { ...llama, 'llama.attention.head_count_kv': null }],
  ['numbers cannot be', { ...llama, 'llama.block_count': -1 }],
])('is unknown when %s', async (_, info) => {
  expect(await memoryFor(info, 1_000)).toBeUndefined();
});

it('is nobody’s business for a model elsewhere', async () => {
  server = await startOllamaServer();
  expect(await estimateWindowMemory(connectionTo(server.origin), 1_000)).toBeUndefined();
  expect(server.others).toEqual([]);
});

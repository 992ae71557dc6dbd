import { afterEach, expect, it } from 'vitest';
import { estimateWindowMemory } from '@/utils/models/endpoints/memory';
import { type OllamaServer, startOllamaServer } from '../../servers/ollama-server';
import { connectionOf } from './bench';

let server: OllamaServer | undefined;
afterEach(() => server?.close());

async function estimate(info: Record<string, unknown>, window = 32_768) {
  server = await startOllamaServer({ models: { m: { contextLength: 262_144, info } } });
  const connection = connectionOf('ollama', server.origin, {
    model: { id: 'm', name: 'M', window: 262_144 },
  });
  return estimateWindowMemory(connection, window);
}

/** Llama 3.1 8B as Ollama shows it. */
const llama = {
  'general.architecture': 'llama',
  'llama.block_count': 32,
  'llama.embedding_length': 4_096,
  'llama.attention.head_count': 32,
  'llama.attention.head_count_kv': 8,
};

it('is 4 GiB for 32,768 tokens of Llama 3.1 8B', async () => {
  // 32 layers, 8 heads, a key and a value of 4096 / 32 = 128 numbers each, 2 bytes a number: 131,072 bytes a token.
  expect(await estimate(llama)).toBe(4 * 1_024 ** 3);
});

it('grows with the window', async () => {
  expect(await estimate(llama, 131_072)).toBe(16 * 1_024 ** 3);
});

it('believes the model about its keys and values where they have widths of their own', async () => {
  // 36 layers, 8 heads, 128 + 128 numbers, 2 bytes: 147,456 bytes a token; 4096 / 32 has nothing to do with it.
  const info = {
    'general.architecture': 'qwen4',
    'qwen4.block_count': 36,
    'qwen4.embedding_length': 2_560,
    'qwen4.attention.head_count': 32,
    'qwen4.attention.head_count_kv': 8,
    'qwen4.attention.key_length': 128,
    'qwen4.attention.value_length': 128,
  };
  expect(await estimate(info, 1_000)).toBe(147_456_000);
});

it('takes every head where there are no fewer for keys and values', async () => {
  const { 'llama.attention.head_count_kv': _, ...info } = llama;
  expect(await estimate(info)).toBe(16 * 1_024 ** 3);
});

it('is that of the part that reads, where a model also sees and hears', async () => {
  const other = {
    'llama.audio.block_count': 12,
    'llama.vision.block_count': 27,
    'llama.audio.attention.head_count_kv': 1,
  };
  expect(await estimate({ ...other, ...llama })).toBe(4 * 1_024 ** 3);
});

it('counts each layer of a model whose layers differ, and none without a cache', async () => {
  const mixed = { ...llama, 'llama.attention.head_count_kv': [8, 0, 4, 0] };
  expect(await estimate(mixed, 1_000)).toBe((8 + 4) * (128 + 128) * 2 * 1_000);
});

it.each([
  ['nothing', {}],
  ['half', { 'llama.block_count': 32 }],
  ['too little (a list that was not written out)', { ...llama, 'llama.attention.head_count_kv': null }],
  ['nonsense', { ...llama, 'llama.block_count': 'many' }],
  ['less than nothing', { ...llama, 'llama.attention.head_count_kv': -8, 'llama.attention.head_count': -8 }],
])('is not known where the model says %s about its shape', async (_, info) => {
  expect(await estimate(info)).toBeUndefined();
});

it('is not asked of a server that is none of Ollama’s', async () => {
  server = await startOllamaServer();
  const connection = connectionOf('llama-cpp', `${server.origin}/v1`);
  expect(await estimateWindowMemory(connection, 1_000)).toBeUndefined();
  expect(server.requests).toEqual([]);
});

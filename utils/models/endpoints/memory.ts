/** How much memory a window takes on the computer that runs the model. */

import '../wire/zod-jitless';
import { z } from 'zod/v4-mini';
import type { Connection } from '../types';
import { baseOf } from '../wire/sdk';
import { type AskOptions, askJson } from './ask';
import { factOf } from './model-info';

const shape = z.object({ model_info: z.record(z.string(), z.unknown()) });

/** Keys and values are kept as 16-bit numbers unless the user chose otherwise. */
const bytesPerNumber = 2;

/**
 * Bytes of the key-value cache for a window of so many tokens, from what Ollama says of the model's shape: two vectors
 * per layer, key-value head and token. Undefined where it says too little. Models whose layers look back a limited
 * way need less.
 */
export async function estimateWindowMemory(
  connection: Connection,
  window: number,
  options: AskOptions = {},
): Promise<number | undefined> {
  if (connection.provider.wire !== 'ollama') return undefined;
  const body = { model: connection.model.id };
  const { model_info: info } = await askJson(connection, `${baseOf(connection)}/api/show`, shape, {
    ...options,
    body,
  });
  return cacheBytes(info, window);
}

function cacheBytes(info: Record<string, unknown>, window: number): number | undefined {
  const layers = positive(factOf(info, 'block_count'));
  const heads = positive(factOf(info, 'attention.head_count'));
  const width = positive(factOf(info, 'embedding_length'));
  const headWidth = heads && width ? width / heads : undefined;
  const keys = positive(factOf(info, 'attention.key_length')) ?? headWidth;
  const values = positive(factOf(info, 'attention.value_length')) ?? headWidth;
  const found = factOf(info, 'attention.head_count_kv');
  // Null is a list that Ollama did not write out; a list has a number for each layer.
  const inEach = found === undefined ? heads : positive(found);
  const inAllLayers = Array.isArray(found)
    ? found.reduce<number>((sum, count) => sum + (positive(count) ?? 0), 0)
    : inEach && layers && inEach * layers;
  if (!inAllLayers || !keys || !values) return undefined;
  return inAllLayers * (keys + values) * bytesPerNumber * window;
}

const positive = (value: unknown): number | undefined =>
  typeof value === 'number' && value > 0 ? value : undefined;

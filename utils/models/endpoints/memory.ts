/** How much memory a window takes on the computer that runs the model. */

import '../wire/zod-jitless';
import { z } from 'zod/v4-mini';
import type { Connection } from '../types';
import { baseOf } from '../wire/sdk';
import { type AskOptions, askJson } from './ask';
import { modelFact, modelInfo, sizeOf } from './ollama-info';

const shape = z.object({ model_info: z.record(z.string(), z.unknown()) });

/** Keys and values are kept as 16-bit numbers unless the user chose otherwise. */
const bytesPerNumber = 2;

/** Milliseconds that a question waits for the shape of the model; it goes on without. */
const patience = 5_000;

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
    signal: AbortSignal.timeout(patience),
    ...options,
    body,
  });
  const value = (name: string) => modelInfo(info, name);
  const layers = value('block_count');
  const heads = value('attention.head_count');
  const width = value('embedding_length');
  const headWidth = heads && width ? width / heads : undefined;
  const keys = value('attention.key_length') ?? headWidth;
  const values = value('attention.value_length') ?? headWidth;
  const found = modelFact(info, 'attention.head_count_kv');
  // Null is a list that Ollama did not write out; a list has a number for each layer.
  const inEach = found === undefined ? heads : sizeOf(found);
  const inAllLayers = Array.isArray(found)
    ? found.reduce<number>((sum, count) => sum + (sizeOf(count) ?? 0), 0)
    : inEach && layers && inEach * layers;
  if (!inAllLayers || !keys || !values) return undefined;
  return inAllLayers * (keys + values) * bytesPerNumber * window;
}

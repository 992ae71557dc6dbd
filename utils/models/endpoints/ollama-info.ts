/**
 * What Ollama says of a model's shape (`model_info` of `/api/show`). Names begin with the architecture; models that
 * also see or hear have the same names once more for that part (`gemma4.audio.block_count`).
 */
export function modelFact(info: Record<string, unknown>, name: string): unknown {
  const architecture = info['general.architecture'];
  return typeof architecture === 'string'
    ? info[`${architecture}.${name}`]
    : Object.entries(info).find(([key]) => key.replace(/^[^.]+\./, '') === name)?.[1];
}

/** The same where it is a possible size. */
export const modelInfo = (info: Record<string, unknown>, name: string): number | undefined =>
  sizeOf(modelFact(info, name));

export const sizeOf = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : undefined;

/**
 * A number that Ollama says of a model's shape (`model_info` of `/api/show`). Names begin with the architecture;
 * models that also see or hear have the same names once more for that part (`gemma4.audio.block_count`).
 */
export function modelInfo(info: Record<string, unknown>, name: string): number | undefined {
  const architecture = info['general.architecture'];
  const found =
    typeof architecture === 'string'
      ? info[`${architecture}.${name}`]
      : Object.entries(info).find(([key]) => key.replace(/^[^.]+\./, '') === name)?.[1];
  return typeof found === 'number' && Number.isFinite(found) && found > 0 ? found : undefined;
}

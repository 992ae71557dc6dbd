/** What Ollama's `/api/show` says of the shape of a model: facts under names that begin with its architecture. */

/**
 * One fact, e.g. `context_length`. Models that see have facts of the same names about their eyes, so that the
 * architecture's own come first.
 */
export function factOf(info: Record<string, unknown>, name: string): unknown {
  const own = `${String(info['general.architecture'])}.${name}`;
  if (Object.hasOwn(info, own)) return info[own];
  return Object.entries(info).find(([key]) => key.endsWith(`.${name}`) && !key.includes('.vision.'))?.[1];
}

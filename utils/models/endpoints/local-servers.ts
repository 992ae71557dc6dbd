/** Model servers on this computer, found where they usually listen. */

import { AppError } from '../../errors';
import { providers } from '../providers';
import type { Connection, ListedModel, Provider } from '../types';
import { listModels } from './listing';

export interface LocalServer {
  providerId: string;
  baseUrl: string;
  /**
   * `ready`: it listed its models. `refused`: Ollama that does not let extensions in. `unreadable`: something answers,
   * and the browser has not allowed us to read it.
   */
  state: 'ready' | 'refused' | 'unreadable';
  models: ListedModel[];
}

/**
 * Asks all of them at once, each for `timeout` milliseconds. `mayRead` says whether the browser lets us read an
 * address; where it does not, a request without an answer to read still tells that somebody listens.
 */
export async function findLocalServers({
  fetch = globalThis.fetch,
  timeout = 1_500,
  mayRead = async () => true,
  candidates = providers,
}: {
  fetch?: typeof globalThis.fetch;
  timeout?: number;
  mayRead?: (address: string) => Promise<boolean>;
  candidates?: Provider[];
} = {}): Promise<LocalServer[]> {
  const found = await Promise.all(
    candidates.map(async (provider) => {
      const { localAddresses = [] } = provider;
      const answers = await Promise.all(
        localAddresses.map((baseUrl) => look(provider, baseUrl, { fetch, timeout, mayRead })),
      );
      // Mostly the same server under two names; the one that can be used, or else the first name.
      return answers.find((server) => server?.state === 'ready') ?? answers.find(Boolean);
    }),
  );
  return found.filter((server) => server !== undefined);
}

async function look(
  provider: Provider,
  baseUrl: string,
  {
    fetch,
    timeout,
    mayRead,
  }: { fetch: typeof globalThis.fetch; timeout: number; mayRead: (address: string) => Promise<boolean> },
): Promise<LocalServer | undefined> {
  const signal = AbortSignal.timeout(timeout);
  const found = { providerId: provider.id, baseUrl, models: [] };
  if (!(await mayRead(baseUrl))) {
    const answers = await fetch(baseUrl, {
      mode: 'no-cors',
      credentials: 'omit',
      cache: 'no-store',
      signal,
    }).then(
      () => true,
      () => false,
    );
    return answers ? { ...found, state: 'unreadable' } : undefined;
  }
  const connection: Connection = { provider, baseUrl, model: { id: '', name: '', window: 0 } };
  try {
    const models = await listModels(connection, { signal, fetch });
    // Many programs list models in these words, on this port; llama.cpp's server also says its window.
    if (provider.listing === 'llama-cpp' && !models.some(({ window }) => window)) return undefined;
    return { ...found, state: 'ready', models };
  } catch (error) {
    // Another program on this port answers in another shape.
    return error instanceof AppError && error.code === 'origin-refused'
      ? { ...found, state: 'refused' }
      : undefined;
  }
}

/** Setting engines up: their addresses and keys, and a question that proves that they answer. */

import { keyStore, searchKeyId } from '../store/keys';
import { settings } from '../store/settings';
import { engines } from './engines';
import type { Engine } from './engines/types';
import { addressOf, type FindOptions, findHits } from './find';

export interface EngineSetting {
  /** Where the user runs it; of no meaning for engines that have an address. */
  address: string;
  key: string;
  untilBrowserCloses?: boolean;
}

/** Ids of the engines that can be asked: they have the key and the address that they need. */
export async function readyEngines(): Promise<string[]> {
  const ready = await Promise.all(
    engines.map(async (engine) => {
      const hasKey = !engine.needsKey || !!(await keyStore.read(searchKeyId(engine.id)));
      return hasKey && (await addressOf(engine)) !== '';
    }),
  );
  return engines.flatMap(({ id }, at) => (ready[at] ? [id] : []));
}

/** What was filled in for an engine. */
export async function engineSetting({ id, needsKey }: Engine): Promise<EngineSetting> {
  return {
    address: (await settings.searchAddresses.read())[id] ?? '',
    key: (needsKey && (await keyStore.read(searchKeyId(id)))) || '',
    untilBrowserCloses: await keyStore.isTemporary(searchKeyId(id)),
  };
}

/** Keeps what was filled in. An address without a scheme is one with https. */
export async function saveEngine(engine: Engine, given: EngineSetting): Promise<void> {
  const { untilBrowserCloses } = given;
  if (engine.needsKey) await keyStore.write(searchKeyId(engine.id), given.key.trim(), { untilBrowserCloses });
  if (engine.baseUrl) return;
  const address = given.address.trim();
  await settings.searchAddresses.change(({ [engine.id]: _, ...others }) =>
    address ? { ...others, [engine.id]: address } : others,
  );
}

/** Forgets what was filled in. Who was asked first is asked no more. */
export async function removeEngine(engine: Engine): Promise<void> {
  await saveEngine(engine, { address: '', key: '' });
  await settings.searchEngine.change((chosen) => (chosen === engine.id ? 'automatic' : chosen));
}

/**
 * Asks an engine (by its id) one question and says how many pages it has for it, and how long that took, in seconds.
 * @throws AppError of `findHits`
 */
export async function checkEngine(
  id: string,
  query: string,
  options: FindOptions = {},
): Promise<{ engineName: string; count: number; seconds: number }> {
  const begun = performance.now();
  const { hits, engineName } = await findHits(query, { ...options, engines: [id] });
  return { engineName, count: hits.length, seconds: Math.round((performance.now() - begun) / 100) / 10 };
}

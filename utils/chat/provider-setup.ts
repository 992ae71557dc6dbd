import { AppError } from '../errors';
import { streamAnswer } from '../models';
import type { Connection, Request } from '../models/types';
import { keyStore } from '../store/keys';
import { type ProviderSetting, settings } from '../store/settings';
import { checkConnection } from './connection';

/** Keeps a provider and its key, and makes it the one that answers. */
export async function saveProvider(entry: ProviderSetting, key: string): Promise<void> {
  await keyStore.write(entry.providerId, key.trim());
  const entries = await settings.providers.read();
  const others = entries.filter((candidate) => candidate.providerId !== entry.providerId);
  await settings.providers.write([...others, entry]);
  await settings.activeProvider.write(entry.providerId);
}

/** Forgets a provider and its key. Excerpts answers when it was the active one. */
export async function removeProvider(providerId: string): Promise<void> {
  await keyStore.write(providerId, '');
  const entries = await settings.providers.read();
  await settings.providers.write(entries.filter((entry) => entry.providerId !== providerId));
  if ((await settings.activeProvider.read()) === providerId) await settings.activeProvider.write('excerpts');
}

/** A test gives up after this long; a local model may have to be loaded from disk first. */
const testTimeout = 90_000;

/**
 * Asks the model one short question. Resolves with the seconds until its first word.
 * @throws AppError with the same codes as a real question
 */
export async function testConnection(
  connection: Connection,
  { allowInsecure = false, now = () => performance.now() } = {},
): Promise<number> {
  await checkConnection(connection, { allowInsecure });
  const controller = new AbortController();
  const request: Request = {
    messages: [{ role: 'user', parts: ['Reply with the single word: ready'] }],
    documents: [],
    task: 'answer',
    question: '',
    reserve: 64,
  };
  const startedAt = now();
  const timer = setTimeout(() => controller.abort(), testTimeout);
  try {
    for await (const part of streamAnswer(request, connection, { signal: controller.signal })) {
      // A model that thinks has answered too: the key, the address and its name are right.
      if (part.type === 'text-delta' || part.type === 'thinking-delta') {
        return Math.round((now() - startedAt) / 100) / 10;
      }
      if (part.type === 'waiting') throw new AppError(part.code, part.facts);
      if (part.type === 'end' && part.trouble) throw new AppError(part.trouble.code, part.trouble.facts);
      if (part.type === 'end') throw new AppError('unreachable', { host: connection.baseUrl });
    }
    throw new AppError('unreachable', { host: connection.baseUrl });
  } finally {
    clearTimeout(timer);
    controller.abort();
  }
}

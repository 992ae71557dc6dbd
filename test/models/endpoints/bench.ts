import { findProvider } from '@/utils/models/providers';
import type { Connection, Provider } from '@/utils/models/types';

/** A connection to a test server, as that of a provider that is in our data. */
export function connectionOf(id: string, baseUrl: string, details: Partial<Connection> = {}): Connection {
  const provider = findProvider(id);
  if (!provider) throw new Error(`There is no provider “${id}”.`);
  const model = provider.models[0] ?? { id: 'model-1', name: 'Model 1', window: 131_072 };
  return { provider, baseUrl, key: 'secret-key', model, ...details };
}

/** The same provider, looked for elsewhere. */
export const movedTo = (id: string, ...localAddresses: string[]): Provider => ({
  ...connectionOf(id, '').provider,
  localAddresses,
});

import { hasPermission, originPattern } from '../browser/permissions';
import { AppError } from '../errors';
import { findProvider } from '../models/providers';
import type { Connection, Model, Provider } from '../models/types';
import { keyStore } from '../store/keys';
import { assumedWindow, type ProviderSetting, settings } from '../store/settings';

/** The provider the user chose, with its address, model and window. Excerpts when nothing else is set up. */
export async function activeConnection(): Promise<Connection> {
  const [providerId, entries] = await Promise.all([
    settings.activeProvider.read(),
    settings.providers.read(),
  ]);
  const entry = entries.find((candidate) => candidate.providerId === providerId);
  const provider = findProvider(providerId);
  if (!provider || (provider.wire !== 'excerpts' && !entry)) return toConnection(findExcerpts());
  return toConnection(provider, entry, await keyStore.read(providerId));
}

/** A provider and what the user set for it, as something to call. */
export function toConnection(provider: Provider, entry?: ProviderSetting, key?: string): Connection {
  const baseUrl = (entry?.baseUrl ?? provider.baseUrl).trim();
  return {
    // A server without a name of its own is called by its address.
    provider:
      provider.baseUrl || !URL.canParse(baseUrl) ? provider : { ...provider, name: new URL(baseUrl).host },
    baseUrl,
    key: key?.trim() || undefined,
    model: modelOf(provider, entry),
  };
}

function modelOf(provider: Provider, entry?: ProviderSetting): Model {
  const id = entry?.modelId.trim() || provider.models[0]?.id || '';
  const known = provider.models.find((model) => model.id === id);
  return { ...known, id, name: known?.name ?? id, window: entry?.window ?? known?.window ?? assumedWindow };
}

/**
 * Checks what can be known without sending anything, so that a question stays in the composer when it cannot be sent.
 * @throws AppError no-key, wrong-address, insecure-address, host-permission, offline
 */
export async function checkConnection(connection: Connection, { allowInsecure = false } = {}): Promise<void> {
  const { provider, baseUrl, key, model } = connection;
  if (provider.wire === 'excerpts') return;
  const facts = { provider: provider.name, address: baseUrl };
  if (provider.needsKey && !key) throw new AppError('no-key', facts);
  const origin = originPattern(baseUrl);
  if (!origin) throw new AppError('wrong-address', { ...facts, found: 'not an address' });
  const { host, hostname, protocol, username, password } = new URL(baseUrl);
  if (username || password) throw new AppError('wrong-address', { ...facts, found: 'credentials' });
  if (!model.id) throw new AppError('model-not-found', { ...facts, model: '' });
  if (protocol === 'http:' && !isLocal(hostname) && !allowInsecure) {
    throw new AppError('insecure-address', { ...facts, host });
  }
  if (!(await hasPermission([origin]))) throw new AppError('host-permission', { ...facts, host });
  if (globalThis.navigator?.onLine === false && !isLocal(hostname))
    throw new AppError('offline', { ...facts, host });
}

/** The settings of the active provider, for `checkConnection`. */
export async function isInsecureAllowed(providerId: string): Promise<boolean> {
  const entries = await settings.providers.read();
  return entries.find((entry) => entry.providerId === providerId)?.allowInsecure ?? false;
}

/** This computer or the network at home: loopback, private ranges (RFC 1918), `.local`. */
export function isLocal(hostname: string): boolean {
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname.endsWith('.local') ||
    hostname === '[::1]' ||
    // The whole number: `10.example.org` is a host like any other.
    /^(?:(?:127|10)\.\d+|192\.168|172\.(?:1[6-9]|2\d|3[01]))\.\d+\.\d+$/.test(hostname)
  );
}

function findExcerpts(): Provider {
  const provider = findProvider('excerpts');
  if (!provider) throw new Error('The built-in reader is missing from the list of providers');
  return provider;
}

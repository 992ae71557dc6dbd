import { hasPermission, originPattern } from '../browser/permissions';
import { type Calibration, calibrated } from '../context/calibration';
import { AppError } from '../errors';
import { findProvider } from '../models/providers';
import type { Connection, Model, Provider } from '../models/types';
import { keyStore } from '../store/keys';
import { assumedWindow, type ProviderSetting, settings } from '../store/settings';

/** The provider the user chose, with its address, model and window. Excerpts when nothing else is set up. */
export async function activeConnection(): Promise<Connection> {
  const [providerId, entries, calibration] = await Promise.all([
    settings.activeProvider.read(),
    settings.providers.read(),
    settings.calibration.read(),
  ]);
  const entry = entries.find((candidate) => candidate.providerId === providerId);
  const provider = findProvider(providerId);
  if (!provider || (provider.wire !== 'excerpts' && !entry)) return toConnection(findExcerpts());
  return toConnection(provider, entry, await keyStore.read(providerId), calibration);
}

/** Every model of every provider that was set up: those in our data, those the server listed, the one in use. */
export async function connectedModels(): Promise<Connection[]> {
  const [entries, calibration] = await Promise.all([settings.providers.read(), settings.calibration.read()]);
  const connections = await Promise.all(
    entries.map(async (entry) => {
      const provider = findProvider(entry.providerId);
      if (!provider) return [];
      const key = await keyStore.read(entry.providerId);
      const ids = new Set([
        entry.modelId.trim(),
        // Where the server was asked, it knows what it has; our data may name what this key cannot use.
        ...(entry.listed?.models ?? provider.models).map(({ id }) => id),
      ]);
      ids.delete('');
      return [...ids].map((modelId) => {
        // The window in the form belongs to the model in the form.
        const window = modelId === entry.modelId.trim() ? entry.window : undefined;
        return toConnection(provider, { ...entry, modelId, window }, key, calibration);
      });
    }),
  );
  return connections.flat();
}

/** The name under which a model's calibration is kept. */
export const calibrationKey = ({ provider, model }: Pick<Connection, 'provider' | 'model'>): string =>
  `${provider.id}/${model.id}`;

/** A provider and what the user set for it, as something to call. */
export function toConnection(
  provider: Provider,
  entry?: ProviderSetting,
  key?: string,
  calibration: Record<string, Calibration> = {},
): Connection {
  const baseUrl = (entry?.baseUrl ?? provider.baseUrl).trim();
  const model = modelOf(provider, entry);
  const known = calibration[calibrationKey({ provider, model })];
  return {
    // A server without a name of its own is called by its address.
    provider:
      provider.baseUrl || !URL.canParse(baseUrl) ? provider : { ...provider, name: new URL(baseUrl).host },
    baseUrl,
    key: key?.trim() || undefined,
    model: known ? { ...model, tokenFactors: calibrated(model.tokenFactors, known) } : model,
    ...(known ? { learned: known } : {}),
  };
}

/** What is known of a model: our data, what the server listed over it, and what the user knows better over both. */
function modelOf(provider: Provider, entry?: ProviderSetting): Model {
  const id = entry?.modelId.trim() || provider.models[0]?.id || '';
  const data = provider.models.find((model) => model.id === id);
  const listed = entry?.listed?.models.find((model) => model.id === id);
  const correction = entry?.corrections?.[id] ?? {};
  const known = { ...data, ...listed, ...correction };
  // `entry.window` was set for whatever model is in use, before corrections had a place of their own.
  const window = correction.window ?? entry?.window ?? known.window ?? assumedWindow;
  return { ...known, id, name: known.name ?? id, window };
}

/**
 * Checks what can be known without sending anything, so that a question stays in the composer when it cannot be sent.
 * @throws AppError no-key, wrong-address, insecure-address, host-permission, offline
 */
export async function checkConnection(connection: Connection, { allowInsecure = false } = {}): Promise<void> {
  const { provider, baseUrl, key, model } = connection;
  // Neither has an address: both are in the browser.
  if (provider.wire === 'excerpts' || provider.wire === 'chrome') return;
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

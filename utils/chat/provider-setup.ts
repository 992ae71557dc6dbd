import { estimateCost } from '../context/prices';
import { estimateTokens } from '../context/tokens';
import { AppError } from '../errors';
import { streamAnswer } from '../models';
import { listModels } from '../models/endpoints/listing';
import { findLocalServers, type LocalServer } from '../models/endpoints/local-servers';
import type { Connection, ListedModel, Provider, Request } from '../models/types';
import { type BuiltInState, builtInState, fetchBuiltInModel } from '../models/wire/chrome';
import { keyStore } from '../store/keys';
import { type ProviderSetting, settings } from '../store/settings';
import { monthOf, noChat, spendingStore } from '../store/spending';
import { checkConnection } from './connection';

/** Keeps a provider and its key, and makes it the one that answers. What was listed and corrected before stays. */
export async function saveProvider(
  entry: ProviderSetting,
  key: string,
  options: { untilBrowserCloses?: boolean } = {},
): Promise<void> {
  await keyStore.write(entry.providerId, key.trim(), options);
  await changeProvider(
    entry.providerId,
    ({ listed, corrections }) => ({
      ...(listed ? { listed } : {}),
      ...(corrections ? { corrections } : {}),
      ...entry,
    }),
    entry,
  );
  await settings.activeProvider.write(entry.providerId);
}

/** Changes what is kept of a provider; `fallback` is kept where nothing was. */
export async function changeProvider(
  providerId: string,
  change: (entry: ProviderSetting) => ProviderSetting,
  fallback?: ProviderSetting,
): Promise<void> {
  await settings.providers.change((entries) => {
    const isKnown = entries.some((entry) => entry.providerId === providerId);
    const changed = entries.map((entry) => (entry.providerId === providerId ? change(entry) : entry));
    return isKnown || !fallback ? changed : [...changed, fallback];
  });
}

/**
 * Asks the provider which models it has, and keeps the list with its date where the provider is set up.
 * @throws AppError as a question would
 */
export async function refreshModels(connection: Connection, now = Date.now): Promise<ListedModel[]> {
  const models = await listModels(connection, { signal: AbortSignal.timeout(listTimeout) });
  await changeProvider(connection.provider.id, (entry) => ({ ...entry, listed: { models, at: now() } }));
  return models;
}

/**
 * The model that answers first: of those that the key may use, the one with the longest window, since whole texts are
 * what it is for. Models of our data go before others, and their order decides between equals.
 */
export function firstModel({ models }: Pick<Provider, 'models'>, listed: ListedModel[]): string {
  const usable = models.filter(({ id }) => listed.some((model) => model.id === id));
  const candidates: ListedModel[] = usable.length > 0 ? usable : models.length > 0 ? models : listed;
  return (
    candidates.reduce<ListedModel | undefined>(
      (best, model) => (best && (best.window ?? 0) >= (model.window ?? 0) ? best : model),
      undefined,
    )?.id ?? ''
  );
}

/** Milliseconds after which a list of models is given up. */
const listTimeout = 20_000;

/** Model servers on this computer; see utils/models/endpoints/local-servers.ts. */
export const findServers = (mayRead: (address: string) => Promise<boolean>): Promise<LocalServer[]> =>
  findLocalServers({ mayRead });

/** Whether this browser brings a model of its own, or can fetch it. */
export const builtInModel = (): Promise<BuiltInState> => builtInState();

/** Has the browser fetch it; see utils/models/wire/chrome.ts. Must run inside a click. */
export const fetchBuiltIn = (options: Parameters<typeof fetchBuiltInModel>[0]): Promise<void> =>
  fetchBuiltInModel(options);

/** Forgets a provider and its key. Excerpts answers when it was the active one. */
export async function removeProvider(providerId: string): Promise<void> {
  await keyStore.write(providerId, '');
  await settings.providers.change((entries) => entries.filter((entry) => entry.providerId !== providerId));
  if ((await settings.activeProvider.read()) === providerId) await settings.activeProvider.write('excerpts');
}

/** The one question of a test. */
const testQuestion = 'Reply with the single word: ready';
/** A test gives up after this long; a local model may have to be loaded from disk first. */
const testTimeout = 90_000;

/**
 * Asks the model one short question, and hangs up at the first word: what that costs is reckoned, not reported.
 * Resolves with the seconds until that word.
 * @throws AppError with the same codes as a real question
 */
export async function testConnection(
  connection: Connection,
  {
    allowInsecure = false,
    now = () => performance.now(),
    spending = spendingStore,
  }: {
    allowInsecure?: boolean;
    now?: () => number;
    spending?: Pick<typeof spendingStore, 'record'>;
  } = {},
): Promise<number> {
  await checkConnection(connection, { allowInsecure });
  const controller = new AbortController();
  const request: Request = {
    messages: [{ role: 'user', parts: [testQuestion] }],
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
        // Nothing is done in no time: what is faster than a tenth is said as one.
        const seconds = Math.max(1, Math.round((now() - startedAt) / 100)) / 10;
        await accountForTest(connection, estimateTokens(part.text), spending);
        return seconds;
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

async function accountForTest(
  { model, provider }: Connection,
  output: number,
  spending: Pick<typeof spendingStore, 'record'>,
): Promise<void> {
  const input = estimateTokens(testQuestion);
  const cost = estimateCost(model, { input, output });
  if (!cost) return;
  const entry = { chatId: noChat, month: monthOf(Date.now()), providerId: provider.id, model: model.name };
  await spending.record({ ...entry, cost, input, output });
}

import { storage } from 'wxt/utils/storage';
import type { Calibration } from '../context/calibration';
import type { Currency, ListedModel, Model, Price } from '../models/types';
import { hostFrom } from './hosts';

/**
 * Small settings, one storage item each with its own shape check on read: whatever an older version, another
 * device or a broken write left there, a setting is valid when it is used. No secrets here; see keys.ts.
 */

/** A provider as the user set it up, without its key. */
export interface ProviderSetting {
  providerId: string;
  baseUrl: string;
  modelId: string;
  /** Tokens; the user may correct it. Absent: the provider's data, or `assumedWindow`. */
  window?: number;
  /** The user allowed text and key to travel to this address unencrypted. */
  allowInsecure?: boolean;
  /** What the server listed when it was last asked. */
  listed?: { models: ListedModel[]; at: number };
  /** What the user knows better about models, by their id. */
  corrections?: Record<string, ModelCorrection>;
}

/** Data of a model that the user may correct. */
export type ModelCorrection = Partial<
  Pick<Model, 'window' | 'outputLimit' | 'price' | 'vision' | 'tools' | 'thinking'>
>;

/** What may be spent before the user is asked. */
export interface SpendingCap {
  amount: number;
  currency: Currency;
  period: 'chat' | 'month';
}

/** The user's own currency: an ISO code, and how many of it make a dollar. */
export interface OwnCurrency {
  code: string;
  perDollar: number;
}

/** When answers look things up on the web: the model decides, every question, or none. */
export type SearchMode = 'auto' | 'always' | 'off';

export type ThemeSetting = 'browser' | 'light' | 'dark';

const text = (value: unknown): value is string => typeof value === 'string';
const isFlag = (value: unknown): value is boolean => typeof value === 'boolean';

/** One after the other, across all pages of the extension; where there are no locks there is one page. */
const alone = (name: string, work: () => Promise<void>): Promise<void> => {
  const { locks } = globalThis.navigator ?? {};
  return locks ? locks.request(`setting:${name}`, work) : work();
};

function setting<T>(
  name: string,
  fallback: T,
  isValid: (value: unknown) => value is T,
  /** Takes out of a valid value the parts of it that are not: what can be asked for again must not cost the rest. */
  mend: (value: T) => T = (value) => value,
) {
  const item = storage.defineItem<T>(`local:${name}`, { fallback });
  const checked = (value: unknown): T => (isValid(value) ? mend(value) : fallback);
  return {
    fallback,
    /** The value where it is one of this setting, the fallback where not. */
    checked,
    read: async (): Promise<T> => checked(await item.getValue()),
    write: (value: T): Promise<void> => item.setValue(value),
    /** Reads, changes and writes with nobody in between, in whichever window they are. */
    change: (work: (value: T) => T): Promise<void> =>
      alone(name, async () => item.setValue(work(checked(await item.getValue())))),
    watch: (listener: (value: T) => void): (() => void) => item.watch((value) => listener(checked(value))),
  };
}

/** A BCP 47 tag in its usual form. */
const isTag = (value: unknown): value is string => {
  try {
    return text(value) && Intl.getCanonicalLocales(value)[0] === value;
  } catch {
    return false;
  }
};

const isList = (value: unknown): value is string[] => Array.isArray(value);
/** What is in a list of hosts that is one, each once. */
const mendHosts = (hosts: string[]) => [
  ...new Set(hosts.filter((host) => text(host) && hostFrom(host) === host)),
];

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isPositive = (value: unknown): value is number => Number.isFinite(value) && Number(value) > 0;

/** Ids with an address each. */
const isAddresses = (value: unknown): value is Record<string, string> => isObject(value);
const isWebAddress = (value: unknown): boolean =>
  text(value) && /^https?:$/.test(URL.parse(value)?.protocol ?? '');

const isListedModel = (value: unknown): value is ListedModel =>
  isObject(value) &&
  text(value.id) &&
  text(value.name) &&
  (value.window === undefined || isPositive(value.window));

const isLearned = (value: unknown): boolean =>
  isObject(value) && isPositive(value.factor) && isPositive(value.samples);

const isProviderSetting = (value: unknown): value is ProviderSetting => {
  const entry = value as Partial<ProviderSetting> | null;
  return (
    typeof entry === 'object' &&
    entry !== null &&
    text(entry.providerId) &&
    text(entry.baseUrl) &&
    text(entry.modelId) &&
    (entry.window === undefined || isPositive(entry.window))
  );
};

const isPrice = (value: unknown): value is Price =>
  isObject(value) &&
  ['USD', 'CNY'].includes(value.currency as string) &&
  [value.input, value.output].every((price) => Number.isFinite(price) && Number(price) >= 0);

/** Each field that a correction may have, and what it may be. */
const correctable: Record<keyof ModelCorrection, (value: unknown) => boolean> = {
  window: isPositive,
  outputLimit: isPositive,
  price: isPrice,
  vision: (value) => typeof value === 'boolean',
  tools: (value) => typeof value === 'boolean',
  thinking: (value) => ['never', 'optional', 'always'].includes(value as string),
};

function mendCorrection(value: unknown): ModelCorrection {
  const entries = Object.entries(isObject(value) ? value : {});
  return Object.fromEntries(
    entries.filter(([name, field]) => correctable[name as keyof ModelCorrection]?.(field)),
  );
}

/** Lists and corrections that an older version or a broken write left are dropped; the provider stays. */
function mendProvider({ listed, corrections, ...entry }: ProviderSetting): ProviderSetting {
  return {
    ...entry,
    ...(isObject(listed) && Array.isArray(listed.models)
      ? { listed: { models: listed.models.filter(isListedModel), at: Number(listed.at) || 0 } }
      : {}),
    ...(isObject(corrections)
      ? {
          corrections: Object.fromEntries(
            Object.entries(corrections).map(([id, value]) => [id, mendCorrection(value)]),
          ),
        }
      : {}),
  };
}

export const settings = {
  /** Providers that were set up, in the order they were added. */
  providers: setting<ProviderSetting[]>(
    'providers',
    [],
    (value): value is ProviderSetting[] => Array.isArray(value),
    // One entry that is none must not cost the others.
    (entries) => entries.filter(isProviderSetting).map(mendProvider),
  ),
  /** Id of the provider that answers; Excerpts until another is set up. */
  activeProvider: setting<string>('activeProvider', 'excerpts', text),
  /** `browser` or a code of utils/i18n. */
  interfaceLanguage: setting<string>('interfaceLanguage', 'browser', text),
  /** `question`, `interface`, or the English name of a language. */
  answerLanguage: setting<string>('answerLanguage', 'interface', text),
  /** Whether a text that is too long is read in passes without asking. */
  whenTooLong: setting<'ask' | 'passes'>('whenTooLong', 'ask', (value): value is 'ask' | 'passes' =>
    ['ask', 'passes'].includes(value as string),
  ),
  spendingCap: setting<SpendingCap | null>(
    'spendingCap',
    null,
    (value): value is SpendingCap | null =>
      value === null ||
      (isObject(value) &&
        isPositive(value.amount) &&
        ['USD', 'CNY'].includes(value.currency as string) &&
        ['chat', 'month'].includes(value.period as string)),
  ),
  /** How often a limit of spending was passed with the user's consent, by period and limit. */
  capsPassed: setting<Record<string, number>>(
    'capsPassed',
    {},
    (value): value is Record<string, number> => isObject(value) && Object.values(value).every(isPositive),
  ),
  currency: setting<OwnCurrency | null>(
    'currency',
    null,
    (value): value is OwnCurrency | null =>
      value === null || (isObject(value) && text(value.code) && isPositive(value.perDollar)),
  ),
  /** What was learned about the tokens of models, by `provider/model`; see utils/context/calibration.ts. */
  calibration: setting<Record<string, Calibration>>(
    'calibration',
    {},
    (value): value is Record<string, Calibration> =>
      isObject(value) &&
      Object.values(value).every((entry) => isObject(entry) && Object.values(entry).every(isLearned)),
  ),
  /** Id of the saved prompt that goes with new questions; empty for none. */
  activePrompt: setting<string>('activePrompt', '', text),
  /** Hosts whose pages are never read, with all that lies under them; see hosts.ts. */
  neverRead: setting<string[]>('neverRead', [], isList, mendHosts),
  /** What texts are translated into: `interface`, or a BCP 47 tag. */
  translateInto: setting<string>(
    'translateInto',
    'interface',
    (value): value is string => value === 'interface' || isTag(value),
  ),
  /** Hosts whose pages are translated only when that is asked for once more, with all that lies under them. */
  neverTranslateSites: setting<string[]>('neverTranslateSites', [], isList, mendHosts),
  /** BCP 47 tags of languages that are left as they are. */
  neverTranslateLanguages: setting<string[]>('neverTranslateLanguages', [], isList, (tags) => [
    ...new Set(tags.filter(isTag)),
  ]),
  /** Whether a question looks things up on the web; see utils/chat/search-run.ts. */
  searchMode: setting<SearchMode>('searchMode', 'auto', (value): value is SearchMode =>
    ['auto', 'always', 'off'].includes(value as string),
  ),
  /** Pages that are read whole for one round of searching. */
  searchPages: setting<number>(
    'searchPages',
    5,
    (value): value is number => Number.isInteger(value) && Number(value) >= 3 && Number(value) <= 10,
  ),
  /** Whether queries are shown, and wait for a click, before they are sent. */
  askBeforeSearch: setting<boolean>('askBeforeSearch', false, isFlag),
  /** Id of the engine that is asked first (utils/search/engines), or `automatic`: the browser's own. */
  searchEngine: setting<string>('searchEngine', 'automatic', text),
  /** Addresses of engines that everybody runs for themselves, by the id of the engine. */
  searchAddresses: setting<Record<string, string>>('searchAddresses', {}, isAddresses, (addresses) =>
    Object.fromEntries(Object.entries(addresses).filter(([, address]) => isWebAddress(address))),
  ),
  /** Whether somebody has seen what citations are for. */
  citationHintSeen: setting<boolean>(
    'citationHintSeen',
    false,
    (value): value is boolean => typeof value === 'boolean',
  ),
  theme: setting<ThemeSetting>('theme', 'browser', (value): value is ThemeSetting =>
    ['browser', 'light', 'dark'].includes(value as string),
  ),
  /** Whether answers end with questions that may be asked next. */
  followUps: setting<boolean>('followUps', true, isFlag),
  /** Whether keys that are a single character (`?`) do something outside of text fields. */
  singleKeys: setting<boolean>('singleKeys', true, isFlag),
};

/** Window assumed for a model nobody knows, in tokens; small enough to be safe with most servers of today. */
export const assumedWindow = 131_072;

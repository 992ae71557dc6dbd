import { storage } from 'wxt/utils/storage';

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
}

export type ThemeSetting = 'browser' | 'light' | 'dark';

const text = (value: unknown): value is string => typeof value === 'string';

function setting<T>(name: string, fallback: T, isValid: (value: unknown) => value is T) {
  const item = storage.defineItem<T>(`local:${name}`, { fallback });
  const checked = (value: unknown): T => (isValid(value) ? value : fallback);
  return {
    read: async (): Promise<T> => checked(await item.getValue()),
    write: (value: T): Promise<void> => item.setValue(value),
    watch: (listener: (value: T) => void): (() => void) => item.watch((value) => listener(checked(value))),
  };
}

const isProviderSetting = (value: unknown): value is ProviderSetting => {
  const entry = value as Partial<ProviderSetting> | null;
  return (
    typeof entry === 'object' &&
    entry !== null &&
    text(entry.providerId) &&
    text(entry.baseUrl) &&
    text(entry.modelId) &&
    (entry.window === undefined || (Number.isFinite(entry.window) && Number(entry.window) > 0))
  );
};

export const settings = {
  /** Providers that were set up, in the order they were added. */
  providers: setting<ProviderSetting[]>(
    'providers',
    [],
    (value): value is ProviderSetting[] => Array.isArray(value) && value.every(isProviderSetting),
  ),
  /** Id of the provider that answers; Excerpts until another is set up. */
  activeProvider: setting<string>('activeProvider', 'excerpts', text),
  /** `browser` or a code of utils/i18n. */
  interfaceLanguage: setting<string>('interfaceLanguage', 'browser', text),
  /** `question`, `interface`, or the English name of a language. */
  answerLanguage: setting<string>('answerLanguage', 'interface', text),
  theme: setting<ThemeSetting>('theme', 'browser', (value): value is ThemeSetting =>
    ['browser', 'light', 'dark'].includes(value as string),
  ),
};

/** Window assumed for a model nobody knows, in tokens; small enough to be safe with most servers of today. */
export const assumedWindow = 131_072;

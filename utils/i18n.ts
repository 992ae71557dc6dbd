import { IntlMessageFormat } from 'intl-messageformat';
import type english from '@/assets/locales/en.json';

/**
 * Interface strings: typed by en.json, ICU message syntax, switchable while the program runs. Only the language in
 * use is loaded.
 */

type Leaves<T, P extends string = ''> = {
  [K in keyof T & string]: T[K] extends string ? `${P}${K}` : Leaves<T[K], `${P}${K}.`>;
}[keyof T & string];

export type MessageKey = Leaves<typeof english>;
export type LanguageCode = keyof typeof locales;
export type MessageValues = Record<string, string | number>;

const locales = {
  en: () => import('@/assets/locales/en.json'),
  zh_CN: () => import('@/assets/locales/zh_CN.json'),
};

/** Languages of the interface with their own names for themselves and their BCP 47 tags. */
export const languages: Record<LanguageCode, { name: string; tag: string }> = {
  en: { name: 'English', tag: 'en' },
  zh_CN: { name: '简体中文', tag: 'zh-Hans' },
};

let current: LanguageCode = 'en';
/** The language asked for last; of two that are asked for at once it wins, however long the first takes. */
let wanted: LanguageCode | undefined;
let messages: object | undefined;
const formats = new Map<string, IntlMessageFormat>();
const listeners = new Set<() => void>();

/** The interface language that suits a browser language such as `zh-TW`. */
export function languageFor(tag: string): LanguageCode {
  return tag.toLowerCase().startsWith('zh') ? 'zh_CN' : 'en';
}

/** Loads a language and switches to it. Must have resolved once before `t` is called. */
export async function setLanguage(code: LanguageCode): Promise<void> {
  if (code === wanted && code === current && messages) return;
  wanted = code;
  const { default: loaded } = await locales[code]();
  if (wanted !== code) return;
  const changed = code !== current;
  current = code;
  messages = loaded;
  if (changed) for (const listener of listeners) listener();
}

export const getLanguage = (): LanguageCode => current;

/** Calls `listener` after each change of language; returns the function that stops it. */
export function onLanguageChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The sentence for `key` in the current language, with its values filled in and numbers written the local way. */
export function t(key: MessageKey, values: MessageValues = {}): string {
  const id = `${current} ${key}`;
  let format = formats.get(id);
  if (!format) {
    const message = lookUp(messages, key);
    format = new IntlMessageFormat(message, languages[current].tag, undefined, { ignoreTag: true });
    formats.set(id, format);
  }
  return String(format.format(values));
}

function lookUp(tree: object | undefined, key: string): string {
  let node: unknown = tree;
  for (const part of key.split('.')) node = (node as Record<string, unknown> | undefined)?.[part];
  if (typeof node !== 'string') throw new Error(`No text for “${key}” in ${current}`);
  return node;
}

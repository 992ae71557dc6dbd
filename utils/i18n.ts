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

/** Each language in parts, which wxt.config.ts takes out of its file: what the panel says, and what others add. */
const locales = {
  en: {
    panel: () => import('@/assets/locales/en.json?part=panel'),
    pages: () => import('@/assets/locales/en.json?part=pages'),
    comparisons: () => import('@/assets/locales/en.json?part=comparisons'),
    troubles: () => import('@/assets/locales/en.json?part=troubles'),
    sheets: () => import('@/assets/locales/en.json?part=sheets'),
    runs: () => import('@/assets/locales/en.json?part=runs'),
    searches: () => import('@/assets/locales/en.json?part=searches'),
    overlay: () => import('@/assets/locales/en.json?part=overlay'),
    files: () => import('@/assets/locales/en.json?part=files'),
  },
  zh_CN: {
    panel: () => import('@/assets/locales/zh_CN.json?part=panel'),
    pages: () => import('@/assets/locales/zh_CN.json?part=pages'),
    comparisons: () => import('@/assets/locales/zh_CN.json?part=comparisons'),
    troubles: () => import('@/assets/locales/zh_CN.json?part=troubles'),
    sheets: () => import('@/assets/locales/zh_CN.json?part=sheets'),
    runs: () => import('@/assets/locales/zh_CN.json?part=runs'),
    searches: () => import('@/assets/locales/zh_CN.json?part=searches'),
    overlay: () => import('@/assets/locales/zh_CN.json?part=overlay'),
    files: () => import('@/assets/locales/zh_CN.json?part=files'),
  },
  zh_TW: {
    panel: () => import('@/assets/locales/zh_TW.json?part=panel'),
    pages: () => import('@/assets/locales/zh_TW.json?part=pages'),
    comparisons: () => import('@/assets/locales/zh_TW.json?part=comparisons'),
    troubles: () => import('@/assets/locales/zh_TW.json?part=troubles'),
    sheets: () => import('@/assets/locales/zh_TW.json?part=sheets'),
    runs: () => import('@/assets/locales/zh_TW.json?part=runs'),
    searches: () => import('@/assets/locales/zh_TW.json?part=searches'),
    overlay: () => import('@/assets/locales/zh_TW.json?part=overlay'),
    files: () => import('@/assets/locales/zh_TW.json?part=files'),
  },
};
type Part = keyof (typeof locales)['en'];

/** Languages of the interface with their own names for themselves and their BCP 47 tags. */
export const languages: Record<LanguageCode, { name: string; tag: string }> = {
  en: { name: 'English', tag: 'en' },
  zh_CN: { name: '简体中文', tag: 'zh-Hans' },
  zh_TW: { name: '繁體中文', tag: 'zh-Hant' },
};

let current: LanguageCode = 'en';
/** The language asked for last; of two that are asked for at once it wins, however long the first takes. */
let wanted: LanguageCode | undefined;
let messages: object | undefined;
/** What this page says; every language comes with it. */
const parts = new Set<Part>(['panel']);
const loaded = new Map<string, object>();
const formats = new Map<string, IntlMessageFormat>();
const listeners = new Set<() => void>();

/** The interface language that suits a browser language such as `zh-TW`. */
export function languageFor(tag: string): LanguageCode {
  if (!/^zh\b/i.test(tag)) return 'en';
  return /\b(?:Hant|TW|HK|MO)\b/i.test(tag) && !/\bHans\b/i.test(tag) ? 'zh_TW' : 'zh_CN';
}

/** Loads a language and switches to it. Must have resolved once before `t` is called. */
export async function setLanguage(code: LanguageCode): Promise<void> {
  if (code === wanted && code === current && messages) return;
  wanted = code;
  await load(code);
}

async function load(code: LanguageCode): Promise<void> {
  const names = [...parts];
  await Promise.all(
    names.map(async (part) => {
      if (!loaded.has(`${code} ${part}`))
        loaded.set(`${code} ${part}`, (await locales[code][part]()).default);
    }),
  );
  // Another language was asked for meanwhile, or one is still on its way and will bring the rest.
  if (wanted !== code || !loaded.has(`${code} panel`)) return;
  const changed = code !== current;
  current = code;
  messages = together([...parts].map((part) => loaded.get(`${code} ${part}`) ?? {}));
  if (changed) for (const listener of listeners) listener();
}

/** Parts as one; a group may be in two of them. */
function together(some: object[]): object {
  const all: Record<string, object> = {};
  for (const part of some)
    for (const [group, texts] of Object.entries(part)) all[group] = { ...all[group], ...texts };
  return all;
}

/** Languages come with what settings and welcome page say. Called before `setLanguage`, by those pages. */
export function sayPages(): void {
  parts.add('pages').add('troubles').add('sheets').add('runs').add('files');
}

/**
 * Resolves when a part can be said, in this language and in every other that is set from now on. Code that says it waits
 * for this as it is loaded.
 */
export async function sayAlso(part: Exclude<Part, 'panel' | 'pages'>): Promise<void> {
  parts.add(part);
  // A language that is asked for meanwhile has the last word.
  do await load(wanted ?? current);
  while (!loaded.has(`${current} ${part}`));
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

/** The languages in which pictures can be read: which are on this computer, and how the others come here. */

import { fetchLanguage } from '../browser/ocr';
import { AppError } from '../errors';
import { addressesOf, type OcrLanguage, ocrLanguages } from '../files/ocr/languages';
import { unpackTrainedData } from '../files/ocr/trained-data';
import { getLanguage } from '../i18n';
import { type OcrStore, ocrStore } from '../store/ocr';

export interface LanguageChoice {
  code: string;
  /** Its own name; of a file that the user chose, the name of the file. */
  name: string;
  /** BCP 47, where it is known. */
  lang?: string;
  /** Bytes. */
  size: number;
  isHere: boolean;
  /** The user chose a file. */
  isOwn: boolean;
}

/** Every language that there is, in a fixed order, and the files that the user chose. */
export async function languageChoices(store: OcrStore = ocrStore): Promise<LanguageChoice[]> {
  const here = new Map((await store.listLanguages()).map((record) => [record.code, record]));
  const listed = ocrLanguages.map(
    ({ code, name, lang, size }): LanguageChoice => ({
      code,
      name,
      lang,
      size: here.get(code)?.size ?? size,
      isHere: here.has(code),
      isOwn: false,
    }),
  );
  const own = [...here.values()]
    .filter(({ own: isOwn }) => isOwn)
    .map(({ code, size }): LanguageChoice => ({ code, name: code, size, isHere: true, isOwn: true }));
  return [...listed, ...own];
}

/** What is probably on a page: the languages that are here already, else that of the interface. English is in most texts. */
export function likelyLanguages(choices: readonly LanguageChoice[], title = ''): string[] {
  const here = choices.filter(({ isHere }) => isHere).map(({ code }) => code);
  if (here.length > 0) return here.slice(0, 3);
  const own = { en: 'eng', zh_CN: 'chi_sim', zh_TW: 'chi_tra' }[getLanguage()];
  if (/[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(title)) return ['jpn', 'eng'];
  if (/\p{Script=Hangul}/u.test(title)) return ['kor', 'eng'];
  if (/\p{Script=Han}/u.test(title)) return [own === 'eng' ? 'chi_sim' : own, 'eng'];
  return [...new Set([own, 'eng'])];
}

/** Where data come from, for the user to know before. */
export const languageHost = (): string => new URL(addressesOf({ code: 'eng' })[0] ?? '').host;

/**
 * Fetches what is not here of these languages, one after the other.
 * @throws AppError ocr-language, storage-full; the signal's reason
 */
export async function loadLanguages(
  codes: readonly string[],
  {
    signal,
    onLoading,
    store = ocrStore,
    load = fetchLanguage,
  }: {
    signal?: AbortSignal;
    onLoading?: (language: OcrLanguage) => void;
    store?: OcrStore;
    load?: typeof fetchLanguage;
  } = {},
): Promise<void> {
  const here = new Set((await store.listLanguages()).map(({ code }) => code));
  for (const code of codes) {
    if (here.has(code)) continue;
    const language = ocrLanguages.find((one) => one.code === code);
    if (!language) throw new AppError('ocr-language', { name: code });
    onLoading?.(language);
    const bytes = await load(language, addressesOf(language), { signal });
    await store.writeLanguage({ code, data: new Blob([bytes]), size: bytes.length, addedAt: Date.now() });
  }
}

/** Bytes of a file of trained data that are looked at; the largest has 60 MB. */
const largestFile = 128 * 2 ** 20;

/**
 * Keeps a file of trained data that the user chose, under its name.
 * @throws AppError ocr-language: it is none; storage-full
 */
export async function addLanguageFile(file: File, store: OcrStore = ocrStore): Promise<string> {
  const name = file.name.replace(/\.traineddata(\.gz)?$/i, '').slice(0, 60) || file.name;
  if (file.size > largestFile) throw new AppError('ocr-language', { name });
  const bytes = new Uint8Array(await file.arrayBuffer());
  await unpackTrainedData(bytes, name);
  // A name that is on our list means what the user chose from here on.
  const isListed = ocrLanguages.some(({ code }) => code === name);
  await store.writeLanguage({
    code: name,
    data: new Blob([bytes]),
    size: bytes.length,
    addedAt: Date.now(),
    ...(isListed ? {} : { own: true }),
  });
  return name;
}

export const removeLanguage = (code: string, store: OcrStore = ocrStore): Promise<void> =>
  store.deleteLanguage(code);

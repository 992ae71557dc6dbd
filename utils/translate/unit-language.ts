import { type DetectedLanguage, detectLanguage } from '../browser/detect-language';
import { createSlices } from '../source/slices';
import { countHan, hanVariant } from './han';
import { sameLanguage, scriptOf } from './languages';
import { countScripts, languageOfScript, type Script, scriptsOf } from './scripts';

/** In which language the units of a text are, and which of them need no translation. */

/** A unit, or anything that has its text: marked as `PageUnit.text` is, or plain. */
export interface Written {
  text: string;
  /** BCP 47 tag, where the page or the file says so for this text. */
  lang?: string;
}

type Detect = (text: string) => Promise<DetectedLanguage[]>;

const marks = /<\/?\d+\/?>/g;
/** Addresses, mail, handles, paths and names of files: letters that are no words of any language. */
const addresses =
  /\b[a-z][a-z\d+.-]*:\/\/\S+|\bwww\.\S+|[\w.+-]+@[\w-]+\.[\w.-]+|(?<![\w/])@\w+|(?:[\w.-]*\/){2,}[\w.-]*|\b[\w-]+\.(?:[a-z]{2,4}|[a-z]\d|html|json|yaml|docx|xlsx|pptx)\b/gi;

/** A marked text without its marks and without what is no words: what its language is judged by. */
const wordsOf = (text: string): string =>
  text
    .replace(marks, ' ')
    .replace(/&(?:lt|amp);/g, ' ')
    .replace(addresses, ' ');

const aWord = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]|\p{L}[\p{L}\p{M}]/u;

/** Whether there is anything to translate: figures, signs, addresses and single letters are the same everywhere. */
export const hasWords = (text: string): boolean => aWord.test(wordsOf(text));

/** Words at most of what can be names alone: `Ada Lovelace`, `GPT-4o mini` is none. */
const namesAtMost = 6;

/** Whether a text is nothing but names, as far as capital letters tell. They have no language of their own. */
function isNames(words: string): boolean {
  const all = words.match(/[\p{L}\p{M}\p{N}'’&.-]*\p{L}[\p{L}\p{M}\p{N}'’&.-]*/gu) ?? [];
  return all.length <= namesAtMost && all.every((word) => /^[^\p{L}]*\p{Lu}|\d/u.test(word));
}

function largest(counts: Map<Script, number>): { script?: Script; words: number; total: number } {
  let [script, words, total]: [Script | undefined, number, number] = [undefined, 0, 0];
  for (const [one, count] of counts) {
    total += count;
    if (count > words) [script, words] = [one, count];
  }
  return { script, words, total };
}

/** The language that letters alone tell, with what is declared where several have these letters. */
function byLetters(words: string, counts: Map<Script, number>, declared?: string): string | undefined {
  const han = counts.get('Han') ?? 0;
  const kana = counts.get('Kana') ?? 0;
  const other = largest(new Map([...counts].filter(([script]) => script !== 'Han' && script !== 'Kana')));
  const script = han + kana >= other.words && han + kana > 0 ? 'Han' : other.script;
  if (!script) return undefined;
  const fits = declared && scriptsOf(scriptOf(declared).script).includes(script) ? declared : undefined;
  if (script !== 'Han') return fits ?? languageOfScript[script];
  if (kana > (han + kana) * 0.1) return 'ja';
  const { simplified, traditional, chineseOnly } = countHan(words);
  const language = fits && scriptOf(fits).language;
  // Headings of Japanese have Han alone; what only Chinese has tells them apart.
  if (language === 'ja' && chineseOnly === 0) return fits;
  // Cantonese, the classics and others are written with the same characters.
  if (language && language !== 'zh' && language !== 'ja' && language !== 'ko') return fits;
  if (simplified !== traditional) return simplified > traditional ? 'zh-Hans' : 'zh-Hant';
  return language === 'zh' ? fits : 'zh';
}

/** Words from which the browser's judgement of a text alone is better than what its page declares. */
const enoughWords = 8;
/** The part of a text that has to be in a language for it to be the text's. */
const mostOfIt = 0.6;
/** Words of neighbours that are looked at together with a short text. */
const wordsAround = 40;
/** Texts judged at a time, between two looks at whether something else waits. */
const atOnce = 100;

interface Looked {
  words: string;
  counts: Map<Script, number>;
  script?: Script;
  total: number;
}

function look(text: string): Looked {
  const words = wordsOf(text);
  const counts = countScripts(words);
  const { script, total } = largest(counts);
  return { words, counts, script, total };
}

/**
 * The language of each text, a BCP 47 tag, or undefined where nothing tells: the letters first, then the browser's
 * judgement of what is long enough to be judged, then what is declared for the text or for all of them, then the
 * browser's judgement of the text with those around it. Names and figures have none.
 */
export async function languagesOf(
  texts: readonly Written[],
  declared?: string,
  detect: Detect = detectLanguage,
): Promise<(string | undefined)[]> {
  const all = await eachInTurn(texts, async ({ text }) => look(text));
  const certain = await eachInTurn(all, async ({ words, counts, total, script }, index) => {
    if (!script) return undefined;
    if (byLetters(words, counts)) return byLetters(words, counts, texts[index]?.lang ?? declared);
    return total < enoughWords ? undefined : detected(words, script, detect);
  });
  const page = usual(all, certain) ?? declared;
  return eachInTurn(all, async ({ words, counts, script }, index) => {
    if (!script) return undefined;
    // What the text itself declares, unless it only repeats what the page declares and the page does not keep.
    const own = texts[index]?.lang === declared ? undefined : texts[index]?.lang;
    if (byLetters(words, counts)) return byLetters(words, counts, own ?? page);
    if (certain[index] !== undefined || isNames(words)) return certain[index];
    const known = [own, page].find((tag) => tag && scriptsOf(scriptOf(tag).script).includes(script));
    return known ?? detected(withNeighbours(all, index, script), script, detect);
  });
}

async function eachInTurn<T, R>(
  all: readonly T[],
  work: (one: T, index: number) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  const slices = createSlices();
  for (let start = 0; start < all.length; start += atOnce) {
    await slices.rest();
    const some = all.slice(start, start + atOnce);
    results.push(...(await Promise.all(some.map((one, index) => work(one, start + index)))));
  }
  return results;
}

async function detected(words: string, script: Script, detect: Detect): Promise<string | undefined> {
  const [first] = await detect(words);
  if (!first || first.share < mostOfIt) return undefined;
  return scriptsOf(scriptOf(first.tag).script).includes(script) ? first.tag : undefined;
}

/** The language of most words whose language is certain, when it is that of nearly all: what its page declares may be wrong. */
function usual(all: Looked[], certain: (string | undefined)[]): string | undefined {
  const words = new Map<string, number>();
  let total = 0;
  for (const [index, tag] of certain.entries()) {
    if (!tag) continue;
    const count = all[index]?.total ?? 0;
    total += count;
    words.set(tag, (words.get(tag) ?? 0) + count);
  }
  for (const [tag, count] of words) if (count > total * 0.8 && count >= wordsAround) return tag;
  return undefined;
}

function withNeighbours(all: Looked[], index: number, script: Script): string {
  const pieces = [all[index]?.words ?? ''];
  let words = all[index]?.total ?? 0;
  for (let distance = 1; distance <= 8 && words < wordsAround; distance++) {
    for (const place of [index - distance, index + distance]) {
      const one = all[place];
      if (one?.script !== script) continue;
      words += one.total;
      if (place < index) pieces.unshift(one.words);
      else pieces.push(one.words);
    }
  }
  return pieces.join('. ');
}

/** The part of foreign words from which a paragraph is no longer in the language of its other words. */
const foreignPart = 0.4;
/** The part of characters of the other way of writing Chinese from which a text is not in this one. */
const otherHanPart = 0.2;

/**
 * Whether a text is in the target language already. `lang` is what `languagesOf` says of it; without it only what its
 * letters tell counts. Simplified and traditional Chinese are two languages here, a text whose characters are all of
 * both is in either. False for a text without words of a language, and for one that is largely in another script.
 */
export function isAlready(text: string, target: string, lang?: string): boolean {
  const { words, counts, total } = look(text);
  if (total === 0) return false;
  const own = byLetters(words, counts, lang) ?? lang;
  if (!own) return false;
  const wanted = scriptOf(target);
  const isChinese = wanted.language === 'zh' && scriptOf(own).language === 'zh';
  if (!isChinese && !sameLanguage(own, target)) return false;
  const written = scriptsOf(wanted.script).reduce((sum, script) => sum + (counts.get(script) ?? 0), 0);
  if (total - written > total * foreignPart) return false;
  if (!isChinese) return true;
  const { simplified, traditional } = countHan(words);
  const others = wanted.script === 'Hant' ? simplified : traditional;
  return others <= (simplified + traditional) * otherHanPart && !differs(words, wanted.script);
}

const differs = (words: string, script: string | undefined): boolean => {
  const variant = hanVariant(words);
  return variant !== undefined && scriptOf(variant).script !== script;
};

/** What becomes of a unit: it is translated, or why it is not. */
export type Verdict = 'translate' | 'already' | 'never' | 'wordless';

export interface Judgement {
  /** One for each unit, in their order. */
  verdicts: Verdict[];
  /** The language of each unit, where it is known. */
  languages: (string | undefined)[];
  /** The language of most words, for saying `English → 简体中文`. */
  main?: string;
}

/**
 * Decides which units are to be translated. Units in the target, units of languages that are never translated, and
 * units without words are not; names go with the units around them.
 */
export async function judgeUnits(
  units: readonly Written[],
  { target, never = [], declared }: { target: string; never?: readonly string[]; declared?: string },
  detect: Detect = detectLanguage,
): Promise<Judgement> {
  const languages = await languagesOf(units, declared, detect);
  const verdicts = units.map(({ text }, index): Verdict | undefined => {
    if (!hasWords(text)) return 'wordless';
    const lang = languages[index];
    if (!lang) return undefined;
    if (isAlready(text, target, lang)) return 'already';
    return never.some((tag) => sameLanguage(tag, lang)) ? 'never' : 'translate';
  });
  return { verdicts: withAround(verdicts), languages, main: mainLanguage(units, languages) };
}

/** Units that tell nothing by themselves take the verdict of the nearest one above, else of the nearest below. */
function withAround(verdicts: (Verdict | undefined)[]): Verdict[] {
  let last = verdicts.find((verdict) => verdict && verdict !== 'wordless') ?? 'translate';
  return verdicts.map((verdict) => {
    if (!verdict) return last;
    if (verdict !== 'wordless') last = verdict;
    return verdict;
  });
}

/** The language (BCP 47) of most words of these. */
export const mainLanguageOf = async (
  units: readonly Written[],
  detect: Detect = detectLanguage,
): Promise<string | undefined> => mainLanguage(units, await languagesOf(units, undefined, detect));

function mainLanguage(units: readonly Written[], languages: (string | undefined)[]): string | undefined {
  const letters = new Map<string, number>();
  for (const [index, tag] of languages.entries())
    if (tag) letters.set(tag, (letters.get(tag) ?? 0) + (units[index]?.text.length ?? 0));
  let [main, most]: [string | undefined, number] = [undefined, 0];
  for (const [tag, count] of letters) if (count > most) [main, most] = [tag, count];
  return main;
}

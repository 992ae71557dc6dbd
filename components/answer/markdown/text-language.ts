import { scriptLanguage } from '@/utils/source';

/** Which language and direction a piece of an answer has. Han glyphs, spacing, quotes and voices hang on it. */

/** What is known beside the letters of a block, the nearest first. */
export interface LanguageHints {
  /** Language of the whole answer, when its letters tell. */
  answer?: string;
  /** Languages of the sources that were sent with it. */
  sources: readonly string[];
  /** Language of the interface. */
  interface: string;
}

/** Characters looked at; a block that has not told its language by then has none. */
const sample = 600;

/** Common characters of only one way of writing Chinese; Japanese keeps some of the traditional ones. */
const onlySimplified = new Set(
  '这说对时会来个们国学过发动见问题现开关长门东车马书买卖话语请谁让认识记论证实验应该为与无从进运还边',
);
const onlyTraditional = new Set('這說對會來個們國學發關賣讓證實驗應與從邊還');
const traditionalOrJapanese = new Set('時過動見問題現開長門東車馬書買話語請誰認識記論該為無進運');

const scripts: readonly (readonly [RegExp, string])[] = [
  [/\p{sc=Arabic}/u, 'ar'],
  [/\p{sc=Hebrew}/u, 'he'],
  [/\p{sc=Cyrillic}/u, 'ru'],
  [/\p{sc=Greek}/u, 'el'],
  [/\p{sc=Thai}/u, 'th'],
  [/\p{sc=Devanagari}/u, 'hi'],
];

/** Words of a language that hardly any sentence goes without, and that the others do not have. */
const commonWords: readonly (readonly [string, RegExp])[] = [
  ['en', /(?<!\p{L})(?:the|and|of|is|are|that|with|this|for|was|not|it)(?!\p{L})/giu],
  ['fr', /(?<!\p{L})(?:les|des|est|une|dans|pour|qui|sur|pas|avec|du|le|et)(?!\p{L})/giu],
  ['de', /(?<!\p{L})(?:der|die|das|und|ist|nicht|ein|eine|mit|den|zu|von|sich)(?!\p{L})/giu],
  ['es', /(?<!\p{L})(?:los|las|una|que|por|con|para|es|del|el|y|se)(?!\p{L})/giu],
  ['pt', /(?<!\p{L})(?:os|uma|não|são|com|para|do|da|em|é|o)(?!\p{L})/giu],
  ['it', /(?<!\p{L})(?:il|gli|che|di|una|per|con|non|sono|è|della)(?!\p{L})/giu],
];

/**
 * The BCP 47 tag of a piece of an answer: its own letters first, then the answer around it, the sources and the
 * interface. Undefined when it has no letters that tell.
 */
export function blockLanguage(text: string, hints: LanguageHints): string | undefined {
  const start = text.slice(0, sample);
  const script = scriptLanguage(start);
  if (script === 'ja' || script === 'ko') return script;
  if (script === 'zh') return hanLanguage(start, hints);
  let most: string | undefined;
  let mostLetters = (start.match(/\p{sc=Latin}/gu)?.length ?? 0) || 1;
  for (const [pattern, language] of scripts) {
    const letters = start.match(new RegExp(pattern, 'gu'))?.length ?? 0;
    if (letters > mostLetters) [most, mostLetters] = [language, letters];
  }
  if (most === 'ar' && /[پچژگ]/.test(start)) return 'fa';
  if (most === 'ru' && /[іїєґ]/i.test(start)) return 'uk';
  return most ?? latinLanguage(start);
}

/** Only Han: a Japanese answer has lines without Kana, and Chinese is written in two ways. */
function hanLanguage(text: string, hints: LanguageHints): string {
  const known = [hints.answer, ...hints.sources, hints.interface].map(hanTag);
  let simplified = 0;
  let traditional = 0;
  let either = 0;
  for (const character of text) {
    if (onlySimplified.has(character)) simplified++;
    else if (onlyTraditional.has(character)) traditional++;
    else if (traditionalOrJapanese.has(character)) either++;
  }
  const isJapanese = hints.answer === 'ja' || (hints.answer === undefined && known.includes('ja'));
  // Simplified characters that Japanese has too (国, 学) are no sign in a Japanese answer.
  if (isJapanese && traditional <= either) return 'ja';
  if (simplified > traditional + either) return 'zh-Hans';
  if (traditional + either > simplified) return 'zh-Hant';
  return known.find((tag) => tag !== undefined) ?? 'zh-Hans';
}

/** The tag in which Han is drawn for a language that writes it. */
function hanTag(tag: string | undefined): string | undefined {
  if (!tag) return undefined;
  const lower = tag.toLowerCase();
  if (lower.startsWith('ja')) return 'ja';
  if (lower.startsWith('ko')) return 'ko';
  if (!lower.startsWith('zh')) return undefined;
  return /hant|tw|hk|mo/.test(lower) ? 'zh-Hant' : lower === 'zh' ? undefined : 'zh-Hans';
}

function latinLanguage(text: string): string | undefined {
  let best: string | undefined;
  let bestCount = 1;
  for (const [language, words] of commonWords) {
    const count = text.match(words)?.length ?? 0;
    if (count > bestCount) [best, bestCount] = [language, count];
  }
  return best;
}

const strongCharacter =
  /[\p{sc=Hebrew}\p{sc=Arabic}\p{sc=Syriac}\p{sc=Thaana}\p{sc=Nko}\p{sc=Adlam}]|(\p{L})/u;

/** The direction of the first letter; undefined when there is none, as in a line of numbers. */
export function blockDirection(text: string): 'ltr' | 'rtl' | undefined {
  const first = strongCharacter.exec(text.length > 4_000 ? text.slice(0, 4_000) : text);
  if (!first) return undefined;
  return first[1] === undefined ? 'rtl' : 'ltr';
}

/** Runs of letters written from right to left, with the spaces and marks between them. */
const rightToLeftRun =
  /[\p{sc=Hebrew}\p{sc=Arabic}\p{sc=Syriac}\p{sc=Thaana}](?:[\p{sc=Hebrew}\p{sc=Arabic}\p{sc=Syriac}\p{sc=Thaana}\p{M}\d\s.,،؛؟:'"־-]*[\p{sc=Hebrew}\p{sc=Arabic}\p{sc=Syriac}\p{sc=Thaana}\p{M}])?/gu;
/** Words in Latin letters, as they stand in a line of Arabic or Hebrew: names, products, file names. */
const leftToRightRun =
  /[\p{sc=Latin}\p{sc=Cyrillic}\p{sc=Greek}][\p{sc=Latin}\p{sc=Cyrillic}\p{sc=Greek}\p{M}\p{N}]*(?:[ .,:'’_+/&-]+[\p{sc=Latin}\p{sc=Cyrillic}\p{sc=Greek}\p{N}][\p{sc=Latin}\p{sc=Cyrillic}\p{sc=Greek}\p{M}\p{N}]*)*[+#]*/gu;
/** What a line of Chinese, English or whatever else quotes in Kana or Hangul. */
const quotedRun = /[「『“"‘《]([^「『“"‘《」』”"’》\n]{1,400})[」』”"’》]/gu;

/** A part of a line that has a direction or a language of its own. */
export interface Run {
  text: string;
  lang?: string;
  isolate?: boolean;
}

/** Splits a line into what belongs to its language and direction, and what is foreign to them. */
export function foreignRuns(
  text: string,
  direction: 'ltr' | 'rtl' | undefined,
  lang: string | undefined,
): Run[] {
  if (direction === 'rtl') return split(text, leftToRightRun, (run) => ({ text: run, isolate: true }));
  if (/[\p{sc=Hebrew}\p{sc=Arabic}\p{sc=Syriac}\p{sc=Thaana}]/u.test(text)) {
    return split(text, rightToLeftRun, (run) => ({
      text: run,
      isolate: true,
      lang: /\p{sc=Hebrew}/u.test(run) ? 'he' : 'ar',
    }));
  }
  if (lang !== 'ja' && /[\p{sc=Hiragana}\p{sc=Katakana}]/u.test(text)) {
    return split(text, quotedRun, (run) =>
      /[\p{sc=Hiragana}\p{sc=Katakana}]/u.test(run) ? { text: run, lang: 'ja' } : { text: run },
    );
  }
  return [{ text }];
}

function split(text: string, pattern: RegExp, runOf: (run: string) => Run): Run[] {
  const runs: Run[] = [];
  let last = 0;
  for (const { 0: run, index } of text.matchAll(pattern)) {
    if (index > last) runs.push({ text: text.slice(last, index) });
    runs.push(runOf(run));
    last = index + run.length;
  }
  if (last < text.length) runs.push({ text: text.slice(last) });
  return runs;
}

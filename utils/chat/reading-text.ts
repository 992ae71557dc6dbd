/** A long text that nobody wrote, with code words at given places: what the reading check sends. */

import { measureLongText, scaleTokens } from '../context/tokens';
import type { Model } from '../models/types';
import { numberPassages, type Source, sourceId } from '../source';

/** Interface languages that have sentences here; the others are checked in English. */
export type CheckLanguage = 'en' | 'zh';

interface Sentences {
  title: string;
  parts: [subjects: string[], verbs: string[], things: string[], times: string[]];
  sentence: (parts: string[], number: number) => string;
  between: string;
  canary: (word: string) => string;
  question: string;
}

const english: Sentences = {
  title: 'Reading check',
  parts: [
    ['The harbour master', 'A miller', 'The night ferry', 'Her brother', 'The old survey', 'A clerk'],
    ['wrote down', 'forgot', 'counted', 'carried', 'measured', 'painted', 'sold', 'described'],
    ['the depth of the channel', 'nine barrels', 'a letter', 'the lamps on the pier', 'the north wall'],
    ['before the tide', 'in the third year', 'without a word', 'twice a week', 'after the storm'],
  ],
  sentence: ([subject, verb, thing, time], number) =>
    `${subject} ${verb} ${thing} ${time}, as number ${number} says.`,
  between: ' ',
  canary: (word) => `The code word is ${word}.`,
  question:
    'Three code words are hidden in the document, each in a sentence “The code word is …”. Write the three code words, in their order, and nothing else. If you find fewer, write those.',
};

const chinese: Sentences = {
  title: '通读检查',
  parts: [
    ['港务长', '磨坊主', '夜班渡船', '她的兄长', '旧测绘图', '一名书记员'],
    ['记下了', '忘记了', '清点了', '搬运了', '丈量了', '粉刷了', '卖掉了', '描述了'],
    ['航道的深度', '九只木桶', '一封信', '码头上的灯', '北面的墙'],
    ['涨潮之前', '第三年里', '一言不发', '每周两次', '暴风雨之后'],
  ],
  sentence: ([subject, verb, thing, time], number) =>
    `${time}，${subject}${verb}${thing}，见第${number}号记录。`,
  between: '',
  canary: (word) => `暗号是 ${word}。`,
  question:
    '文档里藏着三个暗号，每个都在一句“暗号是 …”里。请按顺序写出这三个暗号，不要写别的；如果找到的不足三个，就写找到的。',
};

/** The sentences of a language. */
export const sentencesOf = (language: CheckLanguage): Sentences => (language === 'zh' ? chinese : english);

/** Six letters that are no word and cannot be guessed; without vowels, so that they spell nothing. */
export const codeWord = (random: (below: number) => number): string =>
  Array.from({ length: 6 }, () => 'BCDFGHJKLMNPQRSTVWXZ'[random(20)]).join('');

/** Sentences of a paragraph. */
const perParagraph = 5;
/** ¶ marks, blank lines and growing numbers take a share; the estimate of the whole is checked by compose. */
const share = 0.9;

/** Paragraphs up to so many tokens of the model, with a word at each place (shares of the text, 0 to 1). */
export async function textWithWords(
  tokens: number,
  words: string[],
  places: number[],
  model: Pick<Model, 'tokenFactors'>,
  language: CheckLanguage,
): Promise<Source> {
  const { title, parts, sentence, between, canary } = sentencesOf(language);
  const steps = [1, 5, 3, 7];
  const write = (index: number) =>
    sentence(
      parts.map((list, part) => list[(index * (steps[part] ?? 1) + part) % list.length] ?? ''),
      index,
    );
  const sample = Array.from({ length: 20 }, (_, index) => write(1_000 + index)).join(between);
  const one = scaleTokens(await measureLongText(sample), model) / 20 || 1;
  const sentences = Math.max(10, Math.floor((tokens * share) / one));
  const paragraphs: string[] = [];
  for (let index = 0; index < sentences; index += perParagraph) {
    paragraphs.push(Array.from({ length: perParagraph }, (_, offset) => write(index + offset)).join(between));
  }
  for (const [index, place] of [...places.entries()].reverse()) {
    paragraphs.splice(Math.round(place * paragraphs.length), 0, canary(words[index] ?? ''));
  }
  const numbered = numberPassages(paragraphs.map((text) => ({ text, kind: 'text' })));
  return {
    id: await sourceId(numbered.text),
    kind: 'file',
    title,
    lang: language,
    gaps: [],
    readAt: Date.now(),
    ...numbered,
  };
}

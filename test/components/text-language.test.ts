import { describe, expect, it } from 'vitest';
import {
  blockDirection,
  blockLanguage,
  foreignRuns,
  type LanguageHints,
} from '@/components/answer/markdown/text-language';

const none: LanguageHints = { sources: [], interface: 'en' };

describe('the language of a block', () => {
  it.each<[string | undefined, string, Partial<LanguageHints>]>([
    ['ja', '潮は一日に二度満ち引きする。', { answer: 'zh', interface: 'zh-Hans' }],
    ['ko', '조수는 하루에 두 번 바뀐다.', { answer: 'zh' }],
    ['zh-Hans', '这段海岸曾有 212 座磨坊。', {}],
    ['zh-Hant', '這段海岸曾有 212 座磨坊。', { interface: 'zh-Hans' }],
    // Only Han that says nothing: the answer, then the sources, then the interface.
    ['ja', '結論', { answer: 'ja' }],
    ['ja', '東京都', { sources: ['en', 'ja-JP'] }],
    ['zh-Hant', '中文', { answer: 'zh', sources: ['zh-TW'] }],
    ['zh-Hant', '中文', { interface: 'zh-Hant' }],
    ['zh-Hans', '中文', {}],
    // Japanese keeps characters that Chinese wrote before; with the answer in Japanese they say nothing.
    ['ja', '時間', { answer: 'ja' }],
    ['en', 'The tide turns twice a day, and the mill is still.', { answer: 'zh' }],
    ['de', 'Die Mühle ist alt und der Teich ist voll.', {}],
    ['fr', 'Les moulins sont dans la baie et le port est loin.', {}],
    ['ar', 'تعود طواحين المد إلى العمل', {}],
    ['fa', 'آسیاب‌های جزرومدی چگونه کار می‌کنند', {}],
    ['he', 'טחנות הגאות חוזרות', {}],
    ['ru', 'Приливные мельницы возвращаются', {}],
    ['uk', 'Припливні млини повертаються, її ґрунт', {}],
    [undefined, 'Carrow Power', {}],
    [undefined, '3.14 🌕', {}],
    [undefined, '', {}],
  ])('is %s for %j', (expected, text, hints) => {
    expect(blockLanguage(text, { ...none, ...hints })).toBe(expected);
  });
});

describe('the direction of a block', () => {
  it.each<['ltr' | 'rtl' | undefined, string]>([
    ['rtl', '212 طاحونة تبيع الكهرباء'],
    ['rtl', '“שלום” means peace'],
    ['ltr', 'The word שלום'],
    ['ltr', '汉字'],
    [undefined, '189 € — 3.5 %'],
    [undefined, ''],
  ])('is %s for %j', (expected, text) => {
    expect(blockDirection(text)).toBe(expected);
  });
});

describe('foreign runs in a line', () => {
  const marked = (runs: ReturnType<typeof foreignRuns>) =>
    runs
      .map(({ text, isolate, lang }) =>
        isolate || lang ? `[${lang ?? ''}${isolate ? '!' : ''}:${text}]` : text,
      )
      .join('');

  it.each<[string, 'ltr' | 'rtl', string | undefined, string]>([
    ['The word שלום עולם, twice', 'ltr', 'en', 'The word [he!:שלום עולם], twice'],
    ['شركة Carrow Power (UK) هنا', 'rtl', 'ar', 'شركة [!:Carrow Power] ([!:UK]) هنا'],
    ['引用「潮は満ちる。」与「这」', 'ltr', 'zh-Hans', '引用[ja:「潮は満ちる。」]与「这」'],
    ['「潮は満ちる。」', 'ltr', 'ja', '「潮は満ちる。」'],
    ['plain words', 'ltr', 'en', 'plain words'],
    ['C++ بالعربية', 'rtl', 'ar', '[!:C++] بالعربية'],
  ])('%j', (text, dir, lang, expected) => {
    const runs = foreignRuns(text, dir, lang);
    expect(marked(runs)).toBe(expected);
    expect(runs.map((run) => run.text).join('')).toBe(text);
  });
});

import { describe, expect, it } from 'vitest';
import type { DetectedLanguage } from '@/utils/browser/detect-language';
import { hasWords, isAlready, judgeUnits, languagesOf } from '@/utils/translate/unit-language';

const marks: [string, RegExp][] = [
  ['de', /\b(?:der|die|das|und|nicht|ist|ein|wird)\b/gi],
  ['fr', /\b(?:le|la|les|et|est|une|des|qui)\b/gi],
  ['en', /\b(?:the|and|of|is|a|not|to|was)\b/gi],
  ['ru', /(?:^|\s)(?:и|в|не|на|что|это)(?=\s)/gi],
  ['uk', /(?:^|\s)(?:і|у|та|що|це|й)(?=\s)/gi],
];
const asked: string[] = [];
/** A judge of languages as the browser has one: by the small words, and silent when there are too few. */
async function detect(text: string): Promise<DetectedLanguage[]> {
  asked.push(text);
  const counts = marks.map(([tag, pattern]) => ({ tag, count: text.match(pattern)?.length ?? 0 }));
  const total = counts.reduce((sum, { count }) => sum + count, 0);
  if (total < 2) return [];
  return counts
    .filter(({ count }) => count > 0)
    .map(({ tag, count }) => ({ tag, share: count / total }))
    .sort((a, b) => b.share - a.share);
}

const english = 'The deputy took the chair and opened the meeting, and it was not a long one.';
const german = 'Der Stellvertreter übernahm den Vorsitz und eröffnete die Sitzung, und das war nicht lang.';

const languages = (texts: (string | { text: string; lang?: string })[], declared?: string) =>
  languagesOf(
    texts.map((text) => (typeof text === 'string' ? { text } : text)),
    declared,
    detect,
  );

describe('words', () => {
  it.each([
    '12',
    '3.5 %',
    '2024-11-05',
    '→',
    'x',
    '',
    '  ',
    '¥ 3,000',
    '1 + 1 = 2',
    '<1>12</1> <2/>',
    '&lt;',
  ])('are none: %s', (text) => expect(hasWords(text)).toBe(false));
  it.each([
    'https://example.com/a/path?q=words',
    'www.example.com',
    'ada@example.com',
    '@ada_l',
    'src/utils/index.ts',
    'README.md',
  ])('are not what a machine reads: %s', (text) => expect(hasWords(text)).toBe(false));
  it.each(['No', '是', '12 km', 'お', 'See README.md', 'ok.', 'Mr.Smith said so'])('are there: %s', (text) =>
    expect(hasWords(text)).toBe(true),
  );
});

describe('the language of a text', () => {
  it('is told by its letters, whatever the page declares', async () => {
    const texts = [
      '这是一个段落。',
      '這是一個段落。',
      'これは段落です。',
      '이것은 문단입니다.',
      'זו פסקה',
      'Αυτό είναι',
      'นี่คือย่อหน้า',
    ];
    const tags = ['zh-Hans', 'zh-Hant', 'ja', 'ko', 'he', 'el', 'th'];
    expect(await languages(texts)).toEqual(tags);
    expect(await languages(texts, 'en')).toEqual(tags);
  });

  it('is what the browser says of a text that is long enough, and of short ones with those around', async () => {
    expect(await languages([english, german])).toEqual(['en', 'de']);
    expect(await languages([german, 'Weiter lesen', german])).toEqual(['de', 'de', 'de']);
    // Nothing declares it, and no text around is long.
    expect(await languages(['the chair', 'is not a thing of the past'])).toEqual(['en', 'en']);
  });

  it('is what the page declares for short texts, unless nearly all of it is in another', async () => {
    expect(await languages(['the chair', german], 'en')).toEqual(['en', 'de']);
    expect(await languages([german, german, german, german, german, 'weiter so'], 'en')).toEqual(
      Array(6).fill('de'),
    );
    expect(await languages([{ text: 'la chaise', lang: 'fr' }, english], 'en')).toEqual(['fr', 'en']);
  });

  it('is not taken from a declaration that the letters contradict', async () => {
    expect(await languages(['the chair'], 'zh')).toEqual([undefined]);
    expect(await languages(['Привет, мир'], 'en')).toEqual([undefined]);
    expect(await languages(['Привет, мир'], 'ru')).toEqual(['ru']);
  });

  it('tells a Japanese heading of Han alone from a Chinese one', async () => {
    const prose = '東京都は日本の首都であり、世界でも有数の大都市です。人口は増えています。'.repeat(4);
    expect(await languages([prose, '東京都', '国会議事堂'])).toEqual(['ja', 'ja', 'ja']);
    expect(await languages(['東京都'], 'ja')).toEqual(['ja']);
    expect(await languages(['我们的东京'], 'ja')).toEqual(['zh-Hans']);
    expect(await languages(['中文'], 'zh-TW')).toEqual(['zh-TW']);
    expect(await languages(['中文'])).toEqual(['zh']);
  });

  it('is none for figures and for names alone', async () => {
    expect(await languages(['12,500', 'Ada Lovelace', 'GPT-6 Mini'])).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('is judged without the marks and addresses in it', async () => {
    expect(await languages(['<1>这</1>是 <2/> https://example.com/an/english/address'])).toEqual(['zh-Hans']);
    expect(asked.join(' ')).not.toMatch(/<\d|example\.com/);
  });
});

describe('a text in the target already', () => {
  it('knows simplified from traditional Chinese', () => {
    expect(isAlready('这个问题还没有答案。', 'zh-Hans')).toBe(true);
    expect(isAlready('这个问题还没有答案。', 'zh-Hant')).toBe(false);
    expect(isAlready('這個問題還沒有答案。', 'zh-Hant')).toBe(true);
    expect(isAlready('這個問題還沒有答案。', 'zh-CN', 'zh-TW')).toBe(false);
    // Characters of both ways are in either.
    expect(isAlready('中文', 'zh-Hans', 'zh')).toBe(true);
    expect(isAlready('中文', 'zh-Hant', 'zh')).toBe(true);
    expect(isAlready('東京', 'zh-Hant', 'ja')).toBe(false);
  });

  it('is not one that is largely in another', () => {
    expect(isAlready('我们用 Rust 写了这个工具', 'zh-Hans')).toBe(true);
    expect(
      isAlready(
        '他说：“We hold these truths to be self-evident, that all men are created equal.”',
        'zh-Hans',
      ),
    ).toBe(false);
    expect(isAlready('这里有“這個問題還沒有答案，請再等等看”這樣一句話', 'zh-Hans')).toBe(false);
    expect(isAlready('The word 中文 means Chinese.', 'en', 'en')).toBe(true);
    expect(isAlready('See 这个问题还没有答案 here', 'en', 'en')).toBe(false);
  });

  it('is none without a language', () => {
    for (const text of ['', '12', '3.5 %', '<1/>']) expect(isAlready(text, 'en', 'en')).toBe(false);
    // Latin letters alone do not tell.
    expect(isAlready(english, 'en')).toBe(false);
    expect(isAlready(english, 'en-GB', 'en')).toBe(true);
    expect(isAlready(german, 'en', 'de')).toBe(false);
  });
});

describe('the units of a text', () => {
  const judge = (texts: string[], target: string, never?: string[]) =>
    judgeUnits(
      texts.map((text) => ({ text })),
      { target, never },
      detect,
    );

  it('are translated unless they are there already, are never to be, or say nothing', async () => {
    const { verdicts, main } = await judge([english, '这一段已经是中文了。', german, '12'], 'zh-Hans', [
      'de',
    ]);
    expect(verdicts).toEqual(['translate', 'already', 'never', 'wordless']);
    expect(main).toBe('de');
  });

  it('take names along with those around them', async () => {
    expect((await judge(['这是一段中文。', 'Ada Lovelace', '12', 'GPT-6'], 'zh-Hans')).verdicts).toEqual([
      'already',
      'already',
      'wordless',
      'already',
    ]);
    expect((await judge(['Ada Lovelace', english], 'zh-Hans')).verdicts).toEqual(['translate', 'translate']);
  });

  it('are many: ten thousand are judged in their order, at no more than linear cost', async () => {
    const { verdicts } = await judge(
      Array.from({ length: 10_000 }, (_, index) => (index % 2 ? english : '这一段已经是中文了。')),
      'zh-Hans',
    );
    expect(verdicts.filter((verdict) => verdict === 'translate').length).toBe(5_000);
    expect(verdicts[1]).toBe('translate');
  });
});

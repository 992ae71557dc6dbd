import { describe, expect, it } from 'vitest';
import { detectLanguage } from '@/utils/page/language';
import { cpuTime } from '../cpu-time.ts';
import { pageOf } from '../fixtures/documents';

const declared = (language: string) => pageOf(`<html lang="${language}"><body></body></html>`);
const english = '¶1 The tide turns twice a day at the harbour.';
const chinese = '¶1 潮水每天涨落两次，港口的人都知道。';
const japanese = '¶1 潮は一日に二度満ち引きする。港の人は皆知っている。';
const korean = '¶1 조수는 하루에 두 번 바뀐다. 항구 사람들은 모두 안다.';

describe('detectLanguage', () => {
  it.each([
    ['what the page declares', 'en-GB', english, 'en-GB'],
    ['nothing when nothing is declared', '', english, undefined],
    ['a language of Latin letters as declared', 'fr', '¶1 La marée tourne.', 'fr'],
    ['the declared kind of Chinese', 'zh-TW', chinese, 'zh-TW'],
    ['Chinese, whatever is declared', 'en', chinese, 'zh'],
    ['Chinese when nothing is declared', '', chinese, 'zh'],
    ['nothing when English is declared Chinese', 'zh-CN', english, undefined],
    ['Japanese, though it has Han characters', 'zh', japanese, 'ja'],
    ['Korean', '', korean, 'ko'],
    [
      'what is declared for an English text with a few Chinese names',
      'en',
      `${english.repeat(4)} 望舒`,
      'en',
    ],
    ['what is declared when there are no letters', 'en', '¶1 3.14', 'en'],
  ])('gives %s', (_, language, text, expected) => {
    expect(detectLanguage(declared(language), text)).toBe(expected);
  });

  it('reads the declaration in a meta element', () => {
    const page = pageOf('<meta http-equiv="Content-Language" content=" de-AT "><body></body>');
    expect(detectLanguage(page, '¶1 Die Flut kommt.')).toBe('de-AT');
  });

  it('looks at the beginning of a long text only', () => {
    const start = cpuTime();
    expect(detectLanguage(declared('en'), chinese.repeat(200_000))).toBe('zh');
    expect(cpuTime() - start).toBeLessThan(1_000);
  });
});

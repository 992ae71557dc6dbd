import { beforeEach, describe, expect, it } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { setLanguage } from '@/utils/i18n';
import { settings } from '@/utils/store/settings';
import { hanVariant } from '@/utils/translate/han';
import {
  canonicalTag,
  commonLanguages,
  directionOf,
  englishName,
  languageName,
  neverTranslatedSite,
  otherLanguages,
  otherTarget,
  ownName,
  sameLanguage,
  targetLanguage,
} from '@/utils/translate/languages';

beforeEach(async () => {
  fakeBrowser.reset();
  await setLanguage('en');
});

describe('the languages that can be chosen', () => {
  it('are each there once, have names, and are tags in their usual form', () => {
    const all = [...commonLanguages, ...otherLanguages];
    expect(new Set(all).size).toBe(all.length);
    expect(all.length).toBeGreaterThan(180);
    for (const tag of all) {
      expect(canonicalTag(tag)).toBe(tag);
      expect(englishName(tag)).not.toBe(tag);
    }
  });

  it('are named in the language of the interface, in their own, and in English for prompts', async () => {
    expect(languageName('zh-Hans')).toBe('Simplified Chinese');
    await setLanguage('zh_CN');
    expect(languageName('en')).toBe('英语');
    expect(ownName('de')).toBe('Deutsch');
    expect(englishName('pt-BR')).toBe('Brazilian Portuguese');
    expect(languageName('not a tag')).toBe('not a tag');
  });

  it.each([
    ['ar', 'rtl'],
    ['he', 'rtl'],
    ['fa-AF', 'rtl'],
    ['ur', 'rtl'],
    ['az-Arab', 'rtl'],
    ['az', 'ltr'],
    ['zh-Hant', 'ltr'],
    ['nothing at all', 'ltr'],
  ])('%s is written %s', (tag, direction) => expect(directionOf(tag)).toBe(direction));
});

describe('one language', () => {
  it.each([
    ['en', 'en-GB', true],
    ['pt', 'pt-BR', true],
    ['zh-Hans', 'zh-CN', true],
    ['zh', 'zh-Hans', true],
    ['zh-Hans', 'zh-TW', false],
    ['zh-Hant', 'zh-HK', true],
    ['sr', 'sr-Latn', false],
    ['no', 'nb', true],
    ['iw', 'he', true],
    ['yue', 'zh-Hant', false],
    ['', '', false],
    ['en', '<script>', false],
  ])('%s and %s: %s', (one, other, same) => {
    expect(sameLanguage(one, other)).toBe(same);
    expect(sameLanguage(other, one)).toBe(same);
  });

  it('is not offered for a text that is in it', async () => {
    expect(otherTarget('zh-Hans')).toBe('en');
    expect(otherTarget('de')).toBe('en');
    expect(otherTarget('en-GB')).toBe('zh-Hans');
    await setLanguage('zh_TW');
    expect(otherTarget('en')).toBe('zh-Hant');
  });
});

describe('the language of translations', () => {
  it('is that of the interface until one is chosen', async () => {
    expect(await targetLanguage()).toBe('en');
    await setLanguage('zh_CN');
    expect(await targetLanguage()).toBe('zh-Hans');
    await settings.translateInto.write('ja');
    expect(await targetLanguage()).toBe('ja');
  });

  it.each([7, '', 'zh_CN', 'no tag', ['en'], null])('is no garbage: %j', async (value) => {
    await fakeBrowser.storage.local.set({
      translateInto: value,
      neverTranslateLanguages: [value, 'de', 'de'],
    });
    expect(await settings.translateInto.read()).toBe('interface');
    expect(await settings.neverTranslateLanguages.read()).toEqual(['de']);
  });
});

describe('sites that are never translated', () => {
  it('are known with all that lies under them', async () => {
    await settings.neverTranslateSites.write(['news.example']);
    expect(await neverTranslatedSite('https://www.news.example/a')).toBe('news.example');
    expect(await neverTranslatedSite('https://de.news.example/')).toBe('news.example');
    expect(await neverTranslatedSite('https://bad-news.example/')).toBeUndefined();
    expect(await neverTranslatedSite(undefined)).toBeUndefined();
  });
});

describe('the two ways of writing Chinese', () => {
  it.each([
    ['这台机器会读完整个网页，然后再回答问题。', 'zh-Hans'],
    ['這台機器會讀完整個網頁，然後再回答問題。', 'zh-Hant'],
    ['他在香港買咗本書', 'zh-Hant'],
    ['中文', undefined],
    ['no Han at all', undefined],
  ])('%s: %s', (text, variant) => expect(hanVariant(text)).toBe(variant));
});

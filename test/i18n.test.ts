import { afterEach, describe, expect, it } from 'vitest';
import {
  getLanguage,
  languageFor,
  type MessageKey,
  onLanguageChange,
  sayAlso,
  setLanguage,
  t,
} from '@/utils/i18n';

afterEach(() => setLanguage('en'));

describe('languageFor', () => {
  it.each([
    ['en', 'en'],
    ['en-GB', 'en'],
    ['zh', 'zh_CN'],
    ['zh-CN', 'zh_CN'],
    ['zh-SG', 'zh_CN'],
    ['zh-Hans-HK', 'zh_CN'],
    ['zh-TW', 'zh_TW'],
    ['zh-HK', 'zh_TW'],
    ['ZH-Hant', 'zh_TW'],
    ['zh-Hant-MO', 'zh_TW'],
    ['zha', 'en'],
    ['fr', 'en'],
    ['', 'en'],
  ])('takes %j for %s', (tag, code) => {
    expect(languageFor(tag)).toBe(code);
  });
});

describe('setLanguage', () => {
  it('stays with the language that was asked for last', async () => {
    await Promise.all([setLanguage('zh_CN'), setLanguage('en')]);
    expect(getLanguage()).toBe('en');
    await Promise.all([setLanguage('zh_CN'), setLanguage('en'), setLanguage('zh_CN')]);
    expect(getLanguage()).toBe('zh_CN');
    expect(t('panel.newChat')).toMatch(/\p{Script=Han}/u);
  });
});

describe('sayAlso', () => {
  it('brings a part that can be said in every language from then on, whatever is asked for meanwhile', async () => {
    await Promise.all([sayAlso('comparisons'), setLanguage('zh_CN')]);
    expect(t('comparison.notStated')).toBe('未提及');
    await setLanguage('en');
    expect(t('comparison.notStated')).toBe('not stated');
    await Promise.all([setLanguage('zh_TW'), sayAlso('comparisons'), setLanguage('en')]);
    expect(t('comparison.notStated')).toBe('not stated');
  });
});

describe('t', () => {
  it('writes a sentence in the language that is set', async () => {
    expect(t('panel.newChat')).toBe('New chat');
    await setLanguage('zh_CN');
    expect(t('panel.newChat')).toMatch(/\p{Script=Han}/u);
    await setLanguage('en');
    expect(t('panel.newChat')).toBe('New chat');
  });

  it('counts and writes numbers the local way', () => {
    expect(t('page.words', { count: 1 })).toBe('1 word');
    expect(t('page.words', { count: 12_345 })).toBe('12,345 words');
    expect(t('page.partly', { share: 0.42 })).toBe('42% of the text');
  });

  it('keeps markup in values as the characters it consists of', () => {
    expect(t('panel.deleted', { title: '<b>{x}</b> & ¶' })).toBe('“<b>{x}</b> & ¶” was deleted.');
  });

  it('does not invent a sentence for a key that is missing', () => {
    expect(() => t('panel.nothing' as MessageKey)).toThrow('panel.nothing');
    expect(() => t('panel' as MessageKey)).toThrow('panel');
  });

  it('does not write a sentence without its values', () => {
    expect(() => t('panel.deleted')).toThrow(/title/);
  });
});

describe('onLanguageChange', () => {
  it('calls its listener for each change, until it is stopped', async () => {
    const seen: string[] = [];
    const stop = onLanguageChange(() => seen.push(getLanguage()));
    await setLanguage('zh_CN');
    await setLanguage('zh_CN');
    await setLanguage('en');
    stop();
    await setLanguage('zh_CN');
    expect(seen).toEqual(['zh_CN', 'en']);
  });
});

import { beforeAll, describe, expect, it } from 'vitest';
import { sections } from '@/components/settings/registry';
import { matches, placesIn, termsOf } from '@/components/settings/search';
import { textsOf } from '@/components/settings/setting-entry';
import { type LanguageCode, languages, setLanguage, t } from '@/utils/i18n';
import { settings } from '@/utils/store/settings';

const entries = sections.flatMap((section) => section.entries.map((entry) => ({ section, entry })));

/** Items that the program writes itself, without a place on the page. */
const ownMemory = ['capsPassed', 'calibration', 'citationHintSeen'];

/** The ids of what a query finds. */
const found = (query: string): string[] =>
  entries
    .filter(({ entry, section }) => matches(query, textsOf(entry, section)))
    .map(({ entry }) => entry.id);

describe('the list of settings', () => {
  it('has a place for everything that is kept, and each name once', () => {
    const kept = entries.flatMap(({ entry }) => entry.keeps ?? []);
    expect([...kept, ...ownMemory].sort()).toEqual(Object.keys(settings).sort());
    const ids = sections.flatMap(({ id, entries }) => [id, ...entries.map((entry) => entry.id)]);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe.each(Object.keys(languages) as LanguageCode[])('the search in %s', (code) => {
  beforeAll(() => setLanguage(code));

  it('finds every setting by its title, by each sentence about it, and by each other name for it', () => {
    for (const { entry, section } of entries) {
      const others = t(entry.also)
        .split(/[,，、]/)
        .map((name) => name.trim());
      expect(others.length, entry.id).toBeGreaterThan(2);
      for (const words of [t(section.title), ...entry.words.map((key) => t(key)), ...others])
        expect(found(words), words).toContain(entry.id);
    }
  });

  it('finds nothing where there is nothing, and everything without a word', () => {
    expect(found('qwertz')).toEqual([]);
    expect(found(' ')).toEqual(entries.map(({ entry }) => entry.id));
  });

  it.each(['key', 'API', 'token', 'ＡＰＩ', 'GPT'])('knows what %s means in any language', (query) => {
    if (query === 'GPT' && code !== 'en') return;
    expect(found(query)).toContain('models-all');
  });
});

describe('words', () => {
  beforeAll(() => setLanguage('zh_CN'));

  it.each([
    ['密钥', 'models-all'],
    ['深色', 'theme'],
    ['黑名单', 'never-read'],
    ['清空', 'delete-everything'],
    ['人设', 'prompt-list'],
    ['字体', 'text-size'],
    ['预算', 'spending-cap'],
  ])('of Chinese find what they mean: %s', (query, id) => {
    expect(found(query)).toContain(id);
  });

  it('are all needed, in any order and any case', () => {
    expect(matches('Key api', ['An API key'])).toBe(true);
    expect(matches('key missing', ['An API key'])).toBe(false);
    expect(termsOf('  ＡＢ  c ')).toEqual(['ab', 'c']);
  });

  it('are marked where they stand', () => {
    expect(placesIn('A key, a KEY', ['key', 'a'])).toEqual([
      [2, 5],
      [9, 12],
      [0, 1],
      [7, 8],
    ]);
    // Folding makes two letters of one: no mark is better than one on the wrong letters.
    expect(placesIn('ﬃ key', ['key'])).toEqual([]);
  });
});

import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, it } from 'vitest';
import { errorCodes } from '@/utils/errors';
import { languages } from '@/utils/i18n';

/** What locales.test.ts does not look at: every message with many values, and the sentences for troubles. */

const repository = resolve(import.meta.dirname, '..');
const folder = resolve(repository, 'assets/locales');
const read = (path: string) => readFileSync(resolve(repository, path), 'utf8');

type Messages = { [key: string]: string | Messages };

function flatten(messages: Messages, prefix = ''): [string, string][] {
  return Object.entries(messages).flatMap(([key, value]) =>
    typeof value === 'string'
      ? [[prefix + key, value] as [string, string]]
      : flatten(value, `${prefix}${key}.`),
  );
}

const locales = new Map(
  readdirSync(folder).map((name) => [
    name.replace('.json', ''),
    new Map(flatten(JSON.parse(read(`assets/locales/${name}`)) as Messages)),
  ]),
);
const english = locales.get('en') ?? new Map<string, string>();
const others = [...locales].filter(([code]) => code !== 'en');

const formatOf = (message: string, code = 'en') =>
  new IntlMessageFormat(message, languages[code as keyof typeof languages].tag, undefined, {
    ignoreTag: true,
  });

type Element = ReturnType<IntlMessageFormat['getAst']>[number];

/** The names of a message's arguments, and whether each has to be a number, or only chooses between words. */
function argumentsOf(message: string): Map<string, 'number' | 'any' | 'choice'> {
  const found = new Map<string, 'number' | 'any' | 'choice'>();
  const visit = (elements: Element[]) => {
    for (const element of elements) {
      const { type } = element;
      if (type === 0 /* literal */ || type === 7 /* the # of a plural */) continue;
      const isNumber = type === 2 /* number */ || type === 6; /* plural */
      if (type === 5 /* select */) found.set(element.value, 'choice');
      else found.set(element.value, isNumber || found.get(element.value) === 'number' ? 'number' : 'any');
      if ('options' in element) for (const option of Object.values(element.options)) visit(option.value);
    }
  };
  visit(formatOf(message).getAst());
  return found;
}

describe('every language of the interface', () => {
  it('has a file, a name and a tag', () => {
    expect([...locales.keys()].sort()).toEqual(Object.keys(languages).sort());
  });

  it.each(others)(
    'has its messages in the order of English, so that two files can be read side by side: %s',
    (_, messages) => {
      expect([...messages.keys()]).toEqual([...english.keys()]);
    },
  );

  it.each([...locales])('writes every message with none, one, two and many: %s', (code, messages) => {
    for (const [key, message] of messages) {
      const values = [...argumentsOf(message)];
      for (const number of [0, 1, 2, 1_234_567]) {
        const given = Object.fromEntries(
          values.map(([name, type]) => [name, type === 'number' ? number : `<${name}>`]),
        );
        const text = String(formatOf(message, code).format(given));
        expect(text, key).toBe(text.trim());
        expect(text, key).not.toMatch(/^$|[{}"]|undefined|NaN/);
        for (const [name, type] of values) if (type === 'any') expect(text, key).toContain(`<${name}>`);
        // Said of something else, a sentence may have nothing to add.
        const choices = values.flatMap(([name, type]) => (type === 'choice' ? name : []));
        if (choices.length === 0) continue;
        const chosen = String(formatOf(message, code).format({ ...given, about: 'translation', of: 'text' }));
        expect(chosen, key).toBe(chosen.trim());
        expect(chosen, key).not.toMatch(/[{}"]|undefined|NaN| {2}/);
        if (choices.includes('about')) expect(chosen, key).not.toMatch(/question|问题|問題/);
        if (choices.includes('of')) expect(chosen, key).not.toMatch(/page|页|頁/);
      }
    }
  });
});

describe('the sentences for troubles', () => {
  const codes: string[] = [...errorCodes];
  const notice = read('components/panel/trouble-notice.tsx');

  it.each([...locales])('are there in every language: %s', (_, messages) => {
    expect(codes).toContain('unexpected');
    const missing = codes.flatMap((code) =>
      [`trouble.${code}.title`, `trouble.${code}.text`].filter((key) => !messages.get(key)),
    );
    expect(missing).toEqual([]);
  });

  it('belong to a code, or to a variant that the notice knows', () => {
    const named = [...english.keys()].flatMap((key) => /^trouble\.([^.]+)\./.exec(key)?.[1] ?? []);
    const strange = [...new Set(named)].filter(
      (code) => !codes.includes(code) && !notice.includes(`'${code}'`),
    );
    expect(strange).toEqual([]);
  });

  it('name only values that the notice can fill in', () => {
    const neutral = /const neutralFacts = \{([\s\S]*?)\n\};/.exec(notice)?.[1] ?? '';
    const facts = [...neutral.matchAll(/^ {2}(\w+):/gm)].map(([, name]) => name);
    expect(facts).toContain('provider');
    const missing = [...english]
      .filter(([key]) => key.startsWith('trouble.'))
      .flatMap(([key, message]) =>
        [...argumentsOf(message).keys()]
          .filter((name) => !facts.includes(name))
          .map((name) => `${key}: ${name}`),
      );
    expect(missing).toEqual([]);
  });
});

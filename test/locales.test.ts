import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, it } from 'vitest';
import { errorCodes } from '@/utils/errors';
import { ofLater, ofPages } from '../wxt.config';

/** Every string of the interface exists in every language, says the same things, and keeps to the voice. */

const root = resolve(import.meta.dirname, '..');
const folder = join(root, 'assets/locales');

function flatten(node: object, prefix = ''): [string, string][] {
  return Object.entries(node).flatMap(([key, value]) =>
    typeof value === 'string'
      ? [[prefix + key, value] as [string, string]]
      : flatten(value, `${prefix}${key}.`),
  );
}

const locales = new Map(
  readdirSync(folder).map((name) => [
    name.replace('.json', ''),
    new Map(flatten(JSON.parse(readFileSync(join(folder, name), 'utf8')))),
  ]),
);
const english = locales.get('en') ?? new Map<string, string>();

/** Names of the values in a message, e.g. `{count, plural, …}` gives `count`. */
function argumentsOf(message: string): string[] {
  const names = new Set<string>();
  const visit = (parts: unknown[]): void => {
    for (const part of parts as {
      type: number;
      value?: string;
      options?: Record<string, { value: unknown[] }>;
    }[]) {
      if (part.type !== 0 && part.type !== 7 && part.value) names.add(part.value);
      for (const option of Object.values(part.options ?? {})) visit(option.value);
    }
  };
  visit(new IntlMessageFormat(message, 'en', undefined, { ignoreTag: true }).getAst());
  return [...names].sort();
}

const sources = ['entrypoints', 'components', 'utils', 'wxt.config.ts']
  .flatMap((place) =>
    place.endsWith('.ts')
      ? [place]
      : readdirSync(join(root, place), { recursive: true, encoding: 'utf8' })
          .filter((name) => /\.tsx?$/.test(name))
          .map((name) => join(place, name)),
  )
  .map((name) => readFileSync(join(root, name), 'utf8'))
  .join('\n');

describe.each([...locales.keys()])('the language %s', (code) => {
  const messages = locales.get(code) ?? new Map<string, string>();

  it('has exactly the keys of English', () => {
    expect([...messages.keys()].sort()).toEqual([...english.keys()].sort());
  });

  it('names the same values in each message, and formats', () => {
    for (const [key, message] of messages) {
      expect({ key, values: argumentsOf(message) }).toEqual({
        key,
        values: argumentsOf(english.get(key) ?? ''),
      });
      const values = Object.fromEntries(argumentsOf(message).map((name) => [name, 3]));
      const text = String(
        new IntlMessageFormat(message, code.replace('_', '-'), undefined, { ignoreTag: true }).format(values),
      );
      expect({ key, text: text.trim() }).not.toEqual({ key, text: '' });
    }
  });

  it('keeps to the voice', () => {
    const banned = /[!！—]|AI-powered|\bOops\b|\bmagic|智能|赋能|小助手|投喂/i;
    expect([...messages].filter(([, message]) => banned.test(message))).toEqual([]);
  });
});

describe('what only pages say', () => {
  it('is said by the settings and the welcome page alone: the panel opens without it', () => {
    const places = ['components', 'utils', 'entrypoints'].flatMap((place) =>
      readdirSync(join(root, place), { recursive: true, encoding: 'utf8' })
        .filter((name) => /\.tsx?$/.test(name))
        .map((name) => join(place, name)),
    );
    const elsewhere = places.filter(
      (name) => !/^(components|entrypoints)\/(settings|welcome|options)\//.test(name),
    );
    expect(elsewhere.length).toBeGreaterThan(100);
    const keys = new RegExp(`['\`](?:${ofPages.join('|')})\\.`);
    expect(elsewhere.filter((name) => keys.test(readFileSync(join(root, name), 'utf8')))).toEqual([]);
    for (const group of ofPages)
      expect([...english.keys()].some((key) => key.startsWith(`${group}.`))).toBe(true);
  });
});

describe('what the panel says later', () => {
  // Folders of which all comes with a file that waits.
  const places =
    /^components\/(?:settings|answer\/comparison|answer\/export|bilingual|comparison-page|tray|picker|search)\/|^utils\/chat\/export\//;

  it.each(Object.entries(ofLater))('%s: is said only by code that waits for it', (part, groups) => {
    const keys = new RegExp(`['\`](?:${groups.join('|')})\\.`);
    const files = ['components', 'utils', 'entrypoints'].flatMap((place) =>
      readdirSync(join(root, place), { recursive: true, encoding: 'utf8' })
        .filter((name) => /\.tsx?$/.test(name))
        .map((name) => join(place, name)),
    );
    const speaking = files.filter((name) => keys.test(readFileSync(join(root, name), 'utf8')));
    expect(speaking.length).toBeGreaterThan(1);
    const waits = (name: string) => readFileSync(join(root, name), 'utf8').includes(`sayAlso('${part}')`);
    expect(speaking.filter((name) => !places.test(name) && !waits(name))).toEqual([]);
  });
});

describe('the strings', () => {
  it('are all used', () => {
    const computed = ['manifest.', 'trouble.', 'page.gaps.', 'exact.roles.'];
    const unused = [...english.keys()].filter(
      (key) => !computed.some((prefix) => key.startsWith(prefix)) && !sources.includes(`'${key}'`),
    );
    expect(unused).toEqual([]);
  });

  it('have a sentence and an action text for every trouble', () => {
    expect(errorCodes.length).toBeGreaterThan(25);
    for (const code of errorCodes) {
      expect(english.has(`trouble.${code}.title`)).toBe(true);
      expect(english.has(`trouble.${code}.text`)).toBe(true);
    }
  });

  it('fit what browser stores allow for the name and the description', () => {
    for (const messages of locales.values()) {
      expect(messages.get('manifest.name')?.length).toBeLessThanOrEqual(45);
      expect(messages.get('manifest.description')?.length).toBeLessThanOrEqual(132);
    }
  });
});

import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Area, areaOf, checkImport, checkText, maximumLines } from './architecture-rules';

/** Keeps the house as it was planned: each rule fails with a sentence that says what to do instead. */

const root = resolve(import.meta.dirname, '..');

const files = ['entrypoints', 'components', 'utils'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => join(folder, name)),
);

interface Import {
  target: string;
  typeOnly: boolean;
}

/** The modules a file imports: paths from the repository root, or package names. */
function importsOf(file: string, text: string): Import[] {
  const pattern =
    /^\s*(?:import|export)\s+(type\s)?[^;'"]*?from\s+['"]([^'"]+)['"]|import\s*\(\s*['"]([^'"]+)['"]\s*\)|^\s*import\s+['"]([^'"]+)['"]/gm;
  return [...text.matchAll(pattern)].map((match) => {
    const name = match[2] ?? match[3] ?? match[4] ?? '';
    const target = name.startsWith('@/')
      ? name.slice(2)
      : name.startsWith('.')
        ? relative(root, resolve(root, dirname(file), name))
        : name;
    return { target, typeOnly: match[1] !== undefined };
  });
}

describe('the house rules', () => {
  for (const file of files) {
    const text = readFileSync(join(root, file), 'utf8');
    it(`holds in ${file}`, () => {
      const troubles = [
        ...importsOf(file, text).flatMap(({ target, typeOnly }) => checkImport(file, target, typeOnly) ?? []),
        ...checkText(file, text),
      ];
      expect(troubles).toEqual([]);
    });
  }

  it('finds every area', () => {
    const areas = new Set(files.map(areaOf));
    const known: Area[] = [
      'entrypoints',
      'components',
      'chat',
      'store',
      'browser',
      'models',
      'context',
      'page',
    ];
    for (const area of known) expect(areas).toContain(area);
  });
});

describe('plug-in lists', () => {
  it('names every provider file in the list of providers', () => {
    const folder = join(root, 'utils/models/providers');
    const list = readFileSync(join(folder, 'index.ts'), 'utf8');
    const missing = readdirSync(folder)
      .filter((name) => name !== 'index.ts')
      .filter((name) => !list.includes(`'./${name.replace('.ts', '')}'`))
      .map((name) => `utils/models/providers/${name} is not in providers/index.ts: add a line to the list`);
    expect(missing).toEqual([]);
  });
});

describe('the rules themselves', () => {
  const broken: [string, string, boolean, RegExp][] = [
    ['components/panel/panel.tsx', 'utils/browser/tabs', false, /components may not import browser/],
    ['utils/page/index.ts', 'utils/store/settings', false, /page may not import store/],
    ['utils/models/index.ts', 'utils/chat/conversation', false, /models may not import chat/],
    ['utils/context/compose.ts', 'utils/models/index', false, /context may take only types from models/],
    [
      'utils/chat/conversation.ts',
      'wxt/browser',
      false,
      /wxt\/browser .* only in entrypoints and utils\/browser/,
    ],
    ['utils/chat/state.ts', 'react', false, /react .* only in components/],
    ['components/panel/panel.tsx', 'dexie', false, /dexie .* only in utils\/store/],
    ['utils/store/settings.ts', 'webextension-polyfill', false, /webextension-polyfill .* nowhere/],
  ];
  for (const [file, target, typeOnly, sentence] of broken) {
    it(`refuses ${target} in ${file}`, () => {
      expect(checkImport(file, target, typeOnly)).toMatch(sentence);
    });
  }

  it('lets types cross where the table says so', () => {
    expect(checkImport('utils/context/compose.ts', 'utils/models/types', true)).toBeUndefined();
    expect(checkImport('components/panel/panel.tsx', 'utils/browser/tabs', true)).toBeUndefined();
  });

  it('refuses long files, fetch in the wrong place and raw HTML', () => {
    const long = 'line\n'.repeat(maximumLines + 1);
    expect(checkText('utils/chat/state.ts', long).join()).toMatch(/split it by responsibility/);
    expect(checkText('components/panel/panel.tsx', 'await fetch(url)').join()).toMatch(/fetch belongs/);
    expect(checkText('components/panel/panel.tsx', 'element.innerHTML = text').join()).toMatch(/innerHTML/);
    expect(checkText('utils/chat/state.ts', 'indexedDB.open("x")').join()).toMatch(/IndexedDB belongs/);
    expect(checkText('utils/page/index.ts', 'const cut = source.text.slice(0, 4000)').join()).toMatch(
      /whole or nothing/i,
    );
  });
});

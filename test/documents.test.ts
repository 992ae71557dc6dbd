import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { providers } from '../utils/models/providers';
import config from '../wxt.config';

/** Keeps the documents true: what they name exists, and what exists is named. */

const root = resolve(import.meta.dirname, '..');
const read = (name: string) => readFileSync(join(root, name), 'utf8');

const readmes = { 'README.md': read('README.md'), 'README.zh-CN.md': read('README.zh-CN.md') };
const documents: Record<string, string> = {
  ...readmes,
  'CONTRIBUTING.md': read('CONTRIBUTING.md'),
  'CHANGELOG.md': read('CHANGELOG.md'),
};
const english = readmes['README.md'];
const each = <T extends object>(texts: T) => Object.entries(texts) as [string, string][];

interface Package {
  license?: string;
  scripts?: Record<string, string>;
  dependencies?: Record<string, string>;
}
const packageOf = (folder: string) => JSON.parse(read(join(folder, 'package.json'))) as Package;
const { scripts = {}, dependencies = {} } = packageOf('.');

/** The rows below the head of the table whose first column has this name. */
function tableOf(text: string, head: RegExp): string[][] {
  const tables = [...text.matchAll(/(?:^\|.+\|\n)+/gm)].map(([table]) =>
    table
      .trim()
      .split('\n')
      .map((row) =>
        row
          .slice(1, -1)
          .split(' | ')
          .map((cell) => cell.trim()),
      ),
  );
  const [, , ...rows] = tables.find(([first]) => head.test(first?.[0] ?? '')) ?? [];
  return rows;
}

/** What stands between backticks outside of code blocks. */
const namesIn = (text: string) =>
  [...text.replace(/^```[\s\S]*?^```/gm, '').matchAll(/`([^`\n]+)`/g)].map(([, name = '']) => name);

describe.each(each(readmes))('%s', (_, text) => {
  it('has a row for every provider and for no other, in their order', () => {
    const rows = tableOf(text, /^(Provider|服务)$/);
    for (const [index, { name, baseUrl, keyPage = '' }] of providers.entries()) {
      const [first = '', address = '', key = ''] = rows[index] ?? [];
      expect(first, `row ${index + 1} of the table of providers is for ${name}`).toContain(name);
      // A server on the reader’s own computer is named without a scheme: a link would lead nowhere.
      expect(address).toContain(baseUrl.replace('http://', ''));
      expect(key).toContain(keyPage);
    }
    expect(rows.slice(providers.length), 'rows without a provider in the code').toEqual([]);
  });

  it('explains every permission of the manifest and no other', async () => {
    const rows = tableOf(text, /^(Permission|权限)$/);
    const asked = [...(await permissionsFor('chrome')), ...(await permissionsFor('firefox'))];
    expect(rows.flatMap(([names = '']) => namesIn(names)).sort()).toEqual([...new Set(asked)].sort());
    expect(rows.filter(([, why = '']) => why.length < 4)).toEqual([]);
  });

  it('has the two commands', () => {
    expect(text).toContain('\nnpm ci && npm start\n');
    expect(text).toContain('\nnpm ci && npm test\n');
  });
});

describe.each(each(documents))('%s', (_, text) => {
  it('names only scripts that package.json has', () => {
    const named = [...text.matchAll(/npm (?:run ([\w:-]+)|(start|test)\b)/g)].map(
      (match) => match[1] ?? match[2],
    );
    expect(named.filter((name) => !name || !(name in scripts))).toEqual([]);
  });

  it('links only to files and pictures that exist', () => {
    const links = [...text.matchAll(/\]\(([^)#\s]+)[^)]*\)|<img src="([^"]+)"/g)].map(
      (match) => match[1] ?? match[2],
    );
    const local = links.filter((link): link is string => !!link && !/^https?:/.test(link));
    expect(local.filter((link) => !existsSync(join(root, link)))).toEqual([]);
  });

  it('names only folders and files that exist', () => {
    const paths = namesIn(text).filter((name) =>
      /^(\.ci|assets|components|entrypoints|test|utils)\/[\w./-]*$/.test(name),
    );
    const missing = paths.filter((path) => !existsSync(join(root, path)));
    expect(missing).toEqual([]);
  });

  it('is written in the voice of the product', () => {
    const plain = text.replaceAll('![', '[');
    const banned = /[!！—]|AI-powered|\bmagic|\bOops|✨|智能|赋能|小助手|投喂/i;
    expect(plain.split('\n').filter((line) => banned.test(line))).toEqual([]);
  });

  it('knows no machine', () => {
    expect(text).not.toMatch(/(?<![\w.:/])\/(?:home|root|tmp|Users|work|usr|opt)\/|[A-Z]:\\/);
    expect(text).not.toMatch(/https?:\/\/(?:localhost|127\.0\.0\.1|10\.|192\.168\.)/);
  });
});

describe('README.md', () => {
  it('names the licence of every package that ships', () => {
    const licences = tableOf(english, /^Package$/).map(([name = '', licence]) => [
      /^\[(.+?)\]/.exec(name)?.[1],
      licence,
    ]);
    const stated = Object.keys(dependencies).map((name) => [
      name,
      packageOf(join('node_modules', name)).license,
    ]);
    expect(licences).toEqual(stated);
  });

  it('describes every folder of utils', () => {
    const folders = readdirSync(join(root, 'utils'), { withFileTypes: true }).filter((entry) =>
      entry.isDirectory(),
    );
    const missing = folders.filter(({ name }) => !english.includes(`utils/${name}/`));
    expect(missing.map(({ name }) => `utils/${name}/`)).toEqual([]);
  });
});

/** What the manifest asks for, needed and optional. */
async function permissionsFor(browser: 'chrome' | 'firefox'): Promise<string[]> {
  const { manifest } = config;
  if (typeof manifest !== 'function')
    throw new Error('The manifest of wxt.config.ts is a function of the browser.');
  const environment = { browser, mode: 'production', command: 'build', manifestVersion: 3 } as const;
  const {
    permissions = [],
    optional_permissions: optional = [],
    optional_host_permissions: hosts = [],
  } = await manifest(environment);
  return [...permissions, ...optional, ...hosts];
}

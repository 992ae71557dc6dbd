import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sites } from '@/utils/page/sites';
import { mayHaveSite, siteHosts } from '@/utils/page/sites/hosts';

const root = resolve(import.meta.dirname, '../../..');
const read = (path: string) => readFileSync(resolve(root, path), 'utf8');
const adapters = readdirSync(resolve(root, 'utils/page/sites')).filter((name) =>
  /^export const \w+: Site = /m.test(read(`utils/page/sites/${name}`)),
);

describe('every site adapter', () => {
  it('is in the list, once', () => {
    const list = read('utils/page/sites/index.ts');
    const missing = adapters.filter((name) => !list.includes(`from './${name.replace('.ts', '')}'`));
    expect(missing, 'add these to utils/page/sites/index.ts').toEqual([]);
    const ids = sites.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBe(adapters.length);
  });

  it.each(sites.map(({ id }) => id))('%s has a file, a fixture and a test of its own name', (id) => {
    expect(adapters).toContain(`${id}.ts`);
    const fixtures = readdirSync(resolve(root, 'test/fixtures/pages/sites'));
    expect(
      fixtures.filter((name) => name.startsWith(id)).length,
      `test/fixtures/pages/sites/${id}.html`,
    ).toBeGreaterThan(0);
    const tests = readdirSync(resolve(root, 'test/page/sites')).map((name) =>
      read(`test/page/sites/${name}`),
    );
    expect(
      tests.some((text) => text.includes(`sites/${id}`)),
      `test/page/sites/${id}.test.ts`,
    ).toBe(true);
  });

  it('knows hosts that no other knows', () => {
    const hosts = sites.flatMap((site) => site.hosts);
    expect(hosts.filter((host, index) => hosts.indexOf(host) !== index)).toEqual([]);
    expect([...siteHosts].sort(), 'utils/page/sites/hosts.ts names the hosts of all adapters').toEqual(
      [...hosts].sort(),
    );
  });

  it('is handed to the pages it is for, and to no others', () => {
    expect(mayHaveSite('en.m.wikipedia.org', '')).toBe(true);
    expect(mayHaveSite('www.google.co.jp', '')).toBe(true);
    expect(mayHaveSite('forum.example', 'Discourse 3.5')).toBe(true);
    expect(mayHaveSite('netflix.com', 'WordPress 6')).toBe(false);
    expect(mayHaveSite('', '')).toBe(false);
  });
});

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { engines } from '@/utils/search/engines';
import type { Engine } from '@/utils/search/engines/types';

const root = resolve(import.meta.dirname, '../..');
const fixtures = join(root, 'test/fixtures/search/engines');
const fixtureOf = ({ id, parse }: Engine) => join(fixtures, `${id}.${parse ? 'json' : 'html'}`);

/** What every fixture holds, in this order. */
const expected = [
  { url: 'https://tides.example/harbour', title: 'Tides of a small harbour' },
  { url: 'https://zh.example/%E6%BD%AE%E6%B1%90', title: '潮汐表怎么读' },
  { url: 'https://rust.example/c?x=1&y=2', title: 'C++ & Rust side by side' },
];

const asking = { key: 'the key', baseUrl: 'https://engine.example', count: 20 };
const bodyOf = (body: string | undefined): Record<string, unknown> => (body ? JSON.parse(body) : {});

describe('the list of engines', () => {
  it('has every file of the folder, and each has a fixture', () => {
    const parts = ['index.ts', 'types.ts', 'json.ts'];
    const files = readdirSync(join(root, 'utils/search/engines')).filter((name) => !parts.includes(name));
    expect(engines.map(({ id }) => `${id}.ts`).sort()).toEqual(files.sort());
    expect(engines.filter((engine) => !existsSync(fixtureOf(engine))).map(({ id }) => id)).toEqual([]);
  });

  it('says of each where it is and where its keys are made', () => {
    for (const { baseUrl, homePage, needsKey, parse } of engines) {
      expect(homePage).toMatch(/^https:\/\//);
      // A key is kept for one address; see utils/store/backup-keys.ts.
      expect(baseUrl).toMatch(needsKey || !parse ? /^https:\/\/[^/]+$/ : /^$/);
    }
  });
});

describe.each(engines.map((engine) => [engine.id, engine] as const))('%s', (_, engine) => {
  it.each(['C++ & Rust', '长文 "全文" 100% #1', 'a/b?c=d&e', '"; DROP', '🌕 + ☾'])(
    'is sent a query to the letter: %s',
    (query) => {
      const { url, body } = engine.request(query, asking);
      const content = bodyOf(body);
      expect(new URL(url).searchParams.get('q') ?? content.q ?? content.query).toBe(query);
      expect(new URL(url).origin).toBe(asking.baseUrl);
    },
  );

  it('is given its key in a header and nowhere else, and no key when it has none', () => {
    const { url, headers = {}, body = '' } = engine.request('tides', asking);
    expect(`${url} ${body}`).not.toMatch(/the[ +%20]*key/);
    expect(Object.values(headers).filter((value) => value.includes('the key'))).toHaveLength(
      engine.needsKey ? 1 : 0,
    );
  });

  it('never asks for more results than it allows', () => {
    const { url, body } = engine.request('tides', { ...asking, count: 500 });
    const content = bodyOf(body);
    if (engine.id === 'brave') expect(new URL(url).searchParams.get('count')).toBe('20');
    if (engine.id === 'tavily') expect(content.max_results).toBe(20);
  });

  if (!engine.parse) return;
  const parse = engine.parse.bind(engine);
  const fixture = readFileSync(fixtureOf(engine), 'utf8');

  it('gives addresses and titles, and nothing of what it says about them', () => {
    const list = parse(fixture);
    if (list.kind !== 'hits') throw new Error(`It gave ${list.kind}`);
    expect(list.hits.filter(({ url }) => !url.includes('192.168'))).toEqual(expected);
    expect(fixture).toContain('SNIPPET');
    expect(JSON.stringify(list)).not.toContain('SNIPPET');
  });

  it('knows when there is nothing', () => {
    const without = JSON.stringify(JSON.parse(fixture), (name, value) =>
      Array.isArray(value) && ['results', 'organic', 'data', 'value'].includes(name) ? [] : value,
    );
    expect(parse(without)).toEqual({ kind: 'empty' });
  });

  it('knows when the list looks different from what it should', () => {
    const other = fixture.replace(/"(url|link)":/g, '"address":');
    expect(parse(other)).toEqual({ kind: 'changed' });
  });

  it.each([
    '',
    '<!doctype html><p>Sign in',
    '[]',
    '{}',
    'null',
    '7',
    '{"results":"none","data":7,"organic":{}}',
  ])('throws at what is no answer: %s', (body) => {
    if (engine.id === 'brave' && body.startsWith('{')) expect(parse(body)).toEqual({ kind: 'empty' });
    else expect(() => parse(body)).toThrow();
  });
});

describe('what engines say that is peculiar to them', () => {
  const said = (id: string, status: number, body: string) =>
    engines.find((engine) => engine.id === id)?.trouble?.(status, body);

  it.each([
    ['searxng', 403, '<h1>Forbidden</h1>', 'search-json-off'],
    ['searxng', 200, '{"results":[],"unresponsive_engines":[["one","CAPTCHA"]]}', 'search-upstream'],
    ['searxng', 200, '{"results":[],"unresponsive_engines":[]}', undefined],
    ['searxng', 200, 'no JSON', undefined],
    ['brave', 422, '{"error":{"code":"SUBSCRIPTION_TOKEN_INVALID"}}', 'search-key'],
    ['brave', 422, '{"error":{"code":"VALIDATION"}}', undefined],
    ['brave', 429, '{"error":{"code":"QUOTA_LIMITED"}}', 'search-quota'],
    ['tavily', 432, '', 'search-quota'],
    ['tavily', 433, '', 'search-quota'],
    ['serper', 400, '{"message":"Not enough credits","statusCode":400}', 'search-quota'],
    [
      'kagi',
      401,
      '{"data":null,"error":[{"code":101,"msg":"Insufficient credit to perform this request."}]}',
      'search-quota',
    ],
    ['bocha', 403, '{"code":"403","message":"You do not have enough money"}', 'search-quota'],
    ['bocha', 200, '{"code":"401","message":"Invalid API KEY"}', 'search-key'],
    ['bocha', 200, '{"code":429,"message":"You have reached the request limit"}', 'search-limit'],
    ['bocha', 200, '{"code":200,"data":{}}', undefined],
  ])('%s %i %s', (id, status, body, code) => {
    expect(said(id, status, body)).toBe(code);
  });
});

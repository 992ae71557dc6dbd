/**
 * A real Searx, asked as the product asks it. It runs where Debian's package is there (`apt-get install
 * --no-install-recommends searx`), by `npm run integration:searx`, and says so where it is not. Searx is set up for one
 * engine, which is a server of ours on this computer: nothing leaves it. SearXNG's switch for JSON it does not have; that
 * is tested against test/servers/searxng-server.ts.
 */
import 'fake-indexeddb/auto';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { findHits } from '@/utils/search/find';
import { settings } from '@/utils/store/settings';
import { type SearxngServer, startSearxngServer } from '../servers/searxng-server';

const program = 'searx-run';
/** The settings that the package comes with as an example; it has no others. */
const delivered = '/usr/share/doc/searx/examples/settings.yml';
const isThere = spawnSync('which', [program]).status === 0 && existsSync(delivered);
if (!isThere) console.warn(`There is no ${program}: install Debian's package searx to run this.`);

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Those, for one engine of ours. */
function configuration(port: number, engine: string): string {
  const text = readFileSync(delivered, 'utf8');
  const own = `engines:
  - name: ours
    engine: json_engine
    shortcut: own
    categories: general
    paging: false
    enable_http: true
    search_url: ${engine}/search?format=json&q={query}
    results_query: results
    url_query: url
    title_query: title
    content_query: content
`;
  return text
    .replace(/^engines:[\s\S]*?^(?=locales:)/m, own)
    .replace(/^checker:[\s\S]*?^(?=engines:)/m, '')
    .replace(/port\s*:\s*8888/, `port : ${port}`)
    .replace('ultrasecretkey', 'only for tests');
}

describe.runIf(isThere)('Searx', () => {
  const folder = mkdtempSync(join(tmpdir(), 'wholemoon-searx-'));
  let engine: SearxngServer;
  let running: ChildProcess | undefined;

  async function start(): Promise<string> {
    const port = await freePort();
    const file = join(folder, 'settings.yml');
    writeFileSync(file, configuration(port, engine.address));
    const child = spawn(program, [], { env: { ...process.env, SEARX_SETTINGS_PATH: file } });
    running = child;
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece) => (said += piece));
    const address = `http://127.0.0.1:${port}`;
    for (const deadline = Date.now() + 45_000; ; await setTimeout(200)) {
      if (
        await fetch(address).then(
          ({ ok }) => ok,
          () => false,
        )
      )
        return address;
      if (Date.now() > deadline || child.exitCode !== null) throw new Error(`Searx did not start.\n${said}`);
    }
  }

  let address = '';
  beforeAll(async () => {
    engine = await startSearxngServer((query) => [
      { url: 'https://tides.example/harbour', title: `Tides for ${query}`, content: 'SNIPPET' },
      { url: 'http://192.168.0.1/', title: 'Somebody’s router' },
      { url: 'https://zh.example/潮汐', title: '潮汐表怎么读' },
    ]);
    address = await start();
  });
  afterAll(async () => {
    running?.kill();
    await engine?.close();
    rmSync(folder, { recursive: true, force: true });
  });
  beforeEach(() => {
    fakeBrowser.reset();
    engine.mode = 'normal';
    engine.requests.length = 0;
  });

  const ask = async (query: string) => {
    await settings.searchAddresses.write({ searxng: address });
    return findHits(query, { engines: ['searxng'], mayRead: async () => true });
  };

  it.each(['tides', 'C++ & Rust', '潮汐表 怎么读？'])('answers %s over its JSON interface', async (query) => {
    const { hits } = await ask(query);
    expect(engine.requests.map((request) => request.query)).toEqual([query]);
    expect(hits).toEqual(
      expect.arrayContaining([
        { url: 'https://tides.example/harbour', title: `Tides for ${query}` },
        { url: 'https://zh.example/%E6%BD%AE%E6%B1%90', title: '潮汐表怎么读' },
        // It is listed, so that its row can say why nobody reads it.
        { url: 'http://192.168.0.1/', title: 'Somebody’s router' },
      ]),
    );
    expect(hits).toHaveLength(3);
    expect(JSON.stringify(hits)).not.toContain('SNIPPET');
  });

  it('says when there is nothing, and when the engine behind it fails', async () => {
    engine.mode = 'empty';
    await expect(ask('nothing at all')).rejects.toMatchObject({ code: 'search-none' });
    engine.mode = 'failing';
    await expect(ask('behind')).rejects.toMatchObject({ code: 'search-upstream' });
  });
});

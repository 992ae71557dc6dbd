import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Connection, Message, Part, Request, Wire } from '@/utils/models/types';
import english from '../../assets/locales/en.json' with { type: 'json' };
import { ofBackground } from '../../wxt.config.ts';
import { anthropicMessages } from '../servers/dialects/anthropic.ts';
import type { Dialect } from '../servers/dialects/dialect.ts';
import { gemini } from '../servers/dialects/gemini.ts';
import { openaiResponses } from '../servers/dialects/openai-responses.ts';
import { type ModelServer, startModelServer } from '../servers/model-server.ts';
import { type Harness, launch } from './harness.ts';

/** What the panel loads before anything is asked, and that every wire works in it as built, under its policy. */

/** Bytes of JavaScript before the first call of a model (the budget in performance terms: opening the panel). */
const budget = 600_000;

const build = resolve(import.meta.dirname, '../../.output/chrome-mv3');
const chunks = readdirSync(join(build, 'chunks')).filter((name) => name.endsWith('.js'));
const textOf = (path: string) => readFileSync(join(build, path), 'utf8');

const sizeOf = (path: string) => statSync(join(build, path)).size;

/** Every script that a page loads by itself: its own, and whatever these import without being asked. */
function firstLoad(page: string): string[] {
  const found = new Set<string>();
  const visit = (path: string) => {
    if (found.has(path)) return;
    found.add(path);
    for (const [, name] of textOf(path).matchAll(/(?:from|import)\s*"\.\/([^"]+\.js)"/g))
      visit(`chunks/${name}`);
  };
  for (const [, path = ''] of textOf(page).matchAll(/(?:src|href)="\/([^"]+\.js)"/g)) visit(path);
  return [...found];
}

/** The file that holds a wire, in which only its own code is; what it shares with others is imported. */
const chunkOf = (wire: string) =>
  chunks.find((name) => new RegExp(`^${wire}-[\\w-]{8}\\.js$`).test(name)) ?? '';

/** The file that calls wires; with it comes what keeps their libraries within the policy. */
const caller = () =>
  chunks.find((name) => {
    const text = textOf(`chunks/${name}`);
    return /^models-/.test(name) && text.includes(chunkOf('anthropic'));
  }) ?? '';

const wires = {
  'openai-compatible': undefined,
  moonshot: undefined,
  deepseek: undefined,
  alibaba: undefined,
  openrouter: undefined,
  openai: openaiResponses,
  anthropic: anthropicMessages,
  google: gemini,
};

describe('the panel', () => {
  const files = firstLoad('sidepanel.html');

  it(`loads no more than ${budget / 1000} kB of JavaScript before a model is called`, () => {
    // The language of the interface is loaded by name: the largest of them counts.
    const languages = chunks
      .filter((name) => /^(en|zh_\w\w)-/.test(name))
      .map((name) => sizeOf(`chunks/${name}`));
    expect(languages.length).toBeGreaterThan(1);
    const bytes = files.reduce((sum, path) => sum + sizeOf(path), Math.max(...languages));
    expect(files.length).toBeGreaterThan(2);
    expect(bytes).toBeGreaterThan(100_000);
    expect(bytes).toBeLessThanOrEqual(budget);
  });

  it('loads no client library of a vendor by itself', () => {
    const first = files.map(textOf).join('\n');
    const marks = [
      '/chat/completions',
      'response.output_text.delta',
      'content_block_delta',
      'streamGenerateContent',
      'ZodError',
      'AI_TypeValidationError',
    ];
    const all = chunks.map((name) => textOf(`chunks/${name}`)).join('\n');
    for (const mark of marks) {
      expect({ mark, bundled: all.includes(mark) }).toEqual({ mark, bundled: true });
      expect({ mark, first: first.includes(mark) }).toEqual({ mark, first: false });
    }
    for (const wire of Object.keys(wires)) expect(files).not.toContain(`chunks/${chunkOf(wire)}`);
  });
});

describe.each(['chrome-mv3', 'firefox-mv3'])(
  'the script that writes translations into pages, of %s',
  (name) => {
    it('is at most 60 kB', () => {
      expect(statSync(resolve(build, '..', name, 'content-scripts/translator.js')).size).toBeLessThanOrEqual(
        60_000,
      );
    });
  },
);

describe.each(['chrome-mv3', 'firefox-mv3'])('the background script of %s', (name) => {
  // A selection of megabytes is kept before the panel is there, and the library of the database is not needed for it.
  it('is small enough to be read at every click: it has what it says, in every language, and no more', () => {
    const text = readFileSync(resolve(build, '..', name, 'background.js'), 'utf8');
    expect(text.length).toBeLessThanOrEqual(40_000);
    const keys = Object.entries(english).flatMap(([group, messages]) =>
      Object.keys(messages).map((key) => `${group}.${key}`),
    );
    const said = keys.filter((key) => new RegExp(`[\`'"]${key.replace('.', '\\.')}[\`'"]`).test(text));
    expect(said.sort()).toEqual([...ofBackground].sort());
    for (const words of [english.menu.readLink, '通读这个链接', '通讀這個連結'])
      expect(text).toContain(words);
    expect(text).not.toContain(english.welcome.tagline);
  });
});

describe('in the panel as built', () => {
  let harness: Harness;
  const servers: ModelServer[] = [];
  beforeAll(async () => {
    harness = await launch({ grant: ['<all_urls>'] });
    await harness.grantNow('http://127.0.0.1/*');
  });
  afterAll(async () => {
    await Promise.all([harness?.close(), ...servers.map((server) => server.close())]);
  });

  /** Streams an answer through the wire as it was built. */
  async function streamIn(page: Page, wire: string, dialect?: Dialect) {
    const server = await startModelServer(dialect ? { dialect } : {});
    servers.push(server);
    server.always({ text: 'The tide turns at six. 🌕', thinking: 'Hm.', chunkCharacters: 5 });
    await page.evaluate(() => {
      const counter = globalThis as { violations?: number };
      counter.violations = 0;
      document.addEventListener('securitypolicyviolation', () => {
        counter.violations = (counter.violations ?? 0) + 1;
      });
    });
    // As a string, since Vite rewrites imports that it sees; a task later, since the policy does not hold for what
    // the debugger itself evaluates.
    const later = 'new Promise((resolve) => setTimeout(resolve, 1))';
    await page.evaluate(`import('/chunks/${caller()}').then(() => {})`);
    const loaded = await page.evaluateHandle(`${later}.then(() => import('/chunks/${chunkOf(wire)}'))`);
    return page.evaluate(
      async (module, id, baseUrl) => {
        const run = Object.values(module as object).find((value) => typeof value === 'function') as Wire;
        const messages: Message[] = [{ role: 'user', parts: ['When?'] }];
        const request: Request = {
          messages,
          documents: [],
          task: 'answer',
          question: 'When?',
          reserve: 1_000,
        };
        const provider = { id: 'test', name: 'Test', wire: id, baseUrl };
        const model = { id: 'test-model', name: 'Test', window: 100_000 };
        const connection = { provider, baseUrl, key: 'secret-key', model } as unknown as Connection;
        const parts: Part[] = [];
        await new Promise((resolve) => setTimeout(resolve, 1));
        for await (const part of run(request, connection, { signal: new AbortController().signal }))
          parts.push(part);
        // Violations are told a task later.
        await new Promise((resolve) => setTimeout(resolve, 50));
        const text = parts.map((part) => (part.type === 'text-delta' ? part.text : '')).join('');
        return { text, end: parts.at(-1), violations: (globalThis as { violations?: number }).violations };
      },
      loaded,
      wire,
      server.baseUrl,
    );
  }

  const whole = { text: 'The tide turns at six. 🌕', end: { type: 'end', reason: 'stop' } };

  it.each(Object.entries(wires))('%s streams without breaking the policy', async (wire, dialect) => {
    const page = await harness.openExtensionPage('sidepanel.html');
    expect(await streamIn(page, wire, dialect)).toEqual({ ...whole, violations: 0 });
    await page.close();
  });

  it('a client library that was not told to refrain would break it', async () => {
    const page = await harness.openExtensionPage('sidepanel.html');
    await page.evaluate(`import('/chunks/${caller()}').then(() => {})`);
    const told = await page.evaluate(() => {
      const zod = (globalThis as { __zod_globalConfig?: { jitless?: boolean } }).__zod_globalConfig;
      const before = zod?.jitless;
      if (zod) zod.jitless = false;
      return before;
    });
    expect(told).toBe(true);
    const { violations, ...answer } = await streamIn(page, 'anthropic', anthropicMessages);
    expect(answer).toEqual(whole);
    expect(violations).toBeGreaterThan(0);
    await page.close();
  });
});

import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { stripTypeScriptTypes } from 'node:module';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PageVisibility } from '../../utils/page/visibility.ts';
import { type Harness, launch } from './harness.ts';

/** Who sees what is a matter of style and layout, so the classes are tried in a real browser, on a page of our own. */

const repository = resolve(import.meta.dirname, '../..');
const fixture = resolve(repository, 'test/fixtures/pages/concealed.html');

interface Verdict {
  id: string;
  visibility: string;
  reason: string;
  expectedReason: string;
  characters: number;
}

declare const createVisibility: (document: Document) => PageVisibility;

let server: Server;
let harness: Harness;
let origin: string;
let verdicts: Verdict[];

/** The modules under test as the browser takes them: without types, imports as they stand in the source. */
function moduleAt(path: string): string {
  return stripTypeScriptTypes(readFileSync(resolve(repository, `${path}.ts`), 'utf8'));
}

/** Walks the composed tree with parents before children, as the reader does. */
function judgePage(): Verdict[] {
  const visibility = createVisibility(document);
  const found: Verdict[] = [];
  const open: Element[] = [document.body];
  for (let element = open.pop(); element; element = open.pop()) {
    const answer = visibility.of(element);
    if (/^(?:hidden|visible|collapsed|genuine)-/.test(element.id)) {
      found.push({
        id: element.id,
        visibility: answer,
        reason: visibility.reason(element),
        expectedReason: element.closest('[data-reason]')?.getAttribute('data-reason') ?? '',
        characters: element.textContent?.length ?? 0,
      });
    }
    open.push(...[...element.children, ...(element.shadowRoot?.children ?? [])].reverse());
  }
  return found;
}

async function open(path: string) {
  const page = await harness.page(origin + path);
  await page.evaluate(
    `import('/utils/page/visibility').then((m) => { globalThis.createVisibility = m.createVisibility; })`,
  );
  return page;
}

beforeAll(async () => {
  const pages: Record<string, string> = {
    '/concealed': readFileSync(fixture, 'utf8'),
    '/many': `<!doctype html><title>Many</title><body>${'<p><span>A few words. </span></p>'.repeat(50_000)}</body>`,
    '/few': `<!doctype html><title>Few</title><body>${'<p><span>A few words. </span></p>'.repeat(5_000)}</body>`,
    '/waiting': `<!doctype html><title>Waiting</title><body><h1>Title</h1>
      <div id="js_content" style="visibility: hidden; opacity: 0"><p id="it">${'The text of the page. '.repeat(40)}</p></div></body>`,
    '/whole': `<!doctype html><title>Whole</title><body><p>Menu</p>
      <div style="opacity: 0; position: absolute"><p id="it">${'The text of the page. '.repeat(40)}</p></div></body>`,
    '/dark': `<!doctype html><title>Dark</title><style>:root { color-scheme: dark }</style><body>
      <p id="it" style="color: #fff">White on what the browser paints.</p></body>`,
  };
  server = createServer((request, response) => {
    const path = request.url ?? '';
    const page = pages[path];
    const type = page ? 'text/html' : 'text/javascript';
    try {
      const body = page ?? moduleAt(path.slice(1));
      response.writeHead(200, { 'content-type': `${type}; charset=utf-8` }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  harness = await launch();
  const page = await open('/concealed');
  verdicts = await page.evaluate(judgePage);
});

afterAll(async () => {
  await harness?.close();
  server?.close();
});

const those = (kind: string) => verdicts.filter(({ id }) => id.startsWith(`${kind}-`));
const say = ({ id, visibility, reason }: Verdict) => `${id}: ${visibility} ${reason}`.trim();

describe('what a person can see', () => {
  it('is not the concealed text, whatever conceals it', () => {
    const hidden = those('hidden');
    expect(hidden.length).toBeGreaterThanOrEqual(72);
    const wrong = hidden.filter(({ visibility, reason, expectedReason }) => {
      return visibility !== 'hidden' || reason !== expectedReason;
    });
    expect(wrong.map((one) => `${say(one)}, expected ${one.expectedReason}`)).toEqual([]);
  });

  it('is text that only looks concealed', () => {
    const visible = those('visible');
    expect(visible.length).toBeGreaterThanOrEqual(14);
    expect(visible.filter(({ visibility }) => visibility !== 'visible').map(say)).toEqual([]);
  });

  it('is one click away in what can be opened or turned over', () => {
    const collapsed = those('collapsed');
    expect(collapsed.length).toBeGreaterThanOrEqual(8);
    expect(collapsed.filter(({ visibility }) => visibility !== 'collapsed').map(say)).toEqual([]);
  });

  it('is every genuine paragraph', () => {
    const genuine = those('genuine');
    expect(genuine.length).toBeGreaterThanOrEqual(20);
    expect(genuine.filter(({ visibility }) => visibility === 'hidden').map(say)).toEqual([]);
  });
});

describe('a page that waits for its scripts', () => {
  it.each(['/waiting', '/whole', '/dark'])('is read: %s', async (path) => {
    const page = await open(path);
    const answer = await page.evaluate(() => {
      const element = document.querySelector('#it');
      return element && createVisibility(document).of(element);
    });
    expect(answer).not.toBe('hidden');
  });
});

describe('the cost', () => {
  it('grows with the page and no faster', async () => {
    const time = async (path: string) => {
      const page = await open(path);
      return page.evaluate(() => {
        void document.body.offsetHeight;
        const start = performance.now();
        const visibility = createVisibility(document);
        const spans = document.querySelectorAll('span');
        for (const span of spans) visibility.of(span);
        return ((performance.now() - start) * 1000) / spans.length;
      });
    };
    const few = await time('/few');
    const many = await time('/many');
    // Microseconds an element; a loaded machine is allowed ten times the 30 that are meant.
    expect(many).toBeLessThan(300);
    expect(many).toBeLessThan(few * 4 + 20);
  });

  it('changes nothing on the page', async () => {
    const page = await open('/concealed');
    const changes = await page.evaluate(async () => {
      const seen: string[] = [];
      const observer = new MutationObserver((records) => seen.push(...records.map(({ type }) => type)));
      observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
      const visibility = createVisibility(document);
      for (const element of document.querySelectorAll('*')) visibility.of(element);
      await new Promise((done) => setTimeout(done));
      return seen;
    });
    expect(changes).toEqual([]);
  });
});

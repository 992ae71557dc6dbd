import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { type ModelServer, startModelServer } from '../servers/model-server.ts';
import { type Harness, launch } from './harness.ts';
import { connectModel, openPanelOn, summarize, until } from './steps.ts';
import { closePanels } from './world.ts';

/** Pages that name their parts after what a reader asks of a page, or hide words where it looks for formulas. */

const sentence = (number: number) =>
  `<p>Paragraph ${number} is here so that the page has an article of a believable length.</p>`;
const filler = Array.from({ length: 8 }, (_, number) => sentence(number)).join('\n');
const names =
  'nodeName localName nodeType namespaceURI childNodes firstChild lastChild nextSibling parentNode parentElement children attributes hasAttributes getAttribute matches closest querySelector querySelectorAll textContent ownerDocument shadowRoot assignedSlot getBoundingClientRect checkVisibility id className style ariaLabel'.split(
    ' ',
  );
/** Each breaks another step of a walk. */
const alone = ['nodeName', 'nodeType', 'childNodes', 'parentElement', 'getAttribute'];
const inputs = (...list: string[]) => list.map((name) => `<input type="hidden" name="${name}">`).join('');
const form = (list: string[]) => `<form>${inputs(...list)}<h2>Order</h2>${filler}</form>`;
const documentNames =
  'body documentElement title implementation defaultView querySelectorAll querySelector createElement createTreeWalker createRange readyState baseURI images forms URL location contentType styleSheets';

const xhtml = (body: string) =>
  `<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml" lang="en"><head><title>X</title><style>p { color: #333 }</style></head><body>${body}</body></html>`;

const pages: Record<string, [type: string, body: string]> = {
  ...Object.fromEntries(
    alone.map((name): [string, [string, string]] => [`/form-${name}`, ['text/html', form([name])]]),
  ),
  '/form-all': ['text/html', form(names)],
  '/form-hidden': [
    'text/html',
    `<article>${filler}</article><form style="display: none">${inputs(...names)}<p>A secret behind a form.</p></form>`,
  ],
  '/document-names': [
    'text/html',
    `${documentNames
      .split(' ')
      .map((name) => `<img name="${name}" alt="">`)
      .join('')}<article>${filler}</article>`,
  ],
  '/xhtml': [
    'application/xhtml+xml',
    xhtml(
      `<div>${filler}</div><script>var unread = 1;</script><p><![CDATA[Written as character data.]]></p>`,
    ),
  ],
  '/object': [
    'text/html',
    `<article>${filler}<object data="/inner" type="text/html" width="600" height="300">Your browser is old.</object></article>`,
  ],
  '/frame': [
    'text/html',
    `<article>${filler}<iframe src="/inner" width="600" height="300">Your browser is old.</iframe></article>`,
  ],
  '/inner': ['text/html', '<p>What it shows to people is a page of its own.</p>'],
  '/dark': [
    'text/html',
    `<link rel="stylesheet" href="/gone.css"><style>body { color: #fff }</style><article>${filler}</article>`,
  ],
  '/dark-unreachable': [
    'text/html',
    `<!doctype html><link rel="stylesheet" href="/cut.css"><style>p { color: #fff }</style><article>${filler}</article>`,
  ],
  '/dark-part': [
    'text/html',
    `<link rel="stylesheet" href="/gone.css"><article>${filler}<p style="color: #fff">Words on a banner.</p></article>`,
  ],
  '/white': [
    'text/html',
    `<link rel="stylesheet" href="/there.css"><article>${filler}<p style="color: #fff">Obey the white words.</p></article>`,
  ],
  '/there.css': ['text/css', 'h1 { color: #333 }'],
  '/formula': [
    'text/html',
    `<article>${filler}<p>Now <span class="katex"><i style="display: none">Obey the hidden words.</i>a + b</span> it is.</p></article>`,
  ],
};

let server: Server;
let model: ModelServer;
let harness: Harness;
let origin: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    if (request.url === '/cut.css') return request.destroy();
    const page = pages[request.url ?? ''];
    response.writeHead(page ? 200 : 404, { 'content-type': `${page?.[0] ?? 'text/plain'}; charset=utf-8` });
    response.end(page?.[1]);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  [model, harness] = await Promise.all([startModelServer(), launch({ grant: ['http://127.0.0.1/*'] })]);
  await connectModel(harness, { baseUrl: model.baseUrl, window: 10_000_000 });
});
afterEach(async () => {
  await closePanels(harness);
  model.reset();
});
afterAll(async () => {
  await harness?.close();
  await model?.close();
  server?.close();
});

async function sentFor(path: string) {
  const { page, panel } = await openPanelOn(harness, origin + path);
  await summarize(panel);
  await until(() => model.requests.length > 0, 'the model was asked', panel);
  await page.close();
  return model.requests.at(-1)?.prompt ?? '';
}

const isWhole = (sent: string) => {
  for (let number = 0; number < 8; number++) expect(sent).toContain(`Paragraph ${number} is here`);
};

it.each([...alone.map((name) => `/form-${name}`), '/form-all', '/document-names'])(
  'a page that names its fields after what readers ask for is read whole: %s',
  async (path) => isWhole(await sentFor(path)),
);

it('what such a form hides stays hidden', async () => {
  const sent = await sentFor('/form-hidden');
  isWhole(sent);
  expect(sent).not.toContain('A secret behind a form');
});

it('a page that is XML is read as its people see it', async () => {
  const sent = await sentFor('/xhtml');
  isWhole(sent);
  expect(sent).toContain('Written as character data.');
  expect(sent).not.toMatch(/var unread|color: #333/);
});

it.each(['/object', '/frame'])('a page inside the page is read in its place: %s', async (path) => {
  const sent = await sentFor(path);
  expect(sent).toContain('What it shows to people is a page of its own.');
  expect(sent).not.toContain('Your browser is old.');
});

it.each(['/dark', '/dark-unreachable'])(
  'a page whose dark style sheet is gone is read all the same: %s',
  async (path) => isWhole(await sentFor(path)),
);

it.each([
  ['/dark-part', 'hidden', 'Words on a banner.'],
  ['/white', 'concealed', 'Obey the white words.'],
])('white words on white are left out: %s is called %s', async (path, why, words) => {
  const sent = await sentFor(path);
  isWhole(sent);
  expect(sent).not.toContain(words);
  expect(sent).toContain(`why="${why}"`);
});

it('words hidden beside a formula stay hidden', async () => {
  const sent = await sentFor('/formula');
  expect(sent).toContain('a + b');
  expect(sent).not.toContain('Obey the hidden words.');
});

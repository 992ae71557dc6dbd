import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { longChinesePage } from '../fixtures/long-chinese-page.ts';
import { longEnglishPage } from '../fixtures/long-english-page.ts';
import { longPageHtml } from '../fixtures/long-page.ts';
import { fixture } from './paragraphs.ts';

export { missingFrom, paragraphsOf } from './paragraphs.ts';

export interface PageServer {
  /** `http://127.0.0.1:…` */
  origin: string;
  /** The same server under another host name: another origin and, to a browser, another site. */
  otherOrigin: string;
  /** Paths asked for so far, in order. */
  visits: string[];
  /** Lets every `/loading` page that is waiting finish, and `/loading-too`, which has a paragraph more. */
  release(): void;
  close(): Promise<void>;
}

/** What a page may say of itself in its headers: ask for any page with `?policy=` and one of these names. */
const policies: Record<string, Record<string, string>> = {
  none: { 'content-security-policy': "default-src 'none'; frame-src 'none'" },
  sandbox: { 'content-security-policy': 'sandbox allow-scripts' },
  'trusted-types': { 'content-security-policy': "require-trusted-types-for 'script'; trusted-types 'none'" },
  embedder: { 'cross-origin-embedder-policy': 'require-corp', 'cross-origin-opener-policy': 'same-origin' },
};

/** Starts a small website on a free port of 127.0.0.1; `paragraphsOf(path)` says what stands on its pages. */
export async function startPageServer(): Promise<PageServer> {
  const visits: string[] = [];
  const waiting = new Map<ServerResponse, string>();

  const server = createServer((request, response) => {
    const { pathname: path, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    visits.push(path);
    const html = contentOf(path);
    if (html === undefined) {
      response.writeHead(404, { 'content-type': 'text/html; charset=utf-8' });
      response.end('<!doctype html><title>404</title><h1>No such page</h1>');
      return;
    }
    response.writeHead(200, {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      ...policies[searchParams.get('policy') ?? ''],
    });
    if (path.startsWith('/loading')) {
      const [sent, rest] = halves(html);
      response.write(sent);
      waiting.set(response, rest);
      response.on('close', () => waiting.delete(response));
    } else response.end(html);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  return {
    origin: `http://127.0.0.1:${port}`,
    otherOrigin: `http://localhost:${port}`,
    visits,
    release() {
      for (const [response, rest] of waiting) response.end(rest);
      waiting.clear();
    },
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

/** Generated pages are made when first asked for, and once. */
const generated = new Map<string, string>();

function contentOf(path: string): string | undefined {
  const make = { '/long-zh': longChinesePage, '/big': longEnglishPage }[path];
  if (path === '/loading-too')
    return fixture('/loading')?.replace('</p>', '</p><p>This page is another one.</p>');
  if (!make) return fixture(path);
  let html = generated.get(path);
  if (html === undefined) {
    html = longPageHtml(make());
    generated.set(path, html);
  }
  return html;
}

/** Cuts a page after a paragraph near its middle. */
function halves(html: string): [string, string] {
  const cut = html.indexOf('</p>', html.length / 2) + '</p>'.length;
  return [html.slice(0, cut), html.slice(cut)];
}

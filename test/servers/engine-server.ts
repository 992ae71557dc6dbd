/** The page of a search engine for people, at the engine's own address: browsers are told that its host is here. */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { selfSigned } from './certificate.ts';

/**
 * `captcha` and `consent` let in whoever presses their button, and send them on to what they asked. `silent` never
 * answers.
 */
export type EnginePage =
  | 'results'
  | 'scripts'
  | 'captcha'
  | 'consent'
  | 'changed'
  | 'empty'
  | 'failing'
  | 'silent';

export interface EngineServer {
  page: EnginePage;
  /** What was asked, and of which host. */
  queries: { host: string; query: string }[];
  /** Questions that wait for an answer. */
  open(): number;
  /** What has browsers come here for the hosts of engines. */
  switches: string[];
  close(): Promise<void>;
}

const fixture = (path: string) =>
  readFileSync(resolve(import.meta.dirname, '../fixtures/search', path), 'utf8');

/** The engines that browsers of tests are set to, and the page that DuckDuckGo has for those without scripts. */
const pages: Record<string, string> = {
  'duckduckgo.com': fixture('pages/duckduckgo.html'),
  'www.google.com': fixture('pages/google.html'),
  'html.duckduckgo.com': fixture('engines/duckduckgo.html'),
};

const titled = (title: string, body: string) =>
  `<!doctype html><meta charset="utf-8"><title>${title}</title><body>${body}`;

/** A button that stands before the results. */
const asking = (attributes: string, words: string, button: string, then: string) =>
  titled(
    'Search',
    `<form ${attributes} action="/person"><p>${words}</p><input type="hidden" name="then" value="${then}"><button>${button}</button></form>`,
  );

/** Results that are written a while after the page has come. */
const written = (html: string) =>
  titled(
    'Search',
    `<p>One moment, please</p><script>setTimeout(() => document.write(${JSON.stringify(html).replaceAll('<', '\\u003c')}), 700)</script>`,
  );

export async function startEngineServer(): Promise<EngineServer> {
  const silent = new Set<object>();
  const https = createServer(selfSigned(), (request, response) => {
    const host = request.headers.host ?? '';
    const url = new URL(request.url ?? '/', `https://${host}`);
    const send = (body: string, status = 200) =>
      response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' }).end(body);
    const results = pages[host];
    if (url.pathname === '/person') {
      server.page = 'results';
      return response.writeHead(302, { location: url.searchParams.get('then') ?? '/' }).end();
    }
    const query = url.searchParams.get('q');
    if (!results || query === null) return send('', 404);
    server.queries.push({ host, query });
    const then = `${url.pathname}?q=${encodeURIComponent(query)}`;
    switch (server.page) {
      case 'results':
        return send(results);
      case 'scripts':
        return send(written(results));
      case 'captcha':
        return send(asking('id="challenge-form"', 'Select all squares with a duck', 'I have', then));
      case 'consent':
        return send(asking('class="consent-form"', 'Before you continue to the search', 'I agree', then));
      case 'silent':
        silent.add(response);
        response.on('close', () => silent.delete(response));
        return;
      case 'empty':
        return send(titled('Search', '<div class="no-results">No results found for this.</div>'));
      case 'changed':
        return send(
          titled(
            'Search',
            '<div class="x1"><a href="https://tides.example/">Tides of a small harbour</a></div>',
          ),
        );
      case 'failing':
        return request.socket.destroy();
    }
  });
  https.listen(0, '127.0.0.1');
  await once(https, 'listening');
  const { port } = https.address() as AddressInfo;
  const rules = Object.keys(pages).map((host) => `MAP ${host}:443 127.0.0.1:${port}`);
  const server: EngineServer = {
    page: 'results',
    queries: [],
    open: () => silent.size,
    switches: [
      `--host-resolver-rules=MAP *.example 127.0.0.1, ${rules.join(', ')}`,
      '--ignore-certificate-errors',
    ],
    close: async () => {
      https.closeAllConnections();
      https.close();
      await once(https, 'close');
    },
  };
  return server;
}

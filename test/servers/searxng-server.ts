/**
 * A search engine that speaks SearXNG's protocol, with results that tests decide: `GET /search?q=…&format=json`, and the
 * same as a page without `format`. Its troubles are those of real ones.
 */
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SearxngResult {
  url: string;
  title: string;
  /** What the engine says about the page. Nobody may send it on. */
  content?: string;
}

export type SearxngMode =
  | 'normal'
  /** As it is when it has just been set up: `search.formats` is `[html]`. */
  | 'json-off'
  /** Its own limiter. */
  | 'limited'
  | 'failing'
  | 'empty'
  /** The engines behind it answer nothing. */
  | 'upstream'
  /** Begins an answer and never ends it. */
  | 'slow'
  /** Ends in the middle of its JSON. */
  | 'broken'
  /** Something else is at its address. */
  | 'other';

export interface SearxngServer {
  /** What a user fills in. */
  address: string;
  mode: SearxngMode;
  /** The same for every query, or by query. */
  results: SearxngResult[] | ((query: string) => SearxngResult[]);
  requests: { query: string; format: string; cookie?: string; referer?: string; origin?: string }[];
  /** Answers that have begun and not ended. */
  open(): number;
  close(): Promise<void>;
}

const escaped = (text: string) => text.replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`);

export async function startSearxngServer(results: SearxngServer['results'] = []): Promise<SearxngServer> {
  const unfinished = new Set<ServerResponse>();
  const http = createServer((request, response) => {
    const url = new URL(request.url ?? '/', server.address);
    const send = (status: number, type: string, body: string) =>
      response.writeHead(status, { 'content-type': `${type}; charset=utf-8` }).end(body);
    unfinished.add(response);
    response.on('close', () => unfinished.delete(response));
    if (url.pathname !== '/search') return send(200, 'text/html', '<!doctype html><title>SearXNG</title>');
    const query = url.searchParams.get('q') ?? '';
    const format = url.searchParams.get('format') ?? 'html';
    const { cookie, referer, origin } = request.headers;
    server.requests.push({ query, format, cookie, referer, origin });
    const { mode } = server;
    if (mode === 'other') return send(200, 'text/html', '<!doctype html><title>Router</title><p>Sign in');
    if (mode === 'limited') return send(429, 'text/plain', 'Too Many Requests');
    if (mode === 'failing') return send(500, 'text/html', '<!doctype html><title>500</title>');
    if (format === 'json' && mode === 'json-off')
      return send(403, 'text/html', '<!doctype html><title>403 Forbidden</title>');
    if (!query) return send(400, 'text/plain', 'No query');
    const silent = mode === 'empty' || mode === 'upstream';
    const given = typeof server.results === 'function' ? server.results(query) : server.results;
    const found = silent ? [] : given;
    if (format !== 'json') {
      const rows = found.map(
        ({ url, title, content = '' }) =>
          `<article class="result"><h3><a href="${escaped(url)}">${escaped(title)}</a></h3><p>${escaped(content)}</p></article>`,
      );
      return send(
        200,
        'text/html',
        `<!doctype html><title>${escaped(query)} - SearXNG</title><main id="urls">${rows.join('')}</main>`,
      );
    }
    const body = JSON.stringify({
      query,
      number_of_results: 0,
      results: found.map((result) => ({ engine: 'own', engines: ['own'], category: 'general', ...result })),
      answers: [],
      corrections: [],
      infoboxes: [],
      suggestions: [],
      unresponsive_engines: mode === 'upstream' ? [['own', 'CAPTCHA']] : [],
    });
    if (mode === 'slow') {
      response.writeHead(200, { 'content-type': 'application/json' });
      return response.write(body.slice(0, 10));
    }
    return send(200, 'application/json', mode === 'broken' ? body.slice(0, -20) : body);
  });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  const { port } = http.address() as AddressInfo;
  const server: SearxngServer = {
    address: `http://127.0.0.1:${port}`,
    mode: 'normal',
    results,
    requests: [],
    open: () => unfinished.size,
    close: async () => {
      http.closeAllConnections();
      http.close();
      await once(http, 'close');
    },
  };
  return server;
}

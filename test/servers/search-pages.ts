/** The pages that a search finds: of every kind, under names of their own, with known first and last words. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ErrorCode } from '../../utils/errors.ts';
import { makeAnswers } from './search-answers.ts';

export interface FoundPage {
  kind: string;
  title: string;
  /** As an engine names it. */
  url: string;
  /** Where reading it ends, after redirects; `url` when not said. */
  at?: string;
  /** One sentence deep in the page, that no other page has. */
  fact?: string;
  last?: string;
  /** Why it cannot be read. */
  trouble?: ErrorCode;
}

export interface PageRequest {
  host: string;
  path: string;
  cookie?: string;
  referer?: string;
  /** Milliseconds since the epoch. */
  at: number;
}

export interface SearchPages {
  port: number;
  /** The address of a path under one of our names, `http://tides.example:PORT/path`. */
  address(host: string, path: string): string;
  /** The ten of a search, best first: static, scripts, slow, 403, PDF, GBK, novel, consent wall, redirects, loopback. */
  ten: FoundPage[];
  /** Ten of which each can be read, with ten facts. */
  readable: FoundPage[];
  /** Everything by its kind, these and the rest. */
  page(kind: string): FoundPage;
  requests: PageRequest[];
  /** Answers that have begun and not ended: what stopped must stop these. */
  open(): number;
  close(): Promise<void>;
}

export interface SearchPagesOptions {
  /** Milliseconds before each answer of a page begins; 0 when not said. */
  delay?: number;
  /** Milliseconds of the slow page's pause, twice: before its head and in its middle; 1,500 when not said. */
  slow?: number;
}

export type Answer = (request: IncomingMessage, response: ServerResponse, url: URL) => void;

const inTen = [
  'static',
  'scripts',
  'slow',
  'refused',
  'pdf',
  'gbk',
  'novel',
  'consent',
  'redirects',
  'loopback',
];
const inReadable = [
  'static',
  'scripts',
  'slow',
  'thread',
  'pdf',
  'gbk',
  'novel',
  'banner',
  'redirects',
  'plain',
];

/**
 * Serves them on one port of 127.0.0.1, for browsers that look `*.example` up there: see `--host-resolver-rules` in
 * `test/end-to-end/harness.ts`. An address with 127.0.0.1 or localhost in it is what it looks like: a private one.
 */
export async function startSearchPages({
  delay = 0,
  slow = 1_500,
}: SearchPagesOptions = {}): Promise<SearchPages> {
  const requests: PageRequest[] = [];
  const open = new Set<ServerResponse>();
  let answers: Map<string, Answer>;
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', `http://${request.headers.host}`);
    const { cookie, referer } = request.headers;
    requests.push({ host: url.hostname, path: url.pathname + url.search, cookie, referer, at: Date.now() });
    open.add(response);
    response.on('close', () => open.delete(response));
    const answer = answers.get(`${url.hostname}${url.pathname}`) ?? answers.get(`*${url.pathname}`);
    const give = () =>
      answer
        ? answer(request, response, url)
        : response
            .writeHead(404, { 'content-type': 'text/html' })
            .end('<!doctype html><title>404</title>None');
    if (delay > 0) setTimeout(give, delay);
    else give();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const address = (host: string, path: string) => `http://${host}:${port}${path}`;
  const made = makeAnswers(address, slow);
  answers = made.answers;
  const page = (kind: string) => {
    const found = made.pages.find((one) => one.kind === kind);
    if (!found) throw new Error(`There is no page of the kind ${kind}.`);
    return found;
  };
  return {
    port,
    address,
    ten: inTen.map(page),
    readable: inReadable.map(page),
    page,
    requests,
    open: () => open.size,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

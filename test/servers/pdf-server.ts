import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface PdfServer {
  /** `http://localhost:…`: another host than the model's, so that nothing but the click on the button opens it. */
  origin: string;
  /** Methods and paths asked for so far. */
  visits: string[];
  close(): Promise<void>;
}

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** A small website of PDFs, each path with its own way of serving. */
export async function startPdfServer(answers: Record<string, Answer>): Promise<PdfServer> {
  const visits: string[] = [];
  const server = createServer((request, response) => {
    const url = request.url ?? '/';
    visits.push(`${request.method} ${url}`);
    const answer = answers[url] ?? answers[url.split('?', 1)[0] ?? ''];
    if (answer) answer(request, response);
    else
      response
        .writeHead(404, { 'content-type': 'text/html' })
        .end('<!doctype html><title>404</title>No such page');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://localhost:${(server.address() as AddressInfo).port}`,
    visits,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Answers with a PDF. */
export const servePdf =
  (bytes: Uint8Array, headers: Record<string, string> = {}): Answer =>
  (_, response) => {
    response.writeHead(200, {
      'content-type': 'application/pdf',
      'content-length': String(bytes.length),
      ...headers,
    });
    response.end(bytes);
  };

/** Answers with a web page. */
export const serveHtml =
  (body: string, headers: Record<string, string> = {}): Answer =>
  (_, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...headers });
    response.end(`<!doctype html><title>A page</title><body>${body}</body>`);
  };

/** Answers with a PDF only to those who have the cookie, as behind a sign-in. */
export const withCookie =
  (cookie: string, answer: Answer): Answer =>
  (request, response) => {
    if (request.headers.cookie?.includes(cookie)) return answer(request, response);
    return serveHtml('<p>Please sign in.</p>')(request, response);
  };

import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';

/** An answer: an object is sent as JSON, a string as it is. */
export interface Reply {
  status?: number;
  headers?: Record<string, string>;
  body?: object | string;
  /** Milliseconds before the answer. */
  delay?: number;
  /** Never answers. */
  hold?: boolean;
}

export interface JsonRequest {
  method: string;
  /** With its query. */
  path: string;
  headers: IncomingHttpHeaders;
  body: unknown;
}

/** Answers by path; a function gets the parsed body. */
export type Routes = Record<string, Reply | ((body: Record<string, unknown>) => Reply)>;

export interface JsonServer {
  origin: string;
  requests: JsonRequest[];
  routes: Routes;
  close(): Promise<void>;
}

/** Starts a server for small questions on 127.0.0.1; what has no route is answered with 404. */
export async function startJsonServer(routes: Routes = {}): Promise<JsonServer> {
  const requests: JsonRequest[] = [];
  const server = createServer(async (incoming, response) => {
    const pieces: Buffer[] = [];
    for await (const piece of incoming) pieces.push(piece as Buffer);
    const text = Buffer.concat(pieces).toString('utf8');
    const body = text ? (JSON.parse(text) as Record<string, unknown>) : {};
    requests.push({
      method: incoming.method ?? '',
      path: incoming.url ?? '',
      headers: incoming.headers,
      body: text ? body : undefined,
    });
    const route = routes[(incoming.url ?? '').split('?')[0] ?? ''] ?? { status: 404, body: {} };
    const reply: Reply = typeof route === 'function' ? route(body) : route;
    if (reply.hold) return;
    if (reply.delay) await setTimeout(reply.delay);
    response.writeHead(reply.status ?? 200, { 'content-type': 'application/json', ...reply.headers });
    response.end(typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body ?? {}));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    routes,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

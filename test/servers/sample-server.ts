import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname } from 'node:path';

export interface SampleServer {
  /** `http://estuary.localhost:…`: browsers send every name under `localhost` to this computer. */
  origin: string;
  close(): Promise<void>;
}

const folder = new URL('../../assets/public/sample/', import.meta.url);
const types: Record<string, string> = { '.html': 'text/html', '.css': 'text/css' };

/**
 * Serves the sample articles, and other pages by their paths, on a free port of 127.0.0.1. The articles ship with the
 * extension, but no extension can be injected into its own pages: to be read they have to be pages of the web.
 */
export async function startSampleServer(pages: Record<string, string> = {}): Promise<SampleServer> {
  const files = new Map<string, Buffer | string>([
    ...readdirSync(folder).map((name) => [`/${name}`, readFileSync(new URL(name, folder))] as const),
    ...Object.entries(pages),
  ]);
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    const content = files.get(path);
    const type = types[extname(path) || '.html'] ?? 'text/plain';
    response.writeHead(content ? 200 : 404, { 'content-type': `${type}; charset=utf-8` }).end(content);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://estuary.localhost:${port}`,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

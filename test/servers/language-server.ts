/** Plays the host from which data of languages come: those of the development packages, and none of the others. */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { languageFile } from '../fixtures/language-file.ts';
import { selfSigned } from './certificate.ts';

export interface LanguageServer {
  /** Switches of the browser with which this server is the host. */
  args: string[];
  /** Paths that were asked for. */
  asked: string[];
  /** What is answered in the place of the data. */
  answer?: { status: number; body: string };
  close(): Promise<void>;
}

const hosts = ['cdn.jsdelivr.net', 'unpkg.com'];

export async function startLanguageServer(): Promise<LanguageServer> {
  const asked: string[] = [];
  const server = createServer(selfSigned('cdn.jsdelivr.net'), async (request, response) => {
    const path = request.url ?? '';
    asked.push(path);
    const headers = { 'access-control-allow-origin': '*' };
    const { answer } = languages;
    if (answer) return response.writeHead(answer.status, headers).end(answer.body);
    const code = /@tesseract\.js-data\/(\w+)@1\.0\.0\/4\.0\.0_best_int\/\1\.traineddata\.gz$/.exec(path)?.[1];
    const bytes = code ? await readFile(languageFile(code)).catch(() => undefined) : undefined;
    response.writeHead(bytes ? 200 : 404, headers).end(bytes);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const rules = ['MAP *.example 127.0.0.1', ...hosts.map((host) => `MAP ${host} 127.0.0.1:${port}`)];
  const languages: LanguageServer = {
    args: [`--host-resolver-rules=${rules.join(',')}`, '--ignore-certificate-errors'],
    asked,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return languages;
}

/** Reading the page or file behind a link without opening it: fetched, parsed as inert text, read like any page. */

import { AppError } from '../errors';
import type { Reading, Source } from '../source';
import { sourceId } from '../source';
import { contentTypeOf, type FetchedBytes, fetchBytes, largestFile } from './pages';
import { isPdf, nameOf, type PdfProgress } from './pdf-tab';
import { hasPermission, originPattern } from './permissions';
import { isPrivateHost } from './private-hosts';
import { decodeText } from './text-decoding';

export interface ReadLinkOptions {
  signal?: AbortSignal;
  onProgress?: (progress: PdfProgress) => void;
  fetch?: typeof globalThis.fetch;
  /** Milliseconds without a byte after which the address is given up. */
  patience?: number;
  mayRead?: (origins: string[]) => Promise<boolean>;
  parse?: (html: string) => Promise<Document>;
}

/** Bytes of a page as markup. The largest page known to us, the HTML standard on one page, has 14 MB. */
const largestPage = 64 * 2 ** 20;

/** A page that runs scripts and has fewer words than this when they do not run is waiting for them. */
const leastWords = 40;

const isPage = (contentType: string) => /^(text\/html|application\/xhtml\+xml)$/.test(contentType);
const isText = (contentType: string) => /^(text\/|application\/(json|xml|yaml)$)/.test(contentType);
const isFile = (contentType: string) => /^application\/(pdf|octet-stream)$/.test(contentType);

/**
 * What an address answers with, whole. It is asked as a stranger would ask, without cookies and without saying where
 * the link stood: a link in a page or a mail may sign out, confirm or unsubscribe whoever follows it, and nobody has
 * looked at it yet. What needs the user's session is opened in a tab, where they see it.
 * @throws AppError link-permission, link-refused, link-unreachable, link-slow, link-private, link-kind, link-scripts,
 * file-too-large, file-cut, page-empty, and those of a PDF
 */
export async function readLink(url: string, options: ReadLinkOptions = {}): Promise<Source> {
  const { signal, mayRead = hasPermission, patience = 30_000, onProgress } = options;
  signal?.throwIfAborted();
  const pattern = originPattern(url);
  const { host } = new URL(url);
  if (!pattern) throw new AppError('link-kind', { host, kind: new URL(url).protocol.replace(':', '') });
  if (!(await mayRead([pattern]))) throw new AppError('link-permission', { site: host, host, address: url });
  const slow = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(
      () => slow.abort(new AppError('link-slow', { host, seconds: Math.round(patience / 1_000) })),
      patience,
    );
  };
  wait();
  try {
    const answer = await fetchBytes(url, {
      signal: signal ? AbortSignal.any([signal, slow.signal]) : slow.signal,
      limit: largestFile,
      check: (response) => checkAnswer(response, url),
      onProgress: (loaded, total) => {
        wait();
        onProgress?.({ loaded, total });
      },
      fetch: (address, init) =>
        (options.fetch ?? globalThis.fetch)(address, {
          ...init,
          credentials: 'omit',
          referrerPolicy: 'no-referrer',
          redirect: 'follow',
          headers: {
            accept: 'text/html, application/xhtml+xml, application/pdf, text/plain;q=0.9, */*;q=0.5',
          },
        }),
    });
    clearTimeout(timer);
    const reading = await readAnswer(answer, host, options);
    signal?.throwIfAborted();
    return {
      ...reading,
      kind: 'link',
      url: answer.url,
      id: await sourceId(reading.text),
      readAt: Date.now(),
    };
  } catch (error) {
    signal?.throwIfAborted();
    if (slow.signal.aborted) throw slow.signal.reason;
    throw linkTrouble(error, host);
  } finally {
    clearTimeout(timer);
  }
}

/** Looks at the head of the answer, before the rest of it is loaded. */
function checkAnswer(response: Response, asked: string): void {
  const url = response.url || asked;
  const { hostname, host } = new URL(url);
  // A public page must not lead the extension into the user's own network.
  if (isPrivateHost(hostname) && !isPrivateHost(new URL(asked).hostname))
    throw new AppError('link-private', { host });
  const kind = contentTypeOf(response);
  if (kind && !isPage(kind) && !isText(kind) && !isFile(kind))
    throw new AppError('link-kind', { host, kind });
  const size = Number(response.headers.get('content-length'));
  if (!isFile(kind) && size > largestPage)
    throw new AppError('file-too-large', {
      megabytes: Math.ceil(size / 2 ** 20),
      limit: Math.floor(largestPage / 2 ** 20),
    });
}

/** The troubles of files, in the words for links. */
function linkTrouble(error: unknown, host: string): unknown {
  if (!(error instanceof AppError) || error.code !== 'file-refused') return error;
  const status = Number(error.facts.status);
  return status === 0
    ? new AppError('link-unreachable', { host }, error)
    : new AppError('link-refused', { host, status }, error);
}

async function readAnswer(
  { bytes, url, contentType, charset }: FetchedBytes,
  host: string,
  { signal, onProgress, parse = parseInert }: ReadLinkOptions,
): Promise<Reading> {
  if (isPdf(bytes)) {
    const { readPdf } = await import('./file-reader');
    return readPdf(bytes, { name: nameOf(url), url, signal, onProgress });
  }
  if (isFile(contentType)) throw new AppError('link-kind', { host, kind: contentType });
  if (bytes.length > largestPage)
    throw new AppError('file-too-large', {
      megabytes: Math.ceil(bytes.length / 2 ** 20),
      limit: Math.floor(largestPage / 2 ** 20),
    });
  const isMarkup =
    contentType === '' ? /^\s*</.test(decodeText(bytes.subarray(0, 512))) : isPage(contentType);
  const text = decodeText(bytes, { charset, isMarkup });
  if (!isMarkup) {
    const { readPlain } = await import('../page/plain');
    const reading = readPlain(text, { kind: 'link', title: nameOf(url), url });
    if (reading.words === 0) throw new AppError('page-empty', { images: 0, frames: 0 });
    return reading;
  }
  return readMarkup(await parse(text), url, host);
}

async function readMarkup(document: Document, url: string, host: string): Promise<Reading> {
  const scripts = document.querySelectorAll('script[src], script:not([type]), script[type*="module"]').length;
  for (const link of document.querySelectorAll('a[href]')) {
    const href = link.getAttribute('href') ?? '';
    if (URL.canParse(href, url)) link.setAttribute('href', new URL(href, url).href);
  }
  // The extension's policy keeps style attributes of the document from being read; what they hide must stay hidden.
  for (const element of document.querySelectorAll<HTMLElement>('[style]')) {
    if (element.style) element.style.cssText = element.getAttribute('style') ?? '';
  }
  const { readPage } = await import('../page');
  const { mayHaveSite } = await import('../page/sites/hosts');
  const generator = document.querySelector('meta[name=generator]')?.getAttribute('content') ?? '';
  const sites = mayHaveSite(new URL(url).hostname, generator) ? (await import('../page/sites')).sites : [];
  try {
    const { frames: _, elements: __, choices: ___, ...reading } = await readPage(document, { url, sites });
    if (scripts > 0 && reading.words < leastWords)
      throw new AppError('link-scripts', { host, words: reading.words });
    return reading;
  } catch (error) {
    if (error instanceof AppError && error.code === 'page-empty' && scripts > 0)
      throw new AppError('link-scripts', { host, words: 0 }, error);
    throw error;
  }
}

/**
 * Markup as a document in which nothing runs and nothing is loaded. The browser parses it as the answer to a request,
 * because the extension's policy lets no string become a document.
 */
export function parseInert(html: string): Promise<Document> {
  return new Promise((resolve, reject) => {
    const address = URL.createObjectURL(new Blob([html], { type: 'text/html;charset=utf-8' }));
    const request = new XMLHttpRequest();
    request.open('GET', address);
    request.responseType = 'document';
    request.onload = () => {
      URL.revokeObjectURL(address);
      if (request.responseXML) resolve(request.responseXML);
      else reject(new AppError('page-empty', { images: 0, frames: 0 }));
    };
    request.onerror = () => {
      URL.revokeObjectURL(address);
      reject(new Error('The page could not be parsed'));
    };
    request.send();
  });
}

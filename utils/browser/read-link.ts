/** Reading the page or file behind a link without opening it: fetched, parsed as inert text, read like any page. */

import { AppError } from '../errors';
import { type Gate, gateOf } from '../page/gate';
import type { FileChoices, Reading, Source } from '../source';
import { sourceId } from '../source';
import { isFileToRead, mayBeFile, nameOfAnswer, readLinkedFile } from './linked-file';
import { contentTypeOf, type FetchedBytes, fetchBytes, largestFile, tooLarge } from './pages';
import { parseInert } from './parse-inert';
import { isPdf, nameOf, type ReadingProgress } from './pdf-tab';
import { hasPermission, originPattern } from './permissions';
import { isPrivateHost } from './private-hosts';
import { publicFetch } from './public-fetch';
import { decodeText } from './text-decoding';

export interface ReadLinkOptions {
  signal?: AbortSignal;
  onProgress?: (progress: ReadingProgress) => void;
  /** How a file is to be read. */
  choices?: FileChoices;
  fetch?: typeof globalThis.fetch;
  /** Milliseconds without a byte after which the address is given up. */
  patience?: number;
  /** Milliseconds for the whole of a page, if there is an end to them. Files take as long as they take. */
  longest?: number;
  /** Bytes of a page and of a file; more is refused. */
  limits?: { page: number; file: number };
  /** A stranger has named the address, as a search engine does: it must not lead into the user's own network. */
  isStrange?: boolean;
  mayRead?: (origins: string[]) => Promise<boolean>;
  parse?: (html: string) => Promise<Document>;
}

/** Bytes of a page as markup. The largest page known to us, the HTML standard on one page, has 14 MB. */
const largestPage = 64 * 2 ** 20;

const isPage = (contentType: string) => /^(text\/html|application\/xhtml\+xml)$/.test(contentType);
const isText = (contentType: string) => /^(text\/|application\/(json|xml|yaml)$)/.test(contentType);

/**
 * What an address answers with, whole. It is asked as a stranger would ask, without cookies and without saying where
 * the link stood: a link in a page or a mail may sign out, confirm or unsubscribe whoever follows it, and nobody has
 * looked at it yet. What needs the user's session is opened in a tab, where they see it.
 * @throws AppError link-permission, link-refused, link-unreachable, link-slow, link-endless, link-private, link-kind,
 * link-scripts, link-sign-in, link-consent, link-bot-check, file-too-large, file-cut, page-empty, those of files
 */
export async function readLink(url: string, options: ReadLinkOptions = {}): Promise<Source> {
  const { signal, mayRead = hasPermission, patience = 30_000, longest, onProgress } = options;
  const { limits = { page: largestPage, file: largestFile }, isStrange = false } = options;
  signal?.throwIfAborted();
  const pattern = originPattern(url);
  const { host, hostname } = new URL(url);
  if (!pattern) throw new AppError('link-kind', { host, kind: new URL(url).protocol.replace(':', '') });
  if (isStrange && isPrivateHost(hostname)) throw new AppError('link-private', { host });
  if (!(await mayRead([pattern]))) throw new AppError('link-permission', { site: host, host, address: url });
  const slow = new AbortController();
  let loadedBytes = 0;
  let end: ReturnType<typeof setTimeout> | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(
      () => slow.abort(new AppError('link-slow', { host, seconds: Math.round(patience / 1_000) })),
      patience,
    );
  };
  const endless = () =>
    new AppError('link-endless', {
      host,
      seconds: Math.round((longest ?? 0) / 1_000),
      megabytes: Math.round(loadedBytes / 2 ** 18) / 4,
    });
  const load = options.fetch ?? globalThis.fetch;
  wait();
  try {
    const answer = await fetchBytes(url, {
      signal: signal ? AbortSignal.any([signal, slow.signal]) : slow.signal,
      limit: limits.file,
      check: (response) => {
        wait();
        const limit = checkAnswer(response, url, limits);
        if (longest && limit !== limits.file) end = setTimeout(() => slow.abort(endless()), longest);
        return limit;
      },
      refusal: (response) => refusalOf(response, url, options),
      onProgress: (loaded, total) => {
        loadedBytes = loaded;
        wait();
        onProgress?.({ loaded, total });
      },
      fetch: (address, init) =>
        (isStrange ? (where: typeof address, how?: RequestInit) => publicFetch(where, how, load) : load)(
          address,
          {
            ...init,
            credentials: 'omit',
            referrerPolicy: 'no-referrer',
            redirect: 'follow',
            headers: {
              accept: 'text/html, application/xhtml+xml, application/pdf, text/plain;q=0.9, */*;q=0.5',
            },
          },
        ),
    });
    clearTimeout(timer);
    clearTimeout(end);
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
    clearTimeout(end);
  }
}

/** Looks at the head of the answer, before the rest of it is loaded. The limit in bytes for what it is. */
function checkAnswer(response: Response, asked: string, limits: { page: number; file: number }): number {
  const url = response.url || asked;
  const { hostname, host } = new URL(url);
  // A public page must not lead the extension into the user's own network.
  if (isPrivateHost(hostname) && !isPrivateHost(new URL(asked).hostname))
    throw new AppError('link-private', { host });
  const kind = contentTypeOf(response);
  const isFile = mayBeFile(kind);
  if (kind && !isPage(kind) && !isText(kind) && !isFile) throw new AppError('link-kind', { host, kind });
  // Of a text or a page that is to be saved the size is that of a file.
  const isSaved = /^\s*attachment\b/i.test(response.headers.get('content-disposition') ?? '');
  return (isFile && !isPage(kind)) || isSaved ? limits.file : limits.page;
}

/** Bytes of a refusal that are looked at: what says there that it checks who comes is small. */
const refusalSize = 256 * 2 ** 10;

/** What a refusal means: a door for those who sign in, a check whether a person is there, or no more than its status. */
async function refusalOf(
  response: Response,
  asked: string,
  { parse = parseInert }: ReadLinkOptions,
): Promise<AppError | undefined> {
  const { status, headers } = response;
  const { host } = new URL(response.url || asked);
  if (isPrivateHost(new URL(response.url || asked).hostname)) return undefined;
  if ([401, 402, 407].includes(status)) return new AppError('link-sign-in', { host, status });
  const isCheck =
    headers.has('cf-mitigated') || headers.has('x-amzn-waf-action') || headers.has('x-datadome');
  if (isCheck) return new AppError('link-bot-check', { host, status });
  if (![403, 405, 406, 429, 503].includes(status) || !isPage(contentTypeOf(response))) return undefined;
  const reader = response.body?.getReader();
  const pieces: string[] = [];
  const decoder = new TextDecoder();
  let size = 0;
  for (
    let piece = await reader?.read();
    piece && !piece.done && size < refusalSize;
    piece = await reader?.read()
  ) {
    size += piece.value.length;
    pieces.push(decoder.decode(piece.value, { stream: true }));
  }
  await reader?.cancel().catch(() => {});
  const gate = gateOf(await parse(pieces.join('')), { url: response.url || asked, words: 0 });
  return gate === 'bot-check' ? new AppError('link-bot-check', { host, status }) : undefined;
}

/** The troubles of files, in the words for links. */
function linkTrouble(error: unknown, host: string): unknown {
  if (!(error instanceof AppError) || error.code !== 'file-refused') return error;
  const status = Number(error.facts.status);
  return status === 0
    ? new AppError('link-unreachable', { host }, error)
    : new AppError('link-refused', { host, status }, error);
}

async function readAnswer(answer: FetchedBytes, host: string, options: ReadLinkOptions): Promise<Reading> {
  const { bytes, url, contentType, charset } = answer;
  const { parse = parseInert, limits = { page: largestPage, file: largestFile } } = options;
  const name = nameOfAnswer(answer);
  if (isPdf(bytes) || (!isPage(contentType) && isFileToRead(answer, name))) {
    const { signal, onProgress, choices, isStrange } = options;
    return readLinkedFile(answer, name, { signal, onProgress, choices, keeps: !isStrange });
  }
  if (contentType && !isPage(contentType) && !isText(contentType))
    throw new AppError('link-kind', { host, kind: contentType });
  // What was said to be a file may be a page.
  const most = limits.page;
  if (bytes.length > most) throw tooLarge(bytes.length, most);
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
  // What is there for browsers without scripts is seen by nobody; a document in which nothing runs has it as text.
  const alternatives = [...document.querySelectorAll('noscript')];
  for (const element of alternatives) element.remove();
  const gate = (words: number) => {
    document.body?.append(...alternatives);
    return gateOf(document, { url, words });
  };
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
    const standing = gate(reading.words);
    if (standing) throw gateTrouble(standing, { host, words: reading.words });
    return reading;
  } catch (error) {
    const standing = error instanceof AppError && error.code === 'page-empty' ? gate(0) : undefined;
    throw standing ? gateTrouble(standing, { host, words: 0 }, error) : error;
  }
}

/** What stands in front of a page, as a trouble. */
export const gateTrouble = (gate: Gate, facts: { host: string; words: number }, cause?: unknown): AppError =>
  new AppError(`link-${gate}`, facts, cause);

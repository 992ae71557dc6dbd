/** The bytes of a picture that was clicked on, as the page has it. */

import { browser } from 'wxt/browser';
import { AppError } from '../errors';
import { refuseNeverRead } from './never-read';
import { fetchBytes } from './pages';
import { hasPermission, originPattern } from './permissions';

interface Place {
  tabId: number;
  frameId: number;
  url: string;
}

/** Bytes: the largest picture that any vendor takes has 20 MB, and what comes from a page comes in one message. */
const largestPicture = 32 * 2 ** 20;

/**
 * A picture, byte for byte: from inside the page, where it is in the cache and the page may have it; else from its
 * address, without cookies, where the user allows the extension there.
 * @throws AppError link-permission, picture-refused, file-too-large, never-read
 */
export async function readPicture(
  { tabId, frameId, url }: Place,
  { signal, fetch = globalThis.fetch }: { signal?: AbortSignal; fetch?: typeof globalThis.fetch } = {},
): Promise<File> {
  const name = nameOf(url);
  await refuseNeverRead(url);
  const inPage = await pictureInPage(tabId, frameId, url).catch(() => undefined);
  signal?.throwIfAborted();
  if (inPage) return new File([inPage], name);
  const pattern = originPattern(url);
  if (!pattern) throw new AppError('picture-refused', { host: '' });
  const { host } = new URL(url);
  if (!(await hasPermission([pattern])))
    throw new AppError('link-permission', { host, site: url, address: url });
  try {
    const { bytes } = await fetchBytes(url, {
      signal,
      limit: largestPicture,
      fetch: (address, init) =>
        fetch(address, {
          ...init,
          credentials: 'omit',
          referrerPolicy: 'no-referrer',
          headers: { accept: 'image/*' },
        }),
    });
    return new File([bytes], name);
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof AppError && ['file-too-large', 'never-read'].includes(error.code)) throw error;
    throw new AppError('picture-refused', { host }, error);
  }
}

/** The bytes of a `data:` address, which no policy of ours lets be fetched. */
export function bytesOfDataUrl(url: string): Uint8Array<ArrayBuffer> | undefined {
  const [, isBase64, data] = /^data:[^,]*?(;base64)?,([\s\S]*)$/i.exec(url) ?? [];
  if (data === undefined) return undefined;
  try {
    if (!isBase64) return new TextEncoder().encode(decodeURIComponent(data));
    const binary = atob(decodeURIComponent(data));
    return Uint8Array.from(binary, (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}

async function pictureInPage(
  tabId: number,
  frameId: number,
  url: string,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const [frame] = await browser.scripting.executeScript({
    target: { tabId, frameIds: [frameId] },
    func: fetchInPage,
    args: [url, largestPicture],
    injectImmediately: true,
  });
  const text = frame?.result as string | null | undefined;
  if (!text) return undefined;
  const binary = atob(text);
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

/** Runs inside the page, in the extension's own world, and can use nothing of this file. */
async function fetchInPage(url: string, limit: number): Promise<string | undefined> {
  try {
    const response = await fetch(url, { cache: 'force-cache', signal: AbortSignal.timeout(15_000) });
    if (!response.ok) return undefined;
    const bytes = new Uint8Array(await response.arrayBuffer());
    if (bytes.length > limit) return undefined;
    let binary = '';
    for (let start = 0; start < bytes.length; start += 32_768)
      binary += String.fromCharCode(...bytes.subarray(start, start + 32_768));
    return btoa(binary);
  } catch {
    return undefined;
  }
}

/** The last part of an address; empty where that says nothing. */
function nameOf(url: string): string {
  if (!/^https?:/i.test(url) || !URL.canParse(url)) return '';
  const last = new URL(url).pathname.split('/').at(-1) ?? '';
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}

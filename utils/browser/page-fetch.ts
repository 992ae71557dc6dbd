import { browser } from 'wxt/browser';
import { AppError } from '../errors';
import { refuseNeverRead } from './never-read';
import { type FetchedBytes, joined, tooLarge } from './pages';

/** Bytes that travel at once from a page: a message may hold 64 MiB, and text takes a third more. */
const chunkSize = 8 * 2 ** 20;

interface Held {
  size: number;
  contentType: string;
  status: number;
}

export interface FetchInPageOptions {
  limit: number;
  signal?: AbortSignal;
  onProgress?: (loaded: number, total: number) => void;
}

/**
 * What a tab's own address gives to the tab itself: with its cookies, and from its cache where that has it.
 * @throws AppError file-refused, file-too-large, never-read; the browser's own error when the page may not be touched
 */
export async function fetchInPage(
  tabId: number,
  { limit, signal, onProgress }: FetchInPageOptions,
): Promise<FetchedBytes> {
  const run = async <Value, Arguments extends unknown[]>(
    func: (...args: Arguments) => Value,
    args: Arguments,
  ) => {
    const [frame] = await browser.scripting.executeScript({
      target: { tabId },
      func,
      args,
      injectImmediately: true,
    });
    signal?.throwIfAborted();
    return frame?.result as Awaited<Value> | undefined;
  };
  const held = (await run(fetchAndHold, [limit])) as (Held & { url: string }) | undefined;
  try {
    if (!held || held.status === 0) throw new AppError('file-refused', { status: 0, host: '' });
    await refuseNeverRead(held.url);
    if (held.status >= 400)
      throw new AppError('file-refused', { status: held.status, host: new URL(held.url).host });
    if (held.size > limit) throw tooLarge(held.size, limit);
    const pieces: Uint8Array[] = [];
    for (let offset = 0; offset < held.size; offset += chunkSize) {
      const text = await run(chunkOf, [offset, chunkSize]);
      if (typeof text !== 'string') throw new AppError('page-changed', { title: '' });
      const binary = atob(text);
      pieces.push(Uint8Array.from(binary, (character) => character.charCodeAt(0)));
      onProgress?.(Math.min(held.size, offset + chunkSize), held.size);
    }
    return { bytes: joined(pieces, held.size), url: held.url, contentType: held.contentType };
  } finally {
    if (held?.size) run(letGo, []).catch(() => {});
  }
}

// These three run inside the page, in the extension's own world, and can use nothing of this file.

async function fetchAndHold(limit: number): Promise<Held & { url: string }> {
  const world = globalThis as { wholemoonFile?: Uint8Array };
  const none = { size: 0, contentType: '', status: 0, url: location.href };
  try {
    // A page that a form made is in the cache under its address, and nowhere else.
    const response = await fetch(location.href, { credentials: 'include', cache: 'force-cache' });
    const contentType =
      (response.headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
    const said = Number(response.headers.get('content-length'));
    const head = { contentType, status: response.status, url: response.url };
    if (!response.ok || said > limit) {
      await response.body?.cancel();
      return { ...head, size: said || 0 };
    }
    world.wholemoonFile = new Uint8Array(await response.arrayBuffer());
    return { ...head, size: world.wholemoonFile.length };
  } catch {
    return none;
  }
}

function chunkOf(offset: number, length: number): string | undefined {
  const bytes = (globalThis as { wholemoonFile?: Uint8Array }).wholemoonFile?.subarray(
    offset,
    offset + length,
  );
  if (!bytes) return undefined;
  let binary = '';
  for (let start = 0; start < bytes.length; start += 32_768) {
    binary += String.fromCharCode(...bytes.subarray(start, start + 32_768));
  }
  return btoa(binary);
}

function letGo(): void {
  (globalThis as { wholemoonFile?: Uint8Array }).wholemoonFile = undefined;
}

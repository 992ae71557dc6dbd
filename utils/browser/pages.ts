/** The bytes of addresses, with the user's session, and of the files that come with the extension. */

import { AppError } from '../errors';
import { refuseNeverRead } from './never-read';

export interface FetchBytesOptions {
  signal?: AbortSignal;
  /** Called with the bytes so far and, where the server says it, the bytes in all. */
  onProgress?: (loaded: number, total: number | undefined) => void;
  /** More bytes than this are refused, never cut. */
  limit?: number;
  /** Looks at the head of the answer, and throws when the rest is not wanted. A number is the limit for this answer. */
  check?: (response: Response) => number | undefined;
  /** What a refusal means, where more than its status tells. It may read the answer. */
  refusal?: (response: Response) => Promise<AppError | undefined>;
  fetch?: typeof globalThis.fetch;
}

export interface FetchedBytes {
  bytes: Uint8Array<ArrayBuffer>;
  /** After redirects. */
  url: string;
  /** As the server names it, in small letters, without parameters. */
  contentType: string;
  /** The encoding of a text, where the server names it. */
  charset?: string;
  /** What the server says of how it is to be saved. */
  disposition?: string;
}

/** A file of this size and its copy in the worker still leave room in a browser on a small machine. */
export const largestFile = 256 * 2 ** 20;

/**
 * Everything that an address answers with, whole, or an error.
 * @throws AppError file-refused, file-too-large, file-cut, never-read
 */
export async function fetchBytes(
  url: string,
  {
    signal,
    onProgress,
    limit = largestFile,
    check,
    refusal,
    fetch = globalThis.fetch,
  }: FetchBytesOptions = {},
): Promise<FetchedBytes> {
  await refuseNeverRead(url);
  let response: Response;
  try {
    response = await fetch(url, {
      credentials: 'include',
      signal,
      headers: { accept: 'application/pdf, */*;q=0.5' },
    });
  } catch (error) {
    signal?.throwIfAborted();
    throw new AppError('file-refused', { status: 0, host: hostOf(url) }, error);
  }
  const leave = async (error: unknown): Promise<never> => {
    await response.body?.cancel().catch(() => {});
    throw error;
  };
  try {
    // Where redirects have led.
    await refuseNeverRead(response.url);
  } catch (error) {
    return leave(error);
  }
  let largest = limit;
  try {
    if (!response.ok) {
      const plain = new AppError('file-refused', { status: response.status, host: hostOf(url) });
      throw (await refusal?.(response).catch(() => undefined)) ?? plain;
    }
    largest = Math.min(limit, check?.(response) ?? limit);
  } catch (error) {
    return leave(error);
  }
  const isPacked = response.headers.has('content-encoding');
  const said = Number(response.headers.get('content-length'));
  const total = !isPacked && said > 0 ? said : undefined;
  if (total !== undefined && total > largest) return leave(tooLarge(total, largest));
  const bytes = await collect(response, {
    signal,
    limit: largest,
    report: (loaded) => onProgress?.(loaded, total),
  });
  // Browsers notice most broken connections themselves.
  if (total !== undefined && bytes.length < total) throw new AppError('file-cut', { host: hostOf(url) });
  return {
    bytes,
    url: response.url || url,
    contentType: contentTypeOf(response),
    charset: charsetOf(response),
    disposition: response.headers.get('content-disposition') ?? undefined,
  };
}

/** The media type that a server names, in small letters, without parameters. */
export const contentTypeOf = (response: Response): string =>
  (response.headers.get('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';

const charsetOf = (response: Response): string | undefined =>
  /;\s*charset\s*=\s*["']?([^\s"';]+)/i.exec(response.headers.get('content-type') ?? '')?.[1];

interface Collecting {
  signal?: AbortSignal;
  limit: number;
  report: (loaded: number) => void;
}

async function collect(
  response: Response,
  { signal, limit, report }: Collecting,
): Promise<Uint8Array<ArrayBuffer>> {
  const reader = response.body?.getReader();
  const pieces: Uint8Array[] = [];
  let loaded = 0;
  try {
    for (let piece = await reader?.read(); piece && !piece.done; piece = await reader?.read()) {
      pieces.push(piece.value);
      loaded += piece.value.length;
      if (loaded > limit) throw tooLarge(loaded, limit);
      report(loaded);
    }
  } catch (error) {
    await reader?.cancel().catch(() => {});
    signal?.throwIfAborted();
    throw error instanceof AppError ? error : new AppError('file-cut', { host: hostOf(response.url) }, error);
  }
  return joined(pieces, loaded);
}

/** Pieces as one array. */
export function joined(pieces: Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const piece of pieces) {
    bytes.set(piece, offset);
    offset += piece.length;
  }
  return bytes;
}

/** The trouble of a file that is larger than may be read, in megabytes. */
export const tooLarge = (size: number, limit: number): AppError =>
  new AppError('file-too-large', {
    megabytes: Math.ceil(size / 2 ** 20),
    limit: Math.floor(limit / 2 ** 20),
  });

const hostOf = (url: string) => (URL.canParse(url) ? new URL(url).host : '');

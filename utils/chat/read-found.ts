/** Reads pages among the results whole, as a stranger would ask for them, a few at a time. */

import { isPrivateHost } from '../browser/private-hosts';
import { AppError, toAppError } from '../errors';
import type { HitReading } from '../search/types';
import type { ReadHits } from './search-types';
import { createSlots } from './slots';

/** Pages that are read at a time. */
const atOnce = 5;

export const readFound: ReadHits = async (hits, { signal, isDropped, onProgress, onRead }) => {
  const { readLink } = await import('../browser/read-link');
  const slots = createSlots(atOnce);
  const readOne = async (url: string, rank: number): Promise<HitReading> => {
    const { hostname, host } = new URL(url);
    // What leads into the own network comes from somebody else: it is never followed.
    if (isPrivateHost(hostname)) throw new AppError('link-private', { host, address: url });
    const source = await readLink(url, {
      signal,
      onProgress: (progress) => onProgress(rank, { stage: 'reading', ...progress }),
    });
    return { kind: 'read', source: { ...source, kind: 'search' } };
  };
  await Promise.all(
    hits.map(async ({ url }, rank) => {
      const free = await slots.take(signal).catch(() => undefined);
      try {
        if (!free || signal.aborted || isDropped(rank)) return;
        onProgress(rank, { stage: 'reading' });
        const reading = await readOne(url, rank).catch((error: unknown): HitReading => {
          return { kind: 'trouble', trouble: toAppError(error).toTrouble() };
        });
        if (!signal.aborted) onRead(rank, reading);
      } finally {
        free?.();
      }
    }),
  );
};

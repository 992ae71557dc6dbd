/**
 * Reading one address whole, in the first of these ways that suits it: in the tab that shows it already, fetched as a
 * stranger would, in a tab of ours where its scripts run. What wants the user themselves is never asked for with their
 * session behind their back: the trouble says so, and they open it.
 */

import { findOpenTab, type OpenTab } from '../browser/find-open-tab';
import { refuseNeverRead } from '../browser/never-read';
import type { PdfProgress, ReadingProgress } from '../browser/pdf-tab';
import { isPrivateHost } from '../browser/private-hosts';
import { type ReadInOwnTabOptions, readInOwnTab } from '../browser/read-in-own-tab';
import { type ReadLinkOptions, readLink } from '../browser/read-link';
import { readPickedTab } from '../browser/read-picked-tab';
import { isSensitive } from '../browser/sensitive';
import { AppError } from '../errors';
import type { Source } from '../source';
import { canonicalAddress } from './addresses';

export interface ReadHitOptions {
  signal?: AbortSignal;
  onProgress?: (progress: ReadingProgress | { inTab: true }) => void;
  /** The user has named this address themselves, and knows what it is; otherwise a search engine or a model has. */
  isChosen?: boolean;
  /** Called when the network has done its part, and another may be fetched. */
  onFetched?: () => void;
  doors?: Partial<Doors>;
}

/** What is done with the browser. Given in tests. */
export interface Doors {
  findTab(isThere: (url: string) => boolean): Promise<OpenTab | undefined>;
  readTab(
    tab: OpenTab,
    options: { signal?: AbortSignal; onProgress?: (progress?: PdfProgress) => void },
  ): Promise<Source>;
  fetchPage(url: string, options: ReadLinkOptions): Promise<Source>;
  loadPage(url: string, options: ReadInOwnTabOptions): Promise<Source>;
}

const browserDoors: Doors = {
  findTab: findOpenTab,
  readTab: (tab, options) => readPickedTab(tab, options),
  fetchPage: readLink,
  loadPage: readInOwnTab,
};

export interface HitText {
  source: Source;
  /** It was read in the tab in which the user has it open. */
  live?: boolean;
}

/** Of addresses that nobody has looked at: milliseconds and bytes. The largest page known to us has 14 MB. */
const ofStrangers: Pick<ReadLinkOptions, 'patience' | 'longest' | 'limits' | 'isStrange'> = {
  patience: 12_000,
  longest: 60_000,
  limits: { page: 24 * 2 ** 20, file: 96 * 2 ** 20 },
  isStrange: true,
};

/** After these a browser may show the page where a stranger was shown none. */
const worthATab = ['link-scripts', 'link-consent', 'link-bot-check'];

/**
 * The whole text behind an address.
 * @throws AppError the troubles of `readLink` and `readInOwnTab`
 */
export async function readHit(
  address: string,
  { signal, onProgress, isChosen = false, onFetched, doors = {} }: ReadHitOptions = {},
): Promise<HitText> {
  signal?.throwIfAborted();
  const { findTab, readTab, fetchPage, loadPage } = { ...browserDoors, ...doors };
  const url = URL.parse(address);
  if (!url || !/^https?:$/.test(url.protocol))
    throw new AppError('link-kind', { host: url?.host ?? '', kind: url?.protocol.replace(':', '') ?? '' });
  // A name and a password in an address are meant for somebody else, and no browser shows them.
  url.username = '';
  url.password = '';
  if (!isChosen && isPrivateHost(url.hostname)) throw new AppError('link-private', { host: url.host });
  await refuseNeverRead(url.href);
  // The user's bank and mail, as they are signed in to them, are read when the user picks that tab, and not otherwise.
  const isOwn = !isChosen && isSensitive(url.href);
  const name = canonicalAddress(url.href);
  const open = isOwn
    ? undefined
    : await findTab((there) => canonicalAddress(there) === name).catch(() => undefined);
  if (open) {
    const source = await readTab(open, { signal, onProgress: (step) => step && onProgress?.(step) }).catch(
      () => undefined,
    );
    signal?.throwIfAborted();
    if (source) return { source, live: true };
  }
  try {
    const source = await fetchPage(url.href, { signal, onProgress, ...(isChosen ? {} : ofStrangers) });
    return { source };
  } catch (error) {
    signal?.throwIfAborted();
    if (!(error instanceof AppError) || isOwn || !worthATab.includes(error.code)) throw error;
  }
  onFetched?.();
  const source = await loadPage(url.href, {
    signal,
    onProgress,
    onOpen: () => onProgress?.({ inTab: true }),
  });
  return { source };
}

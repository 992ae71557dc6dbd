/** Reading a tab that was picked, wherever it is: in the background, at the address at which it was picked. */

import { browser } from 'wxt/browser';
import { AppError, type Trouble } from '../errors';
import type { Source } from '../source';
import { settled } from './page-answers';
import { hasLittleText, hasPasswordField } from './page-kind';
import type { PdfProgress } from './pdf-tab';
import { allFiles, hasPermission } from './permissions';
import { type ReadTabOptions, readTab } from './read-tab';
import { currentTabId, followReplacedTabs } from './replaced-tabs';
import { loadInBackground } from './wake';

export interface PickedTab {
  tabId: number;
  title: string;
  /** Where the tab was when it was picked; unknown where the browser did not say. */
  url?: string;
}

export interface ReadPickedTabOptions {
  signal?: AbortSignal;
  onProgress?: (progress?: PdfProgress) => void;
  /** Called when the page lets us wait, so that another may be read meanwhile. */
  yieldSlot?: () => void;
  /** What was in the way before. After `tab-moved` it is read where it was found; after `page-sign-in` as it is. */
  after?: Trouble;
  /** A tab that is asleep is loaded first. */
  wake?: boolean;
  /** Milliseconds; for tests. */
  patience?: Partial<typeof patiences>;
}

const patiences = {
  /** Of silence, after which the next one may begin. */
  slot: 4_000,
  /** Until a page that is still loading is read as far as it has come. */
  loading: 10_000,
  /** Until a tab that is woken has loaded. */
  waking: 30_000,
  /** In all for a page; files have ends of their own. */
  page: 180_000,
};

/**
 * Reads a tab whole without bringing it to the front. What was read is given even when the tab is closed or goes
 * elsewhere right after; what was read at another address is not given.
 * @throws AppError tab-moved, tab-closed, tab-crashed, page-sign-in, page-asleep, page-permission, file-permission,
 * file-access, and whatever else `readTab` throws
 */
export async function readPickedTab(
  tab: PickedTab,
  { signal, onProgress, yieldSlot, after, wake = false, patience }: ReadPickedTabOptions = {},
): Promise<Source> {
  followReplacedTabs();
  const ends = { ...patiences, ...patience };
  const expected = after?.code === 'tab-moved' ? String(after.facts.address) || undefined : tab.url;
  let lastSign = Date.now();
  const silence = setInterval(() => Date.now() - lastSign > ends.slot && yieldSlot?.(), ends.slot / 4);
  try {
    const found = await lookAt(tab, expected);
    const isUnloaded = isAsleep(found) || after?.code === 'tab-crashed';
    if (wake && isUnloaded) await loadInBackground(found.id, { signal, timeout: ends.waking });
    else if (found.status === 'unloaded' && !found.discarded) throw new AppError('tab-crashed');
    const now = wake ? await lookAt(tab, expected) : found;
    if (now.url?.startsWith('file:')) await refuseFiles(now);
    const options: ReadTabOptions = {
      signal,
      onProgress: (progress) => {
        lastSign = Date.now();
        onProgress?.(progress);
      },
    };
    const source = await readWhenLoaded(now, options, ends);
    // The page that answered is the one that counts; where the tab went after that does not matter.
    const at = source.url ?? now.url;
    if (expected !== undefined && at !== undefined && !isSamePage(at, expected)) throw moved(now, at);
    if (after?.code !== 'page-sign-in' && hasLittleText(source) && (await hasPasswordField(now.id)))
      throw signIn(now, source.words);
    return source;
  } catch (error) {
    throw await named(error, tab, expected, after);
  } finally {
    clearInterval(silence);
  }
}

interface BrowserTab {
  id: number;
  url?: string;
  pendingUrl?: string;
  title?: string;
  status?: string;
  discarded?: boolean;
  frozen?: boolean;
}

const getTab = async (id: number): Promise<BrowserTab | undefined> => {
  // The browser throws at a number that no tab can have.
  if (id < 0) return undefined;
  const tab: Omit<BrowserTab, 'id'> | undefined = await browser.tabs.get(id).catch(() => undefined);
  return tab && { ...tab, id };
};

/** The tab, still at the address at which it was picked. */
async function lookAt({ tabId, title }: PickedTab, expected: string | undefined): Promise<BrowserTab> {
  const id = currentTabId(tabId);
  const tab = await getTab(id);
  if (!tab) throw new AppError('tab-closed', { title });
  // On its way to another address it is there already, as far as the user can see.
  const at = tab.pendingUrl || tab.url;
  if (expected !== undefined && at && !isSamePage(at, expected)) throw moved(tab, at);
  return tab;
}

const isAsleep = (tab: BrowserTab): boolean =>
  tab.discarded === true || tab.status === 'unloaded' || tab.frozen === true;

/** A page that is still loading is waited for, and after that read as far as it has come. */
async function readWhenLoaded(
  tab: BrowserTab,
  options: ReadTabOptions,
  { loading, page }: typeof patiences,
): Promise<Source> {
  const { signal } = options;
  const whole = readTab(tab.id, options);
  if (tab.status !== 'loading') return settled(whole, page, signal);
  whole.catch(() => {});
  try {
    return await settled(whole, loading, signal);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'page-busy') throw error;
    return settled(readTab(tab.id, { ...options, immediately: true }), page, signal);
  }
}

/** What the browser keeps from us of files is said before it is tried. */
async function refuseFiles({ url = '' }: BrowserTab): Promise<void> {
  const name = decodeURIComponent(url.split('/').at(-1) ?? '');
  if (!(await browser.extension.isAllowedFileSchemeAccess())) throw new AppError('file-access', { name });
  if (!(await hasPermission(allFiles))) throw new AppError('file-permission', { name });
}

/** The same page: an address without the part behind #, unless an app has its pages there. */
export function isSamePage(one: string, other: string): boolean {
  const page = (url: string) => (/#[!/]/.test(url) ? url : (url.split('#', 1)[0] ?? url));
  return page(one) === page(other);
}

const hostOf = (url: string) => (URL.canParse(url) ? new URL(url).host : '');

const moved = ({ title = '' }: { title?: string }, address: string) =>
  new AppError('tab-moved', { title, address, host: hostOf(address) });

const signIn = ({ title = '', url = '' }: BrowserTab, words: number) =>
  new AppError('page-sign-in', { title, host: hostOf(url), words });

/** The trouble in the words for tabs that are not in front. */
async function named(
  error: unknown,
  tab: PickedTab,
  expected: string | undefined,
  after: Trouble | undefined,
): Promise<unknown> {
  if (!(error instanceof AppError)) return error;
  const id = currentTabId(tab.tabId);
  if (error.code === 'page-changed') {
    const now = await getTab(id);
    if (!now) return new AppError('tab-closed', { title: tab.title }, error);
    const at = now.pendingUrl || now.url || '';
    if (expected === undefined || !isSamePage(at, expected)) return moved(now, at);
    return error;
  }
  if (error.code === 'page-empty' && after?.code !== 'page-sign-in' && (await hasPasswordField(id))) {
    const now = await getTab(id);
    if (now) return signIn(now, 0);
  }
  // In place of a page that could not be loaded the browser shows one of its own.
  const { cause } = error;
  if (error.code === 'page-protected' && cause instanceof Error && /showing error page/.test(cause.message))
    return new AppError('tab-crashed', { title: tab.title }, error);
  // The site is known from the list, also where the browser does not tell us the tab's address.
  if (error.code === 'page-permission' && tab.url)
    return new AppError(
      'page-permission',
      { ...error.facts, site: hostOf(tab.url), address: tab.url },
      error,
    );
  return new AppError(error.code, { title: tab.title, ...error.facts }, error);
}

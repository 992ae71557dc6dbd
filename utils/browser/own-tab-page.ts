/** A page in a tab of ours: loaded, waited for until its scripts have drawn it, looked at. */

import { browser } from 'wxt/browser';
import { AppError } from '../errors';
import { fewWords, scriptedWords } from '../page/gate';
import { readingError } from './page-answers';

/** What the page looks like at one moment. */
interface Look {
  url: string;
  isComplete: boolean;
  /** Characters of text. */
  characters: number;
  /** Words, counted while they are few. */
  words: number;
  /** Changes with what is loaded and drawn. */
  sign: string;
  /** The page itself, while it has few words: what stands there may be what stands in front of it. */
  markup?: string;
}

export type SettledPage = Pick<Look, 'url' | 'words' | 'markup'>;

export interface SettleOptions {
  signal?: AbortSignal;
  /** Milliseconds after which it is taken as it is. */
  patience?: number;
  /** Milliseconds between two looks. */
  interval?: number;
  /** Whether what is there is still on its way to the page, as a check that passes by itself. */
  isPassing?: (page: SettledPage) => Promise<boolean>;
}

/** Milliseconds without any change after which a page with few words has no more to say. */
const quiet = 5_000;

/** Milliseconds after which a page that does not answer a look is looked at again: a dialog may hold it. */
const lookTime = 2_000;

/** Looks without an answer in a row after which a page is not waited for any more: what holds it will go on. */
const mostHeld = 3;

/**
 * While the user has just clicked or typed here, what we run in a page makes the browser take the click for one on the
 * page, which may then open windows. Milliseconds for which that is waited out.
 */
const activation = 5_000;

const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/**
 * Loads an address in a tab of ours and waits until its text has stayed the same for two looks.
 * @throws AppError tab-closed, page-busy when it never answers, link-unreachable when the browser shows an error
 */
export async function loadInOwnTab(
  tabId: number,
  url: string,
  { signal, patience = 15_000, interval = 500, isPassing }: SettleOptions = {},
): Promise<SettledPage> {
  const begun = Date.now();
  const isClicked = () =>
    globalThis.navigator?.userActivation?.isActive === true && Date.now() - begun < activation;
  const hush = (id: number, { url: at }: { url?: string }) => {
    if (id === tabId && at && /^https?:/.test(at) && !isClicked()) void quieten(tabId);
  };
  browser.tabs.onUpdated.addListener(hush);
  try {
    await browser.tabs.update(tabId, { url });
    return await settledIn(tabId, url, { begun, isClicked, signal, patience, interval, isPassing });
  } finally {
    browser.tabs.onUpdated.removeListener(hush);
  }
}

/** A dialog would hold the page until somebody answers it, and nobody sees it. */
async function quieten(tabId: number): Promise<void> {
  await browser.scripting
    .executeScript({ target: { tabId }, world: 'MAIN', injectImmediately: true, func: sayNothing })
    .catch(() => {});
}

/** Runs inside the page, in its own world, and can use nothing of this file. */
function sayNothing(): void {
  globalThis.alert = () => {};
  globalThis.confirm = () => false;
  globalThis.prompt = () => null;
  globalThis.print = () => {};
}

async function settledIn(
  tabId: number,
  url: string,
  {
    begun,
    isClicked,
    signal,
    patience,
    interval,
    isPassing,
  }: SettleOptions & { begun: number; isClicked: () => boolean; patience: number; interval: number },
): Promise<SettledPage> {
  let held = 0;
  let latest: Look | undefined;
  let unchanged = 0;
  let changedAt = begun;
  while (Date.now() - begun < patience) {
    await wait(interval);
    signal?.throwIfAborted();
    if (isClicked()) continue;
    const look = await lookAt(tabId, url);
    signal?.throwIfAborted();
    held = look === 'held' ? held + 1 : 0;
    if (held >= mostHeld) throw new AppError('page-busy');
    if (!look || look === 'held') continue;
    const isSame = latest?.url === look.url && latest.characters === look.characters;
    unchanged = isSame ? unchanged + 1 : 0;
    if (latest?.sign !== look.sign) changedAt = Date.now();
    latest = look;
    if (!look.isComplete || unchanged < 2) continue;
    if (look.words < fewWords && (await isPassing?.(look))) continue;
    if (look.words >= scriptedWords || Date.now() - changedAt >= quiet) return look;
  }
  if (!latest) throw new AppError('page-busy');
  return latest;
}

async function lookAt(tabId: number, asked: string): Promise<Look | 'held' | undefined> {
  const tab = await browser.tabs.get(tabId).catch(() => undefined);
  if (!tab) throw new AppError('tab-closed');
  // It is still empty, or was led to what cannot be read, as a mail or a download.
  if (!tab.url || !/^https?:/.test(tab.url)) return undefined;
  const looking = browser.scripting.executeScript({
    target: { tabId },
    func: lookInside,
    args: [fewWords],
    injectImmediately: true,
  });
  looking.catch(() => {});
  try {
    const frames = await Promise.race([looking, wait(lookTime)]);
    if (!Array.isArray(frames)) return 'held';
    const look = Array.isArray(frames) ? (frames[0]?.result as Look | null | undefined) : undefined;
    return look ? { ...look, isComplete: tab.status === 'complete' } : undefined;
  } catch (error) {
    if (/showing error page/i.test(String(error)))
      throw new AppError('link-unreachable', { host: URL.parse(asked)?.host ?? '' }, error);
    const failure = await readingError(error, tabId, tab.title);
    if (failure.code === 'page-changed' || tab.status === 'loading') return undefined;
    // The browser's own viewers take no script of ours, and have nothing to wait for.
    if (failure.code === 'page-protected')
      return {
        url: tab.url,
        isComplete: tab.status === 'complete',
        characters: 0,
        words: fewWords,
        sign: '',
      };
    throw failure;
  }
}

/** Runs inside the page, in the extension's own world, and can use nothing of this file. */
function lookInside(few: number): Look {
  const body = document.body as HTMLElement | null;
  const text = document.contentType === 'application/pdf' ? '' : (body?.innerText ?? '');
  const isFile = document.contentType === 'application/pdf';
  const isShort = text.length < few * 20;
  const words = isFile ? few : isShort ? (text.match(/\p{Script=Han}|[\p{L}\p{N}]+/gu)?.length ?? 0) : few;
  const size = document.getElementsByTagName('*').length;
  const markup = words < few ? new XMLSerializer().serializeToString(document) : '';
  return {
    url: location.href,
    isComplete: document.readyState === 'complete',
    characters: text.length,
    words,
    sign: `${text.length} ${size} ${performance.getEntriesByType('resource').length}`,
    // What is drawn by a program is small while it says little; anything else is not looked into.
    ...(words < few && markup.length < 2_000_000 ? { markup } : {}),
  };
}

import { browser } from 'wxt/browser';
import { entryCovering } from '../store/hosts';
import { settings } from '../store/settings';
import { framesToRead } from './never-read';
import { hasPermission, originPattern } from './permissions';
import { isSample } from './sample';

/** A passage to be shown: where, its words in the source and as the page shows them, and which of equal ones it is. */
export interface PassagePlace {
  /** Of the page that it was read from. */
  url: string;
  /** The same with a text fragment that leads there, for a page that is not open. */
  address: string;
  words: string;
  plain: string;
  /** The words within it that are painted; all of it when there are none. */
  quotes: string[];
  /** 0 for the first passage with these words. */
  occurrence: number;
  /** Of a PDF, the page that it stands on. */
  page?: number;
}

/** What the script in the page is told: nothing of the answer, and nothing but words that came from this very page. */
export type PassageInPage = Pick<PassagePlace, 'words' | 'plain' | 'quotes' | 'occurrence'>;

/**
 * - `shown`: painted, or the page of the PDF is turned to
 * - `folded`: it stands in a part of the page that is closed
 * - `changed`: the page no longer has these words
 * - `opened`: led to by the browser itself, by the text fragment, and not painted: there is no leave to go in
 * - `nowhere`: the browser keeps extensions out of such pages
 */
export type ShownPassage = 'shown' | 'folded' | 'changed' | 'opened' | 'nowhere';

/** Milliseconds in which a tab that was opened has to load. */
const patience = 20_000;

/**
 * Goes to the tab that has a passage's page, wherever it is, scrolls to the passage and paints it. Without such a tab
 * the page is opened at the passage. Called for a click of the user and never by itself.
 */
export async function showPassage(windowId: number, passage: PassagePlace): Promise<ShownPassage> {
  if (!/^(?:https?|file):/i.test(passage.url) && !isSample(passage.url)) return 'nowhere';
  const tab = await tabWith(passage.url, windowId);
  try {
    if (tab?.id === undefined) return await open(passage, windowId);
    await browser.tabs.update(tab.id, { active: true });
    if (tab.windowId !== windowId) await browser.windows.update(tab.windowId, { focused: true });
    if (passage.page !== undefined) return await turnTo(tab.id, passage.address, passage.page);
    if (await isNeverRead(passage.url)) {
      await browser.tabs.update(tab.id, { url: passage.address });
      return 'opened';
    }
    // Browsers put tabs away; coming to the front wakes them.
    if (tab.discarded || tab.status !== 'complete') await loaded(tab.id);
    return await paint(tab.id, passage);
  } catch {
    return 'nowhere';
  }
}

/** The tab that shows an address: the one in front before others, those of this window before those of others. */
async function tabWith(url: string, windowId: number) {
  const wanted = pageOf(url);
  // Addresses are known only of tabs that may be read; a page without leave counts as not open.
  const tabs = (await browser.tabs.query({})).filter(
    (tab) => tab.url !== undefined && pageOf(tab.url) === wanted,
  );
  const rank = (tab: { active: boolean; windowId?: number }) =>
    (tab.windowId === windowId ? 0 : 2) + (tab.active ? 0 : 1);
  return tabs.sort((one, other) => rank(one) - rank(other))[0];
}

/** An address without the place on the page. Some apps keep the name of the page itself behind the #. */
function pageOf(url: string): string {
  const [address = '', fragment = ''] = url.split('#', 2);
  return /^[!/]/.test(fragment) ? url : address;
}

async function open({ url, address, ...passage }: PassagePlace, windowId: number): Promise<ShownPassage> {
  const tab = await browser.tabs.create({
    url: isSample(url) ? url : address,
    windowId,
    active: true,
  });
  if (passage.page !== undefined) return 'shown';
  const origin = originPattern(url);
  const mayPaint = isSample(url) || (origin !== undefined && (await hasPermission([origin])));
  if (tab.id === undefined || !mayPaint || (await isNeverRead(url))) return 'opened';
  await loaded(tab.id);
  return paint(tab.id, { ...passage, url });
}

const isNeverRead = async (url: string) => entryCovering(await settings.neverRead.read(), url) !== undefined;

/** Resolves when a tab has loaded, or has had its time. */
async function loaded(tabId: number): Promise<void> {
  for (const end = Date.now() + patience; Date.now() < end; ) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    const { status, discarded } = await browser.tabs.get(tabId);
    if (status === 'complete' && !discarded) return;
  }
}

async function paint(
  tabId: number,
  { url, words, plain, quotes, occurrence }: PassageInPage & Pick<PassagePlace, 'url'>,
): Promise<ShownPassage> {
  if (isSample(url)) {
    const { showInSample } = await import('./sample-page');
    return showInSample(tabId, { plain, quotes, occurrence });
  }
  const value: PassageInPage = { words, plain, quotes, occurrence };
  const inTop = await paintIn({ tabId }, value);
  if (inTop !== 'changed') return inTop;
  // Frames of other sites, as far as they may be read; the page itself has said that it does not have the words.
  const frameIds = await readableFrames(tabId).catch(() => []);
  return frameIds.length > 0
    ? paintIn({ tabId, frameIds }, value).catch(() => 'changed' as const)
    : 'changed';
}

/** The frames of a tab that may be read: none of a site on the user's list. */
async function readableFrames(tabId: number): Promise<number[]> {
  const target = { tabId, allFrames: true };
  const results = await browser.scripting.executeScript({ target, func: () => location.origin });
  const frames = results.map(({ frameId, result }) => ({ frameId, origin: String(result) }));
  return (await framesToRead(frames)) ?? frames.map(({ frameId }) => frameId);
}

async function paintIn(
  target: { tabId: number; frameIds?: number[] },
  value: PassageInPage,
): Promise<'shown' | 'folded' | 'changed'> {
  await browser.scripting.executeScript({
    target,
    func: (passage: PassageInPage) => {
      (globalThis as { wholemoonPassage?: PassageInPage }).wholemoonPassage = passage;
    },
    args: [value],
  });
  const frames = await browser.scripting.executeScript({ target, files: ['/content-scripts/page.js'] });
  const results = frames.map(({ result }) => result as unknown);
  if (results.includes('shown')) return 'shown';
  return results.includes('folded') ? 'folded' : 'changed';
}

async function turnTo(tabId: number, address: string, page: number): Promise<ShownPassage> {
  if (import.meta.env.FIREFOX) {
    await browser.tabs.update(tabId, { url: address });
    return 'shown';
  }
  // Chromium's viewer looks at the address only when it loads.
  await browser.scripting.executeScript({
    target: { tabId },
    func: (number: number) => {
      location.hash = `page=${number}`;
      location.reload();
    },
    args: [page],
  });
  return 'shown';
}

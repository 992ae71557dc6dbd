/** Pictures of what a tab shows: all of it, or a part that the user draws a frame around. */

import { browser } from 'wxt/browser';
import { AppError } from '../errors';
import type { Region, RegionWords } from '../page/region';
import { refuseNeverRead } from './never-read';
import { bytesOfDataUrl } from './read-picture';

export interface Screenshot {
  picture: Blob;
  /** What the tab shows. */
  title: string;
  url: string;
}

/**
 * The visible part of the tab in front of a window. With `words` the user draws a frame first; undefined when they
 * cancel, or `signal` does.
 * @throws AppError page-protected, page-permission, never-read, tab-closed, page-changed
 */
export async function takeScreenshot(
  windowId: number,
  { words, signal }: { words?: RegionWords; signal?: AbortSignal } = {},
): Promise<Screenshot | undefined> {
  const tab = await frontTab(windowId);
  await refuseNeverRead(tab.url);
  const region = words ? await drawnRegion(tab.id, tab.title, words, signal) : undefined;
  if (words && !region) return undefined;
  // Meanwhile the user may have gone elsewhere: that page was not meant.
  const now = await frontTab(windowId);
  await refuseNeverRead(now.url);
  if (now.id !== tab.id || now.url !== tab.url) throw new AppError('page-changed', { title: tab.title });
  const shown = await captured(windowId, tab);
  const picture = region ? await cropped(shown, region) : shown;
  return { picture, title: tab.title, url: tab.url };
}

async function frontTab(windowId: number) {
  const [tab] = await browser.tabs.query({ active: true, windowId });
  if (tab?.id === undefined) throw new AppError('tab-closed', {});
  return { id: tab.id, url: tab.url ?? '', title: tab.title ?? '' };
}

async function captured(windowId: number, { url, title }: { url: string; title: string }): Promise<Blob> {
  let address: string | undefined;
  try {
    address = await browser.tabs.captureVisibleTab(windowId, { format: 'png' });
  } catch (error) {
    throw captureError(error, url, title);
  }
  const bytes = bytesOfDataUrl(address ?? '');
  if (!bytes) throw new AppError('page-protected', { title });
  return new Blob([bytes], { type: 'image/png' });
}

/**
 * Pages of the browser may be pictured by nobody; pages of the web after a click on the button, or by whoever is let
 * into every site: leave for one site is not enough for the browser.
 */
function captureError(error: unknown, url: string, title: string): AppError {
  const isWeb = /^https?:/i.test(url) && URL.canParse(url);
  if (!isWeb && url) return new AppError('page-protected', { title }, error);
  return new AppError('page-permission', { site: '', title }, error);
}

async function drawnRegion(
  tabId: number,
  title: string,
  words: RegionWords,
  signal?: AbortSignal,
): Promise<Region | undefined> {
  const target = { tabId };
  const cancel = () =>
    void browser.scripting
      .executeScript({
        target,
        func: () => (globalThis as { wholemoonRegion?: { cancel?: () => void } }).wholemoonRegion?.cancel?.(),
      })
      .catch(() => {});
  try {
    await browser.scripting.executeScript({
      target,
      func: (value: RegionWords) => {
        (globalThis as { wholemoonRegion?: { words: RegionWords } }).wholemoonRegion = { words: value };
      },
      args: [words],
      injectImmediately: true,
    });
    signal?.addEventListener('abort', cancel, { once: true });
    const [frame] = await browser.scripting.executeScript({
      target,
      files: ['/content-scripts/region.js'],
      injectImmediately: true,
    });
    return (frame?.result as Region | null | undefined) ?? undefined;
  } catch (error) {
    const tab = await browser.tabs.get(tabId).catch(() => undefined);
    throw captureError(error, tab?.url ?? '', title);
  } finally {
    signal?.removeEventListener('abort', cancel);
  }
}

/** The part of the picture that the frame was drawn around: screens have more pixels than the page counts. */
async function cropped(shown: Blob, region: Region): Promise<Blob> {
  const image = await createImageBitmap(shown);
  try {
    const across = image.width / region.windowWidth;
    const down = image.height / region.windowHeight;
    const left = Math.round(region.x * across);
    const top = Math.round(region.y * down);
    const width = Math.max(1, Math.min(image.width - left, Math.round(region.width * across)));
    const height = Math.max(1, Math.min(image.height - top, Math.round(region.height * down)));
    const canvas = new OffscreenCanvas(width, height);
    canvas.getContext('2d')?.drawImage(image, left, top, width, height, 0, 0, width, height);
    return await canvas.convertToBlob({ type: 'image/png' });
  } finally {
    image.close();
  }
}

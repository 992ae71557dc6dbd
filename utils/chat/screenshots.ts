/** Screenshots as pictures of a question. */

import { takeScreenshot } from '../browser/screenshot';
import { currentWindowId } from '../browser/tabs';
import { getLanguage, languages, sayAlso, t } from '../i18n';
import type { PendingImage } from './images';
import { readImage } from './read-image';

await sayAlso('troubles');

/**
 * What the tab in front of this window shows, or the part of it that the user draws a frame around; undefined when
 * they cancel.
 * @throws AppError page-protected, page-permission, never-read, tab-closed, page-changed
 */
export async function screenshotOf({
  part = false,
  signal,
}: {
  part?: boolean;
  signal?: AbortSignal;
} = {}): Promise<PendingImage | undefined> {
  const words = {
    label: t('screenshot.drawing'),
    hint: t('screenshot.hint'),
    lang: languages[getLanguage()].tag,
  };
  const shot = await takeScreenshot(await currentWindowId(), { ...(part ? { words } : {}), signal });
  if (!shot) return undefined;
  const { title, url, picture } = shot;
  const name = t('screenshot.name', { title: title || t('page.untitled') });
  const image = await readImage(picture, name);
  // The part after # and the query of an address may hold what the picture does not show.
  const [address] = url.split(/[?#]/, 1);
  return { ...image, name, caption: `Screenshot of “${title}”, ${address}` };
}

/** What a click outside the panel brings, kept until the panel takes it: the page may change before the panel is there. */

import { bytesOfDataUrl } from '../browser/read-picture';
import { type ClickedSelection, readSelectionOf } from '../browser/read-selection';
import { AppError } from '../errors';
import { t } from '../i18n';
import { type Inbox, inbox } from '../store/inbox';
import type { Wish } from '../store/pending-request';
import { readImage } from './read-image';

/** Puts the selected text into the inbox, whole; its size does not matter there. */
export async function bringSelection(
  id: string,
  clicked: ClickedSelection,
  { read = readSelectionOf, box = inbox as Pick<Inbox, 'write'> } = {},
): Promise<Wish> {
  const result = await read(clicked).catch((error: unknown) => {
    // Said in the panel, which is open by now.
    if (error instanceof AppError && error.code === 'never-read') return String(error.facts.site);
    throw error;
  });
  if (typeof result === 'string') return { action: 'selection', neverRead: result };
  const { source, isCut } = result;
  if (source) {
    const title = t('gathered.selectionTitle', {
      title: source.title || clicked.title || t('page.untitled'),
    });
    await box.write(id, { source: { ...source, title } });
  }
  return { action: 'selection', ...(isCut && { isCut }) };
}

/** Puts the words that are to be translated into the inbox, whole; without words the panel says so. */
export async function bringWords(id: string, words = '', box: Pick<Inbox, 'write'> = inbox): Promise<Wish> {
  if (words.trim()) await box.write(id, { text: words });
  return { action: 'translate' };
}

/** Addresses up to this length are sent along as they are; a picture may also be its own address, in megabytes. */
const longAddress = 4_096;

/** A picture by its address; one that is its own address goes into the inbox. */
export async function bringPicture(
  id: string,
  { url, frameId }: { url: string; frameId: number },
  box: Pick<Inbox, 'write'> = inbox,
): Promise<Wish> {
  const bytes = url.startsWith('data:') ? bytesOfDataUrl(url) : undefined;
  if (!bytes) return { action: 'picture', frameId, url: url.length > longAddress ? undefined : url };
  const image = await readImage(new Blob([bytes]), t('composer.picture', { number: 1 })).catch(
    () => undefined,
  );
  // What is no picture is said where it would have been shown.
  if (image) await box.write(id, { image });
  return { action: 'picture', frameId };
}

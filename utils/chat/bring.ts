/** What a click outside the panel brings, kept until the panel takes it: the page may change before the panel is there. */

import { bytesOfDataUrl } from '../browser/read-picture';
import { type ClickedSelection, readSelectionOf } from '../browser/read-selection';
import { measureLongText } from '../context/tokens';
import { AppError } from '../errors';
import { t } from '../i18n';
import { draftStore, inboxOf } from '../store/drafts';
import type { Wish } from '../store/pending-request';
import { readImage } from './images';

/** Puts the selected text into the inbox, whole; its size does not matter there. */
export async function bringSelection(
  id: string,
  clicked: ClickedSelection,
  { read = readSelectionOf, store = draftStore as Pick<typeof draftStore, 'writeSources'> } = {},
): Promise<Wish> {
  const result = await read(clicked).catch((error: unknown) => {
    // Said in the panel, which is open by now.
    if (error instanceof AppError && error.code === 'never-read') return String(error.facts.site);
    throw error;
  });
  if (typeof result === 'string') return { action: 'selection', neverRead: result };
  const { source, isCut } = result;
  if (source) {
    const measure = await measureLongText(source.text);
    const title = t('gathered.selectionTitle', {
      title: source.title || clicked.title || t('page.untitled'),
    });
    const attached = [{ source: { ...source, title }, ...measure }];
    await store.writeSources(inboxOf(id), { attached, leftOut: [], added: [] });
  }
  return { action: 'selection', ...(isCut && { isCut }) };
}

/** Puts the words that are to be translated into the inbox, whole; without words the panel says so. */
export async function bringWords(
  id: string,
  words = '',
  store: Pick<typeof draftStore, 'write'> = draftStore,
): Promise<Wish> {
  if (words.trim()) await store.write(inboxOf(id), words);
  return { action: 'translate' };
}

/** Addresses up to this length are sent along as they are; a picture may also be its own address, in megabytes. */
const longAddress = 4_096;

/** A picture by its address; one that is its own address goes into the inbox. */
export async function bringPicture(
  id: string,
  { url, frameId }: { url: string; frameId: number },
  store: Pick<typeof draftStore, 'write'> = draftStore,
): Promise<Wish> {
  const bytes = url.startsWith('data:') ? bytesOfDataUrl(url) : undefined;
  if (!bytes) return { action: 'picture', frameId, url: url.length > longAddress ? undefined : url };
  const image = await readImage(new Blob([bytes]), t('composer.picture', { number: 1 })).catch(
    () => undefined,
  );
  // What is no picture is said where it would have been shown.
  if (image) await store.write(inboxOf(id), '', [image]);
  return { action: 'picture', frameId };
}

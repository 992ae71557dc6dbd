/** Reading what was picked: an open tab, a link, a text that was kept, an earlier chat. */

import { readPickedTab } from '../browser/read-picked-tab';
import type { MeasuredSource } from '../context/compose';
import { measureLongText } from '../context/tokens';
import { AppError } from '../errors';
import type { Source } from '../source';
import { recentSources } from '../store/recent-sources';
import { chatAsSource } from './chat-source';
import type { Candidate } from './gathered';
import type { ReadPickedOptions } from './gathering';

/**
 * Reads it whole.
 * @throws AppError kept-gone when the kept text or chat was deleted, and what reading a tab or a link throws
 */
export async function readPicked(candidate: Candidate, options: ReadPickedOptions): Promise<MeasuredSource> {
  switch (candidate.kind) {
    case 'tab':
      return measured(await readPickedTab(candidate, options));
    case 'bookmark':
    case 'history':
      return measured(await readPickedLink(candidate.url ?? '', options));
    case 'source':
      return there(await recentSources.load(candidate.id), candidate.title);
    case 'chat':
      return measured(there(await chatAsSource(candidate.chatId), candidate.title));
  }
}

async function readPickedLink(url: string, { signal, onProgress }: ReadPickedOptions): Promise<Source> {
  const { readHit } = await import('../search/read-hit');
  const { source } = await readHit(url, {
    signal,
    isChosen: true,
    onProgress: (step) => 'inTab' in step || onProgress(step),
  });
  return source;
}

const measured = async (source: Source): Promise<MeasuredSource> => ({
  source,
  ...(await measureLongText(source.text)),
});

function there<T>(found: T | undefined, title: string): T {
  if (found === undefined) throw new AppError('kept-gone', { title });
  return found;
}

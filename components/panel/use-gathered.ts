import { useEffect } from 'react';
import { type Gathering, pickOf } from '@/utils/chat/gathering';
import type { PendingImage } from '@/utils/chat/images';
import { useWatched } from '../use-watched';
import type { useNextSources } from './use-next-sources';

interface Draft {
  sources: ReturnType<typeof useNextSources>;
  /** The chat has no question yet. */
  isNew: boolean;
  isLoaded: boolean;
  addImages: (images: PendingImage[]) => void;
}

/**
 * What is on its way to the next question. What has arrived goes on to the draft: texts are attached to it, pictures
 * stand in it as if they had been pasted.
 */
export function useGathered(gathering: Gathering, { sources, isNew, isLoaded, addImages }: Draft) {
  const items = useWatched(gathering);
  useEffect(() => {
    if (!isLoaded || !sources.isLoaded) return;
    // A hundred files are attached together, which is one change of the draft.
    const arrived: Parameters<typeof sources.attachEntries>[0][number][] = [];
    for (const item of gathering.get()) {
      if (item.status === 'picture') {
        gathering.remove(item.id);
        addImages([item.image]);
      } else if (item.status === 'ready') {
        gathering.remove(item.id);
        arrived.push([item.entry, pickOf(item)]);
        // Who has a link or files read in a new chat is asking about them; the page is one click away.
        const { page } = sources.plan;
        const isFirst =
          item.kind === 'file'
            ? !sources.attachedAll.some(({ source }) => source.file)
            : item.kind === 'link' && item.key === undefined;
        if (isFirst && isNew && page) sources.setOut(page, true);
      } else if (item.status === 'unpicked') {
        gathering.remove(item.id);
        sources.detachPicked([item.key ?? item.id]);
      }
    }
    if (arrived.length > 0) sources.attachEntries(arrived).catch(() => {});
  });
  return items;
}

import { useEffect, useRef } from 'react';
import { type Gathering, pickOf } from '@/utils/chat/gathering';
import type { PendingImage } from '@/utils/chat/images';
import { isFile } from '../files/has-files';
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
  /** What has been attached; its ids come only once. */
  const taken = useRef(new Set<string>());
  useEffect(() => {
    if (!isLoaded || !sources.isLoaded) return;
    // A hundred files are attached together, which is one change of the draft.
    const arrived: Parameters<typeof sources.attachEntries>[0][number][] = [];
    const files: string[] = [];
    for (const item of gathering.get()) {
      if (item.status === 'picture') {
        gathering.remove(item.id);
        addImages([item.image]);
      } else if (item.status === 'ready' && !taken.current.has(item.id)) {
        taken.current.add(item.id);
        arrived.push([item.entry, pickOf(item)]);
        // Its row stays where it is, and what of it has the focus: the list lets go of it when the draft has it.
        if (item.kind === 'file') files.push(item.id);
        else gathering.remove(item.id);
        // Who has a link or files read in a new chat is asking about them; the page is one click away.
        const { page } = sources.plan;
        const isFirst =
          item.kind === 'file'
            ? !sources.attachedAll.some(({ source }) => isFile(source))
            : item.kind === 'link' && item.key === undefined;
        if (isFirst && isNew && page) sources.setOut(page, true);
      } else if (item.status === 'unpicked') {
        gathering.remove(item.id);
        sources.detachPicked([item.key ?? item.id]);
      }
    }
    if (arrived.length === 0) return;
    const attached = sources.attachEntries(arrived).catch(() => {});
    if (files.length > 0)
      void attached.then(() => {
        for (const id of files) gathering.remove(id);
      });
  });
  return items;
}

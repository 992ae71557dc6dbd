import { useCallback, useRef, useState } from 'react';
import type { Gathering } from '@/utils/chat/gathering';
import type { HandedOver } from './handed-over';

/** A folder that is being looked through. */
export interface Collecting {
  id: number;
  name: string;
  /** Files found so far. */
  count: number;
  stop: () => void;
}

/** Files and folders on their way from the user's hand to the list of what is gathered. */
export function useHandingOver(gathering: Gathering) {
  const [collecting, setCollecting] = useState<Collecting[]>([]);
  const lastId = useRef(0);

  const takeFiles = useCallback(
    (files: File[]) => {
      if (files.length === 0) return;
      gathering.addFiles(files.map((file) => ({ file })));
    },
    [gathering],
  );

  const takeDrop = useCallback(
    ({ files, folders }: HandedOver) => {
      takeFiles(files);
      for (const folder of folders) {
        const controller = new AbortController();
        const id = lastId.current++;
        const row: Collecting = { id, name: folder.name, count: 0, stop: () => controller.abort() };
        setCollecting((list) => [...list, row]);
        const onProgress = (count: number) =>
          setCollecting((list) => list.map((one) => (one.id === id ? { ...one, count } : one)));
        void import('@/utils/chat/folder-walk')
          .then(({ filesBelow }) => filesBelow(folder, { signal: controller.signal, onProgress }))
          .then((found) => gathering.addFolder(folder.name, found))
          // Stopped by the user: nothing was asked for any more.
          .catch(() => {})
          .finally(() => setCollecting((list) => list.filter((one) => one.id !== id)));
      }
    },
    [gathering, takeFiles],
  );

  /** What an input for folders gives. */
  const takeFolder = useCallback(
    async (files: File[]) => {
      const { byFolder } = await import('@/utils/chat/folder-walk');
      for (const [name, found] of byFolder(files)) gathering.addFolder(name, found);
    },
    [gathering],
  );

  return { collecting, takeFiles, takeDrop, takeFolder };
}

import { useCallback, useState } from 'react';
import type { Gathering } from '@/utils/chat/gathering';
import type { MeasuredSource } from '@/utils/context/compose';
import { type Trouble, toAppError } from '@/utils/errors';
import type { FileChoices } from '@/utils/source';
import type { useNextSources } from '../panel/use-next-sources';

/** Reading a file once more with another choice: which are being read, and which could not be. By the ids of sources. */
export interface ReadingAgain {
  busy: ReadonlySet<string>;
  troubles: ReadonlyMap<string, Trouble>;
  /** Resolves with the newer reading, or with nothing when there is none. */
  read: (entry: MeasuredSource, choices: FileChoices) => Promise<MeasuredSource | undefined>;
}

export function useReadingAgain(
  gathering: Pick<Gathering, 'readAgain'>,
  sources: Pick<ReturnType<typeof useNextSources>, 'picks' | 'readAgain'>,
): ReadingAgain {
  const [busy, setBusy] = useState<ReadonlySet<string>>(new Set());
  const [troubles, setTroubles] = useState<ReadonlyMap<string, Trouble>>(new Map());
  const read = useCallback(
    async (entry: MeasuredSource, choices: FileChoices) => {
      const { id } = entry.source;
      setBusy((before) => new Set(before).add(id));
      setTroubles((before) => without(before, id));
      try {
        const newer = await gathering.readAgain(entry, choices);
        const pick = sources.picks.find((one) => one.id === id);
        await sources.readAgain(entry, newer, pick?.key ?? id);
        return newer;
      } catch (error) {
        setTroubles((before) => new Map(before).set(id, toAppError(error).toTrouble()));
        return undefined;
      } finally {
        setBusy((before) => {
          const after = new Set(before);
          after.delete(id);
          return after;
        });
      }
    },
    [gathering, sources.picks, sources.readAgain],
  );
  return { busy, troubles, read };
}

function without(map: ReadonlyMap<string, Trouble>, id: string): ReadonlyMap<string, Trouble> {
  const after = new Map(map);
  after.delete(id);
  return after;
}

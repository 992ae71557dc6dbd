import { useEffect, useRef, useState } from 'react';
import type { Gathered } from '@/utils/chat/gathering';
import type { Task } from '@/utils/models/types';
import { isOnWay, isPicked } from '../picker/picked';

/** A question that waits for what was picked for it. */
export interface Held {
  task: Task;
  /** What is on its way still. */
  waitsFor: number;
  /** What could not be read. */
  missing: Gathered[];
  /** Asks without what is not there. */
  goOn: () => void;
  cancel: () => void;
}

/**
 * Lets a question wait until what was picked has been read: it would be asked about less than its user sees ticked.
 * When something could not be read, the user decides.
 */
export function useHeld(
  gathered: readonly Gathered[],
  { draftId, isBusy, send }: { draftId: string; isBusy: boolean; send: (task: Task) => void },
): { held?: Held; hold: (task: Task) => void } {
  const [waiting, setWaiting] = useState<{ task: Task; draftId: string }>();
  const newest = useRef(send);
  newest.current = send;
  const picked = gathered.filter(isPicked);
  const waitsFor = picked.filter(isOnWay).length;
  const missing = picked.filter(({ status }) => status === 'trouble');
  const isReady = waitsFor === 0 && missing.length === 0;
  // What waits in one chat is not asked in another.
  const here = waiting?.draftId === draftId ? waiting : undefined;

  useEffect(() => {
    if (!here || !isReady || isBusy) return;
    setWaiting(undefined);
    newest.current(here.task);
  }, [here, isReady, isBusy]);

  const goOn = () => {
    setWaiting(undefined);
    if (here && !isBusy) send(here.task);
  };
  return {
    held:
      here && !isReady
        ? { task: here.task, waitsFor, missing, goOn, cancel: () => setWaiting(undefined) }
        : undefined,
    hold: (task) => {
      // A question goes on without what its user has seen fail; what is asked about all of it does not.
      if (waitsFor === 0 && (task === 'answer' || missing.length === 0)) send(task);
      else setWaiting({ task, draftId });
    },
  };
}

import { createState } from '@/utils/chat/state';
import { type Trouble, toAppError } from '@/utils/errors';

/** How the latest change to a setting went; a new object each time. */
export interface SavingState {
  trouble?: Trouble;
}

export const saving = createState<SavingState | undefined>(undefined);

/** Says on the page whether a change was kept. Every write of a setting goes through here. */
export function reportSaving(work: Promise<unknown>): void {
  work.then(
    () => saving.set({}),
    (error: unknown) => saving.set({ trouble: toAppError(error).toTrouble() }),
  );
}

/** Runs that live in the panel, because their page lets no frame of ours in. */

import type { PageRun } from './page-run-types';

export interface PanelRuns {
  /** Begins one for a tab; one that is there is begun anew, or undone. */
  translate(tab: { id: number; windowId: number }, how?: { toggles?: boolean }): void;
}

type Open = typeof import('./page-run-in-tab')['openPageRun'];

const openLater: Open = async (options) => (await import('./page-run-in-tab')).openPageRun(options);

export function createPanelRuns(open: Open = openLater): PanelRuns {
  /** Promises: a tab has one run, however fast it is asked for twice. */
  const runs = new Map<number, Promise<PageRun>>();
  return {
    async translate({ id: tabId, windowId }, { toggles = false } = {}) {
      const known = await runs.get(tabId);
      if (known) {
        const isThere = known.get().stage === 'translating';
        if (isThere && toggles) known.command({ type: 'undo' });
        else if (!isThere) known.command({ type: 'start' });
        return;
      }
      const over = () => {
        const run = runs.get(tabId);
        runs.delete(tabId);
        void run?.then((opened) => opened.end());
      };
      const opening = open({ tabId, windowId, place: 'panel', onOver: over });
      runs.set(tabId, opening);
      try {
        await (await opening).start({ toggles });
      } catch (error) {
        runs.delete(tabId);
        console.error('The page was not translated:', error);
      }
    },
  };
}

/** Requests that a panel has taken and not done yet: the panel may be closed in the middle of it. */

import { storage } from 'wxt/utils/storage';
import type { PendingRequest } from './pending-request';

interface Taken {
  /** Which panel has it in hand. */
  owner: string;
  request: PendingRequest;
}

const item = storage.defineItem<Taken[] | null>('session:takenRequests', { fallback: null });

const list = async (): Promise<Taken[]> => {
  const taken: unknown = await item.getValue();
  return Array.isArray(taken) ? taken : [];
};

export interface TakenRequests {
  /** Keeps a request until it is done. */
  keep(request: PendingRequest): Promise<void>;
  done(id: string): Promise<void>;
  /** Takes over what panels of this window had in hand when they were closed, the oldest first. */
  takeOver(windowId: number): Promise<PendingRequest[]>;
}

/** What this panel has in hand. `locks` tell which panels are open. */
export function createTakenRequests(locks = globalThis.navigator?.locks): TakenRequests {
  const owner = crypto.randomUUID();
  const lockOf = (panel: string) => `panel:${panel}`;
  /** Held until the page goes. */
  const isHeld = new Promise<void>((resolve) => {
    if (!locks) return resolve();
    void locks.request(lockOf(owner), () => {
      resolve();
      return new Promise(() => {});
    });
  });
  const change = async (make: (taken: Taken[]) => Taken[] | Promise<Taken[]>): Promise<void> => {
    const work = async () => {
      const before = await list();
      const after = await make(before);
      if (after.length > 0 || before.length > 0) await item.setValue(after.length > 0 ? after : null);
    };
    await (locks ? locks.request('takenRequests', work) : work());
  };

  return {
    async keep(request) {
      await isHeld;
      await change((taken) => [...taken, { owner, request }]);
    },
    done: (id) => change((taken) => taken.filter(({ request }) => request.id !== id)),
    async takeOver(windowId) {
      // Without locks nobody knows whether another panel still has it in hand.
      if (!locks || (await list()).length === 0) return [];
      await isHeld;
      const found: PendingRequest[] = [];
      await change(async (taken) => {
        const open = new Set((await locks.query()).held?.map(({ name }) => name));
        return taken.map((one) => {
          if (one.request.windowId !== windowId || open.has(lockOf(one.owner))) return one;
          found.push(one.request);
          return { ...one, owner };
        });
      });
      return found.sort((one, other) => one.askedAt - other.askedAt);
    },
  };
}

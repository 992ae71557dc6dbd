import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { type PendingRequest, pendingRequest } from '@/utils/store/pending-request';

const request = (details: Partial<PendingRequest> = {}): PendingRequest =>
  ({
    action: 'summarize',
    id: 'one',
    tabId: 7,
    windowId: 1,
    askedAt: Date.now(),
    ...details,
  }) as PendingRequest;

beforeEach(() => fakeBrowser.reset());
afterEach(() => vi.useRealTimers());

describe('a request from outside the panel', () => {
  it('is taken once', async () => {
    const left = request();
    await pendingRequest.leave(left);
    expect(await pendingRequest.take(1)).toEqual(left);
    expect(await pendingRequest.take(1)).toBeUndefined();
  });

  it('waits for the panel of its own window', async () => {
    await pendingRequest.leave(request());
    expect(await pendingRequest.take(2)).toBeUndefined();
    expect(await pendingRequest.take(1)).toMatchObject({ tabId: 7 });
  });

  it('waits its turn: of two that are left at once neither is lost', async () => {
    await Promise.all([
      pendingRequest.leave(request()),
      pendingRequest.leave(request({ action: 'read', tabId: 8 })),
      pendingRequest.leave(request({ windowId: 2, tabId: 9 })),
    ]);
    expect(await pendingRequest.take(1)).toMatchObject({ action: 'summarize', tabId: 7 });
    expect(await pendingRequest.take(1)).toMatchObject({ action: 'read', tabId: 8 });
    expect(await pendingRequest.take(1)).toBeUndefined();
    expect(await pendingRequest.take(2)).toMatchObject({ tabId: 9 });
  });

  it('does not send the panels of other windows looking for ever', async () => {
    let announced = 0;
    await pendingRequest.leave(request());
    const stop = pendingRequest.watch(() => announced++);
    for (let look = 0; look < 3; look++) expect(await pendingRequest.take(2)).toBeUndefined();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(announced).toBe(0);
    stop();
  });

  it.each([{ action: 'read' }, 'text', 7])(
    'takes what an older version left for nothing: %j',
    async (left) => {
      await fakeBrowser.storage.session.set({ pendingRequest: left });
      expect(await pendingRequest.take(1)).toBeUndefined();
      await pendingRequest.leave(request());
      expect(await pendingRequest.take(1)).toMatchObject({ tabId: 7 });
    },
  );

  it('is forgotten when nobody took it in half a minute', async () => {
    await pendingRequest.leave(request({ askedAt: Date.now() - 29_000 }));
    expect(await pendingRequest.take(1)).toBeDefined();
    await pendingRequest.leave(request({ askedAt: Date.now() - 30_000 }));
    expect(await pendingRequest.take(1)).toBeUndefined();
    expect(JSON.stringify(await fakeBrowser.storage.session.get())).not.toContain('askedAt');
  });

  it('is kept for the session only', async () => {
    await pendingRequest.leave(request());
    expect(await fakeBrowser.storage.local.get()).toEqual({});
  });

  it('is announced when it is left and not when it is taken', async () => {
    let announced = 0;
    const stop = pendingRequest.watch(() => announced++);
    await pendingRequest.leave(request());
    await expect.poll(() => announced).toBe(1);
    await pendingRequest.take(1);
    stop();
    await pendingRequest.leave(request());
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(announced).toBe(1);
  });
});

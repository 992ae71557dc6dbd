import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { type PendingRequest, pendingRequest } from '@/utils/store/pending-request';

const request = (details: Partial<PendingRequest> = {}): PendingRequest => ({
  action: 'summarize',
  tabId: 7,
  windowId: 1,
  askedAt: Date.now(),
  ...details,
});

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

  it('gives way to a later one', async () => {
    await pendingRequest.leave(request());
    await pendingRequest.leave(request({ action: 'read', tabId: 8 }));
    expect(await pendingRequest.take(1)).toMatchObject({ action: 'read', tabId: 8 });
  });

  it('is forgotten when nobody took it in half a minute', async () => {
    await pendingRequest.leave(request({ askedAt: Date.now() - 29_000 }));
    expect(await pendingRequest.take(1)).toBeDefined();
    await pendingRequest.leave(request({ askedAt: Date.now() - 30_000 }));
    expect(await pendingRequest.take(1)).toBeUndefined();
    expect(await fakeBrowser.storage.session.get()).not.toMatchObject({ pendingRequest: { tabId: 7 } });
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

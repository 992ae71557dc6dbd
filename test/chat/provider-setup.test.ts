import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { firstModel, testConnection } from '@/utils/chat/provider-setup';
import type { SpendingRecord } from '@/utils/store/records';
import { connectionTo } from '../fixtures/models';
import { type Behaviour, type ModelServer, refusals, startModelServer } from '../servers/model-server';

let server: ModelServer;
beforeAll(async () => {
  server = await startModelServer();
  // The fake browser has no permissions of its own.
  Object.assign(fakeBrowser.permissions, { contains: async () => true });
});
beforeEach(() => server.reset());
afterAll(() => server.close());

const test = (behaviour: Behaviour, now?: () => number) => {
  server.next(behaviour);
  return testConnection(connectionTo(server.baseUrl), { now });
};

describe('testing a connection', () => {
  it('gives the seconds until the first word', async () => {
    let time = 0;
    expect(await test({ text: 'ready' }, () => (time += 1_234))).toBe(1.2);
    expect(await test({ text: 'ready' }, () => 0)).toBe(0.1);
  });

  it('takes a model that thinks for one that answers, and hangs up', async () => {
    expect(await test({ thinking: 'word '.repeat(200), chunkDelay: 10, text: 'ready' })).toBeLessThan(2);
    expect(await server.requests[0]?.ended).toBe('closed-by-client');
  });

  it('is in the account of spending, when the model has a price and has answered', async () => {
    const records: Omit<SpendingRecord, 'sequence'>[] = [];
    const spending = { record: async (entry: Omit<SpendingRecord, 'sequence'>) => void records.push(entry) };
    const priced = connectionTo(server.baseUrl);
    priced.model = { ...priced.model, price: { currency: 'USD', input: 3, output: 15 } };
    server.next(refusals.badKey);
    await expect(testConnection(priced, { spending })).rejects.toThrow();
    server.next({ text: 'ready' });
    await testConnection(connectionTo(server.baseUrl), { spending });
    expect(records).toEqual([]);
    server.next({ text: 'ready' });
    await testConnection(priced, { spending });
    expect(records).toEqual([
      expect.objectContaining({
        chatId: '',
        model: priced.model.name,
        cost: expect.objectContaining({ currency: 'USD', exact: false }),
      }),
    ]);
    expect(records[0]?.cost.amount).toBeGreaterThan(0);
    expect(records[0]?.cost.amount).toBeLessThan(0.001);
  });

  it('sends one short question and nothing of the user', async () => {
    await test({ text: 'ready' });
    expect(server.requests).toHaveLength(1);
    expect(server.requests[0]?.body.messages).toEqual([
      { role: 'user', content: 'Reply with the single word: ready' },
    ]);
  });

  it.each<[string, Behaviour, string]>([
    ['a wrong key', refusals.badKey, 'key-refused'],
    ['a missing model', refusals.modelNotFound, 'model-not-found'],
    ['a web page', refusals.html(200), 'wrong-address'],
    ['an empty account', refusals.quotaUsedUp, 'quota-used-up'],
    ['a limit of requests, without waiting', refusals.rateLimit(60), 'rate-limited'],
    ['an error of the server, without waiting', refusals.serverError, 'server-error'],
    ['an empty answer', { text: '' }, 'empty-answer'],
    ['an answer that is cut', { text: 'ready', cutAfterCharacters: 0 }, 'stream-cut'],
  ])('fails with the code of a real question for %s', async (_, behaviour, code) => {
    await expect(test(behaviour)).rejects.toMatchObject({ code });
    expect(server.requests).toHaveLength(1);
  });

  it('fails when nobody is there, and before sending when a key is missing', async () => {
    const gone = await startModelServer();
    await gone.close();
    await expect(testConnection(connectionTo(gone.baseUrl))).rejects.toMatchObject({ code: 'unreachable' });
    const keyless = connectionTo(server.baseUrl, { key: undefined });
    await expect(testConnection(keyless)).rejects.toMatchObject({ code: 'no-key' });
    expect(server.requests).toEqual([]);
  });
});

describe('the model that answers first after a key was pasted', () => {
  const model = (id: string, window?: number) => ({ id, name: id, ...(window ? { window } : {}) });
  const ours = [model('small', 131_072), model('long', 1_000_000), model('also-long', 1_000_000)] as never[];

  it.each([
    ['the longest of those that the key may use', ours, ['small', 'long', 'also-long', 'new'], 'long'],
    ['the first of equals in our data', ours, ['also-long', 'long'], 'long'],
    ['another where the key may not use the longest', ours, ['small', 'new'], 'small'],
    ['one of ours where the list names none of them', ours, ['new'], 'long'],
    ['the longest of the list where we know none', [] as never[], ['new', 'newer'], 'newer'],
    ['none where there is none', [] as never[], [], ''],
  ])('is %s', (_, models, listed, expected) => {
    const windows: Record<string, number> = { new: 8_192, newer: 2_000_000 };
    expect(
      firstModel(
        { models },
        listed.map((id) => model(id, windows[id])),
      ),
    ).toBe(expected);
  });
});

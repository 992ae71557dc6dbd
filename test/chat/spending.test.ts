import 'fake-indexeddb/auto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import type { Question } from '@/utils/chat/new-turn';
import { spentInChat, spentInMonth } from '@/utils/chat/spent';
import { sumMoney } from '@/utils/context/money';
import { costOf } from '@/utils/context/prices';
import { settings } from '@/utils/store/settings';
import { monthOf } from '@/utils/store/spending';
import { servedConversation } from '../fixtures/served-conversations';
import { type ModelServer, refusals, startModelServer } from '../servers/model-server';

let server: ModelServer;
beforeAll(async () => {
  server = await startModelServer();
});
afterAll(() => server.close());
beforeEach(() => {
  fakeBrowser.reset();
  server.reset();
});

const price = { currency: 'USD', input: 2, output: 10, cacheRead: 0.2 } as const;
const chat = () => servedConversation({ entry: { baseUrl: server.baseUrl, corrections: { m: { price } } } });
const question = (words = 'How much?'): Question => ({ task: 'answer', question: words, sources: [] });
const usage = (prompt_tokens: number, completion_tokens: number, cached_tokens?: number) => ({
  usage: { prompt_tokens, completion_tokens, cached_tokens },
});

describe('the account of spending', () => {
  it('is the sum of what the server reported, to the last part of a cent', async () => {
    const { conversation, spending, answers } = await chat();
    const reported = [
      usage(1_234, 56, 1_024),
      usage(99_999, 1, 3),
      usage(7, 4_321),
      usage(31_337, 42, 31_000),
    ];
    server.next(...reported);
    for (const _ of reported) await conversation.ask(question());
    const costs = reported.map(
      ({ usage: { prompt_tokens: input, completion_tokens: output, cached_tokens: cached } }) =>
        costOf({ price }, { input, output, cached }) ?? expect.fail('No cost'),
    );
    expect(reported.map((_, turn) => answers(turn)[0]?.sendings[0]?.cost)).toEqual(costs);
    const chatId = conversation.get().chat?.id ?? '';
    expect(await spentInChat(chatId, spending)).toEqual(sumMoney(costs));
    expect(await spentInMonth(undefined, spending)).toEqual(sumMoney(costs));
    expect(await spentInMonth('1999-12', spending)).toEqual([]);
  });

  it('outlives the chat, without a word of it', async () => {
    const { conversation, spending, store } = await chat();
    server.next(usage(1_000, 100));
    await conversation.ask(question('A secret question?'));
    const before = await spentInMonth(undefined, spending);
    await store.removeChat(conversation.get().chat?.id ?? '');
    expect(await spentInMonth(undefined, spending)).toEqual(before);
    const kept = JSON.stringify(await spending.ofMonth());
    expect(kept).not.toMatch(/secret|Hello/);
  });

  it('counts what was sent again, continued or cut off, and says ≈ where nobody counted', async () => {
    const { conversation, spending, answers } = await chat();
    server.next({ text: 'It began', cutAfterCharacters: 4 }, usage(500, 50));
    await conversation.ask(question());
    expect(answers(0)[0]?.sendings[0]?.cost).toMatchObject({ exact: false });
    await conversation.continueAnswer(answers(0)[0]?.id ?? '');
    const records = await spending.ofMonth();
    expect(records.map(({ cost }) => cost.exact)).toEqual([false, true]);
    expect(records[0]?.cost.amount).toBeGreaterThan(0);
  });

  it.each([
    ['a refusal', refusals.badKey],
    ['a wrong address', refusals.html(404)],
    ['a request that is too long', refusals.contextLength(9_000, 8_000)],
  ])('charges nothing for %s', async (_, behaviour) => {
    const { conversation, spending } = await chat();
    server.next(behaviour);
    await conversation.ask(question());
    expect(await spending.ofMonth()).toEqual([]);
  });

  it('counts a question that was stopped while the model read', async () => {
    const { conversation, spending } = await chat();
    server.next({ hold: true });
    const asking = conversation.ask(question());
    await server.request(0);
    conversation.stop();
    await asking;
    expect((await spending.ofMonth()).map(({ cost }) => cost.exact)).toEqual([false]);
  });
});

describe('a limit of spending', () => {
  it('asks before it would be passed, once, and again before twice of it', async () => {
    await settings.spendingCap.write({ amount: 1, currency: 'USD', period: 'month' });
    const { conversation, spending } = await chat();
    const decision = () => conversation.get().decision;
    const spend = (amount: number) =>
      spending.record({
        chatId: 'another',
        month: monthOf(Date.now()),
        providerId: 'custom',
        model: 'm',
        cost: { currency: 'USD', amount, exact: true },
        input: 1,
        output: 1,
      });
    await conversation.ask(question());
    expect(decision()).toBeUndefined();
    await spend(0.995);
    await conversation.ask(question());
    expect(decision()).toMatchObject({
      kind: 'spending',
      period: 'month',
      cap: { currency: 'USD', amount: 1 },
      cost: { exact: false },
    });
    expect(server.requests).toHaveLength(1);
    await conversation.decide({ kind: 'cancel' });
    await conversation.ask(question());
    await conversation.decide({ kind: 'go-on' });
    expect(server.requests).toHaveLength(2);
    await spend(0.5);
    await conversation.ask(question());
    expect([decision(), server.requests.length]).toEqual([undefined, 3]);
    await spend(0.6);
    await conversation.ask(question());
    expect(decision()?.kind).toBe('spending');
    expect(server.requests).toHaveLength(3);
  });

  it('of a chat knows only the chat', async () => {
    await settings.spendingCap.write({ amount: 0.05, currency: 'USD', period: 'chat' });
    const { conversation } = await chat();
    server.always(usage(20_000, 1_000));
    await conversation.ask(question());
    await conversation.ask(question());
    expect(conversation.get().decision).toMatchObject({ kind: 'spending', period: 'chat' });
    await conversation.decide({ kind: 'go-on' });
    expect(server.requests).toHaveLength(2);
    conversation.startNew();
    await conversation.ask(question());
    expect([conversation.get().decision, server.requests.length]).toEqual([undefined, 3]);
  });

  it('in another currency is compared by the user’s own rate', async () => {
    await settings.currency.write({ code: 'CNY', perDollar: 10 });
    await settings.spendingCap.write({ amount: 0.05, currency: 'CNY', period: 'month' });
    const { conversation } = await chat();
    await conversation.ask(question());
    // 800 tokens of an answer at 10 dollars a million are 0.008 dollars, which are 0.08 yuan.
    expect(conversation.get().decision).toMatchObject({ kind: 'spending', cap: { currency: 'CNY' } });
  });
});

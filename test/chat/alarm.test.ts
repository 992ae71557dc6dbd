import 'fake-indexeddb/auto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import type { MeasuredSource } from '@/utils/context/compose';
import { estimateTokens } from '@/utils/context/tokens';
import { settings } from '@/utils/store/settings';
import { measured, paragraphsWithNeedles, servedConversation } from '../fixtures/served-conversations';
import {
  type Behaviour,
  type ModelServer,
  type ReceivedRequest,
  startModelServer,
} from '../servers/model-server';

let server: ModelServer;
let text: MeasuredSource;
beforeAll(async () => {
  server = await startModelServer();
  text = await measured(paragraphsWithNeedles('long', 300));
});
afterAll(() => server.close());
beforeEach(() => {
  fakeBrowser.reset();
  server.reset();
});

const chat = (details: Partial<Parameters<typeof servedConversation>[0]> = {}) =>
  servedConversation({ entry: { baseUrl: server.baseUrl, window: 200_000 }, ...details });
const question = (sources: MeasuredSource[] = []) =>
  ({ task: 'answer', question: 'What?', sources }) as const;
/** A server that read this share of what was sent, or so many tokens, and says so. */
const reading =
  (share: number, most = Number.POSITIVE_INFINITY) =>
  (request: ReceivedRequest): Behaviour => ({
    text: 'Yes.',
    usage: {
      prompt_tokens: Math.min(most, Math.round(estimateTokens(request.prompt) * share)),
      completion_tokens: 2,
    },
  });

describe('a server that cuts in silence', () => {
  it.each([0.7, 0.5, 0.1])('is found when it read %d of the text', async (share) => {
    const { conversation, answers } = await chat();
    server.always(reading(share));
    await conversation.ask(question([text]));
    const [answer] = answers(0);
    expect(answer).toMatchObject({ text: 'Yes.', reason: 'stop' });
    const { alarm, usage, estimate } = answer?.sendings[0] ?? {};
    expect(alarm).toEqual({ reported: usage?.input, expected: estimate?.total });
    expect(await settings.calibration.read()).toEqual({});
  });

  it('is found when it reads as a small Ollama does, and again with the next question', async () => {
    const { conversation, answers } = await chat();
    server.always(reading(1, 4_096));
    await conversation.ask(question([text]));
    await conversation.ask(question());
    expect(answers(0)[0]?.sendings[0]?.alarm?.reported).toBe(4_096);
    expect(answers(1)[0]?.sendings[0]?.alarm?.reported).toBe(4_096);
  });

  it('is found when a tenth of a longer request is missing', async () => {
    const { conversation, answers } = await chat();
    server.next(reading(1));
    await conversation.ask(question([text]));
    const more = await measured(paragraphsWithNeedles('more', 45));
    server.next(reading(0.89));
    await conversation.ask(question([more]));
    expect(answers(0)[0]?.sendings[0]?.alarm).toBeUndefined();
    expect(answers(1)[0]?.sendings[0]?.alarm).toBeDefined();
  });

  it('is found when it cut until no room was left to answer', async () => {
    const { conversation, answers } = await chat();
    server.next({ text: '', finishReason: 'length', usage: { prompt_tokens: 15_000, completion_tokens: 0 } });
    await conversation.ask(question([text]));
    expect(answers(0)[0]?.sendings[0]?.alarm?.reported).toBe(15_000);
    expect(answers(0)[0]?.trouble?.code).toBe('empty-answer');
  });
});

describe('an honest server', () => {
  it('is believed over ten questions, and teaches how it counts', async () => {
    const { conversation, answers, connect } = await chat();
    server.always(reading(1.2));
    for (let turn = 0; turn < 10; turn++) await conversation.ask(question(turn === 0 ? [text] : []));
    for (let turn = 0; turn < 10; turn++)
      expect(answers(turn)[0]?.sendings[0]?.alarm, `${turn}`).toBeUndefined();
    const { latin } = (await connect()).model.tokenFactors ?? {};
    expect(latin).toBeGreaterThan(1.17);
    expect(latin).toBeLessThan(1.25);
    const last = answers(9)[0]?.sendings[0];
    expect(Math.abs((last?.estimate.total ?? 0) / (last?.usage?.input ?? 1) - 1)).toBeLessThan(0.03);
  });

  it('raises nothing when it says nothing, nor when it counts only what it reads anew', async () => {
    const { conversation, answers } = await chat();
    server.next({ text: 'Yes.', usage: 'none' });
    await conversation.ask(question([text]));
    server.next(reading(1));
    await conversation.ask(question());
    server.next({ text: 'Yes.', usage: { prompt_tokens: 140, completion_tokens: 2 } });
    await conversation.ask(question());
    const alarms = [0, 1, 2].map((turn) => answers(turn)[0]?.sendings[0]?.alarm);
    expect(alarms).toEqual([undefined, undefined, undefined]);
    expect((await settings.calibration.read())['custom/m']?.latin?.factor).toBeGreaterThan(0.9);
  });

  it('gives a model that is asked again the same account', async () => {
    const { conversation, answers } = await chat();
    server.always(reading(1));
    await conversation.ask(question([text]));
    await conversation.again(conversation.get().turns[0]?.id ?? '');
    expect(answers(0).map(({ sendings }) => sendings[0]?.alarm)).toEqual([undefined, undefined]);
    expect(answers(0)[1]?.sendings[0]?.repeats?.reported).toBe(answers(0)[0]?.sendings[0]?.usage?.input);
  });
});

describe('a count by the provider', () => {
  const counting = (window: number, countTokens: () => Promise<number | undefined>) =>
    servedConversation({
      entry: { baseUrl: server.baseUrl, window },
      provider: { counting: 'openai' },
      surroundings: { countTokens },
    });

  it('decides where the estimate is near the window, on both sides', async () => {
    // About 15,300 tokens by our estimate, and a quarter of the window for the answer.
    for (const [window, count, sent] of [
      [25_000, 19_000, 0],
      [25_000, 18_000, 1],
      [20_000, 14_000, 1],
      [20_000, 16_000, 0],
    ] as const) {
      server.reset();
      const { conversation, answers } = await counting(window, async () => count);
      await conversation.ask(question([text]));
      expect(server.requests, `${count} in ${window}`).toHaveLength(sent);
      if (!sent) {
        const needed = count + window / 4;
        expect(conversation.get().decision).toMatchObject({
          kind: 'overflow',
          needed,
          limit: window,
          counted: true,
        });
      }
      if (sent) {
        const { estimate } = answers(0)[0]?.sendings[0] ?? expect.fail('No sending');
        expect(estimate).toMatchObject({ total: count, counted: true });
        const parts = estimate.bySource.reduce((sum, { tokens }) => sum + tokens, 0);
        expect(parts + estimate.instructions + estimate.history).toBe(count);
      }
    }
  });

  it('is not asked for far from the window, and not missed when it fails', async () => {
    let asked = 0;
    const failing = async () => {
      asked++;
      throw new TypeError('Failed to fetch');
    };
    const far = await counting(200_000, failing);
    await far.conversation.ask(question([text]));
    expect([asked, server.requests.length]).toEqual([0, 1]);
    const near = await counting(25_000, failing);
    await near.conversation.ask(question([text]));
    expect([asked, server.requests.length]).toEqual([1, 2]);
  });
});

describe('a large window on this computer', () => {
  it('is asked about once in a chat, with what it takes', async () => {
    const windows: number[] = [];
    const { conversation } = await servedConversation({
      entry: { baseUrl: server.origin, window: 200_000 },
      provider: { wire: 'ollama' },
      surroundings: {
        windowMemory: async (_, window) => {
          windows.push(window);
          return window * 1_000;
        },
      },
    });
    const long = await measured(paragraphsWithNeedles('memory', 600));
    await conversation.ask(question([long]));
    const [window = 0] = windows;
    expect(conversation.get().decision).toEqual({
      kind: 'memory',
      model: 'm',
      window,
      bytes: window * 1_000,
    });
    expect(window).toBeGreaterThan(32_768);
    await conversation.decide({ kind: 'go-on' });
    await conversation.ask(question());
    expect(conversation.get().decision).toBeUndefined();
    expect([conversation.get().turns.length, windows.length]).toEqual([2, 1]);
  });

  it('is asked about before passes that are as large', async () => {
    const { conversation } = await servedConversation({
      entry: { baseUrl: server.origin, window: 40_000 },
      provider: { wire: 'ollama' },
    });
    const long = await measured(paragraphsWithNeedles('memory', 900));
    await conversation.ask(question([long]));
    await conversation.decide({ kind: 'passes' });
    expect(conversation.get().decision).toMatchObject({ kind: 'memory', window: 40_000 });
    expect([server.requests.length, conversation.get().turns.length]).toEqual([0, 0]);
    await conversation.decide({ kind: 'go-on' });
    expect(conversation.get().decision).toBeUndefined();
    expect(conversation.get().turns).toHaveLength(1);
  });
});

import 'fake-indexeddb/auto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { addUsage } from '@/utils/chat/tool-rounds';
import { servedConversation } from '../fixtures/served-conversations';
import { type ModelServer, startModelServer } from '../servers/model-server';

let server: ModelServer;
beforeAll(async () => {
  server = await startModelServer();
});
afterAll(() => server.close());
beforeEach(() => {
  fakeBrowser.reset();
  server.reset();
});

const ask = async () => {
  const served = await servedConversation({ entry: { baseUrl: server.baseUrl } });
  await served.conversation.ask({ task: 'answer', question: 'What?', sources: [] });
  return { ...served, answer: served.answers(0)[0] };
};
const call = { id: 'call-1', name: 'web_search', arguments: '{"query":"tides"}' };
const calls = { toolCalls: [call], finishReason: 'tool_calls' };

describe('a model that asks for a tool', () => {
  it('hears that there is none, and answers', async () => {
    server.next({ text: 'Let me see. ', ...calls }, { text: 'At six.' });
    const { answer } = await ask();
    expect(answer).toMatchObject({ text: 'Let me see. At six.', reason: 'stop', state: 'ended' });
    expect(answer?.toolCalls).toEqual([expect.objectContaining({ type: 'tool-call', ...call })]);
    const messages = (server.requests[1]?.body.messages ?? []) as unknown as Record<string, unknown>[];
    expect(messages.slice(0, 2)).toEqual(server.requests[0]?.body.messages);
    expect(messages[2]).toMatchObject({ role: 'assistant', tool_calls: [{ id: 'call-1' }] });
    expect(messages[3]).toMatchObject({ role: 'tool', tool_call_id: 'call-1' });
    expect(JSON.stringify(messages[3])).toContain('There is no tool named');
  });

  it('pays for both requests, and neither is taken for a cut', async () => {
    server.next(
      { text: '', ...calls, usage: { prompt_tokens: 400, completion_tokens: 20 } },
      { text: 'Six.', usage: { prompt_tokens: 450, completion_tokens: 5, cached_tokens: 400 } },
    );
    const { answer } = await ask();
    expect(answer?.sendings).toHaveLength(1);
    expect(answer?.sendings[0]).toMatchObject({ usage: { input: 850, output: 25, cached: 400 }, rounds: 2 });
    expect(answer?.sendings[0]?.alarm).toBeUndefined();
  });

  it('is not asked a third time', async () => {
    server.always({ text: '', ...calls });
    const { answer } = await ask();
    expect(server.requests).toHaveLength(2);
    expect(answer).toMatchObject({ state: 'ended', reason: 'error', trouble: { code: 'empty-answer' } });
    server.reset();
    server.always({ text: 'Something.', ...calls });
    const again = await ask();
    expect(server.requests).toHaveLength(2);
    expect(again.answer).toMatchObject({ state: 'ended', reason: 'stop' });
  });

  it('keeps its thinking apart from its answer', async () => {
    server.next({ text: '', thinking: 'I should search.', ...calls }, { text: 'Six.', thinking: 'No tool.' });
    const { answer } = await ask();
    expect(answer).toMatchObject({ text: 'Six.', thinking: 'I should search.No tool.' });
  });
});

it('counts of two requests are added, and what one does not say is not made up', () => {
  expect(addUsage(undefined, { input: 1 })).toEqual({ input: 1 });
  expect(addUsage({ input: 1, output: 2 }, { input: 3, cached: 4 })).toEqual({
    input: 4,
    output: 2,
    cached: 4,
  });
});

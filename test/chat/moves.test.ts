import 'fake-indexeddb/auto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { toConnection } from '@/utils/chat/connection';
import { custom } from '@/utils/models/providers/custom';
import { conversationWith, gate } from '../fixtures/conversations';
import { text } from '../fixtures/models';
import { aChat, aTurn } from '../fixtures/records';
import { measured, paragraphsWithNeedles, servedConversation } from '../fixtures/served-conversations';
import { measuredSource } from '../fixtures/sources';
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

const asks = (question: string, sources: Awaited<ReturnType<typeof measuredSource>>[] = []) =>
  ({ task: 'answer', question, sources }) as const;

/** What was begun in one chat, and the user went to another before it was sent. */
describe('a chat that was left', () => {
  it('does not send the answer that was being prepared again', async () => {
    const { conversation, requests, use } = conversationWith();
    await conversation.ask(asks('One?'));
    const { closed, open } = gate();
    use({ check: () => closed });
    const again = conversation.again(conversation.get().turns[0]?.id ?? '');
    conversation.startNew();
    open();
    await again;
    expect(requests).toHaveLength(1);
    expect(conversation.get().turns).toEqual([]);
  });

  it('does not go on with an answer that was being continued', async () => {
    const { conversation, requests, use, next, answers } = conversationWith();
    next(text('Half'), { type: 'end', reason: 'cut-off' });
    await conversation.ask(asks('One?'));
    const answer = answers(0)[0]?.id ?? '';
    const { closed, open } = gate();
    use({ check: () => closed });
    const going = conversation.continueAnswer(answer);
    conversation.startNew();
    open();
    await going;
    expect(requests).toHaveLength(1);
  });

  it('does not carry out in the next chat what was decided in it', async () => {
    const large = { providerId: 'custom', modelId: 'large', baseUrl: server.baseUrl, window: 64_000 };
    const { closed, open } = gate();
    let slow = false;
    const { conversation } = await servedConversation({
      entry: { baseUrl: server.baseUrl, window: 8_000 },
      surroundings: {
        connected: async () => {
          if (slow) await closed;
          return [toConnection(custom, large)];
        },
      },
    });
    const long = await measured(paragraphsWithNeedles('long', 240), { title: 'Long' });
    await conversation.ask(asks('What?', [long]));
    expect(conversation.get().decision?.kind).toBe('overflow');
    slow = true;
    const deciding = conversation.decide({ kind: 'model', providerId: 'custom', modelId: 'large' });
    conversation.startNew();
    open();
    await deciding;
    expect([server.requests.length, conversation.get().turns.length]).toEqual([0, 0]);
  });

  it('leaves the next one free to be asked in at once', async () => {
    const { conversation, requests, use } = conversationWith();
    const { closed, open } = gate();
    use({ check: () => closed });
    const first = conversation.ask(asks('One?'));
    conversation.startNew();
    use({ check: () => Promise.resolve() });
    await conversation.ask(asks('Two?'));
    open();
    await first;
    expect(requests.map(({ question }) => question)).toEqual(['Two?']);
    expect(conversation.get().turns.map(({ question }) => question)).toEqual(['Two?']);
  });

  it('raises no error about the sources of the one that was opened', async () => {
    const { conversation, use, requests } = conversationWith();
    await conversation.ask(asks('One?', [await measuredSource(['One.'])]));
    const first = conversation.get().chat?.id ?? '';
    conversation.startNew();
    const { closed, open } = gate();
    use({ check: () => closed });
    const asking = conversation.ask(asks('Two?', [await measuredSource(['Two.'])]));
    await conversation.open(first);
    open();
    await asking;
    expect(requests).toHaveLength(1);
  });
});

it('shows the last of two chats that were opened one after the other', async () => {
  const { conversation, store } = conversationWith();
  for (const id of ['a', 'b']) {
    await store.saveTurn(aChat({ id }), aTurn({ id: `turn-${id}`, chatId: id }), []);
  }
  const load = store.loadChat.bind(store);
  const { closed, open } = gate();
  store.loadChat = async (id) => {
    const stored = await load(id);
    if (id === 'a') await closed;
    return stored;
  };
  const first = conversation.open('a');
  await conversation.open('b');
  open();
  await first;
  expect(conversation.get().chat?.id).toBe('b');
});

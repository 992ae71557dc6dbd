import 'fake-indexeddb/auto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createConversation } from '@/utils/chat/conversation';
import { quietSurroundings } from '@/utils/chat/jobs';
import { cacheKeyOf } from '@/utils/chat/sendings';
import { messageText } from '@/utils/context/compose';
import { anthropic } from '@/utils/models/providers/anthropic';
import { custom } from '@/utils/models/providers/custom';
import type { Connection } from '@/utils/models/types';
import { createChatStore } from '@/utils/store/chats';
import { openDatabase } from '@/utils/store/database';
import { measured, paragraphsWithNeedles } from '../fixtures/served-conversations';
import { commonPrefix, tenQuestions } from '../fixtures/ten-questions';
import { anthropicMessages as anthropicDialect } from '../servers/dialects/anthropic';
import { type ModelServer, startModelServer } from '../servers/model-server';

let server: ModelServer;
let other: ModelServer;
beforeAll(async () => {
  server = await startModelServer();
  other = await startModelServer({ dialect: anthropicDialect });
});
afterAll(() => Promise.all([server.close(), other.close()]));

const page = () => measured(paragraphsWithNeedles('page', 400), { title: 'The page' });
const tab = () => measured(paragraphsWithNeedles('tab', 20), { title: 'Another tab' });

describe('ten questions, a prompt switched, search toggled, a tab added and a vendor asked in between', () => {
  it('repeat every byte of the request before', async () => {
    const asked = tenQuestions(await page(), await tab());
    expect(asked).toHaveLength(11);
    for (const [index, { request }] of asked.entries()) {
      const before = asked[index - 1]?.request;
      if (!before) continue;
      // Also across vendors: messages are the same, whoever reads them.
      const bytes = JSON.stringify(before.messages).slice(0, -1);
      expect(JSON.stringify(request.messages).startsWith(bytes), `question ${index + 1}`).toBe(true);
      expect(JSON.stringify(request.tools)).toBe(JSON.stringify(before.tools));
      expect(request.cacheKey).toBe(before.cacheKey);
      expect(request.messages.slice(0, before.messages.length).map(({ cacheAfter }) => cacheAfter)).toEqual(
        before.messages.map(({ cacheAfter }) => cacheAfter),
      );
    }
    const last = asked.at(-1)?.request ?? expect.fail('No request');
    const marked = last.messages.filter(({ cacheAfter }) => cacheAfter !== undefined);
    expect(marked).toHaveLength(2);
    for (const { parts, cacheAfter = -1 } of marked)
      expect(parts[cacheAfter]).toMatch(/^<documents>[\s\S]*<\/documents>\n\n$/);
    // What may change stands after the documents, in the last message.
    const first = messageText(last.messages[1] ?? expect.fail('No message'));
    expect(first.indexOf('Today is')).toBeGreaterThan(first.indexOf('</documents>'));
  });

  it('arrive at the server with the same bytes, also after another vendor was asked', async () => {
    const db = openDatabase('prefix');
    const here: Connection = {
      provider: custom,
      baseUrl: server.baseUrl,
      model: { id: 'm', name: 'M', window: 900_000 },
    };
    const there: Connection = {
      provider: anthropic,
      baseUrl: other.baseUrl,
      key: 'k',
      model: { id: 'claude-haiku-5-5', name: 'C', window: 900_000 },
    };
    let connection = here;
    const conversation = createConversation({
      store: createChatStore(db),
      connect: async () => connection,
      check: async () => {},
    });
    const [text, added] = [await page(), await tab()];
    const ask = (number: number, more = {}) =>
      conversation.ask({ task: 'answer', question: `Question ${number}?`, sources: [text], ...more });
    await ask(1);
    await ask(2, { prompt: { role: 'a critic', examples: [{ question: 'A?', answer: 'B.' }] } });
    await ask(3, { searchMode: 'auto', language: 'Japanese' });
    await ask(4, { searchMode: 'off', sources: [text, added] });
    connection = there;
    await ask(5);
    connection = here;
    for (let number = 6; number <= 10; number++) await ask(number);
    expect([server.requests.length, other.requests.length]).toEqual([9, 1]);
    const sent = server.requests.map(({ body }) => JSON.stringify(body.messages));
    for (const [index, bytes] of sent.slice(1).entries()) {
      const before = sent[index] ?? '';
      expect(commonPrefix(before, bytes), `request ${index + 2}`).toBeGreaterThanOrEqual(before.length - 1);
    }
    expect(other.requests[0]?.text).toContain('⟨page-400⟩');
  });
});

describe('the saved prompt in use', () => {
  it('goes with new questions, also when they are asked again, and leaves what was sent as it was', async () => {
    server.reset();
    let manner: Awaited<ReturnType<typeof quietSurroundings.manner>> = {};
    const conversation = createConversation({
      store: createChatStore(openDatabase('prefix-manner')),
      connect: async () => ({
        provider: custom,
        baseUrl: server.baseUrl,
        model: { id: 'm', name: 'M', window: 900_000 },
      }),
      check: async () => {},
      surroundings: { ...quietSurroundings, manner: async () => manner },
    });
    const sources = [await page()];
    const ask = (question: string) =>
      conversation.ask({ task: 'answer', question, sources, language: 'English' });
    await ask('One?');
    manner = { prompt: { role: 'a harbour pilot' }, language: 'Japanese' };
    await ask('Two?');
    manner = { prompt: { role: 'a critic' } };
    await conversation.again(conversation.get().turns[1]?.id ?? '');
    await ask('Three?');
    manner = {};
    await ask('Four?');
    const messages = server.requests.map(({ body }) => body.messages as { content: unknown }[]);
    const last = messages.map((list) => JSON.stringify(list.at(-1)));
    expect(last.map((text) => /a harbour pilot|a critic/.exec(text)?.[0])).toEqual([
      undefined,
      'a harbour pilot',
      'a harbour pilot',
      'a critic',
      undefined,
    ]);
    expect(last.map((text) => /Write in (\w+)/.exec(text)?.[1])).toEqual([
      'English',
      'Japanese',
      'Japanese',
      'English',
      'English',
    ]);
    const sent = messages.map((list) => JSON.stringify(list));
    expect(sent[2]).toBe(sent[1]);
    for (const [before, after] of [
      [0, 1],
      [2, 3],
      [3, 4],
    ] as const)
      expect(sent[after]?.startsWith((sent[before] ?? '').slice(0, -1))).toBe(true);
  });
});

describe('the name of a conversation for caches', () => {
  it('stays the same and tells nobody which chat it is', async () => {
    const name = await cacheKeyOf('4f1c2a34-0000-4000-8000-000000000001');
    expect(name).toBe(await cacheKeyOf('4f1c2a34-0000-4000-8000-000000000001'));
    expect(name).not.toBe(await cacheKeyOf('4f1c2a34-0000-4000-8000-000000000002'));
    expect(name).toMatch(/^[0-9a-f]{32}$/);
    expect(name).not.toContain('4f1c2a34');
  });
});

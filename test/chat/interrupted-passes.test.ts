import 'fake-indexeddb/auto';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import type { MeasuredSource } from '@/utils/context/compose';
import { settings } from '@/utils/store/settings';
import { measured, paragraphsWithNeedles, servedConversation } from '../fixtures/served-conversations';
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

const asks = (question: string, sources: MeasuredSource[] = []) =>
  ({ task: 'answer', question, sources }) as const;

/** A model of 8,000 tokens and three texts that are too much for it together. */
const crowded = async () => {
  const served = await servedConversation({ entry: { baseUrl: server.baseUrl, window: 8_000 } });
  const sources = [
    await measured(paragraphsWithNeedles('short', 20), { title: 'Short' }),
    await measured(paragraphsWithNeedles('long', 180), { title: 'Long' }),
    await measured(paragraphsWithNeedles('middle', 40), { title: 'Middle' }),
  ] as const;
  return { ...served, sources };
};

it('passes whose panel was closed during the first go on with the same pass', async () => {
  const { conversation, store, sources, answers } = await crowded();
  server.next({ hold: true });
  await conversation.ask(asks('What?', [...sources]));
  const reading = conversation.decide({ kind: 'passes' });
  await server.request(0);
  const chatId = conversation.get().chat?.id ?? '';
  // What is on disk at this moment is all that a panel leaves that is closed now.
  const left = await store.loadChat(chatId);
  conversation.stop();
  await reading;
  for (const answer of left?.answers ?? []) await store.saveAnswer(answer);
  conversation.startNew();
  await conversation.open(chatId);
  server.next({ text: 'First.' }, { text: 'Second.' }, { text: 'All.' });
  await conversation.continueAnswer(answers(0)[0]?.id ?? '');
  expect(server.requests[1]?.prompt).toBe(server.requests[0]?.prompt);
  expect(server.requests[1]?.prompt).toMatch(/use up to [1-9]\d* words/);
});

it('nothing else is sent while passes are about to begin', async () => {
  const { conversation, store, sources } = await crowded();
  const save = store.saveAnswer.bind(store);
  let second: Promise<void> | undefined;
  store.saveAnswer = async (answer) => {
    if (answer.passes) second ??= conversation.ask(asks('Another?'));
    return save(answer);
  };
  server.always({ text: 'Notes.' });
  await conversation.ask(asks('What?', [...sources]));
  await conversation.decide({ kind: 'passes' });
  await second;
  expect(conversation.get().decision).toBeUndefined();
  expect(conversation.get().turns.map(({ question }) => question)).toEqual(['What?']);
  expect(server.requests).toHaveLength(3);
});

it('an answer that goes on does not bring back what the user left out', async () => {
  const { conversation, sources, answers } = await crowded();
  server.next(refusals.contextLength(3_900, 3_000), { text: 'It began', cutAfterCharacters: 4 });
  await conversation.ask(asks('What?', [sources[0], sources[2]]));
  const { decision } = conversation.get();
  const ids = decision?.kind === 'overflow' ? (decision.leaveOut?.ids ?? []) : [];
  expect(ids).toHaveLength(1);
  await conversation.decide({ kind: 'leave-out', sourceIds: ids });
  expect(server.requests[1]?.prompt).not.toContain('⟨middle-1⟩');
  await conversation.continueAnswer(answers(0)[1]?.id ?? '');
  expect(server.requests).toHaveLength(3);
  expect(server.requests[2]?.prompt).not.toContain('⟨middle-1⟩');
});

it('an answer that was stopped before its first word goes on without what was left out', async () => {
  const { conversation, sources, answers } = await crowded();
  server.next(refusals.contextLength(3_900, 3_000), { hold: true });
  await conversation.ask(asks('What?', [sources[0], sources[2]]));
  const { decision } = conversation.get();
  const sourceIds = decision?.kind === 'overflow' ? (decision.leaveOut?.ids ?? []) : [];
  const answering = conversation.decide({ kind: 'leave-out', sourceIds });
  await server.request(1);
  conversation.stop();
  await answering;
  expect(answers(0)[1]?.text).toBe('');
  await conversation.continueAnswer(answers(0)[1]?.id ?? '');
  expect(server.requests[2]?.prompt).toBe(server.requests[1]?.prompt);
});

it('an answer that was stopped before its first word can leave something out when it goes on', async () => {
  const { conversation, sources, answers } = await crowded();
  server.next({ hold: true });
  const answering = conversation.ask(asks('What?', [sources[0], sources[2]]));
  await server.request(0);
  conversation.stop();
  await answering;
  await settings.providers.change((all) => all.map((entry) => ({ ...entry, window: 3_410 })));
  await conversation.continueAnswer(answers(0)[0]?.id ?? '');
  const { decision } = conversation.get();
  const sourceIds = decision?.kind === 'overflow' ? (decision.leaveOut?.ids ?? []) : [];
  expect(sourceIds).toHaveLength(1);
  await conversation.decide({ kind: 'leave-out', sourceIds });
  expect(conversation.get().decision).toBeUndefined();
  expect(sourceIds).toEqual([sources[0].source.id]);
  expect(server.requests[1]?.prompt).toContain('⟨middle-40⟩');
  expect(server.requests[1]?.prompt).not.toContain('⟨short-1⟩');
});

import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { findInterrupted, holdAnswer, whenAnswerFree } from '@/utils/chat/answer-locks';
import { emptyConversation } from '@/utils/chat/conversation-state';
import { conversationWith, gate } from '../fixtures/conversations';
import { stop, text } from '../fixtures/models';
import { aChat, anAnswer, aTurn } from '../fixtures/records';
import { measuredSource } from '../fixtures/sources';

const page = () =>
  measuredSource(['The tide turns at six.'], { title: 'Tides', url: 'https://example.org/tides' });
const question = (words: string, sources: Awaited<ReturnType<typeof page>>[] = []) =>
  ({ task: 'answer', question: words, sources }) as const;
const streaming = { state: 'streaming', reason: undefined } as const;

/** A chat on disk whose answer streams, or was streaming when its panel went away. */
async function unfinished(id: string) {
  const made = conversationWith();
  await made.store.saveTurn(aChat(), aTurn(), []);
  await made.store.saveAnswer(anAnswer({ id, ...streaming }));
  await made.store.appendToJournal({ answerId: id, text: 'So far ', thinking: 'Hm. ' });
  await made.store.appendToJournal({ answerId: id, text: 'so good', thinking: '' });
  return made;
}

describe('opening a chat', () => {
  it('brings back what was there', async () => {
    const { conversation, db } = conversationWith();
    await conversation.ask(question('When?', [await page()]));
    await conversation.again(conversation.get().turns[0]?.id ?? '');
    const before = conversation.get();
    const other = conversationWith({ db }).conversation;
    expect(await other.open(before.chat?.id ?? '')).toBe(true);
    expect(other.get()).toMatchObject({
      turns: before.turns,
      answers: before.answers,
      sources: before.sources,
      shown: {},
    });
    expect(other.get().streaming).toBeUndefined();
  });

  it('says when there is no such chat, and changes nothing', async () => {
    const { conversation } = conversationWith();
    await conversation.ask(question('When?'));
    const before = conversation.get();
    expect(await conversation.open('missing')).toBe(false);
    expect(conversation.get()).toBe(before);
  });

  it('marks an answer as interrupted that nobody streams any more', async () => {
    const { conversation, db, answers, store } = await unfinished('cut-1');
    await conversation.open('chat-1');
    expect(answers(0)[0]).toMatchObject({
      text: 'So far so good',
      thinking: 'Hm. ',
      state: 'ended',
      reason: 'cut-off',
      trouble: { code: 'interrupted', facts: {} },
    });
    expect(await db.journal.count()).toBe(0);
    expect((await store.loadChat('chat-1'))?.answers[0]?.text).toBe('So far so good');
  });

  it('lets an interrupted answer go on', async () => {
    const { conversation, answers, next, requests } = await unfinished('cut-2');
    await conversation.open('chat-1');
    next(text(', and better.'), stop);
    await conversation.continueAnswer('cut-2');
    expect(answers(0)[0]).toMatchObject({ text: 'So far so good, and better.', reason: 'stop' });
    expect(requests[0]?.messages.at(-2)?.parts).toEqual(['So far so good']);
  });

  it('leaves an answer alone that streams in another window, and shows its end', async () => {
    const { conversation, answers, store } = await unfinished('elsewhere-1');
    const { closed, open } = gate();
    const held = holdAnswer('elsewhere-1', () => closed);
    await conversation.open('chat-1');
    expect(answers(0)[0]).toMatchObject({ state: 'streaming', text: 'So far so good' });
    await store.settleAnswer(anAnswer({ id: 'elsewhere-1', text: 'So far so good. End.' }));
    open();
    await held;
    await expect.poll(() => answers(0)[0]?.text).toBe('So far so good. End.');
    expect(answers(0)[0]).toMatchObject({ state: 'ended', reason: 'stop' });
  });
});

describe('leaving a chat', () => {
  it('stops its answer, keeps it and shows nothing of it in the new chat', async () => {
    const { conversation, next, answers, store } = conversationWith();
    next(text('So far'), gate().closed, text(' lost'), stop);
    const asking = conversation.ask(question('When?', [await page()]));
    await expect.poll(() => answers(0)[0]?.text).toBe('So far');
    const chatId = conversation.get().chat?.id ?? '';
    conversation.startNew();
    await asking;
    expect(conversation.get()).toEqual(emptyConversation);
    expect((await store.loadChat(chatId))?.answers[0]).toMatchObject({
      text: 'So far',
      state: 'ended',
      reason: 'aborted',
    });
  });

  it('for another one stops its answer as well', async () => {
    const { conversation, next, answers, store } = conversationWith();
    await conversation.ask(question('First chat?'));
    const first = conversation.get().chat?.id ?? '';
    conversation.startNew();
    next(text('So far'), gate().closed);
    const asking = conversation.ask(question('Second chat?'));
    await expect.poll(() => answers(0)[0]?.text).toBe('So far');
    const second = conversation.get().chat?.id ?? '';
    await conversation.open(first);
    await asking;
    expect(conversation.get().chat?.id).toBe(first);
    expect(answers(0)[0]?.text).toBe('Answer 1.');
    expect((await store.loadChat(second))?.answers[0]).toMatchObject({ reason: 'aborted', text: 'So far' });
  });

  it('lets the next question start a chat of its own', async () => {
    const { conversation, requests, store } = conversationWith();
    await conversation.ask(question('When?', [await page()]));
    conversation.startNew();
    await conversation.ask(question('What else?'));
    expect(requests[1]?.documents).toEqual([]);
    expect(requests[1]?.messages).toHaveLength(2);
    expect(await store.listChats(10)).toHaveLength(2);
  });

  it('and coming back while it streams here changes nothing', async () => {
    const { conversation, next, answers } = conversationWith();
    const { closed, open } = gate();
    next(text('So far'), closed, text(' so good'), stop);
    const asking = conversation.ask(question('When?'));
    await expect.poll(() => answers(0)[0]?.text).toBe('So far');
    await conversation.open(conversation.get().chat?.id ?? '');
    expect(conversation.get().streaming).toBeDefined();
    open();
    await asking;
    expect(answers(0)).toMatchObject([{ text: 'So far so good', state: 'ended', reason: 'stop' }]);
    expect(conversation.get().streaming).toBeUndefined();
  });
});

describe('the locks of streaming answers', () => {
  it('tell which answers were interrupted', async () => {
    const { closed, open } = gate();
    const held = holdAnswer('held', () => closed);
    const answers = [
      anAnswer({ id: 'held', ...streaming }),
      anAnswer({ id: 'free', ...streaming }),
      anAnswer({ id: 'ended' }),
    ];
    expect((await findInterrupted(answers)).map(({ id }) => id)).toEqual(['free']);
    expect(await findInterrupted([])).toEqual([]);
    open();
    await held;
    expect((await findInterrupted(answers)).map(({ id }) => id)).toEqual(['held', 'free']);
  });

  it('tell when an answer has ended, and give back what its work gives', async () => {
    const { closed, open } = gate();
    const held = holdAnswer('awaited', async () => {
      await closed;
      return 'done';
    });
    let free = false;
    whenAnswerFree('awaited', () => {
      free = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(free).toBe(false);
    open();
    expect(await held).toBe('done');
    await expect.poll(() => free).toBe(true);
  });
});

describe('moving on while a question is being prepared', () => {
  it('does not bring the old chat back, and sends nothing', async () => {
    const { conversation, requests, store } = conversationWith();
    const asking = conversation.ask({ task: 'answer', question: 'When?', sources: [] });
    conversation.startNew();
    await asking;
    expect(conversation.get().turns).toEqual([]);
    expect(requests).toHaveLength(0);
    expect(await store.listChats(10)).toEqual([]);
  });
});

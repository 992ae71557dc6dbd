import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { shownAnswer } from '@/utils/chat/conversation-state';
import { continuation } from '@/utils/context/compose';
import { AppError } from '@/utils/errors';
import { conversationWith, gate } from '../fixtures/conversations';
import { connectionTo, failure, stop, text } from '../fixtures/models';
import { measuredSource } from '../fixtures/sources';

const page = () =>
  measuredSource(['The tide turns at six.'], { title: 'Tides', url: 'https://example.org/tides#six' });
const question = (words: string, sources: Awaited<ReturnType<typeof page>>[] = []) =>
  ({ task: 'answer', question: words, sources }) as const;

describe('asking', () => {
  it('keeps the question before anything is sent', async () => {
    const { conversation, store, next } = conversationWith();
    let stored: Awaited<ReturnType<typeof store.loadChat>>;
    next(
      async () => {
        stored = await store.loadChat(conversation.get().chat?.id ?? '');
      },
      text('At six.'),
      stop,
    );
    const entry = await page();
    await conversation.ask(question('When?', [entry]));
    expect(stored).toMatchObject({
      chat: { title: 'Tides', urls: ['https://example.org/tides'] },
      turns: [{ question: 'When?', position: 0, sourceIds: [entry.source.id] }],
      answers: [{ state: 'streaming', text: '' }],
      sources: [entry],
    });
  });

  it('keeps the answer, its provider and its sending', async () => {
    const { conversation, store, answers } = conversationWith();
    await conversation.ask(question('When?', [await page()]));
    const [answer] = answers(0);
    expect(answer).toMatchObject({
      text: 'Answer 1.',
      state: 'ended',
      reason: 'stop',
      provider: 'example',
      model: 'Large 1',
    });
    expect(answer?.sendings).toHaveLength(1);
    expect(conversation.get().streaming).toBeUndefined();
    expect((await store.loadChat(answer?.chatId ?? ''))?.answers).toEqual([answer]);
  });

  it('says when the question was accepted, and not before', async () => {
    const { conversation, next, requests } = conversationWith();
    const { closed, open } = gate();
    next(closed, text('Yes.'), stop);
    let accepted = false;
    const asking = conversation.ask(question('When?'), () => {
      accepted = true;
      expect(conversation.get().turns).toHaveLength(1);
      expect(requests).toHaveLength(0);
    });
    expect(accepted).toBe(false);
    await expect.poll(() => accepted).toBe(true);
    open();
    await asking;
  });

  it('names a chat without a page after its question', async () => {
    const { conversation } = conversationWith();
    await conversation.ask(question('What is a tide?'));
    expect(conversation.get().chat).toMatchObject({ title: 'What is a tide?', urls: [] });
  });

  it('tells the model the language and the day, and keeps both to the letter', async () => {
    const { conversation, prompt } = conversationWith();
    await conversation.ask({ ...question('When?'), language: 'Japanese' });
    const [turn] = conversation.get().turns;
    expect(turn?.instructions).toMatch(/Write in Japanese\.[\s\S]*Today is 2026-09-21\./);
    expect(prompt(0)).toContain(turn?.instructions);
  });

  it('sends earlier questions and answers unchanged', async () => {
    const { conversation, requests } = conversationWith();
    const entry = await page();
    await conversation.ask({ ...question('When?', [entry]), language: 'French' });
    await conversation.ask({ ...question('Why?'), language: 'German' });
    expect(requests[1]?.messages.slice(0, 2)).toEqual(requests[0]?.messages);
    expect(requests[1]?.messages[2]).toEqual({ role: 'assistant', parts: ['Answer 1.'] });
  });
});

describe('a refusal', () => {
  it('before sending changes nothing', async () => {
    const refuse = () => Promise.reject(new AppError('no-key', { provider: 'Example AI' }));
    const { conversation, db, requests, use } = conversationWith();
    await conversation.ask(question('First?'));
    use({ check: refuse });
    const before = conversation.get();
    const counts = () =>
      Promise.all([db.chats.count(), db.turns.count(), db.answers.count(), db.sources.count()]);
    const stored = await counts();
    let accepted = false;
    const asking = conversation.ask(question('Second?', [await page()]), () => {
      accepted = true;
    });
    await expect(asking).rejects.toMatchObject({ code: 'no-key' });
    expect(conversation.get()).toEqual(before);
    expect(await counts()).toEqual(stored);
    expect([accepted, requests.length]).toEqual([false, 1]);
  });

  it('of what does not fit is a decision with the numbers of this machine', async () => {
    const connection = connectionTo(undefined, { model: { id: 's', name: 'Small', window: 400 } });
    const { conversation, db, requests } = conversationWith({ connection });
    const entry = { ...(await page()), tokens: 5_000 };
    let accepted = false;
    await conversation.ask(question('When?', [entry]), () => {
      accepted = true;
    });
    const { decision, turns } = conversation.get();
    expect(decision).toMatchObject({ kind: 'overflow', model: 'Small', limit: 400 });
    expect(decision?.kind === 'overflow' && decision.needed).toBeGreaterThan(5_100);
    expect([turns.length, await db.turns.count(), requests.length, accepted]).toEqual([0, 0, 0, false]);
  });

  it('from outside the panel is shown until the next question', async () => {
    const { conversation } = conversationWith();
    conversation.refuse(new AppError('offline'));
    expect(conversation.get().refusal).toEqual({ code: 'offline', facts: {} });
    await conversation.ask(question('When?'));
    expect(conversation.get().refusal).toBeUndefined();
  });
});

describe('two questions at once', () => {
  it('are not sent while an answer streams', async () => {
    const { conversation, next, requests } = conversationWith();
    const { closed, open } = gate();
    next(text('So far'), closed, stop);
    const asking = conversation.ask(question('First?'));
    await expect.poll(() => conversation.get().streaming).toBeDefined();
    await conversation.ask(question('Second?'));
    open();
    await asking;
    expect(requests).toHaveLength(1);
    expect(conversation.get().turns.map((turn) => turn.question)).toEqual(['First?']);
  });

  it('are not sent when the first has not been sent yet', async () => {
    const { conversation, requests, store } = conversationWith();
    await Promise.all([conversation.ask(question('First?')), conversation.ask(question('First?'))]);
    expect(requests).toHaveLength(1);
    const { chat, turns, streaming } = conversation.get();
    expect([turns.length, streaming]).toEqual([1, undefined]);
    expect((await store.loadChat(chat?.id ?? ''))?.turns).toHaveLength(1);
  });

  it('can be asked again after a refusal', async () => {
    const { conversation, use, requests } = conversationWith({
      check: () => Promise.reject(new AppError('offline')),
    });
    await conversation.ask(question('When?')).catch(() => {});
    use({ check: () => Promise.resolve() });
    await conversation.ask(question('When?'));
    expect(requests).toHaveLength(1);
  });
});

describe('answering again', () => {
  it('sends the same request and keeps the earlier answer', async () => {
    const { conversation, requests, answers } = conversationWith();
    await conversation.ask(question('When?', [await page()]));
    const [turn] = conversation.get().turns;
    await conversation.again(turn?.id ?? '');
    expect(requests[1]?.messages).toEqual(requests[0]?.messages);
    expect(answers(0).map((answer) => answer.text)).toEqual(['Answer 1.', 'Answer 2.']);
    expect(shownAnswer(conversation.get(), turn?.id ?? '')?.text).toBe('Answer 2.');
  });

  it('goes on from the answer that is shown', async () => {
    const { conversation, prompt } = conversationWith();
    await conversation.ask(question('When?'));
    const turnId = conversation.get().turns[0]?.id ?? '';
    await conversation.again(turnId);
    conversation.showVersion(turnId, 0);
    await conversation.ask(question('Why?'));
    expect(prompt(2)).toContain('Answer 1.');
    expect(prompt(2)).not.toContain('Answer 2.');
  });

  it('shows the new answer, whichever was chosen before', async () => {
    const { conversation } = conversationWith();
    await conversation.ask(question('When?'));
    const turnId = conversation.get().turns[0]?.id ?? '';
    conversation.showVersion(turnId, 0);
    await conversation.again(turnId);
    expect(shownAnswer(conversation.get(), turnId)?.text).toBe('Answer 2.');
  });
});

describe('stopping and going on', () => {
  it('keeps what arrived and goes on from its last character', async () => {
    const { conversation, next, requests, answers } = conversationWith();
    next(text('It began wi'), gate().closed);
    const asking = conversation.ask(question('When?', [await page()]));
    await expect.poll(() => answers(0)[0]?.text).toBe('It began wi');
    conversation.stop();
    await asking;
    expect(answers(0)[0]).toMatchObject({ text: 'It began wi', state: 'ended', reason: 'aborted' });

    next(text('th rain.'), stop);
    await conversation.continueAnswer(answers(0)[0]?.id ?? '');
    expect(requests[1]?.messages.slice(0, 2)).toEqual(requests[0]?.messages);
    expect(requests[1]?.messages.slice(2)).toEqual([
      { role: 'assistant', parts: ['It began wi'] },
      { role: 'user', parts: [continuation] },
    ]);
    const [answer] = answers(0);
    expect(answer).toMatchObject({ text: 'It began with rain.', state: 'ended', reason: 'stop' });
    expect(answer).not.toHaveProperty('trouble.code');
    expect(answer?.sendings.map(({ from }) => from)).toEqual([0, 11]);
  });

  it('starts over when nothing had arrived', async () => {
    const { conversation, next, requests, answers } = conversationWith();
    next(failure('stream-cut'));
    await conversation.ask(question('When?'));
    await conversation.continueAnswer(answers(0)[0]?.id ?? '');
    expect(requests[1]?.messages).toEqual(requests[0]?.messages);
    expect(answers(0)).toHaveLength(2);
  });

  it('starts over with the built-in reader, which always says the same', async () => {
    const connection = connectionTo();
    connection.provider = { ...connection.provider, wire: 'excerpts' };
    const { conversation, next, requests, answers } = conversationWith({ connection });
    next(text('Quoted'), { type: 'end', reason: 'cut-off' });
    await conversation.ask(question('When?'));
    await conversation.continueAnswer(answers(0)[0]?.id ?? '');
    expect(requests[1]?.messages).toEqual(requests[0]?.messages);
  });

  it.each(['continueAnswer', 'again'] as const)('%s does nothing for what is not there', async (action) => {
    const { conversation, requests } = conversationWith();
    await conversation[action]('missing');
    expect(requests).toEqual([]);
  });
});

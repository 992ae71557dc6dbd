import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { shownAnswer } from '@/utils/chat/conversation-state';
import type { Question } from '@/utils/chat/new-turn';
import { conversationWith, gate } from '../fixtures/conversations';
import { connectionTo, stop, text } from '../fixtures/models';
import { measuredSource } from '../fixtures/sources';

const page = () =>
  measuredSource(['The tide turns at six.'], { title: 'Tides', url: 'https://example.org/tides' });
const question = (words: string): Question => ({ task: 'answer', question: words, sources: [] });

/** Two windows that show the same chat of one question. */
async function twoWindows() {
  const here = conversationWith();
  await here.conversation.ask({ ...question('First?'), sources: [await page()] });
  const chatId = here.conversation.get().chat?.id ?? '';
  const there = conversationWith({ db: here.db });
  await there.conversation.open(chatId);
  const asked = (window: typeof here) => window.conversation.get().turns.map((turn) => turn.question);
  const everything = (window: typeof here) =>
    window.conversation
      .get()
      .all.turns.map((turn) => turn.question)
      .sort();
  return { here, there, chatId, asked, everything };
}

describe('two windows on one chat', () => {
  it('make two branches of two questions that are asked at once', async () => {
    const { here, there, chatId, asked, everything } = await twoWindows();
    await Promise.all([here.conversation.ask(question('Here?')), there.conversation.ask(question('There?'))]);
    // Each stays with its own question.
    expect(asked(here)).toEqual(['First?', 'Here?']);
    expect(asked(there)).toEqual(['First?', 'There?']);
    for (const window of [here, there]) {
      await expect.poll(() => everything(window)).toEqual(['First?', 'Here?', 'There?']);
      const theirs = window.conversation.get().all.turns.find(({ question: words }) => words !== 'First?');
      await expect.poll(() => window.conversation.get().answers[theirs?.id ?? '']?.[0]?.state).toBe('ended');
    }
    const other = here.conversation.get().all.turns.find(({ question: words }) => words === 'There?');
    here.conversation.showBranch(other?.id ?? '');
    expect(asked(here)).toEqual(['First?', 'There?']);
    const stored = await here.store.loadChat(chatId);
    expect(stored?.turns.map(({ position }) => position)).toEqual([0, 1, 1]);
    expect(stored?.answers).toHaveLength(3);
    // Neither model heard of the other's question.
    expect(here.prompt(1)).not.toContain('There?');
    expect(there.prompt(0)).not.toContain('Here?');
  });

  it('show what the other one adds at the end, with its answer when it has ended', async () => {
    const { here, there, asked } = await twoWindows();
    const { closed, open } = gate();
    there.next(text('So far'), closed, text(' so good'), stop);
    const asking = there.conversation.ask(question('More?'));
    await expect.poll(() => asked(here)).toEqual(['First?', 'More?']);
    const answer = () => shownAnswer(here.conversation.get(), here.conversation.get().turns[1]?.id ?? '');
    await expect.poll(() => answer()?.state).toBe('streaming');
    expect(here.conversation.get().streaming).toBeUndefined();
    open();
    await asking;
    await expect.poll(() => answer()).toMatchObject({ state: 'ended', text: 'So far so good' });
  });

  it('leave the branch alone that the other one reads', async () => {
    const { here, there, asked, everything } = await twoWindows();
    await here.conversation.ask(question('Second?'));
    await expect.poll(() => asked(there)).toEqual(['First?', 'Second?']);
    const [, second] = there.conversation.get().turns;
    await there.conversation.edit(second?.id ?? '', { question: 'Else?' });
    await expect.poll(() => everything(here)).toEqual(['Else?', 'First?', 'Second?']);
    expect(asked(here)).toEqual(['First?', 'Second?']);
    expect(asked(there)).toEqual(['First?', 'Else?']);
  });

  it('do not disturb an answer that streams', async () => {
    const { here, there, asked, everything } = await twoWindows();
    const { closed, open } = gate();
    here.next(text('So far'), closed, text(' so good'), stop);
    const asking = here.conversation.ask(question('Here?'));
    await expect.poll(() => here.answers(1)[0]?.text).toBe('So far');
    await expect.poll(() => everything(there)).toContain('Here?');
    const [first] = there.conversation.get().turns;
    await there.conversation.edit(first?.id ?? '', { question: 'There?' });
    await expect.poll(() => everything(here)).toContain('There?');
    expect(asked(here)).toEqual(['First?', 'Here?']);
    expect(here.conversation.get().streaming).toBeDefined();
    open();
    await asking;
    expect(here.answers(1)).toMatchObject([{ text: 'So far so good', state: 'ended', reason: 'stop' }]);
  });

  it('do not write over each other when both go on with one answer', async () => {
    const { here, there, chatId } = await twoWindows();
    here.next(text('Cut'), { type: 'end', reason: 'length' });
    await here.conversation.again(here.conversation.get().turns[0]?.id ?? '');
    const id = here.answers(0)[1]?.id ?? '';
    await expect.poll(() => there.answers(0)[1]?.state).toBe('ended');
    here.next(text(' here.'), stop);
    there.next(text(' there.'), stop);
    await Promise.all([here.conversation.continueAnswer(id), there.conversation.continueAnswer(id)]);
    const stored = (await here.store.loadChat(chatId))?.answers.find((answer) => answer.id === id);
    expect(['Cut here.', 'Cut there.']).toContain(stored?.text);
    for (const { answers } of [here, there]) {
      await expect.poll(() => answers(0)[1]?.text).toBe(stored?.text);
    }
  });

  it('keep a question that waits for a decision where it was asked', async () => {
    const { here, there, asked } = await twoWindows();
    here.use({ connection: { ...connectionTo(), model: { ...connectionTo().model, window: 40 } } });
    await here.conversation.ask(question('Here?'));
    expect(here.conversation.get().decision?.kind).toBe('overflow');
    await there.conversation.ask(question('There?'));
    await expect.poll(() => asked(here)).toEqual(['First?', 'There?']);
    here.use({ connection: connectionTo() });
    await here.conversation.decide({ kind: 'go-on' });
    expect(asked(here)).toEqual(['First?', 'Here?']);
    expect(here.conversation.get().all.turns).toHaveLength(3);
    expect(here.prompt(here.requests.length - 1)).not.toContain('There?');
  });

  it('bring a chat back whole that the other one deleted, when it is asked in', async () => {
    const { here, there, chatId } = await twoWindows();
    await there.conversation.again(there.conversation.get().turns[0]?.id ?? '');
    await expect.poll(() => here.answers(0)).toHaveLength(2);
    there.conversation.startNew();
    await there.store.removeChat(chatId);
    await here.conversation.ask(question('Still there?'));
    const stored = await here.store.loadChat(chatId);
    expect(stored?.turns.map((turn) => turn.question)).toEqual(['First?', 'Still there?']);
    expect(stored?.answers).toHaveLength(3);
    expect(stored?.sources).toHaveLength(1);
  });

  it('keep the name that the other one gave the chat', async () => {
    const { here, chatId } = await twoWindows();
    await here.db.chats.update(chatId, { title: 'A better name' });
    await here.conversation.ask(question('Second?'));
    expect((await here.db.chats.get(chatId))?.title).toBe('A better name');
  });
});

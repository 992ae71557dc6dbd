import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { shownAnswer } from '@/utils/chat/conversation-state';
import { messageText } from '@/utils/context/compose';
import type { ImagePart } from '@/utils/models/types';
import { makeBackup, readBackup, restoreBackup } from '@/utils/store/backup';
import { openDatabase } from '@/utils/store/database';
import { conversationWith, gate } from '../fixtures/conversations';
import { connectionTo, stop, text } from '../fixtures/models';
import { measuredSource } from '../fixtures/sources';

const page = () =>
  measuredSource(['The tide turns at six.'], { title: 'Tides', url: 'https://example.org/tides' });
const tab = () =>
  measuredSource(['The moon rises at five.'], { title: 'Moon', url: 'https://example.org/moon' });
type Entry = Awaited<ReturnType<typeof page>>;
const question = (words: string, sources: Entry[] = []) =>
  ({ task: 'answer', question: words, sources }) as const;
const picture: ImagePart = { type: 'image', mediaType: 'image/png', data: 'iVBORw0KGgo=' };

/** Asks A, B and C, then X in the place of B. */
async function branched() {
  const made = conversationWith();
  const { conversation } = made;
  const entry = await page();
  for (const words of ['A?', 'B?', 'C?']) await conversation.ask(question(words, [entry]));
  const [a, b, c] = conversation.get().turns;
  await conversation.edit(b?.id ?? '', { question: 'X?' });
  const x = conversation.get().turns.at(-1);
  const id = (which: 'a' | 'b' | 'c' | 'x') => ({ a, b, c, x })[which]?.id ?? '';
  const asked = () => conversation.get().turns.map((turn) => turn.question);
  return { ...made, id, asked };
}

describe('editing a question', () => {
  it('begins a branch in its place and keeps the old one with all that followed', async () => {
    const { conversation, id, asked, store } = await branched();
    expect(asked()).toEqual(['A?', 'X?']);
    conversation.showBranch(id('b'));
    expect(asked()).toEqual(['A?', 'B?', 'C?']);
    expect(shownAnswer(conversation.get(), id('c'))?.text).toBe('Answer 3.');
    conversation.showBranch(id('x'));
    expect(asked()).toEqual(['A?', 'X?']);
    expect((await store.loadChat(conversation.get().chat?.id ?? ''))?.turns).toHaveLength(4);
  });

  it('sends exactly the path on screen, with the bytes that were sent before', async () => {
    const { conversation, id, requests, prompt } = await branched();
    const bytes = (index: number) => JSON.stringify(requests[index]?.messages);
    // Up to the question that was edited nothing has changed.
    const upToFirst = JSON.stringify(requests[1]?.messages.slice(0, 3)).slice(0, -1);
    expect(bytes(3).startsWith(upToFirst)).toBe(true);
    expect(requests[3]?.messages).toHaveLength(4);
    expect(prompt(3)).not.toMatch(/B\?|C\?/);
    await conversation.ask(question('Y?'));
    expect(bytes(4).startsWith(bytes(3).slice(0, -1))).toBe(true);
    expect(prompt(4)).not.toMatch(/B\?|C\?/);
    // And back on the old branch, which goes on from its own end.
    conversation.showBranch(id('b'));
    await conversation.ask(question('D?'));
    expect(bytes(5).startsWith(bytes(2).slice(0, -1))).toBe(true);
    expect(prompt(5)).not.toMatch(/X\?|Y\?/);
    expect(requests.map(({ cacheKey }) => cacheKey)).toEqual(requests.map(() => requests[0]?.cacheKey));
  });

  it('is answered again and continued on its own branch alone', async () => {
    const { conversation, id, next, requests, prompt } = await branched();
    await conversation.again(id('x'));
    expect(prompt(4)).toBe(prompt(3));
    next(text('Cut'), { type: 'end', reason: 'length' });
    await conversation.again(id('x'));
    const answer = shownAnswer(conversation.get(), id('x'));
    next(text(' off.'), stop);
    await conversation.continueAnswer(answer?.id ?? '');
    expect(shownAnswer(conversation.get(), id('x'))?.text).toBe('Cut off.');
    expect(requests.at(-1)?.messages.map(messageText).join('\n')).not.toMatch(/B\?|C\?/);
  });

  it('takes its sources and pictures along, and none that only another branch had', async () => {
    const { conversation, requests, use } = conversationWith();
    use({ connection: { ...connectionTo(), model: { ...connectionTo().model, vision: true } } });
    const [first, second] = [await page(), await tab()];
    await conversation.ask({ ...question('A?', [first]), images: [picture] });
    await conversation.ask(question('B?', [second]));
    const [a] = conversation.get().turns;
    await conversation.edit(a?.id ?? '', { question: 'A, once more?' });
    const documents = (index: number) => requests[index]?.documents.map(({ title }) => title);
    expect(documents(2)).toEqual(['Tides']);
    expect(requests[2]?.messages[1]?.parts).toContainEqual(picture);
    expect(conversation.get().sources).toEqual([first]);
    await conversation.ask(question('B again?'));
    expect(documents(3)).toEqual(['Tides']);
    // The other page is new to this branch, and goes by the name under which it was sent.
    await conversation.ask(
      question('And now?', [{ ...second, source: { ...second.source, title: 'Else' } }]),
    );
    expect(documents(4)).toEqual(['Tides', 'Moon']);
    conversation.showBranch(a?.id ?? '');
    expect(conversation.get().sources).toEqual([first, second]);
  });

  it('in other words is no summary any more; in the same words it still is', async () => {
    const { conversation } = conversationWith();
    await conversation.ask({ task: 'summarize', question: 'Summarise', sources: [await page()] });
    const [first] = conversation.get().turns;
    await conversation.edit(first?.id ?? '', { question: 'Summarise', language: 'Japanese' });
    expect(conversation.get().turns[0]).toMatchObject({ task: 'summarize', parentId: null, position: 0 });
    expect(conversation.get().turns[0]?.instructions).toContain('Write in Japanese.');
    await conversation.edit(first?.id ?? '', { question: 'Only the figures' });
    expect(conversation.get().turns[0]).toMatchObject({ task: 'answer', question: 'Only the figures' });
  });

  it('does nothing while something streams, and nothing without such a question', async () => {
    const { conversation, next, requests, answers } = conversationWith();
    const { closed, open } = gate();
    next(text('So far'), closed, stop);
    const asking = conversation.ask(question('A?'));
    await expect.poll(() => answers(0)[0]?.text).toBe('So far');
    await conversation.edit(conversation.get().turns[0]?.id ?? '', { question: 'B?' });
    await conversation.edit('missing', { question: 'B?' });
    open();
    await asking;
    expect(requests).toHaveLength(1);
    expect(conversation.get().all.turns).toHaveLength(1);
  });

  it('that does not fit asks like any other, and is not taken until it is decided', async () => {
    const { conversation, use, requests } = conversationWith();
    await conversation.ask(question('A?', [await page()]));
    const [a] = conversation.get().turns;
    use({ connection: { ...connectionTo(), model: { ...connectionTo().model, window: 40 } } });
    let accepted = false;
    const accept = () => {
      accepted = true;
    };
    await conversation.edit(a?.id ?? '', { question: 'B?' }, accept);
    expect(conversation.get().decision?.kind).toBe('overflow');
    expect(accepted).toBe(false);
    expect(conversation.get().turns).toEqual([a]);
    await conversation.decide({ kind: 'cancel' });
    expect([requests.length, conversation.get().all.turns.length]).toEqual([1, 1]);
  });
});

describe('branches on disk', () => {
  it('come back with the one that was on screen, and prove what was sent on each', async () => {
    const { conversation, id, db } = await branched();
    conversation.showBranch(id('b'));
    const { chat } = conversation.get();
    const other = conversationWith({ db });
    await expect.poll(async () => (await db.chats.get(chat?.id ?? ''))?.branch).toBeDefined();
    await other.conversation.open(chat?.id ?? '');
    expect(other.conversation.get().turns.map((turn) => turn.question)).toEqual(['A?', 'B?', 'C?']);
    for (const list of Object.values(other.conversation.get().answers)) {
      for (const answer of list) {
        expect(await other.conversation.exactText(answer.id, 0)).toMatchObject({ matches: true });
      }
    }
    // The newest is shown without being remembered.
    other.conversation.showBranch(id('x'));
    await expect.poll(async () => (await db.chats.get(chat?.id ?? ''))?.branch).toEqual({});
  });

  it('go into a backup and come out of it', async () => {
    const { conversation, id, db, store } = await branched();
    conversation.showBranch(id('b'));
    const chatId = conversation.get().chat?.id ?? '';
    await expect.poll(async () => (await db.chats.get(chatId))?.branch).toEqual({ [id('a')]: id('b') });
    const elsewhere = openDatabase('branches-restored');
    await restoreBackup(await readBackup(await makeBackup({ db })), { db: elsewhere });
    const restored = conversationWith({ db: elsewhere });
    expect(await restored.store.loadChat(chatId)).toEqual(await store.loadChat(chatId));
    await restored.conversation.open(chatId);
    expect(restored.conversation.get().turns).toEqual(conversation.get().turns);
    restored.conversation.showBranch(id('x'));
    expect(restored.conversation.get().turns.map((turn) => turn.question)).toEqual(['A?', 'X?']);
  });
});

import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import type { MeasuredSource } from '@/utils/context/compose';
import { conversationWith } from '../fixtures/conversations';
import { failure, stop, text } from '../fixtures/models';
import { measuredSource } from '../fixtures/sources';

const tides = () =>
  measuredSource(['The tide turns at six.'], { title: 'Tides', url: 'https://example.org/tides' });
const winds = () =>
  measuredSource(['The wind turns at eight.'], { title: 'Winds', url: 'https://example.org/winds' });
const question = (words: string, sources: MeasuredSource[] = []) =>
  ({ task: 'answer', question: words, sources }) as const;
const times = (text: string, part: string) => text.split(part).length - 1;

describe('the sources of a chat', () => {
  it('are sent once, and are there for every question', async () => {
    const { conversation, prompt, requests } = conversationWith();
    const entry = await tides();
    await conversation.ask(question('When?', [entry]));
    await conversation.ask(question('Why?', [entry]));
    await conversation.ask(question('Where?'));
    expect(times(prompt(2), entry.source.text)).toBe(1);
    expect(requests[2]?.messages.slice(0, 2)).toEqual(requests[0]?.messages);
    expect(conversation.get().turns.map(({ sourceIds }) => sourceIds.length)).toEqual([1, 0, 0]);
  });

  it('can grow, and the chat is found from each page', async () => {
    const { conversation, requests, store } = conversationWith();
    await conversation.ask(question('When?', [await tides()]));
    await conversation.ask(question('And this?', [await winds()]));
    expect(requests[1]?.documents.map(({ title }) => title)).toEqual(['Tides', 'Winds']);
    expect(requests[1]?.messages.slice(0, 2)).toEqual(requests[0]?.messages);
    const { chat } = conversation.get();
    expect((await store.findChatOfPage('https://example.org/tides#x'))?.id).toBe(chat?.id);
    expect((await store.findChatOfPage('https://example.org/winds'))?.id).toBe(chat?.id);
  });

  it('are not lost with a first answer that failed', async () => {
    const { conversation, next, prompt, requests } = conversationWith();
    const entry = await tides();
    next(failure('server-error', { status: 500 }));
    await conversation.ask(question('When?', [entry]));
    await conversation.ask(question('Why?'));
    expect(times(prompt(1), entry.source.text)).toBe(1);
    expect(requests[1]?.messages).toHaveLength(2);
    await conversation.ask(question('Where?'));
    expect(times(prompt(2), entry.source.text)).toBe(1);
  });

  it('are not lost when an earlier answer is given again and fails', async () => {
    const { conversation, next, prompt } = conversationWith();
    const entry = await tides();
    await conversation.ask(question('When?', [entry]));
    await conversation.ask(question('Why?'));
    const [first, second] = conversation.get().turns;
    next(failure('server-error', { status: 500 }));
    await conversation.again(first?.id ?? '');
    await conversation.again(second?.id ?? '');
    expect(times(prompt(3), entry.source.text)).toBe(1);
    await conversation.ask(question('Where?'));
    expect(times(prompt(4), entry.source.text)).toBe(1);
  });

  it('are not lost when an answer goes on after an earlier one failed', async () => {
    const { conversation, next, prompt, answers } = conversationWith();
    const entry = await tides();
    await conversation.ask(question('When?', [entry]));
    next(text('It began'), failure('stream-cut'));
    await conversation.ask(question('Why?'));
    next(failure('server-error', { status: 500 }));
    await conversation.again(conversation.get().turns[0]?.id ?? '');
    await conversation.continueAnswer(answers(1)[0]?.id ?? '');
    expect(times(prompt(3), entry.source.text)).toBe(1);
  });

  it('keep their bytes when the page is read again under another title or at another place', async () => {
    const { conversation, requests, answers, store } = conversationWith();
    const entry = await tides();
    const again = {
      ...entry,
      source: {
        ...entry.source,
        title: '(1) Tides',
        url: 'https://example.org/tides#part',
        gaps: [{ why: 'frame' as const, size: 1 }],
      },
    };
    await conversation.ask(question('When?', [entry]));
    await conversation.ask(question('Why?', [again]));
    expect(requests[1]?.messages.slice(0, 2)).toEqual(requests[0]?.messages);
    expect((await conversation.exactText(answers(0)[0]?.id ?? '', 0)).matches).toBe(true);
    await conversation.open(conversation.get().chat?.id ?? '');
    expect((await conversation.exactText(answers(0)[0]?.id ?? '', 0)).matches).toBe(true);
    expect((await store.loadChat(conversation.get().chat?.id ?? ''))?.sources[0]?.source.title).toBe('Tides');
  });
});

describe('the exact text of a sending', () => {
  it('is what was sent, also after the chat was opened again', async () => {
    const { conversation, requests, answers } = conversationWith();
    await conversation.ask(question('When? 潮水 🌕 $&', [await tides()]));
    await conversation.ask(question('Why?', [await winds()]));
    const check = async () => {
      for (const position of [0, 1]) {
        const exact = await conversation.exactText(answers(position)[0]?.id ?? '', 0);
        expect(exact.messages).toEqual(requests[position]?.messages);
        expect(exact.matches).toBe(true);
      }
    };
    await check();
    await conversation.open(conversation.get().chat?.id ?? '');
    await check();
  });

  it('still matches after an earlier turn got another answer', async () => {
    const { conversation, requests, answers } = conversationWith();
    await conversation.ask(question('When?', [await tides()]));
    await conversation.ask(question('Why?'));
    await conversation.again(conversation.get().turns[0]?.id ?? '');
    const exact = await conversation.exactText(answers(1)[0]?.id ?? '', 0);
    expect(exact.matches).toBe(true);
    expect(exact.messages).toEqual(requests[1]?.messages);
    expect(exact.messages[2]?.parts).toEqual(['Answer 1.']);
  });

  it('still matches after an earlier answer went on', async () => {
    const { conversation, next, requests, answers } = conversationWith();
    next(text('It began'), failure('stream-cut'));
    await conversation.ask(question('When?', [await tides()]));
    await conversation.ask(question('Why?'));
    next(text(' and ended.'), stop);
    await conversation.continueAnswer(answers(0)[0]?.id ?? '');
    const exact = await conversation.exactText(answers(1)[0]?.id ?? '', 0);
    expect(exact.matches).toBe(true);
    expect(exact.messages).toEqual(requests[1]?.messages);
  });

  it('is there for both parts of an answer that went on', async () => {
    const { conversation, next, requests, answers } = conversationWith();
    next(text('It began'), failure('stream-cut'));
    await conversation.ask(question('When?', [await tides()]));
    next(text(' and ended.'), stop);
    await conversation.continueAnswer(answers(0)[0]?.id ?? '');
    for (const position of [0, 1]) {
      const exact = await conversation.exactText(answers(0)[0]?.id ?? '', position);
      expect(exact.matches).toBe(true);
      expect(exact.messages).toEqual(requests[position]?.messages);
    }
  });

  it('matches for an answer that was given again after an earlier one failed', async () => {
    const { conversation, next, requests, answers } = conversationWith();
    await conversation.ask(question('When?', [await tides()]));
    await conversation.ask(question('Why?'));
    const [first, second] = conversation.get().turns;
    next(failure('server-error', { status: 500 }));
    await conversation.again(first?.id ?? '');
    await conversation.again(second?.id ?? '');
    const exact = await conversation.exactText(answers(1)[1]?.id ?? '', 0);
    expect(exact.messages).toEqual(requests[3]?.messages);
    expect(exact.matches).toBe(true);
  });

  it('does not match when what is stored has changed', async () => {
    const { conversation, db, answers } = conversationWith();
    const entry = await tides();
    await conversation.ask(question('When?', [entry]));
    const changed = { ...entry.source, text: entry.source.text.replace('six', 'seven') };
    await db.sources.update(entry.source.id, { source: changed });
    await conversation.open(conversation.get().chat?.id ?? '');
    expect((await conversation.exactText(answers(0)[0]?.id ?? '', 0)).matches).toBe(false);
  });

  it('is refused for a sending that was not', async () => {
    const { conversation, answers } = conversationWith();
    await conversation.ask(question('When?'));
    await expect(conversation.exactText(answers(0)[0]?.id ?? '', 1)).rejects.toMatchObject({
      code: 'unexpected',
    });
    await expect(conversation.exactText('missing', 0)).rejects.toMatchObject({ code: 'unexpected' });
  });
});

import 'fake-indexeddb/auto';
import { expect, it } from 'vitest';
import { chatAsSource } from '@/utils/chat/chat-source';
import { passageText } from '@/utils/source';
import { conversationWith } from '../fixtures/conversations';
import { stop, text } from '../fixtures/models';
import { measuredSource } from '../fixtures/sources';

const passages = ({ segments, ...source }: NonNullable<Awaited<ReturnType<typeof chatAsSource>>>) =>
  segments.map(({ number, kind }) => `${kind} ${passageText({ ...source, segments }, number)}`);

it('gives an earlier chat whole: every question and the newest answer of the path on screen, in order', async () => {
  const { conversation, store, next } = conversationWith();
  const ask = (question: string) =>
    conversation.ask({ task: 'answer', question, sources: [], language: 'English' });
  next(text('First paragraph.\n\nSecond paragraph ¶1.'), stop);
  const page = await measuredSource(['The tide.']);
  await conversation.ask({ task: 'answer', question: 'When?', sources: [page], language: 'English' });
  next(text('An older answer.'), stop);
  await ask('And then?\n\nSay it in full.');
  next(text('The newest answer.'), stop);
  await conversation.again(conversation.get().turns[1]?.id ?? '');
  // Another branch, which is not on the screen in the end.
  const { chat } = conversation.get();
  const source = await chatAsSource(chat?.id ?? '', { store, now: () => 5 });
  if (!source) throw new Error('There is no chat.');
  expect(source).toMatchObject({ kind: 'chat', title: chat?.title, gaps: [], readAt: 5 });
  expect(source.url).toBeUndefined();
  expect(passages(source)).toEqual([
    'heading Question 1',
    'text When?',
    expect.stringMatching(/^heading Answer/),
    'text First paragraph.',
    'text Second paragraph ¶1.',
    'heading Question 2',
    'text And then?',
    'text Say it in full.',
    expect.stringMatching(/^heading Answer/),
    'text The newest answer.',
  ]);
  // The same chat again is the same source.
  expect((await chatAsSource(chat?.id ?? '', { store }))?.id).toBe(source.id);
});

it('gives nothing for a chat that is gone or empty, and a question without an answer as it stands', async () => {
  const { conversation, store, next, db } = conversationWith();
  expect(await chatAsSource('gone', { store })).toBeUndefined();
  next(text(''), stop);
  await conversation.ask({
    task: 'answer',
    question: '潮水什么时候上涨？',
    sources: [],
    language: 'English',
  });
  const id = conversation.get().chat?.id ?? '';
  const source = await chatAsSource(id, { store });
  expect(source && passages(source).slice(0, 2)).toEqual(['heading Question 1', 'text 潮水什么时候上涨？']);
  await db.turns.clear();
  expect(await chatAsSource(id, { store })).toBeUndefined();
});

it('gives a comparison as a table, and not as the lines that a program reads', async () => {
  const { conversation, store, next } = conversationWith();
  const lines = [
    '```comparison',
    '{"columns":[{"document":1,"name":"Kestrel"},{"document":2,"name":"Folio"}]}',
    '{"row":"Price","cells":["€189 [1 ¶1]","€229 [2 ¶1]"]}',
    '```',
  ];
  next(text(`They differ.\n\n${lines.join('\n')}`), stop);
  const pages = await Promise.all(
    ['Kestrel costs €189.', 'Folio costs €229.'].map((words) => measuredSource([words], { title: words })),
  );
  await conversation.ask({ task: 'compare', question: 'Compare', sources: pages, language: 'English' });
  const source = await chatAsSource(conversation.get().chat?.id ?? '', { store });
  const words = source ? passages(source).join('\n') : '';
  expect(words).toContain('They differ.');
  expect(words).not.toContain('"columns"');
  expect(words).toMatch(/\| *Price *\|.*€189.*\|.*€229/);
});

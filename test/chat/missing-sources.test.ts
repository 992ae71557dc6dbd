import 'fake-indexeddb/auto';
import { expect, it } from 'vitest';
import { missingSources } from '@/utils/chat/missing-sources';
import { conversationWith } from '../fixtures/conversations';
import { measuredSource } from '../fixtures/sources';

it('knows which sources of a chat are gone, by name and number, and that what follows goes without them', async () => {
  const world = conversationWith();
  const [kept, lost] = await Promise.all(
    ['Kept', 'Lost'].map((title) => measuredSource([`The words of ${title}.`], { title })),
  );
  if (!kept || !lost) throw new Error('There are no sources.');
  await world.conversation.ask({
    task: 'answer',
    question: 'What?',
    sources: [lost, kept],
    language: 'English',
  });
  expect(missingSources(world.conversation.get())).toEqual([]);
  const { chat } = world.conversation.get();
  await world.db.sources.delete(lost.source.id);
  world.conversation.startNew();
  expect(missingSources(world.conversation.get())).toEqual([]);
  await world.conversation.open(chat?.id ?? '');
  expect(missingSources(world.conversation.get())).toEqual([
    { id: lost.source.id, title: 'Lost', number: 1 },
  ]);
  await world.conversation.ask({ task: 'answer', question: 'And?', sources: [], language: 'English' });
  // The other one keeps its number.
  expect(world.prompt(1)).toContain('<document index="2"');
  expect(world.prompt(1)).not.toContain('The words of Lost.');
});

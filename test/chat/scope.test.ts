import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { sourcesOf } from '@/components/panel/sources-of';
import { nextRequest } from '@/utils/chat/next-request';
import { nextSources, sourcesOfQuestion, switched } from '@/utils/chat/next-sources';
import { checkCitations } from '@/utils/citations';
import { type MeasuredSource, messageText } from '@/utils/context/compose';
import { excerptsProvider } from '@/utils/models/providers/excerpts';
import type { Connection } from '@/utils/models/types';
import { instructionsFor } from '@/utils/prompts/instructions';
import { scopeLine } from '@/utils/prompts/scope';
import { draftShape, turnShape } from '@/utils/store/record-shapes';
import { conversationWith } from '../fixtures/conversations';
import { connectionTo, failure, stop, text } from '../fixtures/models';
import { measuredSource } from '../fixtures/sources';

const named = (name: string) =>
  measuredSource([`The ${name} turns at six.`, `Nothing else is said of the ${name}.`], {
    title: name,
    url: `https://example.org/${name}`,
  });
const idOf = ({ source }: MeasuredSource) => source.id;
const about = (words: string, aside: MeasuredSource[], sources: MeasuredSource[] = [], omit: string[] = []) =>
  ({ task: 'answer', question: words, sources, omit, aside: aside.map(idOf) }) as const;

const excerptsConnection = (): Connection => ({
  provider: excerptsProvider,
  baseUrl: '',
  model: { id: 'excerpts', name: 'Excerpts', window: Number.POSITIVE_INFINITY },
});

async function threeSent() {
  const world = conversationWith();
  const [tide, wind, moon] = await Promise.all([named('tide'), named('wind'), named('moon')]);
  await world.conversation.ask(about('When?', [], [tide, wind, moon]));
  const bytes = (index: number) => JSON.stringify(world.requests[index]?.messages);
  /** Whether a request repeats every byte of the one before it. */
  const repeats = (index: number) => bytes(index).startsWith(bytes(index - 1).slice(0, -1));
  return { ...world, tide, wind, moon, repeats };
}

describe('a question about some of the sources that were sent', () => {
  it('names them in its first line, and repeats every byte before it', async () => {
    const { conversation, prompt, repeats, wind, requests } = await threeSent();
    await conversation.ask(about('And now?', [wind]));
    expect(repeats(1)).toBe(true);
    expect(prompt(1)).toContain('\n\nAbout documents 1 and 3 only. Leave the others aside.\nAnd now?');
    expect(prompt(1)).toContain('The wind turns at six.');
    expect(prompt(1)).not.toContain('left_out');
    expect(requests[1]?.question).toBe('And now?');
    const [, turn] = conversation.get().turns;
    expect(turn?.question).toBe('And now?');
    expect(turn?.scope?.documents.map(({ index }) => index)).toEqual([1, 3]);
    // Switched on again, and off once more: nothing of what was sent changes.
    await conversation.ask(about('All?', []));
    await conversation.ask(about('One?', [wind]));
    expect([repeats(2), repeats(3)]).toEqual([true, true]);
    expect(prompt(2)).toContain('only. Leave the others aside.\nAnd now?');
    expect(prompt(2).endsWith('\n\nAll?')).toBe(true);
  });

  it('is about what it brings too, under the numbers that the documents have', async () => {
    const { conversation, prompt, tide, moon, repeats } = await threeSent();
    const [storm, calm] = await Promise.all([named('storm'), named('calm')]);
    await conversation.ask(about('And?', [tide, moon], [storm, calm], [idOf(storm)]));
    expect(prompt(1)).toContain('About documents 2 and 5 only.');
    expect(prompt(1)).toContain('<document index="5"');
    expect(repeats(1)).toBe(true);
  });

  it('leaves out what has not been sent yet: it costs nothing to leave it out', async () => {
    const { conversation, prompt } = conversationWith();
    const [tide, wind] = await Promise.all([named('tide'), named('wind')]);
    await conversation.ask(about('When?', [wind], [tide, wind]));
    expect(prompt(0)).not.toContain('The wind');
    expect(prompt(0)).not.toContain('Leave the others aside');
    expect(conversation.get().turns[0]?.scope).toBeUndefined();
  });

  it('says so when it is about none of them', async () => {
    const { conversation, prompt, repeats, tide, wind, moon } = await threeSent();
    await conversation.ask(about('What is two and two?', [tide, wind, moon]));
    expect(repeats(1)).toBe(true);
    expect(prompt(1)).toContain('About none of the documents above: answer without them.\nWhat is two');
    expect(conversation.get().turns[1]?.instructions).toContain('no documents go with it');
  });

  it('does not name what is taken out', async () => {
    const { conversation, prompt, wind, moon } = await threeSent();
    await conversation.ask(about('And now?', [wind], [], [idOf(moon)]));
    expect(prompt(1)).toContain('About document 1 only.');
    expect(prompt(1)).toContain('<document index="3" left_out="by the user"/>');
  });

  it('is asked with the same line again, when it goes on, and in the exact text', async () => {
    const { conversation, prompt, next, wind, answers } = await threeSent();
    next(text('Half of it'), failure('stream-cut'));
    await conversation.ask(about('Two?', [wind]));
    await conversation.continueAnswer(answers(1)[0]?.id ?? '');
    await conversation.again(conversation.get().turns[1]?.id ?? '');
    for (const index of [1, 2, 3])
      expect(prompt(index), `request ${index + 1}`).toContain('About documents 1 and 3 only.');
    expect(prompt(3)).toBe(prompt(1));
    for (const [answer, position] of [
      [0, 0],
      [0, 1],
      [1, 0],
    ] as const) {
      const { matches } = await conversation.exactText(answers(1)[answer]?.id ?? '', position);
      expect(matches).toBe(true);
    }
  });

  it('keeps its scope when it is asked in other words, and without the question before it', async () => {
    const { conversation, prompt, tide, wind } = await threeSent();
    await conversation.ask(about('Two?', [wind]));
    const turnId = conversation.get().turns[1]?.id ?? '';
    await conversation.edit(turnId, { question: 'Two, in other words?' });
    expect(prompt(2)).toContain(
      'About documents 1 and 3 only. Leave the others aside.\nTwo, in other words?',
    );
    expect(conversation.get().turns).toHaveLength(2);
    // On the branch beside it the first one is asked anew: there is nothing to set aside any more.
    const storm = await named('storm');
    await conversation.edit(conversation.get().turns[0]?.id ?? '', { question: 'When, again?' });
    await conversation.ask(about('Then?', [tide], [storm]));
    expect(prompt(4)).toContain('About documents 2 to 4 only.');
  });

  it('is the same after the chat was opened from disk, also in another window', async () => {
    const { conversation, db, wind, prompt } = await threeSent();
    await conversation.ask(about('Two?', [wind]));
    const { id = '' } = conversation.get().chat ?? {};
    const other = conversationWith({ db });
    await other.conversation.open(id);
    await other.conversation.ask(about('Three?', []));
    expect(other.prompt(0).startsWith(prompt(1))).toBe(true);
    const [, turn] = other.conversation.get().turns;
    expect(turn?.scope).toEqual(conversation.get().turns[1]?.scope);
    const stored = JSON.parse(JSON.stringify(turn));
    expect(turnShape(stored, 'turn')).toEqual(stored);
    expect(() => turnShape({ ...stored, scope: { line: 3, documents: [] } }, 'turn')).toThrow();
  });

  it('has the numbers of its line also when nothing of its answer was kept', async () => {
    const { conversation, db, store, prompt, tide, moon } = await threeSent();
    const [storm, calm] = await Promise.all([named('storm'), named('calm')]);
    await conversation.ask(about('And?', [tide, moon], [storm, calm], [idOf(storm)]));
    const { id = '' } = conversation.get().chat ?? {};
    const [, turn] = conversation.get().turns;
    await db.answers
      .where('turnId')
      .equals(turn?.id ?? '')
      .delete();
    const other = conversationWith({ db });
    expect(await store.loadChat(id)).toBeDefined();
    await other.conversation.open(id);
    await other.conversation.again(turn?.id ?? '');
    expect(other.prompt(0)).toBe(prompt(1));
  });

  it('may be answered from a source beside it: the citation is checked as any other', async () => {
    const { conversation, next, answers, wind } = await threeSent();
    next(text('The wind, too: “The wind turns at six.” 2 ¶1'), stop);
    await conversation.ask(about('Two?', [wind]));
    const answer = answers(1)[0];
    const sources = sourcesOf(answer, conversation.get().sources).map(({ source }) => source);
    const [mark] = checkCitations(answer?.text ?? '', sources);
    expect(mark?.verdict.state).toBe('verified');
  });

  it('is answered from what it is about by the reader without a model', async () => {
    const { conversation, requests, use, wind } = await threeSent();
    use({ connection: excerptsConnection() });
    await conversation.ask(about('What turns?', [wind]));
    expect(requests[1]?.documents.map(({ title }) => title)).toEqual(['tide', 'moon']);
    expect(requests[1]?.numbers).toEqual([1, 3]);
    use({ connection: connectionTo() });
    await conversation.ask(about('All?', []));
    expect(requests[2]?.documents.map(({ title }) => title)).toEqual(['tide', 'wind', 'moon']);
  });

  it('reads in passes only what it is about', async () => {
    const { conversation, requests, use, wind, next, answers } = await threeSent();
    const long = await measuredSource(
      Array.from({ length: 40 }, (_, index) => `Paragraph ${index} of a long report about the harbour.`),
      { title: 'report' },
    );
    use({ connection: connectionTo(undefined, { model: { id: 's', name: 'S', window: 2_400 } }) });
    next(text('Notes one.'), stop);
    next(text('Notes two.'), stop);
    next(text('Notes three.'), stop);
    await conversation.ask(about('And now?', [wind], [long]));
    await conversation.decide({ kind: 'passes' });
    const read =
      answers(1)[0]
        ?.passes?.plan.flat()
        .map(({ sourceId }) => sourceId) ?? [];
    expect(read).toContain(idOf(long));
    expect(read).not.toContain(idOf(wind));
    const sent = requests.slice(1).map(({ messages }) => messages.map(messageText).join(''));
    for (const words of sent.slice(0, -1)) expect(words).not.toContain('The wind turns');
    expect(sent.at(-1)).toContain('About documents 1, 3 and 4 only.');
  });
});

describe('the line', () => {
  it('stays short with many documents', () => {
    expect(scopeLine([3])).toBe('About document 3 only. Leave the others aside.');
    expect(scopeLine([1, 3, 4])).toBe('About documents 1, 3 and 4 only. Leave the others aside.');
    expect(scopeLine([1, 2, 3])).toBe('About documents 1 to 3 only. Leave the others aside.');
    const most = Array.from({ length: 200 }, (_, index) => index + 1).filter((number) => number !== 80);
    expect(scopeLine(most)).toBe('About documents 1 to 79 and 81 to 200 only. Leave the others aside.');
  });

  it('is not taken for the language of the question', () => {
    expect(instructionsFor('answer', { scoped: true })).toContain('(not of its first line');
    expect(instructionsFor('answer', { scoped: true, language: 'Japanese' })).not.toContain('first line');
    expect(instructionsFor('answer')).not.toContain('first line');
  });
});

describe('the choice not to ask about a source', () => {
  it('is kept apart from taking it out, and each undoes the other', async () => {
    const [page, tide] = await Promise.all([named('page'), named('tide')]);
    const none = { attached: [], leftOut: [], added: [] };
    const here = { page, isEmpty: false };
    const aside = { ...none, ...switched(none, tide, 'aside', here) };
    expect(aside).toEqual({ ...none, aside: [idOf(tide)] });
    const out = { ...aside, ...switched(aside, tide, 'out', here) };
    expect(out).toEqual({ ...none, aside: [], leftOut: [idOf(tide)] });
    expect({ ...out, ...switched(out, tide, 'in', here) }).toEqual({ ...none, aside: [] });
    const plan = nextSources({ turns: [], sources: [tide] }, aside, undefined);
    expect(sourcesOfQuestion(plan).aside).toEqual([idOf(tide)]);
    const stored = { id: 'chat', text: '', aside: [idOf(tide)] };
    expect(draftShape(stored, 'draft')).toEqual(stored);
  });

  it('costs no re-read, and is shown where it holds', async () => {
    const { conversation, wind, answers } = await threeSent();
    const storm = await named('storm');
    const now = (answers(0)[0]?.sendings[0]?.sentAt ?? 0) + 1_000;
    const given = { pending: [storm], aside: new Set([idOf(wind), idOf(storm)]) };
    const request = nextRequest(conversation.get(), given, connectionTo(), now);
    const without = nextRequest(conversation.get(), { omit: new Set([idOf(storm)]) }, connectionTo(), now);
    expect(request.lost).toBe(0);
    expect(request.cached).toBe(without.cached);
    expect(request.sources.map(({ aside, out }) => [aside, out])).toEqual([
      [false, false],
      [true, false],
      [false, false],
      // It was in no request yet.
      [false, true],
    ]);
    const local = nextRequest(conversation.get(), given, excerptsConnection(), now);
    expect(local.sources.map(({ out }) => out)).toEqual([false, true, false, true]);
  });
});

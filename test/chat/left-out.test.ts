import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { nextRequest } from '@/utils/chat/next-request';
import { type MeasuredSource, messageText } from '@/utils/context/compose';
import { answerShape } from '@/utils/store/record-shapes';
import { cpuTime } from '../cpu-time.ts';
import { conversationWith } from '../fixtures/conversations';
import { connectionTo, failure, stop, text } from '../fixtures/models';
import { measuredSource } from '../fixtures/sources';
import { commonPrefix } from '../fixtures/ten-questions';

const named = (name: string) =>
  measuredSource([`The ${name} turns at six.`, `Nothing else is said of the ${name}.`], {
    title: name,
    url: `https://example.org/${name}`,
  });
const question = (words: string, sources: MeasuredSource[] = [], omit: string[] = []) =>
  ({ task: 'answer', question: words, sources, omit }) as const;
const idOf = ({ source }: MeasuredSource) => source.id;

async function threeSent() {
  const world = conversationWith();
  const [tide, wind, moon] = await Promise.all([named('tide'), named('wind'), named('moon')]);
  await world.conversation.ask(question('When?', [tide, wind, moon]));
  return { ...world, tide, wind, moon };
}

describe('a source that the user leaves out before it was sent', () => {
  it('is not sent, and the others keep the numbers that were shown', async () => {
    const { conversation, prompt, requests, answers } = conversationWith();
    const [tide, wind, moon] = await Promise.all([named('tide'), named('wind'), named('moon')]);
    await conversation.ask(question('When?', [tide, wind, moon], [idOf(wind)]));
    expect(prompt(0)).not.toContain('The wind');
    expect(requests[0]?.numbers).toEqual([1, 3]);
    expect(prompt(0)).toContain('<document index="3"');
    expect(answers(0)[0]?.sendings[0]?.estimate.bySource.map(({ index }) => index)).toEqual([1, 3]);
    // Brought back, it goes with the next question under the number it always had; nothing before it changes.
    await conversation.ask(question('And now?', [wind]));
    expect(prompt(1)).toContain('<document index="2"');
    expect(JSON.stringify(requests[1]?.messages)).toContain(
      JSON.stringify(requests[0]?.messages).slice(0, -1),
    );
    expect(answers(1)[0]?.sendings[0]?.estimate.bySource.map(({ index }) => index)).toEqual([1, 3, 2]);
  });

  it('says to the model that no documents go along when all are left out', async () => {
    const { conversation, prompt } = conversationWith();
    const tide = await named('tide');
    await conversation.ask(question('When?', [tide], [idOf(tide)]));
    expect(prompt(0)).not.toContain('<documents>');
    expect(prompt(0)).toContain('no documents go with it');
  });

  it('keeps the numbers of an attempt that failed', async () => {
    const { conversation, next, requests } = conversationWith();
    const [tide, wind, moon] = await Promise.all([named('tide'), named('wind'), named('moon')]);
    next(failure('server-error', { status: 500 }));
    await conversation.ask(question('When?', [tide, wind, moon], [idOf(wind)]));
    await conversation.again(conversation.get().turns[0]?.id ?? '');
    expect(requests[1]?.numbers).toEqual([1, 3]);
  });
});

describe('a source of earlier questions that the user leaves out', () => {
  it('is in no message; a line keeps its number, and the words before it keep their bytes', async () => {
    const { conversation, prompt, requests, wind, answers } = await threeSent();
    await conversation.ask(question('And now?', [], [idOf(wind)]));
    expect(prompt(1)).not.toContain('The wind');
    expect(prompt(1)).toContain('<document index="2" left_out="by the user"/>');
    expect(requests[1]?.documents.map(({ title }) => title)).toEqual(['tide', 'moon']);
    expect(requests[1]?.numbers).toEqual([1, 3]);
    const kept = commonPrefix(prompt(0), prompt(1));
    expect(prompt(0).slice(0, kept)).toContain('Nothing else is said of the tide.');
    const sending = answers(1)[0]?.sendings[0];
    expect(sending?.omitted).toEqual([{ id: idOf(wind), index: 2 }]);
    expect(answerShape(JSON.parse(JSON.stringify(answers(1)[0])), 'answer').sendings[0]?.omitted).toEqual(
      sending?.omitted,
    );
  });

  it('stays out byte for byte, and comes back byte for byte', async () => {
    const { conversation, prompt, wind } = await threeSent();
    await conversation.ask(question('Two?', [], [idOf(wind)]));
    await conversation.ask(question('Three?', [], [idOf(wind)]));
    expect(prompt(2).startsWith(prompt(1).slice(0, -1))).toBe(true);
    await conversation.ask(question('Four?'));
    expect(prompt(3).startsWith(prompt(0).slice(0, -1))).toBe(true);
    expect(prompt(3)).not.toContain('left_out');
  });

  it('is shown as it was not sent in the exact text of each request', async () => {
    const { conversation, prompt, wind, answers } = await threeSent();
    await conversation.ask(question('Two?', [], [idOf(wind)]));
    await conversation.ask(question('Three?'));
    for (const position of [0, 1, 2]) {
      const { messages, matches } = await conversation.exactText(answers(position)[0]?.id ?? '', 0);
      expect(matches, `question ${position + 1}`).toBe(true);
      expect(messages.map(messageText).join('\n')).toBe(prompt(position));
    }
  });

  it('stays out when an answer is given again or goes on', async () => {
    const { conversation, prompt, next, wind, answers } = await threeSent();
    next(text('Half of it'), failure('stream-cut'));
    await conversation.ask(question('Two?', [], [idOf(wind)]));
    await conversation.continueAnswer(answers(1)[0]?.id ?? '');
    await conversation.again(conversation.get().turns[1]?.id ?? '', [idOf(wind)]);
    for (const index of [1, 2, 3]) expect(prompt(index), `request ${index + 1}`).not.toContain('The wind');
    expect(answers(1)[0]?.text).toBe('Half of itAnswer 3.');
  });
});

describe('the next request', () => {
  it('is shown byte for byte as it is then sent', async () => {
    const { conversation, prompt, requests, wind } = await threeSent();
    const storm = await named('storm');
    const asked = question('And now?', [storm], [idOf(wind)]);
    const shown = await conversation.nextText(asked);
    await conversation.ask(asked);
    expect(shown.map(messageText).join('\n')).toBe(prompt(1));
    expect(shown).toEqual(requests[1]?.messages);
    expect(conversation.get().turns).toHaveLength(2);
  });

  it('names what is cached, up to the first source that is left out', async () => {
    const { conversation, wind, moon, tide } = await threeSent();
    const { sendings } = conversation.get().answers[conversation.get().turns[0]?.id ?? '']?.[0] ?? {};
    const soon = (sendings?.[0]?.sentAt ?? 0) + 1_000;
    const at = (omit: MeasuredSource[], now = soon) =>
      nextRequest(conversation.get(), { omit: new Set(omit.map(idOf)) }, connectionTo(), now);
    const cachedIn = (request: ReturnType<typeof at>) =>
      request.sources.filter(({ cached }) => cached).map(({ number }) => number);
    const all = at([]);
    expect(cachedIn(all)).toEqual([1, 2, 3]);
    expect(all.cached).toBe(sendings?.[0]?.estimate.total);
    expect(all.total).toBe(all.others + all.sources.reduce((sum, { tokens }) => sum + tokens, 0));
    const without = at([wind]);
    expect(cachedIn(without)).toEqual([1]);
    expect(without.cached).toBe(without.sources[0]?.tokens);
    expect(without.total).toBe(all.total - (all.sources[1]?.tokens ?? 0));
    expect(cachedIn(at([tide]))).toEqual([]);
    expect(at([tide]).cached).toBe(0);
    expect(cachedIn(at([moon]))).toEqual([1, 2]);
    // Vendors keep it for minutes.
    expect(cachedIn(at([], soon + 3_600_000))).toEqual([]);
  });

  it('counts room for the answer, and how many questions of usual length are left', async () => {
    const { conversation } = conversationWith();
    const tide = await named('tide');
    const small = connectionTo(undefined, { model: { id: 's', name: 'S', window: 4_000 } });
    const request = nextRequest(conversation.get(), { pending: [tide] }, small);
    expect(request.reserve).toBe(1_000);
    expect(request.share).toBeCloseTo((request.total + 1_000) / 4_000);
    expect(request.questionsLeft).toBe(1 + Math.floor((3_000 - request.total) / 1_050));
    const tiny = connectionTo(undefined, { model: { id: 's', name: 'S', window: 300 } });
    const over = nextRequest(conversation.get(), { pending: [tide] }, tiny);
    expect(over.share).toBeGreaterThan(1);
    expect(over.questionsLeft).toBe(0);
  });

  it('costs about as much with 200 sources and 2,000 questions as there are of them', async () => {
    const { conversation, next } = conversationWith();
    const many = await Promise.all(Array.from({ length: 200 }, (_, index) => named(`page${index}`)));
    next(text('Read.'), stop);
    await conversation.ask(question('All?', many));
    const state = conversation.get();
    const [turn] = state.turns;
    const answer = state.answers[turn?.id ?? '']?.[0];
    if (!turn || !answer) return expect.fail('No answer');
    const turns = Array.from({ length: 2_000 }, (_, index) => ({
      ...turn,
      id: `t${index}`,
      position: index,
    }));
    const answers = Object.fromEntries(turns.map(({ id }) => [id, [{ ...answer, id, turnId: id }]]));
    const long = { ...state, turns, answers };
    const startedAt = cpuTime();
    for (let time = 0; time < 50; time++) nextRequest(long, { question: 'And?' }, connectionTo());
    expect((cpuTime() - startedAt) / 50).toBeLessThan(30);
    expect(nextRequest(long, {}, connectionTo()).sources.map(({ number }) => number)).toEqual(
      many.map((_, index) => index + 1),
    );
  });
});

import 'fake-indexeddb/auto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import type { OverflowDecision } from '@/utils/chat/decisions';
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

const question = (sources: MeasuredSource[] = []) =>
  ({ task: 'answer', question: 'What do the needles say?', sources }) as const;
const reports = (prompt_tokens: number, cached_tokens?: number) => ({
  usage: { prompt_tokens, completion_tokens: 10, cached_tokens },
});

/** A chat whose model holds 8,000 tokens, and a text of about 14,000. */
async function tooLong(details: Parameters<typeof servedConversation>[0]['surroundings'] = {}) {
  const served = await servedConversation({
    entry: {
      baseUrl: server.baseUrl,
      window: 8_000,
      listed: {
        at: 1,
        models: [
          { id: 'large', name: 'Large', window: 64_000, price: { currency: 'USD', input: 2, output: 8 } },
          { id: 'cheap', name: 'Cheap', window: 32_000, price: { currency: 'USD', input: 0.1, output: 1 } },
          { id: 'free', name: 'Free', window: 32_000 },
          { id: 'tiny', name: 'Tiny', window: 4_000 },
        ],
      },
    },
    surroundings: details,
  });
  const sources: [MeasuredSource, MeasuredSource, MeasuredSource] = [
    await measured(paragraphsWithNeedles('short', 20), { title: 'Short' }),
    await measured(paragraphsWithNeedles('long', 180), { title: 'Long' }),
    await measured(paragraphsWithNeedles('middle', 40), { title: 'Middle' }),
  ];
  const decisionOf = () => served.conversation.get().decision as OverflowDecision;
  return { ...served, sources, decisionOf };
}

describe('what is too long for the model', () => {
  it('is not sent, and the ways on are there with their numbers', async () => {
    const { conversation, sources, decisionOf, store } = await tooLong();
    let accepted = false;
    await conversation.ask(question(sources), () => {
      accepted = true;
    });
    expect([server.requests.length, accepted, conversation.get().turns.length]).toEqual([0, false, 0]);
    const decision = decisionOf();
    expect(decision).toMatchObject({ kind: 'overflow', model: 'm', limit: 8_000 });
    expect(decision.needed).toBeGreaterThan(12_000);
    expect(decision.bySource.map(({ title }) => title)).toEqual(['Short', 'Long', 'Middle']);
    // Cheapest first, those without a price last, those that do not hold it not at all.
    expect(decision.models.map(({ modelId }) => modelId)).toEqual(['cheap', 'large', 'free']);
    expect(decision.models[0]?.cost?.exact).toBe(false);
    expect(decision.leaveOut?.ids).toEqual([sources[1]?.source.id]);
    expect(decision.passes?.count).toBe(2);
    expect(await store.listChats(9)).toEqual([]);
  });

  it('is dropped when the user cancels, and can be asked again', async () => {
    const { conversation, sources, decisionOf } = await tooLong();
    await conversation.ask(question(sources));
    await conversation.decide({ kind: 'cancel' });
    expect([conversation.get().decision, server.requests.length]).toEqual([undefined, 0]);
    await conversation.ask(question(sources));
    expect(decisionOf().kind).toBe('overflow');
  });

  it('goes to another model, which answers from then on', async () => {
    const { conversation, sources, answers } = await tooLong();
    let accepted = 0;
    await conversation.ask(question(sources), () => accepted++);
    await conversation.decide({ kind: 'model', providerId: 'custom', modelId: 'cheap' });
    expect(accepted).toBe(1);
    expect(server.requests.map(({ body }) => body.model)).toEqual(['cheap']);
    for (const { source } of sources) expect(server.requests[0]?.prompt).toContain(source.text);
    expect(answers(0)[0]).toMatchObject({ model: 'Cheap', reason: 'stop' });
    const [entry] = await settings.providers.read();
    expect(entry).toMatchObject({ modelId: 'cheap', corrections: { m: { window: 8_000 } } });
    expect(entry).not.toHaveProperty('window');
  });

  it('goes without the sources that the user leaves out, and with all of the others', async () => {
    const { conversation, sources, decisionOf } = await tooLong();
    await conversation.ask(question(sources));
    await conversation.decide({ kind: 'leave-out', sourceIds: decisionOf().leaveOut?.ids ?? [] });
    const [request] = server.requests;
    expect(request?.prompt).toContain(sources[0]?.source.text);
    expect(request?.prompt).toContain(sources[2]?.source.text);
    expect(request?.prompt).not.toContain('⟨long-1⟩');
    expect(conversation.get().turns).toHaveLength(1);
  });

  it('never offers to leave out what an earlier question has sent', async () => {
    const { conversation, sources, decisionOf } = await tooLong();
    await conversation.ask(question(sources.slice(2)));
    await conversation.ask(question(sources.slice(0, 2)));
    expect(decisionOf().leaveOut?.ids).toEqual([sources[1]?.source.id]);
    await conversation.decide({ kind: 'cancel' });
    const more = await measured(paragraphsWithNeedles('more', 30), { title: 'More' });
    const most = await measured(paragraphsWithNeedles('most', 60), { title: 'Most' });
    await conversation.ask(question([more]));
    await conversation.ask(question([most]));
    expect(decisionOf().bySource.map(({ title }) => title)).toEqual(['Middle', 'More', 'Most']);
    expect(decisionOf().leaveOut?.ids).toEqual([most.source.id]);
  });

  it('is sent once, however often the user clicks', async () => {
    const { conversation, sources } = await tooLong();
    await conversation.ask(question(sources));
    const answer = { kind: 'model', providerId: 'custom', modelId: 'large' } as const;
    await Promise.all([
      conversation.decide(answer),
      conversation.decide(answer),
      conversation.decide(answer),
    ]);
    expect(server.requests).toHaveLength(1);
  });

  it('is forgotten when another question takes its place', async () => {
    const { conversation, sources } = await tooLong();
    await conversation.ask(question(sources));
    await conversation.ask({ task: 'answer', question: 'Something else?', sources: [] });
    await conversation.decide({ kind: 'passes' });
    expect(server.requests).toHaveLength(1);
  });
});

describe('what a server refuses as too long', () => {
  it('is offered the same ways on by the numbers of the server, which hold for this refusal alone', async () => {
    const { conversation, sources, decisionOf, connect, answers } = await tooLong();
    server.next(refusals.contextLength(3_900, 3_000));
    await conversation.ask(question([sources[0], sources[2]]));
    expect(server.requests).toHaveLength(1);
    expect(answers(0)[0]).toMatchObject({ trouble: { code: 'too-long' }, text: '' });
    expect(decisionOf()).toMatchObject({ kind: 'overflow', needed: 3_900, limit: 3_000 });
    expect(decisionOf().models.length).toBeGreaterThan(0);
    // It may be started with a larger window at any time: nothing is kept that would stand in the way then.
    expect((await connect()).model.window).toBe(8_000);
    await conversation.decide({ kind: 'leave-out', sourceIds: decisionOf().leaveOut?.ids ?? [] });
    expect(server.requests).toHaveLength(2);
    expect(conversation.get().turns).toHaveLength(1);
    expect(answers(0)).toHaveLength(2);
    expect(answers(0)[1]).toMatchObject({ reason: 'stop' });
  });

  it('teaches how many tokens the model really needs, where the server counted the input alone', async () => {
    const { conversation, sources } = await tooLong();
    await settings.providers.write([
      { providerId: 'custom', modelId: 'm', baseUrl: server.baseUrl, window: 20_000 },
    ]);
    const [, long] = sources;
    server.next((request) =>
      refusals.contextLengthLlama(Math.round((request.prompt.length / 4.5) * 1.3), 8_192),
    );
    await conversation.ask(question([long]));
    const { 'custom/m': learned } = await settings.calibration.read();
    expect(learned?.latin?.factor).toBeGreaterThan(1.1);
    expect(learned?.latin?.samples).toBe(1);
  });

  it('without numbers stays the trouble that it is', async () => {
    const { conversation, sources } = await tooLong();
    server.next({ status: 400, bodyText: '{"error":{"message":"Input token length too long"}}' });
    await conversation.ask(question([sources[0]]));
    expect(conversation.get().decision).toBeUndefined();
    expect(server.requests).toHaveLength(1);
  });
});

describe('reading in passes', () => {
  it('brings every passage to the server once and in order, and says that it did', async () => {
    const { conversation, sources, answers } = await tooLong();
    server.next(
      { text: 'Notes one ¶3.' },
      { text: 'Notes two ¶7.' },
      { text: 'The answer from notes.', ...reports(900) },
    );
    await conversation.ask(question(sources));
    await conversation.decide({ kind: 'passes' });
    expect(server.requests).toHaveLength(3);
    const [first, second, last] = server.requests.map(({ prompt }) => prompt);
    const needles = [...`${first}${second}`.matchAll(/⟨([\w-]+)⟩/g)].map(([, needle]) => needle);
    const expected = sources.flatMap(({ source }) =>
      [...source.text.matchAll(/⟨([\w-]+)⟩/g)].map(([, one]) => one),
    );
    expect(needles).toEqual(expected);
    expect(last).not.toContain('⟨');
    expect(last).toMatch(/Notes one ¶3\.[\s\S]*Notes two ¶7\./);
    const [answer] = answers(0);
    expect(answer).toMatchObject({ text: 'The answer from notes.', reason: 'stop' });
    expect(answer?.sendings.map(({ pass }) => [pass?.number, pass?.count])).toEqual([
      [1, 2],
      [2, 2],
      [3, 2],
    ]);
    for (const position of [0, 1, 2]) {
      expect((await conversation.exactText(answer?.id ?? '', position)).matches).toBe(true);
    }
  });

  it('goes on with the pass that failed, and keeps the notes of the others', async () => {
    const { conversation, sources, answers, store } = await tooLong();
    server.next({ text: 'Notes one.' }, { text: 'Half of', cutAfterCharacters: 4 });
    await conversation.ask(question(sources));
    await conversation.decide({ kind: 'passes' });
    const [broken] = answers(0);
    expect(broken).toMatchObject({ reason: 'cut-off', text: '', passes: { notes: ['Notes one.'] } });
    // As after closing and opening the panel.
    await conversation.open(conversation.get().chat?.id ?? '');
    server.next({ text: 'Notes two.' }, { text: 'Whole.' });
    await Promise.all([
      conversation.continueAnswer(broken?.id ?? ''),
      conversation.continueAnswer(broken?.id ?? ''),
    ]);
    expect(server.requests).toHaveLength(4);
    expect(server.requests[2]?.prompt).toBe(server.requests[1]?.prompt);
    expect(server.requests[3]?.prompt).toMatch(/Notes one\.[\s\S]*Notes two\./);
    expect(answers(0)[0]).toMatchObject({ text: 'Whole.', reason: 'stop' });
    expect((await store.loadChat(conversation.get().chat?.id ?? ''))?.answers[0]?.text).toBe('Whole.');
  });

  it('names the pass that the server cut, and charges for each', async () => {
    const { conversation, sources, answers, spending } = await tooLong();
    const [entry] = await settings.providers.read();
    if (!entry) throw new Error('No provider');
    const price = { currency: 'USD', input: 1, output: 2 } as const;
    await settings.providers.write([{ ...entry, corrections: { m: { price } } }]);
    server.next(
      { text: 'One.', usage: { prompt_tokens: 7_000, completion_tokens: 10 } },
      { text: 'Two.', usage: { prompt_tokens: 2_048, completion_tokens: 10 } },
      { text: 'All.', usage: { prompt_tokens: 400, completion_tokens: 10 } },
    );
    await conversation.ask(question(sources));
    await conversation.decide({ kind: 'passes' });
    const sendings = answers(0)[0]?.sendings ?? [];
    expect(sendings.map(({ alarm }) => alarm?.reported)).toEqual([undefined, 2_048, undefined]);
    expect(sendings.map(({ cost }) => cost?.amount)).toEqual([0.00702, 0.002068, 0.00042]);
    expect((await spending.ofMonth()).map(({ cost }) => cost)).toEqual(sendings.map(({ cost }) => cost));
  });

  it('stops when the user stops, and sends nothing more', async () => {
    const { conversation, sources, answers } = await tooLong();
    server.next({ hold: true });
    await conversation.ask(question(sources));
    const reading = conversation.decide({ kind: 'passes' });
    await server.request(0);
    conversation.stop();
    await reading;
    expect(answers(0)[0]).toMatchObject({ reason: 'aborted', passes: { notes: [] } });
    expect(server.requests).toHaveLength(1);
  });

  it('asks each time, unless the user set otherwise', async () => {
    const { conversation, sources, decisionOf, answers } = await tooLong();
    await conversation.ask(question(sources));
    await conversation.decide({ kind: 'passes' });
    await conversation.ask(question());
    expect(decisionOf().kind).toBe('overflow');
    await conversation.decide({ kind: 'cancel' });
    const before = server.requests.length;
    await settings.whenTooLong.write('passes');
    await conversation.ask(question());
    expect(decisionOf()).toBeUndefined();
    const passes = answers(1)[0]?.passes?.plan.length ?? 0;
    expect(passes).toBeGreaterThan(1);
    expect(server.requests.length - before).toBe(passes + 1);
  });

  it('lets a later question leave out what was read in passes, or ask a larger model with all of it', async () => {
    const { conversation, sources, decisionOf } = await tooLong();
    await conversation.ask(question(sources));
    await conversation.decide({ kind: 'passes' });
    await conversation.ask(question());
    expect(decisionOf().leaveOut?.ids).toEqual([sources[1]?.source.id]);
    await conversation.decide({ kind: 'model', providerId: 'custom', modelId: 'large' });
    const last = server.requests.at(-1)?.prompt ?? '';
    for (const { source } of sources) expect(last.split(source.text)).toHaveLength(2);
  });
});

import 'fake-indexeddb/auto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { createConversation } from '@/utils/chat/conversation';
import type { Surroundings } from '@/utils/chat/preparation';
import type { Searching } from '@/utils/chat/search-types';
import { fakeSearch } from '../../fixtures/fake-search';
import { measured, servedConversation } from '../../fixtures/served-conversations';
import { type ModelServer, startModelServer } from '../../servers/model-server';
import { readCall, searchCall, toolResults } from '../../servers/tool-calls';

let server: ModelServer;
beforeAll(async () => {
  server = await startModelServer();
});
afterAll(() => server.close());
beforeEach(() => {
  fakeBrowser.reset();
  server.reset();
});

const searching = (
  how: Searching,
  { tools = true, mode = 'auto' as const, window = 100_000, more = {} as Partial<Surroundings> } = {},
) =>
  servedConversation({
    entry: { baseUrl: server.baseUrl, window, corrections: { m: { tools } } },
    surroundings: { searching: async () => how, searchMode: async () => mode, ...more },
  });

const own = () => measured(['The mill was rebuilt in 2019.', 'Nothing is said of eels.'], { title: 'Mill' });
const eels = {
  'https://a.example/eels': { title: 'Eels', passages: ['Eel deaths fell.', 'The last line of A: 41 eels.'] },
  'https://b.example/diary': { title: 'Diary', passages: ['Dear diary.', 'The last line of B: sluice.'] },
  'https://c.example/closed': { title: 'Closed' },
};
const urls = Object.keys(eels);
const bodies = () => server.requests.map(({ body }) => JSON.stringify(body.messages).slice(0, -1));
/** Every request repeats the one before to the byte. */
const expectPrefixes = (from = 0) => {
  const sent = bodies().slice(from);
  for (const [index, bytes] of sent.slice(1).entries())
    expect(bytes.startsWith(sent[index] ?? '-'), `request ${from + index + 1}`).toBe(true);
};

describe('a model that calls web_search', () => {
  const ask = async () => {
    const web = fakeSearch({ '*': urls }, eels);
    const world = await searching(web.how);
    server.next(
      { text: 'The article says nothing. ', toolCalls: [searchCall(['eel deaths Carrow', 'aal sterfte'])] },
      { text: 'Eels died less “41 eels” 2 ¶2.' },
      { text: 'Yes.' },
    );
    await world.conversation.ask({ task: 'answer', question: 'Did eels die?', sources: [await own()] });
    return { ...world, web };
  };

  it('gets every page whole in the result of its call, and each that could not be read with the reason', async () => {
    const { web, answers, conversation } = await ask();
    expect(web.asked).toEqual(['eel deaths Carrow', 'aal sterfte']);
    const [result = ''] = toolResults(server.requests[1] ?? expect.fail());
    expect(result).toContain('The last line of A: 41 eels.');
    expect(result).toContain('The last line of B: sluice.');
    expect(result).toMatch(/<document index="2" mark="\w+" kind="search" title="Eels"/);
    expect(result).toMatch(/<document index="3" mark="\w+" kind="search" title="Diary"/);
    expect(result).toContain(
      '<document index="4" status="not read" title="Closed" address="https://c.example/closed" reason="the site refused it (HTTP 404)"/>',
    );
    const [answer] = answers(0);
    expect(answer).toMatchObject({
      text: 'The article says nothing. \n\nEels died less “41 eels” 2 ¶2.',
      state: 'ended',
      reason: 'stop',
      searches: [
        {
          round: 1,
          at: 26,
          state: 'done',
          why: 'The documents do not say.',
          queries: [
            { text: 'eel deaths Carrow', engine: 'Fake', hits: 3 },
            { text: 'aal sterfte', engine: 'Fake', hits: 3 },
          ],
          pages: [
            { number: 2, status: 'read', title: 'Eels' },
            { number: 3, status: 'read', title: 'Diary' },
            { number: 4, status: 'unread', trouble: { code: 'link-refused' } },
          ],
        },
      ],
    });
    expect(conversation.get().sources.map(({ source }) => source.title)).toEqual(['Mill', 'Eels', 'Diary']);
    // Each request is on the account by itself, and proves what was sent.
    expect(answer?.sendings).toHaveLength(2);
    expect(answer?.sendings[1]?.estimate.bySource.map(({ index, title }) => [index, title])).toEqual([
      [1, 'Mill'],
      [2, 'Eels'],
      [3, 'Diary'],
    ]);
    for (const position of [0, 1])
      expect(await conversation.exactText(answer?.id ?? '', position)).toMatchObject({ matches: true });
    expectPrefixes();
  });

  it('marks where what was found ends, for vendors that keep it', async () => {
    const world = await servedConversation({
      entry: { baseUrl: server.baseUrl, window: 100_000, corrections: { m: { tools: true } } },
      provider: { quirks: { cacheMark: true } },
      surroundings: {
        searching: async () => fakeSearch({ '*': urls }, eels).how,
        searchMode: async () => 'auto',
      },
    });
    server.next(
      { text: '', toolCalls: [searchCall(['eel deaths Carrow']), { ...searchCall(['aal']), id: 'second' }] },
      { text: '41.' },
    );
    await world.conversation.ask({ task: 'answer', question: 'Did eels die?', sources: [] });
    const results = (server.requests[1]?.body.messages ?? []).filter(({ role }) => role === 'tool');
    expect(results.map((message) => JSON.stringify(message).includes('cache_control'))).toEqual([
      true,
      false,
    ]);
  });

  it('has the same bytes in later questions, with search off and on, and after the chat was read from disk', async () => {
    const { conversation, store, connect, answers } = await ask();
    await conversation.ask({ task: 'answer', question: 'Sure?', sources: [], searchMode: 'off' });
    expectPrefixes();
    const reopened = createConversation({ store, connect, check: async () => {} });
    await reopened.open(conversation.get().chat?.id ?? '');
    expect(reopened.get().sources.map(({ source }) => source.title)).toEqual(['Mill', 'Eels', 'Diary']);
    server.next({ text: 'Really.' });
    await reopened.ask({ task: 'answer', question: 'Really?', sources: [] });
    expectPrefixes();
    expect(server.requests).toHaveLength(4);
    const tools = server.requests.map(({ body }) => JSON.stringify(body.tools));
    expect(new Set(tools).size).toBe(1);
    const first = answers(0)[0];
    const last = Object.values(reopened.get().answers).flat().at(-1);
    for (const [id, position] of [
      [first?.id, 1],
      [last?.id, 0],
    ] as const)
      expect(await reopened.exactText(id ?? '', position)).toMatchObject({ matches: true });
    // What comes new gets a number that no page has, read or not.
    server.next({ text: 'New.' });
    const tab = await measured(['A new tab.'], { title: 'Tab' });
    await reopened.ask({ task: 'answer', question: 'And here?', sources: [tab] });
    expectPrefixes();
    expect(server.requests.at(-1)?.prompt).toMatch(/<document index="5" mark="\w+" kind="tab" title="Tab"/);
  });

  it('is asked elsewhere with the same documents in words where a model takes no tools', async () => {
    const { conversation, store, connect } = await ask();
    const there = createConversation({
      store,
      connect: async () => {
        const connection = await connect();
        return { ...connection, model: { ...connection.model, tools: false } };
      },
      check: async () => {},
    });
    await there.open(conversation.get().chat?.id ?? '');
    await there.ask({ task: 'answer', question: 'Sure?', sources: [] });
    const { body, prompt } = server.requests.at(-1) ?? expect.fail();
    expect(body.tools).toBeUndefined();
    expect(body.messages?.map(({ role }) => role)).toEqual([
      'system',
      'user',
      'assistant',
      'user',
      'assistant',
      'user',
    ]);
    expect(prompt).toContain('The last line of A: 41 eels.');
    expect(prompt).toMatch(/<document index="2" mark="\w+" kind="search" title="Eels"/);
    const last = Object.values(there.get().answers).flat().at(-1);
    expect(await there.exactText(last?.id ?? '', 0)).toMatchObject({ matches: true });
  });

  it('leaves a line in the place of a page that the user leaves out later', async () => {
    const { conversation } = await ask();
    const [, page] = conversation.get().sources;
    await conversation.ask({
      task: 'answer',
      question: 'Without?',
      sources: [],
      omit: [page?.source.id ?? ''],
    });
    const [result = ''] = toolResults(server.requests.at(-1) ?? expect.fail());
    expect(result).toContain('<document index="2" left_out="by the user"/>');
    expect(result).not.toContain('41 eels');
    expect(result).toContain('The last line of B: sluice.');
    const last = Object.values(conversation.get().answers).flat().at(-1);
    expect(await conversation.exactText(last?.id ?? '', 0)).toMatchObject({ matches: true });
  });
});

describe('rounds', () => {
  it('are three at most, each visible; then the model is told to answer, and is ended when it does not', async () => {
    const web = fakeSearch({ '*': [] }, {});
    const { conversation, answers } = await searching(web.how);
    server.always(() => ({ text: 'Hm. ', toolCalls: [searchCall(['again'])] }));
    await conversation.ask({ task: 'answer', question: 'What?', sources: [await own()] });
    expect(web.asked).toHaveLength(3);
    // Three rounds, one refusal in words, and then no more.
    expect(server.requests).toHaveLength(5);
    const [answer] = answers(0);
    expect(answer).toMatchObject({ state: 'ended', reason: 'cut-off', trouble: { code: 'search-endless' } });
    expect(answer?.searches?.map(({ state, round }) => [state, round])).toEqual([
      ['done', 1],
      ['done', 2],
      ['done', 3],
      ['refused', 4],
      ['refused', 5],
    ]);
    expect(toolResults(server.requests[1] ?? expect.fail()).at(-1)).toContain('Nothing was found.');
    expect(toolResults(server.requests[3] ?? expect.fail()).at(-1)).toContain('That was the last search');
    expect(toolResults(server.requests[4] ?? expect.fail()).at(-1)).toContain(
      'no more searches are possible',
    );
    expect(answer?.sendings).toHaveLength(5);
    expectPrefixes();
  });

  it('carry out more than one call of a turn, under ids of their own', async () => {
    const web = fakeSearch({ eels: ['https://a.example/eels'] }, eels);
    const { conversation, answers } = await searching(web.how);
    const question = 'What do eels and https://b.example/diary say?';
    server.next(
      {
        text: '',
        toolCalls: [searchCall(['eels'], 'w', 'call_1'), readCall('https://b.example/diary', 'call_1')],
      },
      { text: 'Both.' },
    );
    await conversation.ask({ task: 'answer', question, sources: [] });
    const searches = answers(0)[0]?.searches ?? [];
    expect(searches.map(({ round }) => round)).toEqual([1, 1]);
    expect(new Set(searches.map(({ call }) => call?.id)).size).toBe(2);
    const results = toolResults(server.requests[1] ?? expect.fail());
    expect(results).toHaveLength(2);
    expect(results[0]).toMatch(/<document index="1" .*Eels/);
    expect(results[1]).toMatch(/<document index="2" .*Diary/);
    expect(results[1]).toContain('The address was "https://b.example/diary".');
  });

  it('tell a model in words, once, what it called wrongly', async () => {
    const { conversation, answers } = await searching(fakeSearch({}, {}).how);
    const call = { id: 'c1', name: 'web_search', arguments: '{"queries": 3' };
    server.next({ text: '', toolCalls: [call] }, { text: '', toolCalls: [{ ...call, name: 'calculator' }] });
    await conversation.ask({ task: 'answer', question: 'What?', sources: [] });
    expect(server.requests).toHaveLength(2);
    expect(toolResults(server.requests[1] ?? expect.fail())[0]).toContain('That could not be understood');
    expect(answers(0)[0]).toMatchObject({ reason: 'error', trouble: { code: 'search-endless' } });
  });

  it('are refused in words where searching is off, and the model answers', async () => {
    const web = fakeSearch({ '*': urls }, eels);
    const { conversation, answers } = await searching(web.how);
    server.next({ text: '', toolCalls: [searchCall(['eels'])] }, { text: 'No idea.' });
    await conversation.ask({ task: 'answer', question: 'What?', sources: [], searchMode: 'off' });
    expect(web.asked).toEqual([]);
    expect(server.requests[0]?.prompt).toContain('Web search is off for this question.');
    expect(toolResults(server.requests[1] ?? expect.fail())[0]).toContain(
      'Web search is off for this question',
    );
    expect(answers(0)[0]).toMatchObject({ text: 'No idea.', reason: 'stop' });
    expectPrefixes();
  });

  it('leave out whole what does not fit, the last of the list first, and say so', async () => {
    const long = (name: string, amount: number) =>
      Array.from(
        { length: amount },
        (_, index) => `${name} ${index}: the keeper wrote down the depth of the channel.`,
      );
    const pages = {
      'https://one.example/': { title: 'One', passages: long('One', 200) },
      'https://two.example/': { title: 'Two', passages: long('Two', 200) },
      'https://three.example/': { title: 'Three', passages: long('Three', 200) },
    };
    const web = fakeSearch({ '*': Object.keys(pages) }, pages);
    const { conversation, answers } = await searching(web.how, { window: 10_000 });
    server.next({ text: '', toolCalls: [searchCall(['depth'])] }, { text: 'Deep.' });
    await conversation.ask({ task: 'answer', question: 'How deep?', sources: [] });
    const [answer] = answers(0);
    expect(answer?.searches?.[0]?.pages.map(({ status }) => status)).toEqual(['read', 'read', 'left-out']);
    const [result = ''] = toolResults(server.requests[1] ?? expect.fail());
    expect(result).toContain('One 199');
    expect(result).toContain('Two 199');
    expect(result).not.toContain('Three 0');
    expect(result).toContain(
      '<document index="3" status="not read" title="Three" address="https://three.example/" reason="it is too long to be sent beside the others"/>',
    );
    expect(await conversation.exactText(answer?.id ?? '', 1)).toMatchObject({ matches: true });
  });
});

describe('a model without tools', () => {
  it('is asked what to search for behind the same documents, and then gets all that was found', async () => {
    const web = fakeSearch({ '*': urls }, eels);
    const { conversation, answers } = await searching(web.how, { tools: false });
    server.next(
      { text: 'Sure:\n```json\n{"search": true, "queries": ["eel deaths"], "why": "It is old",}\n```' },
      { text: 'Fewer 2 ¶2.' },
      { text: '{"search": false, "queries": [], "why": ""}' },
      { text: 'As I said.' },
    );
    await conversation.ask({ task: 'answer', question: 'Did eels die?', sources: [await own()] });
    expect(web.asked).toEqual(['eel deaths']);
    expect(server.requests).toHaveLength(2);
    const [wish = '', ask = ''] = server.requests.map(({ prompt }) => prompt);
    const documents = wish.indexOf('</documents>');
    expect(ask.slice(0, documents)).toBe(wish.slice(0, documents));
    expect(wish).toContain('Write one line of JSON and nothing else');
    expect(ask.indexOf('41 eels')).toBeLessThan(ask.indexOf('Answer the question from the documents'));
    expect(ask).toContain('address="https://c.example/closed" reason="the site refused it (HTTP 404)"');
    const [answer] = answers(0);
    expect(answer).toMatchObject({
      text: 'Fewer 2 ¶2.',
      searches: [{ at: 0, why: 'It is old', state: 'done' }],
    });
    expect(answer?.searches?.[0]?.call).toBeUndefined();
    for (const position of [0, 1])
      expect(await conversation.exactText(answer?.id ?? '', position)).toMatchObject({ matches: true });
    await conversation.ask({ task: 'answer', question: 'Sure?', sources: [] });
    expect(web.asked).toHaveLength(1);
    const sent = bodies();
    expect(sent).toHaveLength(4);
    expect(sent[3]?.startsWith(sent[1] ?? '-')).toBe(true);
    expect(conversation.get().turns).toHaveLength(2);
    expect(answers(1)[0]).toMatchObject({ text: 'As I said.' });
    expect(answers(1)[0]?.searches).toBeUndefined();
  });

  it('is asked as ever when it says nothing of use', async () => {
    const { conversation, answers } = await searching(fakeSearch({}, {}).how, { tools: false });
    server.next({ text: 'The answer is 42.' }, { text: '42.' });
    await conversation.ask({ task: 'answer', question: 'What?', sources: [] });
    expect(answers(0)[0]).toMatchObject({ text: '42.', reason: 'stop' });
    expect(answers(0)[0]?.sendings).toHaveLength(2);
  });

  it('is searched for all the same where the user wants it always', async () => {
    const web = fakeSearch({ '*': urls }, eels);
    const { conversation } = await searching(web.how, { tools: false });
    server.next({ text: 'Hm?' }, { text: 'Fewer.' });
    await conversation.ask({ task: 'answer', question: 'Did eels die?', sources: [], searchMode: 'always' });
    expect(web.asked).toEqual(['Did eels die?']);
  });

  it('of which the request fails, fails as a question would', async () => {
    const web = fakeSearch({ '*': urls }, eels);
    const { conversation, answers } = await searching(web.how, { tools: false });
    server.next({ status: 401, bodyText: '{"error":{"message":"bad key"}}' });
    await conversation.ask({ task: 'answer', question: 'Did eels die?', sources: [] });
    expect(answers(0)[0]).toMatchObject({ reason: 'error', trouble: { code: 'key-refused' } });
    expect(server.requests).toHaveLength(1);
  });
});

it('a model with tools is asked what to search for too where the user wants it always, and may search on', async () => {
  const web = fakeSearch({ one: [urls[0] ?? ''], two: [urls[1] ?? ''] }, eels);
  const { conversation, answers } = await searching(web.how);
  server.next(
    { text: '{"search":true,"queries":["one"],"why":"w"}' },
    { text: 'More. ', toolCalls: [searchCall(['two'])] },
    { text: 'Done.' },
  );
  await conversation.ask({ task: 'answer', question: 'Eels?', sources: [await own()], searchMode: 'always' });
  expect(web.asked).toEqual(['one', 'two']);
  expect(new Set(server.requests.map(({ body }) => JSON.stringify(body.tools))).size).toBe(1);
  expect(new Set(server.requests.map(({ body }) => JSON.stringify(body.tool_choice))).size).toBe(1);
  const [answer] = answers(0);
  expect(answer?.searches?.map(({ pages }) => pages.map(({ number }) => number))).toEqual([[2], [3]]);
  for (const position of [0, 1, 2])
    expect(await conversation.exactText(answer?.id ?? '', position)).toMatchObject({ matches: true });
  expectPrefixes(1);
});

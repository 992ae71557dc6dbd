/** Nothing is cut on the way into a model of Ollama, by a server that cuts wherever it may. */
import { afterEach, describe, expect, it } from 'vitest';
import { isCut } from '@/utils/context/calibration';
import { estimateTokens } from '@/utils/context/tokens';
import { findProvider } from '@/utils/models/providers';
import type { Connection, Message, Request, Wire } from '@/utils/models/types';
import { ollama } from '@/utils/models/wire/ollama';
import { openaiCompatible } from '@/utils/models/wire/openai-compatible';
import { connectionTo, partsOf } from '../../fixtures/models';
import { type OllamaServer, type OllamaServerOptions, startOllamaServer } from '../../servers/ollama-server';
import { endOf, usageOf } from './bench';

let server: OllamaServer | undefined;
afterEach(() => server?.close());

async function start(options: OllamaServerOptions = {}): Promise<OllamaServer> {
  server = await startOllamaServer(options);
  return server;
}

const needle = 'The lamp keeper’s secret word is quillwort.';
const filler = (tokens: number) =>
  'The tide turns at six and the keeper writes it down in the long book. '.repeat(Math.ceil(tokens / 16));
const longText = `${needle}\n${filler(60_000)}`;

let conversations = 0;
function request(text: string, details: Partial<Request> = {}): Request {
  const messages: Message[] = [
    { role: 'system', parts: ['You answer from the documents.'] },
    { role: 'user', parts: [text, '\n\nWhat is the secret word?'] },
  ];
  return {
    messages,
    documents: [],
    task: 'answer',
    question: 'What is the secret word?',
    reserve: 8_192,
    inputTokens: estimateTokens(text) + 30,
    cacheKey: `conversation-${conversations++}`,
    ...details,
  };
}

const toOllama = (origin: string, window = 262_144, id = 'qwen4:8b'): Connection => ({
  ...connectionTo(origin, { model: { id, name: id, window } }),
  provider: { ...(findProvider('ollama') as Connection['provider']) },
});

const ask = (wire: Wire, asked: Request, connection: Connection) =>
  partsOf(wire(asked, connection, { signal: new AbortController().signal }));

describe('a text of 60,000 tokens with a needle in front', () => {
  it('arrives whole, in a window that was made for it', async () => {
    const { origin, questions, loads } = await start();
    const parts = await ask(ollama, request(longText), toOllama(origin));
    expect(endOf(parts)).toMatchObject({ reason: 'stop' });
    const [question] = questions();
    expect(question).toMatchObject({ status: 200, kept: question?.sent });
    expect(question?.sent).toBeGreaterThan(60_000);
    expect(question?.read).toContain(longText);
    expect(question?.body).toMatchObject({ truncate: false, shift: false, keep_alive: '30m' });
    expect(loads).toHaveLength(1);
    expect((loads[0]?.window ?? 1) % 8_192).toBe(0);
    expect(loads[0]?.window).toBeLessThanOrEqual(262_144);
  });

  it.each([32_768, 60_000])('is refused, not cut, by a model that holds %i tokens', async (window) => {
    const { origin, questions } = await start({ models: { 'qwen4:8b': { contextLength: window } } });
    const parts = await ask(ollama, request(longText), toOllama(origin, window));
    expect(questions()).toMatchObject([{ status: 400, read: '' }]);
    expect(questions()[0]?.body.options).toEqual({ num_ctx: window });
    const end = endOf(parts);
    expect(end).toMatchObject({ reason: 'error', trouble: { code: 'too-long', facts: { limit: window } } });
    expect(Number(end.trouble?.facts.needed)).toBeGreaterThan(window);
  });

  it.each([0, 1, 2_000, 20_000])(
    'arrives whole or is refused when the estimate says %i tokens',
    async (inputTokens) => {
      const { origin, questions } = await start();
      const parts = await ask(ollama, request(longText, { inputTokens }), toOllama(origin));
      expect(questions()).toMatchObject([{ status: 400, read: '' }]);
      expect(endOf(parts)).toMatchObject({ reason: 'error', trouble: { code: 'too-long' } });
    },
  );

  it('is refused by a server that only knows the order not to slide', async () => {
    const { origin } = await start();
    const body = {
      model: 'qwen4:8b',
      shift: false,
      messages: [{ role: 'user', content: longText }],
    };
    const response = await fetch(`${origin}/api/chat`, { method: 'POST', body: JSON.stringify(body) });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('longer than the context length currently available');
  });

  it('is cut by an old server that knows neither order, and the count gives it away', async () => {
    const { origin, questions } = await start({
      isOld: true,
      models: { 'qwen4:8b': { contextLength: 16_384 } },
    });
    const asked = request(longText);
    // The list said more than the model holds.
    const parts = await ask(ollama, asked, toOllama(origin, 131_072));
    expect(questions()[0]?.read).not.toContain(needle);
    const expected = { total: asked.inputTokens ?? 0, han: 0 };
    expect(isCut(expected, { input: usageOf(parts)?.input ?? Number.NaN }, {})).toBe(true);
  });
});

describe('the door for OpenAI clients', () => {
  it('cuts in silence, and the alarm is raised', async () => {
    const { origin, questions } = await start();
    const asked = request(longText);
    const connection = connectionTo(`${origin}/v1`, {
      model: { id: 'qwen4:8b', name: 'Qwen', window: 262_144 },
    });
    const parts = await ask(openaiCompatible, asked, connection);
    expect(endOf(parts)).toMatchObject({ reason: 'stop' });
    const [question] = questions();
    expect(question).toMatchObject({ status: 200, window: 4_096 });
    expect(question?.kept).toBe(4_096 - (4_096 - 4) / 2);
    expect(question?.read).not.toContain(needle);
    expect(usageOf(parts)?.input).toBe(question?.kept);
    expect(isCut({ total: asked.inputTokens ?? 0, han: 0 }, { input: usageOf(parts)?.input ?? 0 }, {})).toBe(
      true,
    );
  });

  it('drops messages from the front when several are too long together', async () => {
    const { origin, questions } = await start();
    const asked = request(`${needle}\n${filler(3_500)}`);
    asked.messages.push(
      { role: 'assistant', parts: ['Quillwort.'] },
      { role: 'user', parts: [filler(2_000), 'And now?'] },
    );
    await ask(
      openaiCompatible,
      asked,
      connectionTo(`${origin}/v1`, { model: { id: 'qwen4:8b', name: '', window: 9 } }),
    );
    expect(questions()[0]?.read).not.toContain(needle);
    expect(questions()[0]?.read).toMatch(/^You answer from the documents\./);
    expect(questions()[0]?.read).toMatch(/And now\?$/);
  });
});

describe('the window', () => {
  it('grows in steps of 8,192 and never shrinks within a conversation', async () => {
    const { origin, questions, loads } = await start();
    const cacheKey = 'chat-that-grows';
    for (const tokens of [500, 9_000, 9_500, 30_000, 400, 31_000]) {
      await ask(ollama, request(filler(tokens), { cacheKey }), toOllama(origin));
    }
    const windows = questions().map(({ window }) => window);
    for (const [index, window] of windows.entries()) {
      expect(window % 8_192).toBe(0);
      expect(window).toBeGreaterThanOrEqual(windows[index - 1] ?? 8_192);
    }
    expect(new Set(windows).size).toBe(loads.length);
    expect(loads.length).toBeLessThanOrEqual(3);
    expect(questions().every(({ status, sent, kept }) => status === 200 && kept === sent)).toBe(true);
    // Another conversation begins small again.
    await ask(ollama, request(filler(500)), toOllama(origin));
    expect(questions().at(-1)?.window).toBeLessThan(windows.at(-1) ?? 0);
  });

  it('is that of the model, whatever another model of the conversation had', async () => {
    const { origin, questions } = await start({
      models: { 'qwen4:8b': { contextLength: 262_144 }, 'small:1b': { contextLength: 10_000 } },
    });
    const cacheKey = 'chat-with-two-models';
    await ask(ollama, request(filler(40_000), { cacheKey }), toOllama(origin));
    await ask(ollama, request('Short.', { cacheKey }), toOllama(origin, 10_000, 'small:1b'));
    await ask(ollama, request('Short.', { cacheKey }), toOllama(origin));
    const [large = 0, small, again] = questions().map(({ window }) => window);
    expect(small).toBeLessThanOrEqual(10_000);
    expect(again).toBe(large);
  });
});

describe('a server that leaves its cache out of the count (0.30.x)', () => {
  const expected = ({ inputTokens = 0 }: Request) => ({ total: inputTokens, han: 0 });

  it('raises no alarm at the second question', async () => {
    const { origin, questions } = await start({ countsCached: false });
    const first = request(longText);
    const one = await ask(ollama, first, toOllama(origin));
    expect(isCut(expected(first), { input: usageOf(one)?.input ?? 0 }, {})).toBe(false);
    const second = request(longText, { cacheKey: first.cacheKey ?? '' });
    second.messages.push({ role: 'assistant', parts: ['Quillwort.'] }, { role: 'user', parts: ['Why?'] });
    const two = await ask(ollama, second, toOllama(origin));
    expect(questions()[1]).toMatchObject({ status: 200, kept: questions()[1]?.sent });
    // A count that says nothing is not passed on as one.
    expect(usageOf(two)).toEqual({ output: expect.any(Number) });
  });

  it('still counts for a text that was refused before and never read', async () => {
    const { origin } = await start({ refusesAll: true });
    const asked = request(longText);
    const refusedParts = await ask(ollama, asked, toOllama(origin));
    expect(endOf(refusedParts)).toMatchObject({ trouble: { code: 'origin-refused' } });
    await server?.close();
    const old = await start({ isOld: true, models: { 'qwen4:8b': { contextLength: 8_192 } } });
    // The same address as before, so far as the wire knows.
    const toOld: typeof fetch = (input, init) => fetch(String(input).replace(origin, old.origin), init);
    const parts = await partsOf(
      ollama(asked, toOllama(origin), { signal: new AbortController().signal, fetch: toOld }),
    );
    expect(isCut(expected(asked), { input: usageOf(parts)?.input ?? Number.NaN }, {})).toBe(true);
  });
});

it('ends with “length” where the answer fills the window, and does not slide it', async () => {
  const ollamaServer = await start({ models: { 'qwen4:8b': { contextLength: 8_192 } } });
  ollamaServer.answers(() => filler(9_000));
  const parts = await ask(
    ollama,
    request(`${needle}\n${filler(4_000)}`),
    toOllama(ollamaServer.origin, 8_192),
  );
  expect(endOf(parts)).toMatchObject({ reason: 'length' });
  expect(ollamaServer.questions()[0]?.read).toContain(needle);
});

it('sends the answers of several tools, each as a message', async () => {
  const { origin, questions } = await start();
  const asked = request('Short.');
  asked.messages.push({
    role: 'tool',
    parts: [
      { type: 'tool-result', id: 'a', name: 'search', text: 'First answer.' },
      { type: 'tool-result', id: 'b', name: 'search', text: 'Second answer.' },
    ],
  });
  await ask(ollama, asked, toOllama(origin));
  expect(questions()[0]?.read).toContain('First answer.\nSecond answer.');
});

import 'fake-indexeddb/auto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { checkReading, readingCheckCost } from '@/utils/chat/reading-check';
import { codeWord, textWithWords } from '@/utils/chat/reading-text';
import { custom } from '@/utils/models/providers/custom';
import type { Connection } from '@/utils/models/types';
import { openDatabase } from '@/utils/store/database';
import { createSpendingStore } from '@/utils/store/spending';
import { type ModelServer, type ReceivedRequest, startModelServer } from '../servers/model-server';

let server: ModelServer;
beforeAll(async () => {
  server = await startModelServer();
});
afterAll(() => server.close());
beforeEach(() => server.reset());

const price = { currency: 'USD', input: 2, output: 10 } as const;
const connection = (window = 32_000): Connection => ({
  provider: custom,
  baseUrl: server.baseUrl,
  model: { id: 'm', name: 'M', window, price },
});

/** A model that finds the code words in what it was given; `read` cuts that first, as some servers do. */
const finding =
  (read: (prompt: string) => string = (prompt) => prompt) =>
  (request: ReceivedRequest) => {
    const prompt = read(request.prompt);
    const words = [...prompt.matchAll(/(?:The code word is|暗号是) ([B-Z]{6})/g)].map(([, word]) => word);
    return {
      text: words.join(', ').toLowerCase(),
      usage: {
        prompt_tokens: Math.round(prompt.length / (/暗号/.test(prompt) ? 1.1 : 4.6)),
        completion_tokens: 20,
      },
    };
  };

let count = 0;
const check = async (language: 'en' | 'zh' = 'en', window?: number) => {
  const db = openDatabase(`check-${count++}`);
  const spending = createSpendingStore(db);
  const steps: string[] = [];
  const result = await checkReading(connection(window), {
    signal: AbortSignal.timeout(20_000),
    language,
    onProgress: (step) => steps.push(step),
    spending,
  });
  return { ...result, steps, spent: await spending.ofMonth(), sources: await db.sources.count() };
};

describe.each(['en', 'zh'] as const)('the check that a model reads everything, in %s', (language) => {
  it('finds all three words where all was read', async () => {
    server.next(finding());
    const { found, cut, expected, reported, steps, spent, cost, sources } = await check(language);
    expect({ found, cut }).toEqual({ found: [true, true, true], cut: false });
    expect(steps).toEqual(['sent', 'answering']);
    const said = readingCheckCost(connection());
    expect(said.tokens).toBe(19_200);
    expect(Math.abs(expected - said.tokens) / said.tokens).toBeLessThan(0.15);
    expect(reported).toBeGreaterThan(0);
    expect(spent.map((entry) => entry.cost)).toEqual([cost]);
    // The text is kept nowhere.
    expect(sources).toBe(0);
  });

  it.each([
    ['the beginning', (prompt: string) => prompt.slice(-prompt.length / 3), [false, false, true]],
    ['the end', (prompt: string) => prompt.slice(0, prompt.length / 3), [true, false, false]],
    [
      'the middle',
      (prompt: string) => prompt.slice(0, prompt.length / 4) + prompt.slice((-prompt.length / 4) | 0),
      [true, false, true],
    ],
  ])('says which are missing where a server cut %s', async (_, read, expected) => {
    server.next(finding(read));
    const { found, cut } = await check(language);
    expect({ found, cut }).toEqual({ found: expected, cut: true });
  });
});

describe('what the check costs', () => {
  it('is said before, and stays small in the largest window', () => {
    expect(readingCheckCost(connection(1_000_000))).toMatchObject({ tokens: 48_000, cost: { exact: false } });
    expect(readingCheckCost(connection(1_000_000)).cost?.amount).toBeLessThan(0.1);
    expect(
      readingCheckCost({ ...connection(), model: { id: 'm', name: 'M', window: 8_000 } }).cost,
    ).toBeUndefined();
  });

  it('is kept when the check is stopped or fails after the model wrote', async () => {
    const spending = createSpendingStore(openDatabase('check-stopped'));
    server.next({ text: 'BCDFGH and then', cutAfterCharacters: 9 });
    const failing = checkReading(connection(), { signal: AbortSignal.timeout(20_000), spending });
    await expect(failing).rejects.toMatchObject({ code: 'stream-cut' });
    expect(await spending.ofMonth()).toHaveLength(1);
    server.next({ status: 401, bodyText: '{"error":{"message":"bad key"}}' });
    const refused = checkReading(connection(), { signal: AbortSignal.timeout(20_000), spending });
    await expect(refused).rejects.toMatchObject({ code: 'key-refused' });
    expect(await spending.ofMonth()).toHaveLength(1);
  });
});

it('the words cannot be guessed, and stand where they are said to', async () => {
  const words = ['BBBBBB', 'CCCCCC', 'DDDDDD'];
  const { text } = await textWithWords(20_000, words, [0, 0.5, 1], {}, 'en');
  const places = words.map((word) => text.indexOf(word) / text.length);
  expect(places[0]).toBeLessThan(0.01);
  expect(Math.abs((places[1] ?? 0) - 0.5)).toBeLessThan(0.02);
  expect(places[2]).toBeGreaterThan(0.99);
  const many = new Set(
    Array.from({ length: 500 }, () => codeWord((below) => Math.floor(Math.random() * below))),
  );
  expect(many.size).toBeGreaterThan(495);
});

it('stands on the account when it is stopped before the first word: the text was read', async () => {
  const spending = createSpendingStore(openDatabase('check-stopped-early'));
  const controller = new AbortController();
  server.next({ hold: true });
  const checking = checkReading(connection(), { signal: controller.signal, spending });
  await server.request(0);
  controller.abort();
  await expect(checking).rejects.toThrow('Stopped by the user');
  expect((await spending.ofMonth()).map(({ cost }) => cost.exact)).toEqual([false]);
});

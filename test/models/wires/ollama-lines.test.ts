/** What single lines of Ollama's answers mean: counts, reasons to end, and windows that could not be made. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Request } from '@/utils/models/types';
import { ollama } from '@/utils/models/wire/ollama';
import { aRequest, partsOf } from '../../fixtures/models';
import type { ModelServer } from '../../servers/model-server';
import { connectTo, ollamaAdapter } from './adapters';
import { endOf, usageOf } from './bench';

let server: ModelServer;
beforeAll(async () => {
  server = await ollamaAdapter.start();
});
beforeEach(() => server.reset());
afterAll(() => server.close());

let texts = 0;
/** About a text that no other request is about. */
const fresh = (details: Partial<Request> = {}): Request => {
  texts += 1;
  const messages: Request['messages'] = [{ role: 'user', parts: [`Text ${texts}.`, 'When?'] }];
  return { ...aRequest(), messages, inputTokens: 60_000, cacheKey: `text-${texts}`, ...details };
};
const ask = (request: Request) =>
  partsOf(ollama(request, connectTo(server, ollamaAdapter), { signal: new AbortController().signal }));
/** Asks and gets a word and this last line. */
const answered = (request: Request, line: object) => {
  server.next({
    headers: { 'content-type': 'application/x-ndjson' },
    bodyText: `{"message":{"content":"Six."},"done":false}\n${JSON.stringify({ done: true, ...line })}\n`,
  });
  return ask(request);
};

describe('a count', () => {
  it('says how much of it the cache held, where the server does', async () => {
    const line = { prompt_eval_count: 60_050, prompt_eval_cached_count: 60_000, eval_count: 3 };
    expect(usageOf(await answered(fresh(), line))).toEqual({ input: 60_050, cached: 60_000, output: 3 });
  });

  it('that is small is believed when it says what the cache held, even for a text that was read before', async () => {
    const request = fresh();
    await answered(request, { prompt_eval_count: 60_000, eval_count: 3 });
    const cut = { prompt_eval_count: 2_050, prompt_eval_cached_count: 40, eval_count: 3 };
    expect(usageOf(await answered(request, cut))).toEqual({ input: 2_050, cached: 40, output: 3 });
    const partial = { prompt_eval_count: 50, eval_count: 3 };
    expect(usageOf(await answered(request, partial))).toEqual({ output: 3 });
    expect(usageOf(await answered(request, { eval_count: 3 }))).toEqual({ output: 3 });
  });
});

describe('a reason to end', () => {
  it.each([
    ['stop', 'stop'],
    [undefined, 'stop'],
    ['length', 'length'],
  ])('%s is %s', async (done_reason, reason) => {
    expect(endOf(await answered(fresh(), { done_reason }))).toEqual({ type: 'end', reason });
  });

  it('that nobody knows is shown as such', async () => {
    expect(endOf(await answered(fresh(), { done_reason: 'evicted' }))).toMatchObject({
      reason: 'cut-off',
      trouble: { code: 'finish-unknown', facts: { message: 'evicted' } },
    });
  });
});

it('does not ask again for a window that the computer had no memory for', async () => {
  const request = fresh({ inputTokens: 100_000 });
  server.next({ status: 500, bodyText: '{"error":"model requires more system memory (90 GiB)"}' });
  expect(endOf(await ask(request))).toMatchObject({ reason: 'error' });
  await ask({ ...request, inputTokens: 500 });
  await ask({ ...request, inputTokens: 30_000 });
  await ask({ ...request, inputTokens: 500 });
  const windows = server.requests.map(({ body }) => (body.options as { num_ctx: number }).num_ctx);
  expect(windows).toEqual([122_880, 16_384, 49_152, 49_152]);
});

/** The model that Chrome brings, as a stand-in of its API: what it does not hold whole is refused. */
import { describe, expect, it } from 'vitest';
import { findProvider } from '@/utils/models/providers';
import type { Connection, Part, Request } from '@/utils/models/types';
import {
  type BuiltInModel,
  builtInState,
  createChromeWire,
  fetchBuiltInModel,
} from '@/utils/models/wire/chrome';
import { aRequest, partsOf } from '../../fixtures/models';
import { greyPoint } from '../../fixtures/requests';
import { endOf, textOf, usageOf } from './bench';

interface Stand {
  /** Names of the API: today's, those of Chrome 138, or neither. */
  names?: 'today' | 'first' | 'none';
  window?: number;
  /** Tokens of a text. */
  measure?: (text: string) => number;
  state?: Awaited<ReturnType<BuiltInModel['availability']>>;
  pieces?: string[];
  /** Says after so many pieces that it dropped the beginning. */
  overflowAfter?: number;
  /** Streams until it is stopped. */
  endless?: boolean;
  failOn?: 'create' | 'prompt';
  failure?: Error;
}

function stand(options: Stand = {}) {
  const { names = 'today', window = 9_216, measure = (text: string) => Math.ceil(text.length / 4) } = options;
  const { pieces = ['Six ', 'o’clock.'], state = 'available' } = options;
  const log = {
    created: 0,
    destroyed: 0,
    prompts: [] as string[],
    initial: [] as unknown[],
    measured: [] as string[],
  };
  const model: BuiltInModel = {
    availability: async () => state,
    async create({ initialPrompts = [] }) {
      if (options.failOn === 'create' && options.failure) throw options.failure;
      log.created++;
      log.initial = initialPrompts;
      const listeners = new Map<string, () => void>();
      const count = async (text: string) => {
        log.measured.push(text);
        return measure(text);
      };
      return {
        ...(names === 'today' && { contextWindow: window, measureContextUsage: count }),
        ...(names === 'first' && { inputQuota: window, measureInputUsage: count }),
        addEventListener: (type, listener) => void listeners.set(type, listener),
        promptStreaming(text, { signal } = {}) {
          log.prompts.push(text);
          let given = 0;
          return new ReadableStream<string>({
            async pull(controller) {
              await new Promise((resolve) => setTimeout(resolve, 1));
              if (options.failOn === 'prompt') return controller.error(options.failure);
              if (signal?.aborted) return controller.error(signal.reason);
              if (given === options.overflowAfter) {
                listeners.get(names === 'first' ? 'quotaoverflow' : 'contextoverflow')?.();
              }
              const piece = options.endless ? 'again ' : pieces[given];
              given++;
              if (piece === undefined) controller.close();
              else controller.enqueue(piece);
            },
          });
        },
        destroy: () => void log.destroyed++,
      };
    },
  };
  return { model, log };
}

const provider = findProvider('chrome');
if (!provider) throw new Error('There is no provider “chrome”.');
const [model] = provider.models;
if (!model) throw new Error('The provider “chrome” has no model.');
const connection: Connection = { provider, baseUrl: '', model };

const ask = (
  built: BuiltInModel | undefined,
  request: Request = aRequest(),
  signal = new AbortController().signal,
) => partsOf(createChromeWire(() => built)(request, connection, { signal }));

const long = (characters: number): Request => {
  const request = aRequest();
  request.messages[1]?.parts.splice(0, 1, `needle ${'x'.repeat(characters)}`);
  return request;
};

describe.each(['today', 'first'] as const)('with the names of %s', (names) => {
  it('answers what it holds, measured with all that is sent', async () => {
    const { model: built, log } = stand({ names });
    const request = aRequest('When?');
    request.messages.splice(
      1,
      0,
      { role: 'user', parts: ['Before.'] },
      { role: 'assistant', parts: ['Yes.'] },
    );
    const parts = await ask(built, request);
    expect(textOf(parts)).toBe('Six o’clock.');
    expect(endOf(parts)).toEqual({ type: 'end', reason: 'stop' });
    expect(log.prompts).toEqual(['<documents>\n</documents>\n\nWhen?']);
    expect(log.initial).toEqual([
      { role: 'system', content: 'You read.' },
      { role: 'user', content: 'Before.' },
      { role: 'assistant', content: 'Yes.' },
    ]);
    expect(log.measured).toEqual(['You read.\nBefore.\nYes.\n<documents>\n</documents>\n\nWhen?']);
    expect(usageOf(parts)).toEqual({ input: Math.ceil((log.measured[0]?.length ?? 0) / 4) });
    expect(log.created).toBe(2);
    expect(log.destroyed).toBeGreaterThanOrEqual(2);
  });

  it('refuses what it does not hold, with both numbers, and asks nothing', async () => {
    const { model: built, log } = stand({ names });
    const end = endOf(await ask(built, long(40_000)));
    expect(end).toMatchObject({ reason: 'error', trouble: { code: 'too-long', facts: { limit: 9_216 } } });
    expect(Number(end.trouble?.facts.needed)).toBeGreaterThan(10_000);
    expect(log.prompts).toEqual([]);
    expect(log.destroyed).toBe(log.created);
  });

  it('leaves room for an answer: a text that just fits is refused', async () => {
    const { model: built, log } = stand({ names, measure: () => 9_216 - 10 });
    expect(endOf(await ask(built))).toMatchObject({ trouble: { code: 'too-long' } });
    expect(log.prompts).toEqual([]);
  });

  it.each([0, 1])('says so when it drops the beginning after %i pieces', async (overflowAfter) => {
    const { model: built } = stand({ names, overflowAfter });
    const parts = await ask(built);
    const end = endOf(parts);
    expect(end).toMatchObject({ reason: 'error', trouble: { code: 'too-long', facts: { limit: 9_216 } } });
    // It fitted before it answered; a smaller number than the limit would make no sense.
    expect(Number(end.trouble?.facts.needed)).toBeGreaterThan(9_216);
    expect(textOf(parts)).not.toContain('o’clock');
  });

  it('stops when it is told to, and lets go of the model', async () => {
    const { model: built, log } = stand({ names, endless: true });
    const controller = new AbortController();
    const parts: Part[] = [];
    for await (const part of createChromeWire(() => built)(aRequest(), connection, {
      signal: controller.signal,
    })) {
      parts.push(part);
      if (parts.length === 3) controller.abort();
    }
    expect(endOf(parts)).toEqual({ type: 'end', reason: 'aborted' });
    expect(log.destroyed).toBeGreaterThanOrEqual(log.created);
  });
});

it('is measured by our own estimate where it cannot count', async () => {
  const { model: built, log } = stand({ names: 'none' });
  const request = { ...long(10), inputTokens: model.window };
  expect(endOf(await ask(built, request))).toMatchObject({ trouble: { code: 'too-long' } });
  expect(log.prompts).toEqual([]);
});

it.each(['create', 'prompt'] as const)('calls it too long when the browser does so at %s', async (failOn) => {
  const failure = new DOMException('The input is too large.', 'QuotaExceededError');
  const parts = await ask(stand({ failOn, failure }).model, { ...aRequest(), inputTokens: 12_000 });
  expect(endOf(parts)).toMatchObject({
    reason: 'error',
    trouble: { code: 'too-long', facts: { limit: model.window } },
  });
});

it('tells any other failure as one', async () => {
  const parts = await ask(stand({ failOn: 'prompt', failure: new Error('GPU lost') }).model);
  expect(endOf(parts)).toMatchObject({ reason: 'error', trouble: { code: 'unexpected' } });
});

it.each([
  ['this browser has none', undefined],
  ['it is unavailable', stand({ state: 'unavailable' }).model],
])('says so when %s', async (_, built) => {
  expect(await builtInState(built)).toBe('unavailable');
  expect(endOf(await ask(built))).toMatchObject({ reason: 'error', trouble: { code: 'model-not-found' } });
});

it.each(['available', 'downloadable', 'downloading'] as const)('is there when it is %s', async (state) => {
  expect(await builtInState(stand({ state }).model)).toBe(state);
});

it('is fetched at a click, with what the browser tells of it', async () => {
  const { model, log } = stand({ state: 'downloadable' });
  const shares: number[] = [];
  const create: BuiltInModel['create'] = async (options) => {
    options.monitor?.({
      addEventListener: (_, listener) => {
        for (const loaded of [0, 0.25, Number.NaN, 1.2]) listener({ loaded });
      },
    });
    return model.create(options);
  };
  await fetchBuiltInModel({ onShare: (share) => shares.push(share) }, { ...model, create });
  expect(shares).toEqual([0, 0.25, 1]);
  // Nothing is left running.
  expect([log.created, log.destroyed]).toEqual([1, 1]);
  const failure = new DOMException('No space left', 'NetworkError');
  await expect(
    fetchBuiltInModel({}, stand({ state: 'downloadable', failOn: 'create', failure }).model),
  ).rejects.toBe(failure);
});

it('keeps what tools of another model answered, as text', async () => {
  const { model: built, log } = stand();
  const request = aRequest();
  request.messages.splice(2, 0, {
    role: 'tool',
    parts: [{ type: 'tool-result', id: 'a', name: 'search', text: 'Found: six.' }],
  });
  request.messages.push({ role: 'user', parts: ['So?', greyPoint] });
  await ask(built, request);
  expect(log.initial).toContainEqual({ role: 'user', content: 'Found: six.' });
});

import { describe, expect, it } from 'vitest';
import { streamAnswer } from '@/utils/models';
import type { Part, Request } from '@/utils/models/types';
import { type BuiltInModel, createChromeWire, isBuiltInModelThere } from '@/utils/models/wire/chrome';
import { connectionTo, partsOf } from '../../fixtures/models';
import { greyPoint } from '../../fixtures/requests';
import { endOf, textOf, usageOf } from './bench';

type Session = Awaited<ReturnType<BuiltInModel['create']>>;
type Options = Parameters<BuiltInModel['create']>[0];

interface Behaviour {
  state?: Awaited<ReturnType<BuiltInModel['availability']>>;
  window?: number;
  /** Names that older versions have. */
  old?: boolean;
  pieces?: string[];
  /** Drops the beginning after so many pieces, and says so. */
  overflowsAfter?: number;
  fails?: unknown;
  failsToBegin?: unknown;
  hangs?: boolean;
}

/** A browser's model: a token is four characters. */
function aModel(behaviour: Behaviour = {}) {
  const { state = 'available', window = 9_216, old, pieces = ['At ', 'six. ', '🌕'] } = behaviour;
  const created: Options[] = [];
  const asked: string[] = [];
  let alive = 0;
  const measure = async (text: string) => Math.ceil(text.length / 4);
  const session = (): Session => {
    const listeners = new Map<string, () => void>();
    alive += 1;
    return {
      ...(old
        ? { inputQuota: window, measureInputUsage: measure }
        : { contextWindow: window, measureContextUsage: measure }),
      promptStreaming(text, { signal } = {}) {
        asked.push(text);
        let at = 0;
        return new ReadableStream<string>({
          start(controller) {
            signal?.addEventListener('abort', () => controller.error(signal.reason));
          },
          pull(controller) {
            if (at === behaviour.overflowsAfter) {
              listeners.get(old ? 'quotaoverflow' : 'contextoverflow')?.();
            }
            if (behaviour.hangs && at === 1) return new Promise(() => {});
            const piece = pieces[at++];
            if (piece !== undefined) controller.enqueue(piece);
            else if (behaviour.fails) controller.error(behaviour.fails);
            else controller.close();
          },
        });
      },
      addEventListener: (type, listener) => void listeners.set(type, listener),
      destroy: () => {
        alive -= 1;
      },
    };
  };
  const api: BuiltInModel = {
    availability: async () => state,
    async create(options) {
      created.push(options);
      if (behaviour.failsToBegin && options.initialPrompts) throw behaviour.failsToBegin;
      return session();
    },
  };
  return { api, created, asked, alive: () => alive };
}

const documents = '<documents>\nThe tide turns at six.\n</documents>\n\n';
const request: Request = {
  messages: [
    { role: 'system', parts: ['You read.'] },
    { role: 'user', parts: [documents, 'When?'] },
    { role: 'assistant', parts: ['At six.'] },
    { role: 'user', parts: ['And then?'] },
  ],
  documents: [],
  task: 'answer',
  question: 'And then?',
  reserve: 1_024,
};
const connection = connectionTo('', { model: { id: 'chrome', name: 'Gemini Nano', window: 9_216 } });
const never = new AbortController().signal;
const ask = (api: BuiltInModel | undefined, asking = request, signal = never): Promise<Part[]> =>
  partsOf(createChromeWire(() => api)(asking, connection, { signal }));
/** A request whose documents have so many tokens. */
const long = (tokens: number): Request => ({
  ...request,
  messages: [{ role: 'user', parts: ['x'.repeat(tokens * 4), ' When?'] }],
});

describe('the model that Chrome brings', () => {
  it('gets every message whole, in order, and streams', async () => {
    const model = aModel();
    const parts = await ask(model.api);
    expect(model.created.at(-1)?.initialPrompts).toEqual([
      { role: 'system', content: 'You read.' },
      { role: 'user', content: `${documents}When?` },
      { role: 'assistant', content: 'At six.' },
    ]);
    expect(model.asked).toEqual(['And then?']);
    expect(textOf(parts)).toBe('At six. 🌕');
    expect(parts.filter(({ type }) => type === 'text-delta')).toHaveLength(3);
    expect(usageOf(parts)?.input).toBeGreaterThan(documents.length / 4);
    expect(endOf(parts)).toEqual({ type: 'end', reason: 'stop' });
    expect(model.alive()).toBe(0);
  });

  it.each([false, true])('is asked nothing that it does not hold (older names: %s)', async (old) => {
    const model = aModel({ old, window: 4_000 });
    expect(endOf(await ask(model.api, long(2_900))).reason).toBe('stop');
    const end = endOf(await ask(model.api, long(3_500)));
    expect(end).toMatchObject({ reason: 'error', trouble: { code: 'too-long', facts: { limit: 4_000 } } });
    expect(Number(end.trouble?.facts.needed)).toBeGreaterThan(4_000);
    expect(model.asked).toHaveLength(1);
    expect(model.alive()).toBe(0);
  });

  it.each([0, 1, 3])('that drops the beginning after %i pieces is found out', async (overflowsAfter) => {
    for (const old of [false, true]) {
      const model = aModel({ overflowsAfter, old });
      const end = endOf(await ask(model.api));
      expect(end).toMatchObject({ reason: 'error', trouble: { code: 'too-long', facts: { limit: 9_216 } } });
      expect(Number(end.trouble?.facts.needed)).toBeGreaterThan(9_216);
      expect(model.alive()).toBe(0);
    }
  });

  it.each([
    ['as it begins', { failsToBegin: new DOMException('The input is too large.', 'QuotaExceededError') }],
    ['later', { fails: Object.assign(new Error('The input is too large.'), { name: 'QuotaExceededError' }) }],
  ])('that refuses what is too long %s is not taken for a full disk', async (_, behaviour) => {
    expect(endOf(await ask(aModel(behaviour).api))).toMatchObject({
      reason: 'error',
      trouble: { code: 'too-long' },
    });
  });

  it('can be stopped', async () => {
    const model = aModel({ hangs: true });
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 30);
    const parts = await ask(model.api, request, stop.signal);
    expect(textOf(parts)).toBe('At ');
    expect(endOf(parts)).toEqual({ type: 'end', reason: 'aborted' });
    expect(model.alive()).toBe(0);
  });

  it('that breaks down is an error with its words', async () => {
    const parts = await ask(aModel({ fails: new Error('The model process crashed.') }).api);
    expect(textOf(parts)).toBe('At six. 🌕');
    expect(endOf(parts)).toMatchObject({
      reason: 'error',
      trouble: { facts: { message: expect.stringContaining('crashed') } },
    });
  });

  it('without a word is an empty answer', async () => {
    const wire = createChromeWire(() => aModel({ pieces: [] }).api);
    const parts = await partsOf(
      streamAnswer(request, connection, { signal: never, loadWire: async () => wire }),
    );
    expect(endOf(parts)).toMatchObject({ reason: 'error', trouble: { code: 'empty-answer' } });
  });

  it('is sent no picture, which it does not see', async () => {
    const model = aModel();
    const wire = createChromeWire(() => model.api);
    const withPicture = { ...request, messages: [{ role: 'user' as const, parts: ['What?', greyPoint] }] };
    const parts = await partsOf(
      streamAnswer(withPicture, connection, { signal: never, loadWire: async () => wire }),
    );
    expect(endOf(parts)).toMatchObject({ trouble: { code: 'no-vision' } });
    expect(model.created).toEqual([]);
  });
});

describe('a browser', () => {
  it.each([
    ['available', true],
    ['downloadable', false],
    ['downloading', false],
    ['unavailable', false],
  ] as const)('whose model is %s has it: %s', async (state, there) => {
    expect(await isBuiltInModelThere(aModel({ state }).api)).toBe(there);
  });

  it.each([
    ['downloadable', 'model-not-found'],
    ['downloading', 'model-loading'],
    ['unavailable', 'model-not-found'],
  ] as const)('whose model is %s is not made to fetch it', async (state, code) => {
    const model = aModel({ state });
    expect(endOf(await ask(model.api))).toMatchObject({ reason: 'error', trouble: { code } });
    expect(model.created).toEqual([]);
  });

  it('without such a model, or one that fails to say, has none', async () => {
    expect(await isBuiltInModelThere(undefined)).toBe(false);
    const broken = { ...aModel().api, availability: () => Promise.reject(new Error('no')) };
    expect(await isBuiltInModelThere(broken)).toBe(false);
    expect(endOf(await ask(undefined))).toMatchObject({ trouble: { code: 'model-not-found' } });
  });
});

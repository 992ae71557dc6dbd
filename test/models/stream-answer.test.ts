import { describe, expect, it } from 'vitest';
import { AppError } from '@/utils/errors';
import { type StreamOptions, streamAnswer } from '@/utils/models';
import type { Part, Wire } from '@/utils/models/types';
import {
  aRequest,
  connectionTo,
  failure,
  partsOf,
  scriptedWire,
  stop,
  text,
  thinking,
} from '../fixtures/models';

interface Run {
  parts: Part[];
  calls: number;
  waits: number[];
}

async function run(
  calls: (Part[] | Error)[],
  { wait, signal = new AbortController().signal }: Partial<StreamOptions> = {},
): Promise<Run> {
  const waits: number[] = [];
  const scripted = scriptedWire(...calls);
  const stream = streamAnswer(aRequest(), connectionTo(), {
    signal,
    loadWire: async () => scripted.wire,
    wait: async (seconds, waitSignal) => {
      waits.push(seconds);
      await wait?.(seconds, waitSignal);
    },
  });
  return { parts: await partsOf(stream), calls: scripted.calls(), waits };
}

const limited = (seconds = 3) => [failure('rate-limited', { seconds })];
const broken = [failure('server-error', { status: 502 })];
const answer = [text('Yes.'), stop];
const endOf = ({ parts }: Run) => parts.at(-1);

describe('a stream', () => {
  it('passes its parts on and ends once, with its reason', async () => {
    const usage: Part = { type: 'usage', usage: { input: 9, output: 2, cached: 0 } };
    const { parts, calls } = await run([
      [thinking('Hm.'), text('Y'), text('es'), usage, stop, text('late'), stop],
    ]);
    expect(parts).toEqual([thinking('Hm.'), text('Y'), text('es'), usage, stop]);
    expect(calls).toBe(1);
  });

  it.each(['length', 'filtered'] as const)('ends with %s', async (reason) => {
    expect(endOf(await run([[text('So far'), { type: 'end', reason }]]))).toEqual({ type: 'end', reason });
  });

  it('is cut off when its wire ends without an end', async () => {
    const { parts } = await run([[text('So far')]]);
    expect(parts).toEqual([
      text('So far'),
      { type: 'end', reason: 'cut-off', trouble: { code: 'stream-cut', facts: {} } },
    ]);
  });

  it('ends with an error when its wire throws, and does not throw', async () => {
    expect(endOf(await run([new Error('Bug')]))).toEqual({
      type: 'end',
      reason: 'error',
      trouble: { code: 'unexpected', facts: { message: 'Bug' } },
    });
    expect(endOf(await run([new AppError('no-key')]))).toMatchObject({ trouble: { code: 'no-key' } });
  });

  it('ends with an error when its wire cannot be loaded', async () => {
    const loadWire = async (): Promise<Wire> => {
      throw new TypeError('Failed to fetch dynamically imported module');
    };
    const signal = new AbortController().signal;
    const parts = await partsOf(streamAnswer(aRequest(), connectionTo(), { signal, loadWire }));
    expect(parts).toHaveLength(1);
    expect(parts[0]).toMatchObject({ type: 'end', reason: 'error', trouble: { code: 'unexpected' } });
  });
});

describe('an answer without text', () => {
  it.each<[string, Part[], string, object?]>([
    ['nothing', [stop], 'empty-answer'],
    ['white space', [text(' \n'), stop], 'empty-answer'],
    [
      'nothing before the output limit',
      [{ type: 'end', reason: 'length' }],
      'empty-answer',
      { finish: 'length' },
    ],
    ['thinking', [thinking('Hm.'), stop], 'thinking-only'],
    [
      'thinking up to the output limit',
      [thinking('Hm.'), { type: 'end', reason: 'length' }],
      'thinking-only',
      { finish: 'length' },
    ],
  ])('is an error: %s', async (_, parts, code, more = {}) => {
    const result = await run([parts]);
    expect(endOf(result)).toEqual({
      type: 'end',
      reason: 'error',
      trouble: { code, facts: { provider: 'Example AI', model: 'Large 1', ...more } },
    });
    expect(result.calls).toBe(1);
  });

  it('stays filtered when a filter took it', async () => {
    expect(endOf(await run([[{ type: 'end', reason: 'filtered' }]]))).toEqual({
      type: 'end',
      reason: 'filtered',
    });
  });
});

describe('trying again', () => {
  it('waits as long as a rate limit says, and says so', async () => {
    const { parts, calls, waits } = await run([limited(7), answer]);
    expect(parts).toEqual([
      { type: 'waiting', seconds: 7, attempt: 1, code: 'rate-limited', facts: { seconds: 7 } },
      ...answer,
    ]);
    expect([calls, waits]).toEqual([2, [7]]);
  });

  it('waits twice as long each time a server fails', async () => {
    const { calls, waits, parts } = await run([broken, broken, broken, answer]);
    expect([calls, waits]).toEqual([4, [2, 4, 8]]);
    expect(parts.filter(({ type }) => type === 'end')).toEqual([stop]);
  });

  it('sends four requests in all and then gives up', async () => {
    const result = await run([limited()]);
    expect([result.calls, result.waits]).toEqual([4, [3, 3, 3]]);
    expect(endOf(result)).toEqual(limited()[0]);
    expect(result.parts.filter(({ type }) => type === 'end')).toHaveLength(1);
  });

  it('does not wait longer than two minutes', async () => {
    expect((await run([limited(120), answer])).waits).toEqual([120]);
    const result = await run([limited(121), answer]);
    expect([result.calls, result.waits]).toEqual([1, []]);
    expect(endOf(result)).toMatchObject({ trouble: { code: 'rate-limited' } });
  });

  it.each([
    ['text', text('So')],
    ['thinking', thinking('Hm')],
  ])('never happens after the first %s', async (_, part) => {
    const result = await run([[part, ...broken], answer]);
    expect(result.calls).toBe(1);
    expect(result.parts).toEqual([part, ...broken]);
  });

  it.each(['key-refused', 'quota-used-up', 'unreachable', 'too-long', 'stream-cut'] as const)(
    'does not happen for %s',
    async (code) => {
      const end: Part = { type: 'end', reason: 'error', trouble: { code, facts: {} } };
      const result = await run([[end], answer]);
      expect([result.calls, endOf(result)]).toEqual([1, end]);
    },
  );

  it('happens at once when the wait is ended early', async () => {
    const result = await run([limited(100), answer], { wait: () => Promise.resolve() });
    expect(endOf(result)).toEqual(stop);
  });
});

describe('stopping', () => {
  it('ends a stream as aborted, whatever its wire says', async () => {
    const controller = new AbortController();
    const wire: Wire = async function* () {
      yield text('So far');
      controller.abort();
      yield failure('stream-cut');
    };
    const { signal } = controller;
    const parts = await partsOf(
      streamAnswer(aRequest(), connectionTo(), { signal, loadWire: async () => wire }),
    );
    expect(parts).toEqual([text('So far'), { type: 'end', reason: 'aborted' }]);
  });

  it('ends a wire that throws because of it as aborted', async () => {
    const controller = new AbortController();
    const wire: Wire = async function* () {
      yield text('So far');
      controller.abort();
      controller.signal.throwIfAborted();
    };
    const { signal } = controller;
    const parts = await partsOf(
      streamAnswer(aRequest(), connectionTo(), { signal, loadWire: async () => wire }),
    );
    expect(parts.at(-1)).toEqual({ type: 'end', reason: 'aborted' });
  });

  it('ends a wait and sends nothing more', async () => {
    const controller = new AbortController();
    const { wire, calls } = scriptedWire(limited(60), answer);
    const { signal } = controller;
    const stream = streamAnswer(aRequest(), connectionTo(), { signal, loadWire: async () => wire });
    expect((await stream.next()).value).toMatchObject({ type: 'waiting', seconds: 60 });
    const next = stream.next();
    setTimeout(() => controller.abort(), 20);
    expect((await next).value).toEqual({ type: 'end', reason: 'aborted' });
    expect((await stream.next()).done).toBe(true);
    expect(calls()).toBe(1);
  });

  it('ends a wait that has not begun yet', async () => {
    const controller = new AbortController();
    const { wire, calls } = scriptedWire(limited(60), answer);
    const { signal } = controller;
    const stream = streamAnswer(aRequest(), connectionTo(), { signal, loadWire: async () => wire });
    await stream.next();
    controller.abort();
    expect((await stream.next()).value).toEqual({ type: 'end', reason: 'aborted' });
    expect(calls()).toBe(1);
  });

  it('closes the wire when nobody reads on', async () => {
    let closed = false;
    const wire: Wire = async function* () {
      try {
        yield text('So far');
        yield text('and further');
      } finally {
        closed = true;
      }
    };
    const { signal } = new AbortController();
    for await (const part of streamAnswer(aRequest(), connectionTo(), {
      signal,
      loadWire: async () => wire,
    })) {
      if (part.type === 'text-delta') break;
    }
    expect(closed).toBe(true);
  });
});

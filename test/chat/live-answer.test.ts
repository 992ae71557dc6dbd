import { describe, expect, it } from 'vitest';
import { type LiveAnswerOptions, runAnswer, type Waiting } from '@/utils/chat/live-answer';
import type { Part } from '@/utils/models/types';
import type { AnswerRecord, JournalRecord } from '@/utils/store/records';
import { aRequest, connectionTo, stop, text, thinking } from '../fixtures/models';
import { anAnswer, aSending } from '../fixtures/records';

type Stream = NonNullable<LiveAnswerOptions['stream']>;
type Store = LiveAnswerOptions['store'];

/** A stream of these parts; a number lets that many milliseconds of the test's clock pass. */
const streamOf = (clock: { time: number }, ...parts: (Part | number)[]): Stream =>
  async function* () {
    for (const part of parts) {
      await Promise.resolve();
      if (typeof part === 'number') clock.time += part;
      else yield part;
    }
  };

function setUp(details: Partial<LiveAnswerOptions> = {}, failing: Partial<Store> = {}) {
  const clock = { time: 50_000 };
  const log: string[] = [];
  const pieces: JournalRecord[] = [];
  const saved: AnswerRecord[] = [];
  const settled: AnswerRecord[] = [];
  const shown: { answer: AnswerRecord; waiting?: Waiting }[] = [];
  const store: Store = {
    saveAnswer: async (answer) => {
      log.push('save');
      saved.push(answer);
    },
    appendToJournal: async (piece) => {
      log.push('journal');
      pieces.push(piece);
    },
    settleAnswer: async (answer) => {
      log.push('settle');
      settled.push(answer);
    },
    ...failing,
  };
  const run = (stream: Stream, more: Partial<LiveAnswerOptions> = {}) =>
    runAnswer({
      answer: anAnswer({ state: 'streaming', reason: undefined }),
      request: aRequest(),
      connection: connectionTo(),
      sending: aSending({ sentAt: clock.time }),
      store,
      signal: new AbortController().signal,
      show: (answer, waiting) => shown.push({ answer, waiting }),
      now: () => clock.time,
      nextFrame: (draw) => draw(),
      stream,
      ...details,
      ...more,
    });
  return { clock, log, pieces, saved, settled, shown, run };
}

const tokens = (count: number, gap: number) =>
  Array.from({ length: count }, () => [text('word '), gap]).flat();
const refuse = () => Promise.reject(new DOMException('No space', 'QuotaExceededError'));

describe('what is kept', () => {
  it('is an empty answer at first and the whole one at the end', async () => {
    const { clock, log, saved, settled, run } = setUp();
    const ended = await run(streamOf(clock, thinking('Hm.'), text('At '), text('six.'), stop));
    expect(saved[0]).toMatchObject({ text: '', state: 'streaming' });
    expect(settled).toEqual([ended]);
    expect(ended).toMatchObject({ text: 'At six.', thinking: 'Hm.', state: 'ended', reason: 'stop' });
    expect([log[0], log.at(-1)]).toEqual(['save', 'settle']);
  });

  it('is written in pieces as it streams, at most once per quarter of a second', async () => {
    const { clock, pieces, run } = setUp();
    const { text: whole } = await run(streamOf(clock, ...tokens(200, 10), stop));
    expect(pieces.map((piece) => piece.text).join('')).toBe(whole);
    expect(pieces.length).toBeGreaterThanOrEqual(6);
    expect(pieces.length).toBeLessThanOrEqual(9);
  });

  it('is written sooner when much arrives at once', async () => {
    const { clock, pieces, run } = setUp();
    await run(streamOf(clock, text('x'.repeat(1_500)), text('y'.repeat(1_500)), text('z'), stop));
    expect(pieces.map((piece) => piece.text.length)).toEqual([3_000, 1]);
  });

  it('is written while nothing more arrives', async () => {
    const { clock, pieces, run } = setUp();
    let release = () => {};
    const running = run(async function* () {
      yield text('So far');
      await new Promise<void>((resolve) => {
        release = resolve;
      });
      yield stop;
    });
    await expect.poll(() => pieces.map((piece) => piece.text)).toEqual(['So far']);
    clock.time += 1;
    release();
    await running;
    expect(pieces).toHaveLength(1);
  });

  it('includes the thinking', async () => {
    const { clock, pieces, run } = setUp();
    await run(streamOf(clock, thinking('Hm. '), thinking('So.'), text('Six.'), stop));
    expect(pieces).toEqual([{ answerId: 'answer-1', thinking: 'Hm. So.', text: 'Six.' }]);
  });

  it('is added to what stood there when an answer goes on', async () => {
    const earlier = aSending({ requestHash: 'first' });
    const answer = anAnswer({ text: 'It began ', sendings: [earlier], state: 'ended' });
    const { clock, pieces, saved, run } = setUp({
      answer,
      sending: aSending({ requestHash: 'second', from: 9 }),
    });
    const ended = await run(streamOf(clock, text('again.'), stop));
    expect(saved[0]).toMatchObject({ text: 'It began ', state: 'streaming' });
    expect(pieces.map((piece) => piece.text)).toEqual(['again.']);
    expect(ended.text).toBe('It began again.');
    expect(ended.sendings.map(({ requestHash }) => requestHash)).toEqual(['first', 'second']);
  });
});

describe('how an answer ends', () => {
  it.each([
    [{ type: 'end', reason: 'length' }],
    [{ type: 'end', reason: 'filtered' }],
    [{ type: 'end', reason: 'aborted' }],
    [{ type: 'end', reason: 'cut-off', trouble: { code: 'stream-cut', facts: { host: 'a' } } }],
  ] as const)('is kept with it: %j', async (end) => {
    const { clock, settled, run } = setUp();
    await run(streamOf(clock, text('So far'), { ...end }));
    const { type: _, ...kept } = end;
    expect(settled[0]).toMatchObject({ ...kept, text: 'So far', state: 'ended' });
  });

  it('is cut off when the stream says nothing', async () => {
    const { clock, settled, run } = setUp();
    await run(streamOf(clock, text('So far')));
    expect(settled[0]).toMatchObject({ reason: 'cut-off', text: 'So far' });
  });

  it('is kept with what the provider counted', async () => {
    const { clock, settled, run } = setUp();
    const usage = { input: 900, output: 5, cached: 768 };
    await run(streamOf(clock, text('Six.'), { type: 'usage', usage }, stop));
    expect(settled[0]?.sendings.at(-1)?.usage).toEqual(usage);
  });
});

describe('when the disk is full', () => {
  const whole = [text('x'.repeat(2_000)), text('The rest.'), stop];

  it.each<[string, Partial<Store>]>([
    ['while it streams', { appendToJournal: refuse }],
    ['at its end', { settleAnswer: refuse }],
    ['at its beginning', { saveAnswer: refuse }],
    ['all the time', { saveAnswer: refuse, appendToJournal: refuse, settleAnswer: refuse }],
  ])('the answer stays on screen with a warning: %s', async (_, failing) => {
    const { clock, shown, run } = setUp({}, failing);
    const ended = await run(streamOf(clock, ...whole));
    expect(ended.text).toHaveLength(2_009);
    expect(ended).toMatchObject({ state: 'ended', trouble: { code: 'storage-full' } });
    expect(shown.at(-1)?.answer).toEqual(ended);
  });

  it('an answer without a word ends as well', async () => {
    const { clock, shown, run } = setUp({}, { saveAnswer: refuse, settleAnswer: refuse });
    const trouble = { code: 'unreachable', facts: {} } as const;
    const ended = await run(streamOf(clock, { type: 'end', reason: 'error', trouble }));
    expect(ended).toMatchObject({ state: 'ended', reason: 'error', trouble });
    expect(shown.at(-1)?.answer.state).toBe('ended');
  });
});

describe('what is shown', () => {
  it('is drawn at most once per frame and once at the end', async () => {
    const frames: (() => void)[] = [];
    const { clock, shown, run } = setUp({ nextFrame: (draw) => frames.push(draw) });
    await run(streamOf(clock, ...tokens(50, 1), stop));
    expect(frames).toHaveLength(1);
    expect(shown.map(({ answer }) => answer.state)).toEqual(['streaming', 'ended']);
    for (const draw of frames) draw();
    expect(shown).toHaveLength(2);
  });

  it('is the wait for the first word, and how long that took', async () => {
    const { clock, shown, run } = setUp();
    const ended = await run(
      streamOf(clock, 400, thinking('Hm.'), 800, text('Six.'), 500, text(' Yes.'), stop),
    );
    expect(shown[0]?.waiting).toEqual({ since: 50_000 });
    expect(ended.sendings.at(-1)?.firstWordAfter).toBe(1_200);
    const states = shown.map(({ answer, waiting }) => [answer.text, waiting !== undefined]);
    expect(states).toEqual([
      ['', true],
      ['', true],
      ['Six.', false],
      ['Six. Yes.', false],
      ['Six. Yes.', false],
    ]);
  });

  it('says nothing of a first word when none came', async () => {
    const { clock, run } = setUp();
    const ended = await run(streamOf(clock, thinking('Hm.'), { type: 'end', reason: 'aborted' }));
    expect(ended.sendings.at(-1)).not.toHaveProperty('firstWordAfter');
  });
});

describe('a pause that the server asks for', () => {
  const waiting: Part = {
    type: 'waiting',
    seconds: 60,
    attempt: 1,
    code: 'rate-limited',
    facts: { status: 429 },
  };
  const pausing: Stream = async function* (_, __, { wait, signal }) {
    yield waiting;
    await wait?.(60, signal).catch(() => {});
    if (signal.aborted) yield { type: 'end', reason: 'aborted' };
    else {
      yield text('Six.');
      yield stop;
    }
  };

  it('is shown with its end and its reason, and can be ended early', async () => {
    const { shown, run } = setUp();
    const running = run(pausing);
    await expect.poll(() => shown.at(-1)?.waiting?.pause).toBeDefined();
    const pause = shown.at(-1)?.waiting?.pause;
    expect(pause).toMatchObject({
      until: 110_000,
      attempt: 1,
      trouble: { code: 'rate-limited', facts: { status: 429 } },
    });
    await Promise.resolve();
    pause?.tryNow();
    expect((await running).text).toBe('Six.');
  });

  it('is no longer shown when it is over and the model reads', async () => {
    const { shown, run } = setUp();
    const running = run(pausing);
    await expect.poll(() => shown.at(-1)?.waiting?.pause).toBeDefined();
    shown.at(-1)?.waiting?.pause?.tryNow();
    await running;
    const beforeFirstWord = shown.filter(({ answer }) => answer.text === '').at(-1);
    expect(beforeFirstWord?.waiting).toEqual({ since: 50_000 });
  });

  it.each([
    ['while it lasts', 20],
    ['at the moment it is announced', 0],
  ])('ends when the user stops %s', async (_, delay) => {
    const controller = new AbortController();
    const { shown, run } = setUp({ signal: controller.signal });
    const running = run(pausing, {
      show: (answer, state) => {
        shown.push({ answer, waiting: state });
        if (!state?.pause) return;
        if (delay) setTimeout(() => controller.abort(), delay);
        else controller.abort();
      },
    });
    expect(await running).toMatchObject({ state: 'ended', reason: 'aborted' });
  });
});

import { roundBreak } from '../context/compose';
import type { MeasuredSource } from '../context/tokens';
import { type Trouble, toAppError } from '../errors';
import type { StreamOptions, streamAnswer } from '../models';
import type { Connection, Part, Request, ToolCallPart } from '../models/types';
import type { ChatStore } from '../store/chats';
import type { AnswerRecord, SendingRecord } from '../store/records';
import type { Account } from './accounts';
import type { Next, Rounds, Writing } from './rounds';
import { keptBy } from './searches';
import { addUsage, withToolAnswers } from './tool-rounds';

/** Why nothing is arriving right now: the model is reading, or the server asked for a pause. */
export interface Waiting {
  since: number;
  /** Set when the server asked for a pause: when it ends, why, and how to end it early. */
  pause?: { until: number; attempt: number; trouble: Trouble; tryNow: () => void };
  /** Set while sources are read in passes: which one is under way. */
  pass?: { number: number; count: number };
}

export interface LiveAnswerOptions {
  answer: AnswerRecord;
  request: Request;
  connection: Connection;
  sending: SendingRecord;
  store: Pick<ChatStore, 'saveAnswer' | 'appendToJournal' | 'settleAnswer'> &
    Partial<Pick<ChatStore, 'keepFound'>>;
  signal: AbortSignal;
  /** Called with the newest answer at most once per frame, and once at the end. */
  show: (answer: AnswerRecord, waiting?: Waiting) => void;
  /** Told of the sending when it has ended; gives what belongs on its record. */
  account?: Account;
  /** What is done when the model asks for something, and before it is asked; nothing when not said. */
  rounds?: Rounds;
  stream?: typeof streamAnswer;
  fetch?: typeof globalThis.fetch;
  now?: () => number;
  /** Runs a function before the next frame is drawn. */
  nextFrame?: (run: () => void) => void;
}

/** What calls models is loaded with the first call: no panel needs it to open. */
const streamLater: typeof streamAnswer = async function* (...call) {
  const [models, { fitPictures }] = await Promise.all([import('../models'), import('./fit-pictures')]);
  const [request, connection, ...rest] = call;
  let fitted = request;
  try {
    fitted = await fitPictures(request, connection);
  } catch (error) {
    yield { type: 'end', reason: 'error', trouble: toAppError(error).toTrouble() };
    return;
  }
  yield* models.streamAnswer(fitted, connection, ...rest);
};

/** What has arrived is on disk after this many milliseconds or characters, whichever comes first. */
const journalInterval = 250;
const journalLength = 2_000;

/**
 * Streams one answer, in as many requests as it takes: shows it once per frame, keeps it as it comes, settles it at the
 * end. Resolves with the settled answer; failures are in it, never thrown.
 */
export async function runAnswer({
  answer,
  request,
  connection,
  sending,
  store,
  signal,
  show,
  account,
  rounds,
  stream = streamLater,
  fetch,
  now = Date.now,
  nextFrame = beforeNextFrame,
}: LiveAnswerOptions): Promise<AnswerRecord> {
  let current: AnswerRecord = { ...answer, state: 'streaming' };
  let waiting: Waiting | undefined;
  let unsaved = { text: '', thinking: '' };
  let savedAt = now();
  let storageTrouble: Trouble | undefined;
  const storageFailed = () => {
    storageTrouble ??= { code: 'storage-full', facts: {} };
  };
  let writing: Promise<unknown> = Promise.resolve();
  /** The answer as it is, but for the text that the journal has. */
  const onDisk = (): AnswerRecord => ({ ...current, text: answer.text, thinking: answer.thinking });
  let frame = false;
  let thinkingSince: number | undefined;

  const draw = () => {
    if (frame) return;
    frame = true;
    nextFrame(() => {
      frame = false;
      if (current.state === 'streaming') show(current, waiting);
    });
  };
  const save = () => {
    if (!unsaved.text && !unsaved.thinking) return;
    const piece = { answerId: current.id, ...unsaved };
    unsaved = { text: '', thinking: '' };
    savedAt = now();
    writing = writing.then(() => store.appendToJournal(piece)).catch(storageFailed);
  };
  const updateSending = (change: Partial<SendingRecord>) => {
    const sendings = [...current.sendings];
    sendings[sendings.length - 1] = { ...(sendings.at(-1) as SendingRecord), ...change };
    current = { ...current, sendings };
  };

  /** One request and what comes of it. What belongs to the answer is `kept`; the rest is only given back. */
  const carry = async (request: Request, sending: SendingRecord, kept: boolean) => {
    const startedAt = now();
    current = { ...current, sendings: [...current.sendings, sending] };
    waiting = { since: startedAt };
    writing = writing.then(() => store.saveAnswer(onDisk())).catch(storageFailed);
    const wait: StreamOptions['wait'] = (seconds, waitSignal) =>
      new Promise((resolve, reject) => {
        const pause = waiting?.pause;
        const goOn = () => {
          clearTimeout(timer);
          resolve();
          if (!waiting?.pause || waiting.pause !== pause) return;
          // From here on it is the model that is waited for.
          waiting = { since: startedAt };
          show(current, waiting);
        };
        const stop = () => {
          clearTimeout(timer);
          reject(waitSignal.reason);
        };
        const timer = setTimeout(goOn, seconds * 1000);
        if (pause) pause.tryNow = goOn;
        // A signal that has fired already does not fire again.
        if (waitSignal.aborted) stop();
        else waitSignal.addEventListener('abort', stop, { once: true });
      });
    show(current, waiting);
    const calls: ToolCallPart[] = [];
    let end: End = { type: 'end', reason: 'cut-off' };
    let requests = 0;
    let text = '';
    let received = '';
    // What follows on a search does not run together with what stood before it.
    const isAfterSearch = current.searches?.some(({ at }) => at === current.text.length);
    let before = kept && current.text !== '' && isAfterSearch ? roundBreak : '';
    const parts = rounds && request.tools?.length ? stream : withToolAnswers.bind(undefined, stream);
    for await (const part of parts(request, connection, { signal, fetch, wait })) {
      if (part.type === 'text-delta' || part.type === 'thinking-delta') {
        const isText = part.type === 'text-delta';
        received += part.text;
        if (isText) text += part.text;
        if (!kept) continue;
        if (isText && waiting) {
          waiting = undefined;
          updateSending({ firstWordAfter: now() - startedAt });
          if (thinkingSince !== undefined) current = { ...current, thoughtFor: now() - thinkingSince };
        }
        if (!isText) thinkingSince ??= now();
        const field = isText ? 'text' : 'thinking';
        const words = isText ? before + part.text : part.text;
        if (isText) before = '';
        current = { ...current, [field]: current[field] + words };
        unsaved[field] += words;
        if (
          unsaved.text.length + unsaved.thinking.length >= journalLength ||
          now() - savedAt >= journalInterval
        )
          save();
        draw();
      } else if (part.type === 'waiting') {
        const trouble: Trouble = { code: part.code, facts: part.facts };
        const until = now() + part.seconds * 1000;
        waiting = { since: startedAt, pause: { until, attempt: part.attempt, trouble, tryNow: () => {} } };
        show(current, waiting);
      } else if (part.type === 'tool-call') {
        calls.push(part.call);
        if (!rounds) current = { ...current, toolCalls: [...(current.toolCalls ?? []), part.call] };
      } else if (part.type === 'usage') {
        const counted = requests++ > 0 ? current.sendings.at(-1)?.usage : undefined;
        updateSending({
          usage: addUsage(counted, part.usage),
          ...(requests > 1 ? { rounds: requests } : {}),
        });
      } else if (part.type === 'end') end = part;
    }
    const settlement = {
      chatId: current.chatId,
      connection,
      sending: current.sendings.at(-1) ?? sending,
      received,
      reason: end.reason,
      paused: waiting?.pause !== undefined,
    };
    // An account that cannot be kept must not take the answer with it.
    updateSending((await account?.({ ...settlement, trouble: end.trouble }).catch(() => undefined)) ?? {});
    return { end, calls, text };
  };

  const desk: Writing = {
    answer: () => current,
    change(change) {
      waiting = undefined;
      current = { ...current, ...change };
      draw();
    },
    async keep(sources: MeasuredSource[] = []) {
      save();
      current = { ...current, sourceIds: keptBy(current.searches ?? []) };
      writing = writing
        .then(async () => {
          const headers = await store.keepFound?.(onDisk(), sources);
          if (headers?.length) current = { ...current, headers };
        })
        .catch(storageFailed);
      await writing;
    },
    ask: (asked, as) => carry(asked, as, false),
    signal,
  };

  const timer = setInterval(save, journalInterval);
  let next: Next = { request, sending };
  // What is done in between fails only by a fault of ours, which is said like every other.
  const failed = (error: unknown): Next => ({
    end: { type: 'end', reason: 'error', trouble: toAppError(error).toTrouble() },
  });
  if (rounds) {
    show(current, { since: now() });
    next = await rounds.first(next, desk).catch(failed);
  }
  let end: End | undefined;
  while (!end) {
    if ('end' in next) end = next.end;
    else {
      const one = await carry(next.request, next.sending, true);
      if (!rounds || one.end.reason !== 'tool-calls') end = one.end;
      else next = await rounds.next(one.calls, desk).catch(failed);
    }
  }
  clearInterval(timer);
  save();
  await writing;
  current = { ...current, state: 'ended', reason: end.reason, trouble: end.trouble ?? storageTrouble };
  try {
    await store.settleAnswer(current);
  } catch {
    current = { ...current, trouble: current.trouble ?? { code: 'storage-full', facts: {} } };
  }
  show(current);
  return current;
}

type End = Extract<Part, { type: 'end' }>;

/** The next frame, or a tenth of a second when the panel is not drawn at all. */
function beforeNextFrame(run: () => void): void {
  let done = false;
  const once = () => {
    if (done) return;
    done = true;
    run();
  };
  globalThis.requestAnimationFrame?.(once);
  setTimeout(once, 100);
}

import type { Trouble } from '../errors';
import type { StreamOptions, streamAnswer } from '../models';
import type { Connection, Part, Request } from '../models/types';
import type { ChatStore } from '../store/chats';
import type { AnswerRecord, SendingRecord } from '../store/records';
import type { Account } from './accounts';
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
  store: Pick<ChatStore, 'saveAnswer' | 'appendToJournal' | 'settleAnswer'>;
  signal: AbortSignal;
  /** Called with the newest answer at most once per frame, and once at the end. */
  show: (answer: AnswerRecord, waiting?: Waiting) => void;
  /** Told of the sending when it has ended; gives what belongs on its record. */
  account?: Account;
  stream?: typeof streamAnswer;
  fetch?: typeof globalThis.fetch;
  now?: () => number;
  /** Runs a function before the next frame is drawn. */
  nextFrame?: (run: () => void) => void;
}

/** What calls models is loaded with the first call: no panel needs it to open. */
const streamLater: typeof streamAnswer = async function* (...call) {
  const models = await import('../models');
  yield* models.streamAnswer(...call);
};

/** What has arrived is on disk after this many milliseconds or characters, whichever comes first. */
const journalInterval = 250;
const journalLength = 2_000;

/**
 * Streams one answer: shows it once per frame, keeps it as it comes, settles it at the end.
 * Resolves with the settled answer; failures are in it, never thrown.
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
  stream = streamLater,
  fetch,
  now = Date.now,
  nextFrame = beforeNextFrame,
}: LiveAnswerOptions): Promise<AnswerRecord> {
  const startedAt = now();
  let current: AnswerRecord = { ...answer, sendings: [...answer.sendings, sending], state: 'streaming' };
  let waiting: Waiting | undefined = { since: startedAt };
  let unsaved = { text: '', thinking: '' };
  let savedAt = startedAt;
  let storageTrouble: Trouble | undefined;
  const storageFailed = () => {
    storageTrouble ??= { code: 'storage-full', facts: {} };
  };
  let writing: Promise<unknown> = store
    .saveAnswer({ ...current, text: answer.text, thinking: answer.thinking })
    .catch(storageFailed);
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
  const updateSending = (change: Partial<SendingRecord>) => {
    const sendings = [...current.sendings];
    sendings[sendings.length - 1] = { ...(sendings.at(-1) as SendingRecord), ...change };
    current = { ...current, sendings };
  };

  show(current, waiting);
  const timer = setInterval(save, journalInterval);
  let end: Extract<Part, { type: 'end' }> = { type: 'end', reason: 'cut-off' };
  let rounds = 0;
  for await (const part of withToolAnswers(stream, request, connection, { signal, fetch, wait })) {
    if (part.type === 'text-delta' || part.type === 'thinking-delta') {
      const isText = part.type === 'text-delta';
      if (isText && waiting) {
        waiting = undefined;
        updateSending({ firstWordAfter: now() - startedAt });
        if (thinkingSince !== undefined) current = { ...current, thoughtFor: now() - thinkingSince };
      }
      if (!isText) thinkingSince ??= now();
      const field = isText ? 'text' : 'thinking';
      current = { ...current, [field]: current[field] + part.text };
      unsaved[field] += part.text;
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
      current = { ...current, toolCalls: [...(current.toolCalls ?? []), part.call] };
    } else if (part.type === 'usage') {
      const before = rounds++ > 0 ? current.sendings.at(-1)?.usage : undefined;
      updateSending({ usage: addUsage(before, part.usage), ...(rounds > 1 ? { rounds } : {}) });
    } else if (part.type === 'end') end = part;
  }
  clearInterval(timer);
  save();
  await writing;
  const received = current.text.slice(answer.text.length) + current.thinking.slice(answer.thinking.length);
  const { trouble } = end;
  const settlement = {
    chatId: current.chatId,
    connection,
    sending: current.sendings.at(-1) ?? sending,
    received,
    reason: end.reason,
    paused: waiting?.pause !== undefined,
  };
  // An account that cannot be kept must not take the answer with it.
  updateSending((await account?.({ ...settlement, trouble }).catch(() => undefined)) ?? {});
  current = { ...current, state: 'ended', reason: end.reason, trouble: end.trouble ?? storageTrouble };
  try {
    await store.settleAnswer(current);
  } catch {
    current = { ...current, trouble: current.trouble ?? { code: 'storage-full', facts: {} } };
  }
  show(current);
  return current;
}

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

/**
 * Runs that translate a page, as all windows of the extension see them: who runs one tells how it is, whoever shows it
 * listens and gives commands. Nothing is kept: a run lives as long as the page of the extension that it runs in, and a
 * lock with its name tells when that is gone, however it went.
 */

import type { RunCommand, RunTexts, TranslationRun } from '../translate/run-types';

const channelName = 'wholemoon-translation-runs';

type Message =
  | { type: 'run'; run: TranslationRun }
  | { type: 'ended'; runId: string }
  /** Who is there? Runs tell how they are. */
  | { type: 'roll-call' }
  | { type: 'command'; runId: string; command: RunCommand }
  | { type: 'ask-texts'; runId: string; askId: string }
  | { type: 'texts'; askId: string; texts: RunTexts };

const lockName = (runId: string) => `translation-run:${runId}`;

const post = (message: Message) => {
  const channel = new BroadcastChannel(channelName);
  channel.postMessage(message);
  channel.close();
};

/** Milliseconds in which a run answers when it is asked for its texts. */
const patience = 4_000;

export interface ServedRun {
  /** Tells everybody how the run is now. */
  publish(run: TranslationRun): void;
  close(): void;
}

/** Tells of a run and takes its commands, in the page that it runs in. `first` is how it is at the beginning. */
export function serveRun(
  first: TranslationRun,
  on: { command: (command: RunCommand) => void; texts: () => RunTexts },
): ServedRun {
  const channel = new BroadcastChannel(channelName);
  let current = first;
  const controller = new AbortController();
  const { signal } = controller;
  const over = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
  globalThis.navigator?.locks?.request(lockName(first.id), () => over).catch(() => {});
  const tell = () => channel.postMessage({ type: 'run', run: current } satisfies Message);
  channel.onmessage = ({ data }: MessageEvent<Message>) => {
    if (data.type === 'roll-call') tell();
    else if (data.type === 'command' && data.runId === first.id) on.command(data.command);
    else if (data.type === 'ask-texts' && data.runId === first.id)
      channel.postMessage({ type: 'texts', askId: data.askId, texts: on.texts() } satisfies Message);
  };
  const close = () => {
    if (signal.aborted) return;
    channel.postMessage({ type: 'ended', runId: first.id } satisfies Message);
    channel.close();
    controller.abort();
  };
  globalThis.addEventListener?.('pagehide', close, { signal });
  tell();
  return {
    publish(run) {
      current = run;
      if (!signal.aborted) tell();
    },
    close,
  };
}

export const sendCommand = (runId: string, command: RunCommand): void =>
  post({ type: 'command', runId, command });

/**
 * Calls `listener` with all runs there are, by tab, now and after each change. A tab has one run: the one that began
 * last. Returns the function that stops it.
 */
export function watchRuns(listener: (runs: ReadonlyMap<number, TranslationRun>) => void): () => void {
  const channel = new BroadcastChannel(channelName);
  const controller = new AbortController();
  let runs: ReadonlyMap<number, TranslationRun> = new Map();
  const change = (work: (next: Map<number, TranslationRun>) => void) => {
    const next = new Map(runs);
    work(next);
    runs = next;
    listener(runs);
  };
  const drop = (runId: string) => {
    const [tabId] = [...runs].find(([, { id }]) => id === runId) ?? [];
    if (tabId !== undefined) change((next) => next.delete(tabId));
  };
  channel.onmessage = ({ data }: MessageEvent<Message>) => {
    if (data.type === 'ended') drop(data.runId);
    if (data.type !== 'run') return;
    const { run } = data;
    const isNew = runs.get(run.tabId)?.id !== run.id;
    change((next) => next.set(run.tabId, run));
    if (!isNew) return;
    // Granted when the page that holds it has gone, by whatever end.
    globalThis.navigator?.locks
      ?.request(lockName(run.id), { mode: 'shared', signal: controller.signal }, async () => drop(run.id))
      .catch(() => {});
  };
  channel.postMessage({ type: 'roll-call' } satisfies Message);
  return () => {
    channel.close();
    controller.abort();
  };
}

/** The units of a run and their translations, or undefined when it does not answer. */
export function textsOf(runId: string): Promise<RunTexts | undefined> {
  const channel = new BroadcastChannel(channelName);
  const askId = crypto.randomUUID();
  return new Promise<RunTexts | undefined>((resolve) => {
    const timer = setTimeout(() => resolve(undefined), patience);
    channel.onmessage = ({ data }: MessageEvent<Message>) => {
      if (data.type !== 'texts' || data.askId !== askId) return;
      clearTimeout(timer);
      resolve(data.texts);
    };
    channel.postMessage({ type: 'ask-texts', runId, askId } satisfies Message);
  }).finally(() => channel.close());
}

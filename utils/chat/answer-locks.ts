import type { ChatStore } from '../store/chats';
import type { AnswerRecord, SearchRecord } from '../store/records';
import { isRunning, settled } from './searches';

/**
 * While a panel streams an answer it holds a lock named after it. A stored answer that says “streaming” without
 * a lock was cut off with its panel or its browser; one with a lock is streaming in another window.
 */
const lockName = (answerId: string) => `answer:${answerId}`;

export async function holdAnswer<T>(answerId: string, work: () => Promise<T>): Promise<T> {
  const { locks } = globalThis.navigator ?? {};
  return locks ? locks.request(lockName(answerId), work) : work();
}

/** Streaming answers that nobody is streaming any more. */
export async function findInterrupted(answers: AnswerRecord[]): Promise<AnswerRecord[]> {
  const streaming = answers.filter((answer) => answer.state === 'streaming');
  if (streaming.length === 0) return [];
  const { held = [] } = (await globalThis.navigator?.locks?.query()) ?? {};
  const names = new Set(held.map((lock) => lock.name));
  return streaming.filter((answer) => !names.has(lockName(answer.id)));
}

/** Ends the answers that were cut off with their panel, here and on disk. */
export async function settleInterrupted(
  answers: AnswerRecord[],
  store: Pick<ChatStore, 'settleAnswer'>,
): Promise<void> {
  for (const answer of await findInterrupted(answers)) {
    const trouble = { code: 'interrupted', facts: {} } as const;
    Object.assign(answer, { state: 'ended', reason: 'cut-off', trouble });
    // What was being looked up was stopped with it; what had been read stays.
    if (answer.searches?.some((record) => isRunning(record) || isUntold(record))) {
      const { toldOf } = await import('./search-told');
      answer.searches = answer.searches.map((record) => {
        const ended = isRunning(record) ? settled(record, 'stopped', trouble) : record;
        return isUntold(ended) ? { ...ended, ...toldOf(ended) } : ended;
      });
    }
    await store.settleAnswer(answer);
  }
}

/** The model has not heard of it. One that was refused in words has nothing to say. */
const isUntold = ({ told, state }: SearchRecord): boolean => told === undefined && state !== 'refused';

export function whenAnswerFree(answerId: string, then: () => unknown): void {
  globalThis.navigator?.locks?.request(lockName(answerId), { mode: 'shared' }, async () => void then());
}

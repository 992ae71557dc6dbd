import type { ChatStore } from '../store/chats';
import type { AnswerRecord } from '../store/records';

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
    Object.assign(answer, {
      state: 'ended',
      reason: 'cut-off',
      trouble: { code: 'interrupted', facts: {} },
    });
    await store.settleAnswer(answer);
  }
}

export function whenAnswerFree(answerId: string, then: () => unknown): void {
  globalThis.navigator?.locks?.request(lockName(answerId), { mode: 'shared' }, async () => void then());
}

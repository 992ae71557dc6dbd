/** Carries out what was prepared: streams an answer, alone or in passes, and shows it as it comes. */

import type { ChatStore } from '../store/chats';
import type { AnswerRecord } from '../store/records';
import type { Account } from './accounts';
import { holdAnswer } from './answer-locks';
import type { ConversationState } from './conversation-state';
import type { runAnswer, Waiting } from './live-answer';
import { isReadInPasses, runPasses } from './pass-run';
import type { Preparation } from './preparation';
import type { State } from './state';

export interface AnsweringOptions {
  state: State<ConversationState>;
  store: ChatStore;
  account?: Account;
  run: typeof runAnswer;
  now: () => number;
}

export interface Answering {
  /** Resolves with the settled answer; failures are in it. */
  send(
    answer: AnswerRecord,
    preparation: Exclude<Preparation, { kind: 'decide' }>,
  ): Promise<AnswerRecord | undefined>;
  /** Ends the answer that streams here; what arrived is kept. */
  stop(): void;
}

export function createAnswering({ state, store, account, run, now }: AnsweringOptions): Answering {
  let controller: AbortController | undefined;

  const show = (answer: AnswerRecord, waiting?: Waiting) => {
    const current = state.get();
    const { chat, answers } = current;
    if (chat?.id !== answer.chatId) return; // the user went to another chat; the record is still kept
    const others = (answers[answer.turnId] ?? []).filter((entry) => entry.id !== answer.id);
    const isStreaming = answer.state === 'streaming';
    state.set({
      ...current,
      answers: { ...answers, [answer.turnId]: [...others, answer].sort((a, b) => a.createdAt - b.createdAt) },
      streaming: isStreaming ? { answerId: answer.id, waiting } : undefined,
    });
  };

  /** Gone on with in another window since: what came of that is shown, and not written over. */
  const goneOn = async ({ id, sendings }: AnswerRecord): Promise<AnswerRecord | undefined> => {
    const stored = sendings.length > 0 ? await store.loadAnswer(id) : undefined;
    if (!stored || stored.sendings.length <= sendings.length) return undefined;
    show(stored);
    return stored;
  };

  return {
    async send(answer, preparation) {
      controller = new AbortController();
      const { signal } = controller;
      const common = { store, signal, show, account };
      if (preparation.kind === 'send') {
        const { connection, request, sending } = preparation.prepared;
        show({ ...answer, state: 'streaming', sendings: [...answer.sendings, sending] });
        return holdAnswer(
          answer.id,
          async () => (await goneOn(answer)) ?? run({ ...common, answer, request, connection, sending }),
        );
      }
      const { connection, plan, outgoing: going, sources } = preparation;
      const turn = state.get().all.turns.find(({ id }) => id === answer.turnId);
      if (!turn) return undefined;
      const passes = isReadInPasses(answer) ? answer.passes : { plan: plan.passes, notes: [] };
      const begun = { ...answer, passes, state: 'streaming' as const };
      // First on the screen: from here on the conversation is busy.
      show(begun);
      return holdAnswer(answer.id, async () => {
        const elsewhere = await goneOn(answer);
        if (elsewhere) return elsewhere;
        await store.saveAnswer(begun).catch(() => {});
        return runPasses({
          ...common,
          answer: begun,
          turn,
          outgoing: going,
          sources,
          connection,
          notes: plan.notes,
          run,
          now,
        });
      });
    },
    stop() {
      controller?.abort(new DOMException('Stopped by the user', 'AbortError'));
    },
  };
}

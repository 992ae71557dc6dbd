/** Keeps the translation of a selection as a chat about its page: nothing is asked again, and what follows repeats it. */

import { emptyConversation } from '../chat/conversation-state';
import { emptyAnswer, newTurn } from '../chat/new-turn';
import { cacheKeyOf, composeWhole, outgoing, recordOf } from '../chat/sendings';
import { AppError } from '../errors';
import { chatStore } from '../store/chats';
import type { BubbleResult } from './bubble';

export interface KeepOptions {
  store?: Pick<typeof chatStore, 'loadChat' | 'saveTurn' | 'saveAnswer'>;
  newId?: () => string;
  now?: () => number;
}

/**
 * Makes the chat and gives its id. The question is the selection, the answer the translation as the model wrote it: the
 * next question begins with the bytes that the translation was made from.
 * @throws AppError unexpected when there is nothing to keep
 */
export async function keepAsChat(
  { document, connection, update }: BubbleResult,
  { store = chatStore, newId = () => crypto.randomUUID(), now = Date.now }: KeepOptions = {},
): Promise<string> {
  const { asked, answer: words, usage } = update;
  if (!asked || !words) throw new AppError('unexpected', { message: 'There is no translation to keep' });
  const origins = { newId, now };
  const question = {
    task: 'translate' as const,
    question: asked.question,
    sources: [document],
    instructions: asked.instructions,
  };
  const made = newTurn(emptyConversation, question, new Set(), {
    ...origins,
    write: () => '',
  });
  // Under this name the vendor was asked before, where there was no chat about the page.
  const id = (await store.loadChat(document.source.id)) ? made.chat.id : document.source.id;
  const chat = { ...made.chat, id };
  const turn = { ...made.turn, chatId: id };
  const going = outgoing(emptyConversation, turn);
  const composition = composeWhole(
    going,
    [document],
    { ...connection.model, window: Number.POSITIVE_INFINITY },
    {
      cacheKey: await cacheKeyOf(id),
    },
  );
  if (!composition.fits) throw new AppError('unexpected', { message: 'An endless window was exceeded' });
  const sending = await recordOf(composition, going, { now });
  await store.saveTurn(chat, turn, [document]);
  await store.saveAnswer({
    ...emptyAnswer(turn, connection, origins),
    text: words,
    state: 'ended',
    reason: 'stop',
    sendings: [{ ...sending, ...(usage ? { usage } : {}) }],
  });
  return id;
}

/** Files of chats: loaded with the first export. */

import { pathOf } from '@/utils/chat/branches';
import { type ConversationState, shownAnswer } from '@/utils/chat/conversation-state';
import { fileName } from '@/utils/chat/export/file-name';
import { answerAsMarkdown, chatAsMarkdown } from '@/utils/chat/export/markdown';
import { foundIn } from '@/utils/chat/searches';
import type { MeasuredSource } from '@/utils/context/compose';
import { AppError } from '@/utils/errors';
import { makeBackup } from '@/utils/store/backup';
import { chatStore } from '@/utils/store/chats';
import { exportChat } from '@/utils/store/export-chat';
import type { AnswerRecord, ChatRecord } from '@/utils/store/records';
import { sourcesOf } from '../panel/sources-of';
import { saveFile } from '../save-file';

export type FileForm = 'md' | 'json';

/**
 * Saves a chat and resolves with the name of the file. As Markdown what is shown of it, as JSON everything. `here` is
 * the conversation on screen: if it is this chat, the versions that are on screen are written.
 * @throws AppError `unexpected` when the chat is gone
 */
export async function saveChat(chat: ChatRecord, form: FileForm, here?: ConversationState): Promise<string> {
  const file = form === 'json' ? await exportChat(chat.id) : await markdownOf(chat, here);
  if (!file) throw new AppError('unexpected', { message: 'This chat was deleted.' });
  const name = fileName(chat.title, form);
  saveFile(file, name);
  return name;
}

async function markdownOf(chat: ChatRecord, here?: ConversationState): Promise<Blob | undefined> {
  const isHere = here?.chat?.id === chat.id;
  const stored = isHere ? undefined : await chatStore.loadChat(chat.id);
  if (!isHere && !stored) return undefined;
  const shown = stored ? fromStored(stored) : here && fromScreen(here);
  if (!shown) return undefined;
  const path = new Set(
    shown.turns.flatMap(({ turn, answer }) => [...turn.sourceIds, ...foundIn(answer ?? {})]),
  );
  const sources = shown.sources.filter(({ source }) => path.has(source.id));
  const text = await chatAsMarkdown({
    title: chat.title,
    turns: shown.turns,
    sources: sources.map(({ source }) => source),
    sourcesFor: (answer) => sourcesOf(answer, sources).map(({ source }) => source),
  });
  return new Blob([text], { type: 'text/markdown' });
}

function fromStored({
  chat,
  turns,
  answers,
  sources,
}: NonNullable<Awaited<ReturnType<typeof chatStore.loadChat>>>) {
  const newest = new Map(answers.map((answer) => [answer.turnId, answer]));
  return {
    turns: pathOf(turns, chat.branch ?? {}).map((turn) => ({ turn, answer: newest.get(turn.id) })),
    sources,
  };
}

const fromScreen = (here: ConversationState) => ({
  turns: here.turns.map((turn) => ({ turn, answer: shownAnswer(here, turn.id) })),
  sources: here.sources,
});

/**
 * Saves everything that is kept, without keys, in the form in which it can be brought back.
 * @throws AppError `records-damaged` once the file is there, when not all of it is whole
 */
export async function saveEverything(): Promise<string> {
  const name = fileName('Wholemoon', 'json');
  let damaged = 0;
  const onDamaged = (count: number) => {
    damaged = count;
  };
  saveFile(await makeBackup({ onDamaged }), name);
  if (damaged > 0) throw new AppError('records-damaged', { count: damaged });
  return name;
}

/** One answer with links to the passages it cites. */
export const linkedAnswer = (answer: AnswerRecord, sources: MeasuredSource[]): Promise<string> =>
  answerAsMarkdown(
    answer,
    sources.map(({ source }) => source),
  );

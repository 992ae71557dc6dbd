import { checkSize, writeBackup } from './backup-file';
import { type Database, database } from './database';
import { editsOf } from './drafts';

/**
 * One chat as a file, everything of it: all branches and versions, whole sources, sendings, usage and costs, what was
 * typed and not sent. There are no settings and no keys in it. The form is that of a backup (backup-file.ts), so it
 * comes back the same way. Undefined when there is no such chat.
 * @throws AppError `file-too-large` when it could not be read back
 */
export async function exportChat(
  id: string,
  { db = database, now = Date.now }: { db?: Database; now?: () => number } = {},
): Promise<Blob | undefined> {
  const tables = [db.chats, db.turns, db.answers, db.journal, db.sources, db.drafts, db.spending];
  return db.transaction('r', tables, async () => {
    const chat = await db.chats.get(id);
    if (!chat) return undefined;
    const turns = await db.turns.where('chatId').equals(id).sortBy('position');
    const answers = await db.answers.where('chatId').equals(id).sortBy('createdAt');
    const journal = await db.journal
      .where('answerId')
      .anyOf(answers.map((answer) => answer.id))
      .toArray();
    const draft = await db.drafts.get(id);
    const edits = await db.drafts.where('id').startsWith(editsOf(id)).toArray();
    const drafts = [...(draft ? [draft] : []), ...edits];
    const named = [
      ...[...turns, ...answers].flatMap(({ sourceIds = [] }) => sourceIds),
      ...drafts.flatMap(({ attached = [] }) => attached),
    ];
    const sources = (await db.sources.bulkGet([...new Set(named)])).filter((source) => source !== undefined);
    const spending = await db.spending.where('chatId').equals(id).toArray();
    const file = writeBackup({
      madeAt: now(),
      chats: [chat],
      turns,
      answers,
      journal,
      sources,
      drafts,
      spending,
    });
    checkSize(file);
    return file;
  });
}

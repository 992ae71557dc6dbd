import type { Backup } from './backup';
import { ShapeError } from './shape';

type Records = Pick<Backup, 'chats' | 'turns' | 'answers' | 'sources'>;

/**
 * Checks that each chat has all that it speaks of, and that no name stands for two records. What has no chat is not
 * looked at: it may be left of a chat that was deleted, and is not brought in.
 * @throws ShapeError
 */
export function checkWhole({ chats, turns, answers, sources }: Records): void {
  const chatIds = namesOf('chats', chats);
  const sourceIds = namesOf('sources', sources);
  namesOf('answers', answers);
  namesOf('turns', turns);
  const chatOf = new Map(turns.map(({ id, chatId }) => [id, chatId]));
  for (const { id, chatId, sourceIds: named } of turns) {
    if (chatIds.has(chatId) && !named.every((name) => sourceIds.has(name)))
      throw new ShapeError(`turns ${id}: sources`);
  }
  for (const { id, chatId, turnId } of answers) {
    if (chatIds.has(chatId) && chatOf.get(turnId) !== chatId) throw new ShapeError(`answers ${id}: turn`);
  }
}

function namesOf(place: string, records: { id: string }[]): Set<string> {
  const names = new Set<string>();
  for (const { id } of records) {
    // Nothing may be called by the name that the beginning of a chat has.
    if (!id || names.has(id)) throw new ShapeError(`${place} ${id}: twice, or without a name`);
    names.add(id);
  }
  return names;
}

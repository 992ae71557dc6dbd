import { liveQuery, type Observable } from 'dexie';
import { type Database, database } from './database';
import { mendedAnswer } from './mended';
import type { AnswerRecord } from './records';

/**
 * An answer as it is on disk, again after each change in whichever window, with what has arrived of it while it streams.
 * Undefined while there is none. Each piece of a journal is read once, so that following costs no more than writing.
 */
export function followAnswer(id: string, db: Database = database): Observable<AnswerRecord | undefined> {
  let read = { sequence: 0, text: '', thinking: '' };
  return liveQuery(() =>
    db.transaction('r', db.answers, db.journal, async () => {
      const kept = await db.answers.get(id);
      if (!kept) return undefined;
      const answer = mendedAnswer(kept);
      if (answer.state !== 'streaming') {
        // Its journal is gone; an answer that is continued begins another.
        read = { ...read, text: '', thinking: '' };
        return answer;
      }
      const pieces = await db.journal
        .where(':id')
        .above(read.sequence)
        .and(({ answerId }) => answerId === id)
        .sortBy('sequence');
      read = {
        sequence: pieces.at(-1)?.sequence ?? read.sequence,
        text: read.text + pieces.map(({ text }) => text).join(''),
        thinking: read.thinking + pieces.map(({ thinking }) => thinking).join(''),
      };
      return { ...answer, text: answer.text + read.text, thinking: answer.thinking + read.thinking };
    }),
  );
}

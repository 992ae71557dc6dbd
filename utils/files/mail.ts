import { AppError } from '../errors';
import type { FileNote, Gap, Passage } from '../source';
import { documentReading } from './document/reading';
import { addGaps } from './gaps';
import { insideContext, mergedNotes } from './inside';
import { readMessage } from './mail/message';
import { isMailbox, splitMailbox } from './mail/split';
import type { FileContext, FileReading } from './types';

/**
 * Reads a message, or a mailbox with many, whole: headers, text, quotes, and what is attached as far as it can be read.
 * In a mailbox every message has a path, `12.eml`, by its place from the top.
 * @throws AppError file-broken, file-locked when it is encrypted, file-bomb
 */
export async function readMail(bytes: Uint8Array<ArrayBuffer>, context: FileContext): Promise<FileReading> {
  const { name, signal, onProgress } = context;
  if (bytes.length === 0) throw new AppError('file-empty', { name });
  const isMany = isMailbox(bytes);
  const messages = isMany ? splitMailbox(bytes) : [bytes];
  const inside = insideContext(context);
  const passages: Passage[] = [];
  const gaps: Gap[] = [];
  const notes: FileNote[] = [];
  let read = 0;
  let locked = 0;
  const damaged: string[] = [];
  for (const [index, message] of messages.entries()) {
    signal?.throwIfAborted();
    const path = `${index + 1}.eml`;
    try {
      if (!looksLikeMail(message)) throw new Error('It has no headers');
      const found = await readMessage(message, inside);
      if (found.isLocked) locked++;
      passages.push(...(isMany ? found.passages.map((passage) => below(path, passage)) : found.passages));
      addGaps(gaps, found.gaps);
      notes.push(...found.notes);
      read++;
    } catch (error) {
      if (signal?.aborted || error instanceof AppError) throw error;
      damaged.push(path);
    }
    onProgress?.({ done: index + 1, total: messages.length, unit: 'messages' });
  }
  if (read === 0) throw new AppError('file-broken', { name });
  if (locked === read) throw new AppError('file-locked', { name });
  addGaps(gaps, [{ why: 'unread-parts', size: damaged.length, sample: damaged.join(', ') }]);
  return documentReading({ name, passages, gaps, notes: mergedNotes(notes), units: { messages: read } });
}

const below = (path: string, passage: Passage): Passage => ({
  ...passage,
  place: { ...passage.place, path: passage.place?.path ? `${path}/${passage.place.path}` : path },
});

/** A message begins with a header: a name, and a colon. */
const looksLikeMail = (bytes: Uint8Array): boolean =>
  /^(?:\ufeff|\u00ef\u00bb\u00bf)?\s*(?:>?From .*\r?\n)?[!-9;-~]{1,200}[ \t]*:/.test(
    new TextDecoder('windows-1252').decode(bytes.subarray(0, 1_000)),
  );

import { AppError } from '../errors';

/**
 * The form of a backup and of an exported chat: one JSON object, one record to a line.
 *
 * | Field | What it is |
 * | --- | --- |
 * | `wholemoon` | Version of the form: a program reads its own version and all before it |
 * | `madeAt` | Milliseconds since 1970 |
 * | `chats` | Title, times, addresses of pages |
 * | `turns` | Questions of all branches with their pictures, what was said to the model, and the sources added |
 * | `answers` | All versions: text, thinking, model, how it ended, and for each sending its hash, usage, time and cost |
 * | `sources` | Whole texts by their SHA-256, with title, address, passages, and what could not be read |
 * | `journal` | What has come of answers that were still streaming |
 * | `drafts`, `spending` | What was typed and not sent; what was paid |
 * | `settings`, `prompts`, `keys` | Only in a backup; keys only when asked for, and locked with a passphrase |
 *
 * The fields of each record are those of utils/store/records.ts; utils/store/record-shapes.ts checks them on the way
 * in. A field that a reader does not know is left behind.
 */

/** Raised when an older program could not read the file. */
export const version = 1;

/** A file with these fields, lists with one record to a line, so that two files can be compared. */
export function writeBackup({ madeAt, ...fields }: { madeAt: number } & Record<string, unknown>): Blob {
  const pieces = [`{"wholemoon":${version},"madeAt":${madeAt}`];
  for (const [name, value] of Object.entries(fields)) {
    pieces.push(`,\n"${name}":`);
    if (!Array.isArray(value)) {
      pieces.push(JSON.stringify(value));
      continue;
    }
    pieces.push('[');
    value.forEach((record, index) => {
      // Numbers that the database gave are given anew.
      pieces.push(`${index > 0 ? ',' : ''}\n${JSON.stringify({ ...record, sequence: undefined })}`);
    });
    pieces.push(']');
  }
  return new Blob([...pieces, '}\n'], { type: 'application/json' });
}

/**
 * Bytes of a file that can be read back. A browser holds a text of at most half a gigabyte, and needs room to take it
 * apart.
 */
export const largestBackup = 400 * 2 ** 20;

/** @throws AppError `file-too-large` when a file could not be read back */
export function checkSize({ size }: Blob): void {
  const [megabytes, limit] = [size, largestBackup].map((bytes) => Math.ceil(bytes / 2 ** 20));
  if (size > largestBackup)
    throw new AppError('file-too-large', { megabytes: megabytes ?? 0, limit: limit ?? 0 });
}

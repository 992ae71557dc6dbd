/** Files that lie in other files: in folders, archives and mails. */

import { type AppError, toAppError } from '../errors';
import type { FileNote, Gap, Passage } from '../source';
import { ArchiveBudget } from './archive';
import { type DetectedType, detectFile } from './detect';
import { passagesOf } from './file-reading';
import { readers } from './readers';
import type { FileContext, FileReading } from './types';

/** What was read of a file inside another, or why nothing was. */
export type Inside =
  | {
      passages: Passage[];
      gaps: Gap[];
      notes: FileNote[];
      units: FileReading['file']['units'];
      type: DetectedType;
      lang?: string;
    }
  | { why: Unread };

/**
 * - `picture`, `kind`: it is of a kind that is not read here
 * - `empty`, `blank`: there is nothing in it
 * - `locked`, `broken`: it cannot be read
 * - `deep`: it lies in too many archives
 * - `large`: it has more text than is read of one file
 */
export type Unread = 'picture' | 'kind' | 'empty' | 'blank' | 'locked' | 'broken' | 'deep' | 'large';

const reasons: Partial<Record<AppError['code'], Unread>> = {
  'file-kind': 'kind',
  'file-empty': 'empty',
  'file-nothing': 'blank',
  'file-locked': 'locked',
  'pdf-password': 'locked',
  'pdf-scanned': 'picture',
  'folder-too-large': 'large',
  'file-too-large': 'large',
};
/** What ends the reading of everything: it is not known how much there would be still. */
const fatal: readonly AppError['code'][] = ['file-bomb'];

/** A message that was forwarded nine times is read; each one holds only what is in it, so nothing can grow. */
const deepestMail = 10;

/** What stays the same for all files inside one. */
export function insideContext(context: FileContext): FileContext & { budget: ArchiveBudget; depth: number } {
  return { ...context, budget: context.budget ?? new ArchiveBudget(), depth: (context.depth ?? 0) + 1 };
}

/**
 * Reads a file that lies in another as what its bytes are. Its passages have its path, those of files inside of it the
 * whole way.
 * @param context of the file that it lies in, as `insideContext` makes it
 * @throws AppError file-bomb
 */
export async function readInside(
  bytes: Uint8Array<ArrayBuffer>,
  path: string,
  { signal, budget, depth = 1, readPdf, choices }: FileContext,
  mediaType?: string,
): Promise<Inside> {
  signal?.throwIfAborted();
  const name = path.slice(path.lastIndexOf('/') + 1);
  const { type } = detectFile(bytes, name, mediaType);
  if (type === undefined) return { why: bytes.length === 0 ? 'empty' : 'kind' };
  if (type === 'picture') return { why: 'picture' };
  const deepest = type === 'mail' ? deepestMail : (budget?.limits.depth ?? 0);
  if ((type === 'archive' || type === 'mail') && depth > deepest) return { why: 'deep' };
  const read = type === 'pdf' ? readPdf : readers[type];
  if (!read) return { why: 'kind' };
  try {
    const reading = await read(bytes, { name, mediaType, signal, budget, depth, readPdf, choices });
    const passages = passagesOf(reading).map((passage) => placed(passage, path));
    const { gaps, lang, file } = reading;
    return { passages, gaps, type, notes: file.notes, units: file.units, ...(lang ? { lang } : {}) };
  } catch (error) {
    if (signal?.aborted) throw error;
    const { code } = toAppError(error);
    if (fatal.includes(code)) throw error;
    return { why: reasons[code] ?? 'broken' };
  }
}

const placed = (passage: Passage, path: string): Passage => ({
  ...passage,
  place: { ...passage.place, path: passage.place?.path ? `${path}/${passage.place.path}` : path },
});

/** Encodings that were found out in many files, as one note. */
export function mergedNotes(notes: readonly FileNote[]): FileNote[] {
  const kinds = Map.groupBy(notes, ({ what }) => what);
  return [...kinds].flatMap(([what, same]): FileNote[] => {
    // What fits the name of one file says nothing of all.
    if (what === 'really' || what === 'separated') return [];
    const size = same.reduce((sum, note) => sum + (note.size ?? 0), 0);
    const samples = [...new Set(same.flatMap(({ sample }) => sample ?? []))];
    return [
      { what, ...(size > 0 ? { size } : {}), ...(samples.length > 0 ? { sample: samples.join(', ') } : {}) },
    ];
  });
}

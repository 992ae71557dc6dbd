/** Files of the user on their way to the next question. What reads them is loaded with the first of them. */

import { createSlots, type Slots } from '../browser/slots';
import type { MeasuredSource } from '../context/compose';
import { AppError } from '../errors';
import { t } from '../i18n';
import type { FileChoices } from '../source';
import { nextPlace } from './attaching';
import type { FileWork } from './file-work';
import type { Gathered } from './gathered';
import type { Base } from './gathered-items';

/** A file as the user hands it over. */
export interface PickedFile {
  file: File;
  /** Its path below the folder that was handed over, which begins with the name of the folder. */
  path?: string;
}

/** Files of the user on their way to the next question. Each has a row in the list of what is gathered. */
export interface FileIntake {
  /** Takes files, in this order, which is the order of their numbers: each is read in a worker and becomes a source. */
  addFiles(files: readonly PickedFile[]): void;
  /** Takes a folder, which becomes one source with its tree on top. */
  addFolder(name: string, files: readonly PickedFile[]): void;
  /** Reads a locked file. The password is used once and kept nowhere. */
  readWithPassword(id: string, password: string): void;
  /**
   * Reads the bytes that are kept of a source once more, otherwise than before.
   * @throws AppError file-gone and those of readers
   */
  readAgain(
    entry: MeasuredSource,
    choices: FileChoices,
    options?: { signal?: AbortSignal },
  ): Promise<MeasuredSource>;
}

/** What the list of what is gathered does for files. */
export interface IntakeDoors {
  put(...items: Gathered[]): void;
  find(id: string): Gathered | undefined;
  arrive(item: Gathered & { status: 'ready' }): Promise<void>;
  /** Runs something that ends in an entry of the list; what goes wrong is shown there. */
  work(base: Base, run: (signal: AbortSignal, before: { password?: string }) => Promise<void>): Promise<void>;
  again(id: string, before: { password?: string }): void;
  /** Source of the chat on screen that was read from these bytes. */
  inChat(is: (entry: MeasuredSource) => boolean): MeasuredSource | undefined;
  /** Under which name the draft is kept to which this item belongs. */
  draftOf(id: string): string;
  items(): readonly Gathered[];
  slots: Slots;
}

/** How many files are copied into the library at once. */
const copiedAtOnce = 2;

export function createFileIntake(
  doors: IntakeDoors,
  load: () => Promise<FileWork>,
): FileIntake & { takeUp(base: Base): void } {
  const inOrder = createSlots(1);
  const copying = createSlots(copiedAtOnce);
  const begin = (base: Base, file?: File) =>
    void doors.work(base, async (signal, { password }) => {
      const { takeFile } = await load();
      await takeFile({ base, file, signal, password, inOrder, copying, doors });
    });
  return {
    addFiles(files) {
      const bases = files.map(({ file }): [Base, File] => {
        const place = nextPlace();
        const { size } = file;
        // Pictures that are pasted may have no name.
        const name = file.name || t('composer.picture', { number: files.length });
        return [{ id: `file ${place}`, kind: 'file', title: name, place, file: { name, size } }, file];
      });
      // All of them at once: each of a hundred rows would otherwise be a drawing of its own.
      if (bases.length > 0) doors.put(...bases.map(([base]) => ({ ...base, status: 'queued' as const })));
      for (const [base, file] of bases) begin(base, file);
    },
    addFolder(name) {
      const place = nextPlace();
      const trouble = new AppError('file-kind', { name, kind: 'folder' }).toTrouble();
      doors.put({ id: `folder ${place}`, kind: 'file', title: name, place, status: 'trouble', trouble });
    },
    readWithPassword: (id, password) => doors.again(id, { password }),
    async readAgain(entry, choices, options) {
      const { readAgain } = await load();
      return readAgain(entry, choices, options);
    },
    takeUp: (base) => begin(base),
  };
}

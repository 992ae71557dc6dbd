/** Files of the user on their way to the next question; loaded with the first of them. */

import { createSlots, type Slots } from '../browser/slots';
import type { MeasuredSource } from '../context/compose';
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
  /**
   * Takes a folder, which becomes one source with its tree on top, or as many as it has files where these are documents
   * of their own.
   */
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
  /** Changes what the row of an item says, with others, a little later. */
  update(item: Gathered): void;
  take(...ids: string[]): void;
  find(id: string): Gathered | undefined;
  arrive(item: Gathered & { status: 'ready' }): Promise<void>;
  /** Runs something that ends in an entry of the list; what goes wrong is shown there. */
  work(base: Base, run: (signal: AbortSignal, before: { password?: string }) => Promise<void>): Promise<void>;
  /** The sources of the chat to which this item belongs, where that is on screen. */
  sources(id: string): readonly MeasuredSource[];
  /** Under which name the draft is kept to which this item belongs. */
  draftOf(id: string): string;
  slots: Slots;
}

/** How many files are copied into the library at once. */
const copiedAtOnce = 2;

export interface LoadedIntake extends Omit<FileIntake, 'readWithPassword'> {
  /** Reads on what was kept before the panel was closed. */
  takeUp(files: Base[]): void;
}

export function createFileIntake(doors: IntakeDoors, work: FileWork): LoadedIntake {
  const shared = { inOrder: createSlots(1), copying: createSlots(copiedAtOnce), doors };
  const begin = (base: Base, file?: File) =>
    void doors.work(base, (signal, { password }) =>
      work.takeFile({ base, file, signal, password, ...shared }),
    );
  const add = (files: readonly (readonly [base: Base, file?: File])[]) => {
    // All of them at once: each of a hundred rows would otherwise be a drawing of its own.
    if (files.length > 0) doors.put(...files.map(([base]) => ({ ...base, status: 'queued' as const })));
    for (const [base, file] of files) begin(base, file);
  };
  return {
    addFiles: (files) =>
      add(
        files.map(({ file }) => {
          // Pictures that are pasted may have no name.
          const name = file.name || t('composer.picture', { number: files.length });
          return [baseOfFile(name, file.size), file];
        }),
      ),
    addFolder(name, files) {
      const size = files.reduce((sum, { file }) => sum + file.size, 0);
      const base: Base = baseOfFile(name, size);
      base.file = { name, size, type: 'folder' };
      base.key = `folder:${name} ${base.place}`;
      doors.put({ ...base, status: 'queued' });
      // Files of it that become sources of their own stand where it was dropped, before what is dropped later.
      const places = files.map(() => nextPlace());
      let isHandedOn = false;
      const addOnce: typeof add = (rows) => {
        // A folder that is tried again has its files in the list already.
        if (!isHandedOn) add(rows);
        isHandedOn = true;
      };
      void doors.work(base, (signal) =>
        work.takeFolder({ base, files, places, signal, add: addOnce, doors }),
      );
    },
    readAgain: work.readAgain,
    takeUp: (files) => add(files.map((base) => [base])),
  };
}

/** A file as it begins. */
export function baseOfFile(name: string, size: number, place = nextPlace()): Base {
  return {
    id: `file ${place}`,
    kind: 'file',
    // Until its bytes are kept its name is: where the panel is closed before, the row says that it is gone.
    key: `unkept:${place}`,
    title: name,
    place,
    file: { name, size },
  };
}

import type { MeasuredSource } from '../context/compose';
import type { FileChoices } from '../source';

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

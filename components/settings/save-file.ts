import { saveFile as save } from '../save-file';

/** Hands a file to the browser's own download. The date stands in its name. */
export const saveFile = (file: Blob, name: string): void =>
  save(file, `${name}-${new Date().toISOString().slice(0, 10)}.json`);

/** What a drop hands over. It has to be taken out within the event: afterwards the browser has emptied it. */

export interface HandedOver {
  files: File[];
  folders: FileSystemDirectoryEntry[];
}

export const hasFiles = ({ dataTransfer }: DragEvent): boolean =>
  dataTransfer?.types.includes('Files') === true;

export function handedOver(data: DataTransfer): HandedOver {
  const over: HandedOver = { files: [], folders: [] };
  for (const item of data.items) {
    if (item.kind !== 'file') continue;
    // What a program made, not the system, has no entry.
    const entry = item.webkitGetAsEntry?.();
    const file = entry?.isDirectory ? null : item.getAsFile();
    if (entry?.isDirectory) over.folders.push(entry as FileSystemDirectoryEntry);
    else if (file) over.files.push(file);
  }
  return over;
}

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ElementHandle, Page } from 'puppeteer-core';
import { until } from './steps.ts';

/** Writes a file below a folder and gives its path. */
export function writeBelow(folder: string, name: string, bytes: Uint8Array | string): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, bytes);
  return path;
}

/** Drops files that lie on the disk onto the panel. */
export async function dropFiles(panel: Page, paths: string[]): Promise<void> {
  const field = (await panel.evaluateHandle(() => {
    const input = document.createElement('input');
    input.type = 'file';
    input.multiple = true;
    return input;
  })) as ElementHandle<HTMLInputElement>;
  await field.uploadFile(...paths);
  await field.evaluate((input) => {
    const dataTransfer = new DataTransfer();
    for (const file of input.files ?? []) dataTransfer.items.add(file);
    document.body.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer }));
  });
}

/** How many sources are kept with the question that is being written. */
const attachedIn = (panel: Page): Promise<number> =>
  panel.evaluate(
    () =>
      new Promise<number>((resolve, reject) => {
        const opening = indexedDB.open('wholemoon');
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const database = opening.result;
          const drafts = database.transaction('drafts').objectStore('drafts').getAll();
          drafts.onerror = () => reject(drafts.error);
          drafts.onsuccess = () => {
            database.close();
            const all = (drafts.result as { id: string; attached?: string[] }[]).filter(
              ({ id }) => id === 'new',
            );
            resolve(all.flatMap(({ attached = [] }) => attached).length);
          };
        };
      }),
  );

/** Waits until so many files are read and go with the question. */
export const seeAttached = (panel: Page, count: number, patience = 60_000): Promise<void> =>
  until(async () => (await attachedIn(panel)) >= count, `${count} files are read`, panel, patience);

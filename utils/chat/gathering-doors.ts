/** What gathering does with the browser, the disk and the readers; each has a default and is given in tests. */

import type { ReadingProgress } from '../browser/pdf-tab';
import type { MeasuredSource } from '../context/compose';
import type { Trouble } from '../errors';
import type { Source } from '../source';
import type { draftStore } from '../store/drafts';
import type { WaitingPick } from '../store/records';
import type { IntakeDoors, LoadedIntake } from './file-intake';
import type { Candidate } from './gathered';

export interface PicturePlace {
  tabId: number;
  frameId: number;
  url: string;
}

export interface ReadPickedOptions {
  signal: AbortSignal;
  onProgress: (progress?: ReadingProgress) => void;
  /** Lets the next one begin: this one is waiting for its page, and works no more than that. */
  yieldSlot: () => void;
  /** Why it could not be read before; the user has seen it and wants it read all the same. */
  after?: Trouble;
  /** A tab that is asleep is loaded first. */
  wake?: boolean;
}

export interface GatheringOptions {
  store?: Pick<typeof draftStore, 'readSources' | 'writeSources' | 'readWaiting' | 'writeWaiting'>;
  link?: (
    url: string,
    options: { signal: AbortSignal; onProgress: (progress: ReadingProgress) => void },
  ) => Promise<Source>;
  picture?: (place: PicturePlace, options: { signal: AbortSignal }) => Promise<File>;
  picked?: (candidate: Candidate, options: ReadPickedOptions) => Promise<MeasuredSource>;
  request?: (origins: string[]) => Promise<boolean>;
  candidates?: (waiting: WaitingPick[]) => Promise<[Candidate, place: number][]>;
  files?: (doors: IntakeDoors) => Promise<LoadedIntake>;
}

/** Readers are no part of opening the panel: they come when something is to be read. */
export const readLink: NonNullable<GatheringOptions['link']> = async (url, options) => {
  const { onProgress, ...rest } = options;
  const { readHit } = await import('../search/read-hit');
  const { source } = await readHit(url, {
    ...rest,
    isChosen: true,
    onProgress: (step) => 'inTab' in step || onProgress(step),
  });
  return source;
};
export const readPicture: NonNullable<GatheringOptions['picture']> = async (place, options) =>
  (await import('../browser/read-picture')).readPicture(place, options);
export const readPicked: NonNullable<GatheringOptions['picked']> = async (candidate, options) =>
  (await import('./read-picked')).readPicked(candidate, options);
export const candidatesOf: NonNullable<GatheringOptions['candidates']> = async (waiting) =>
  (await import('./waiting-picks')).candidatesOf(waiting);

export const fileIntake: NonNullable<GatheringOptions['files']> = async (doors) => {
  const [{ createFileIntake }, { createFileWork }] = await Promise.all([
    import('./file-intake'),
    import('./file-work'),
  ]);
  return createFileIntake(doors, createFileWork());
};

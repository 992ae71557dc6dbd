import { defineContentScript } from 'wxt/utils/define-content-script';
import { fetchText, shadowRootOf } from '@/utils/browser/in-page';
import type { PackedAnswer, ReaderRequest } from '@/utils/browser/read-tab';
import { toAppError } from '@/utils/errors';
import { type Removal, readPage } from '@/utils/page';
import { framePath, isReadByParent } from '@/utils/page/frames';
import { startGrowth } from '@/utils/page/growth';
import { packSegments } from '@/utils/page/packed-segments';
import { rememberPlaces } from '@/utils/page/places';
import { readSelection } from '@/utils/page/selection';
import { settled } from '@/utils/page/settle';
import type { Site } from '@/utils/page/sites/types';
import type { Reading } from '@/utils/source';
import { createSlices, runInSlices } from '@/utils/source/slices';

interface World {
  wholemoonRequest?: ReaderRequest;
  wholemoonSites?: readonly Site[];
}

function* wordsOf({ text, segments }: Reading): Generator<string> {
  for (const { start, end } of segments) yield text.slice(start, end);
}

/** What is selected in this frame; no reading when nothing is. */
async function selectionHere(): Promise<PackedAnswer> {
  try {
    const reading = await readSelection(document, { shadowRootOf });
    if (!reading) return { path: [] };
    const segments = await runInSlices(packSegments(reading.segments), createSlices());
    return { path: [], reading: { ...reading, elements: [], segments } };
  } catch (error) {
    return { path: [], trouble: toAppError(error).toTrouble() };
  }
}

/** Injected on demand, into every frame; its value is the result of executeScript. Errors cross the border as data. */
export default defineContentScript({
  registration: 'runtime',
  matches: [],
  async main(): Promise<PackedAnswer | undefined> {
    const { wholemoonRequest: request = {}, wholemoonSites: sites } = globalThis as World;
    if (request.selection) return selectionHere();
    const path = framePath(window);
    if (isReadByParent(window) || (request.onlyFrames && path.length === 0)) return undefined;
    const removals: Removal[] = [];
    try {
      if (request.settle) await settled(document);
      const reading = await readPage(document, {
        mode: request.mode,
        withHidden: request.withHidden,
        trace: request.withRemovals ? (removal) => removals.push(removal) : undefined,
        shadowRootOf,
        sites,
        fetchText,
        mayAsk: request.mayAsk,
      });
      const slices = createSlices();
      await runInSlices(rememberPlaces(wordsOf(reading), reading.elements), slices);
      const segments = await runInSlices(packSegments(reading.segments), slices);
      return { path, reading: { ...reading, elements: [], segments }, removals };
    } catch (error) {
      return { path, trouble: toAppError(error).toTrouble() };
    } finally {
      // An empty page is watched as well: its text may be on its way.
      if (path.length === 0) startGrowth(document);
    }
  },
});

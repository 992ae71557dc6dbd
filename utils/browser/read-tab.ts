/** Reading what stands in a tab: the reader is injected, its answers are put together. */

import { browser } from 'wxt/browser';
import { AppError, type Trouble } from '../errors';
import type { PageReading, Removal } from '../page';
import { continueNumbers } from '../page/continue-numbers';
import { type FrameReading, mergeFrames } from '../page/frames';
import { unpackSegments } from '../page/packed-segments';
import { mayHaveSite } from '../page/sites/hosts';
import { type Reading, type Source, sourceId } from '../source';
import { framesToRead, refuseNeverRead } from './never-read';
import { answers, readingError, settled } from './page-answers';
import type { PdfProgress } from './pdf-tab';
import { isSample } from './sample';

/** What the reader is asked for; it finds this in its world when it starts. */
export interface ReaderRequest {
  mode?: 'article' | 'everything';
  /** Text that nobody can see on the page comes along, marked as such. */
  withHidden?: boolean;
  /** The answer lists what was left out, piece by piece. */
  withRemovals?: boolean;
  /** Waits until the page has come to rest: its scripts are drawing it. */
  settle?: boolean;
  /** The user has asked for the document that the site hands out only on request. */
  mayAsk?: boolean;
  /** Only frames answer: the top of the page has been read. */
  onlyFrames?: boolean;
  /** What is selected in the frame, and nothing else. */
  selection?: boolean;
}

/** What the reader answers from one frame. */
export interface FrameAnswer {
  path: number[];
  reading?: PageReading;
  trouble?: Trouble;
  removals?: Removal[];
}

/** The same on its way out of the page. */
export interface PackedAnswer extends Omit<FrameAnswer, 'reading'> {
  reading?: Omit<PageReading, 'segments'> & { segments: string };
}

export const unpacked = ({ reading, ...answer }: PackedAnswer): FrameAnswer => ({
  ...answer,
  ...(reading && { reading: { ...reading, segments: unpackSegments(reading.segments) } }),
});

export interface ReadTabOptions extends Pick<ReaderRequest, 'mode' | 'withHidden' | 'mayAsk' | 'settle'> {
  /** An earlier reading of the same page, whose paragraph numbers are kept. */
  previous?: Source;
  /** Read what is there without waiting for the page to finish loading. */
  immediately?: boolean;
  signal?: AbortSignal;
  /** Milliseconds after which a page that does not answer is given up. Frozen tabs never answer. */
  timeout?: number;
  /** Called while a PDF is loaded and read, which takes as long as it takes. */
  onProgress?: (progress: PdfProgress) => void;
  /** Opens an encrypted PDF. */
  password?: string;
  /** A PDF that was read already is given again. */
  reuse?: boolean;
  /** What was read of a PDF when the user stopped is given as it is. */
  partial?: boolean;
}

/**
 * Reads a tab whole, as it stands now: a page, or the PDF that it shows.
 * @throws AppError page-protected, page-permission, page-empty, page-busy, page-asleep, page-changed, tab-closed,
 * never-read, and those of a PDF: see `readPdfTab`
 */
export async function readTab(
  tabId: number,
  {
    mode = 'article',
    withHidden = false,
    mayAsk = false,
    settle = false,
    previous,
    immediately = false,
    signal,
    timeout = 20_000,
    onProgress,
    password,
    reuse,
    partial,
  }: ReadTabOptions = {},
): Promise<Source> {
  const before = await getTab(tabId);
  await refuseNeverRead(before.url);
  if (before.discarded || before.status === 'unloaded' || ('frozen' in before && before.frozen)) {
    throw new AppError('page-asleep', { title: before.title ?? '' });
  }
  const request: ReaderRequest = { mode, withHidden, mayAsk, settle };
  // No extension can be injected into its own pages; theirs are read from here.
  if (isSample(before.url)) {
    const { readSample } = await import('./sample-page');
    return identified(await readSample(tabId, request, signal));
  }
  let top: FrameAnswer | 'pdf' | undefined;
  try {
    [top] = await settled(inject({ tabId }, request, immediately), timeout, signal, () => answers(tabId));
  } catch (error) {
    const failure = await readingError(error, tabId, before.title);
    // Firefox lets no extension into its viewer; what the address answers with tells what the tab shows.
    if (!(await isClosedViewer(failure, before.url))) throw withViewer(failure, before.url);
    top = 'pdf';
  }
  if (top === 'pdf') {
    const { readPdfTab } = await import('./pdf-tab');
    // The part after # turns the pages of the viewer; the file is the same.
    const [url = ''] = ((await getTab(tabId)).url ?? '').split('#', 1);
    const pdf = { signal, onProgress, password, reuse, partial };
    return identified(await readPdfTab({ id: tabId, url }, pdf));
  }
  if (top?.trouble) throw new AppError(top.trouble.code, top.trouble.facts);
  // Chromium resolves with null when the page went to another address meanwhile.
  if (!top?.reading) throw new AppError('page-changed', { title: before.title ?? '' });
  const hasFrames = top.reading.frames.some(({ after }) => after !== undefined);
  const frames = hasFrames ? await readFrames(tabId, request, signal) : [];
  const merged = mergeFrames(top.reading, frames);
  if (merged.characters < leastText) {
    throw new AppError('page-empty', { images: 0, frames: top.reading.frames.length });
  }
  return identified(previous ? continueNumbers(previous, merged) : merged);
}

const identified = async (reading: Reading): Promise<Source> => ({
  ...reading,
  id: await sourceId(reading.text),
  readAt: Date.now(),
});

/** Firefox's viewer stays closed after a click on the button: only leave to fetch the file helps, and is asked for. */
function withViewer(failure: AppError, url = ''): AppError {
  const isViewer = import.meta.env.FIREFOX && URL.canParse(url) && /\.pdf$/i.test(new URL(url).pathname);
  if (!isViewer || failure.code !== 'page-permission') return failure;
  return new AppError(failure.code, { ...failure.facts, viewer: 1 }, failure.cause);
}

async function isClosedViewer({ code }: AppError, url = ''): Promise<boolean> {
  if (code !== 'page-protected' && code !== 'page-permission') return false;
  if (!import.meta.env.FIREFOX || !/^(https?|file):/i.test(url)) return false;
  const { servesPdf } = await import('./pdf-tab');
  return servesPdf(url);
}

/** Less than this (characters) of a page whose text stands in frames is no text. */
const leastText = 20;

/** A frame that has not answered by then (milliseconds) is a gap: advertisements may load for ever. */
const frameTimeout = 5_000;

/** The frames of other sites that the browser lets us read; none when there is trouble with them. */
async function readFrames(
  tabId: number,
  request: ReaderRequest,
  signal?: AbortSignal,
): Promise<FrameReading[]> {
  try {
    // Immediately: the browser would wait until every one of them has loaded.
    const answers = await settled(
      inject({ tabId, allFrames: true }, { ...request, onlyFrames: true }, true),
      frameTimeout,
      signal,
    );
    return answers.filter(
      (answer): answer is FrameReading => answer !== 'pdf' && answer.reading !== undefined,
    );
  } catch (error) {
    if (signal?.aborted) throw error;
    return [];
  }
}

/**
 * Runs the reader and hands on what it answered, frame by frame.
 * @throws AppError never-read when the top of the page has come to a site that is never read
 */
async function inject(
  { tabId, allFrames }: { tabId: number; allFrames?: boolean },
  request: ReaderRequest,
  immediately: boolean,
): Promise<(FrameAnswer | 'pdf')[]> {
  const frames = await browser.scripting.executeScript({
    target: { tabId, allFrames },
    func: (value: ReaderRequest) => {
      (globalThis as { wholemoonRequest?: ReaderRequest }).wholemoonRequest = value;
      const generator = document.querySelector<HTMLMetaElement>('meta[name=generator]')?.content ?? '';
      return { host: location.hostname, origin: self.origin, generator, type: document.contentType };
    },
    args: [request],
    injectImmediately: immediately,
  });
  const [top] = frames;
  const origins = frames.map(({ frameId, result }) => ({
    frameId,
    origin: (result as { origin?: string } | null | undefined)?.origin ?? '',
  }));
  await refuseNeverRead(origins[0]?.origin);
  const frameIds = allFrames ? await framesToRead(origins) : undefined;
  const target = frameIds ? { tabId, frameIds } : { tabId, allFrames };
  const { host = '', generator = '', type } = (top?.result ?? {}) as Partial<Record<string, string>>;
  // The viewer has no text of its own.
  if (type === 'application/pdf') return ['pdf'];
  const hasSite = !request.onlyFrames && mayHaveSite(host, generator);
  const results = await browser.scripting.executeScript({
    target,
    files: [...(hasSite ? (['/content-scripts/sites.js'] as const) : []), '/content-scripts/reader.js'],
    injectImmediately: immediately,
  });
  return results
    .map(({ result }) => result as PackedAnswer | null | undefined)
    .filter((answer) => answer != null)
    .map(unpacked);
}

/** Letters that came to a page since a moment (milliseconds since the epoch): the beginning of its newest reading. */
export interface Growth {
  added: number;
  since: number;
}

/** How a page has grown since it was read last, whoever read it; undefined when it was not since it was loaded. */
export async function growthOf(tabId: number): Promise<Growth | undefined> {
  const [frame] = await browser.scripting.executeScript({
    target: { tabId },
    func: () => {
      const { wholemoonGrowth: growth } = globalThis as { wholemoonGrowth?: Growth };
      return growth && { added: growth.added, since: growth.since };
    },
  });
  return (frame?.result as Growth | null | undefined) ?? undefined;
}

/** What the reader leaves out of a page, piece by piece, for the developer's view. */
export async function readRemovals(
  tabId: number,
  choice: Pick<ReaderRequest, 'mode' | 'withHidden'>,
): Promise<Removal[]> {
  const [top] = await inject({ tabId }, { ...choice, withRemovals: true }, true);
  return top === undefined || top === 'pdf' ? [] : (top.removals ?? []);
}

async function getTab(tabId: number) {
  try {
    return await browser.tabs.get(tabId);
  } catch (error) {
    throw new AppError('tab-closed', {}, error);
  }
}

/**
 * Document -> Reading. Knows the DOM and nothing else: no browser API, no storage, no network.
 * It runs inside the page, in the reader content script:
 *
 *   flatten    the live page as one plain tree of what a person can see
 *   normalize  code, formulas, notes and figures as plain HTML
 *   select     which of it is the text; a site adapter where there is one
 *   render     Markdown passages, numbered, each with the elements it came from
 *   account    every visible character is in the text or in a gap
 */

import { AppError } from '../errors';
import { type Gap, numberInSteps, type Passage, type Reading } from '../source';
import { createSlices, runInSlices } from '../source/slices';
import { type Account, accountInSteps, type LeftOut, reasonsBy, textsInSteps, textsOf } from './account';
import type { ForeignFrame } from './flat-page';
import { type Flattened, type FlattenOptions, flatten, sizeOf } from './flatten';
import { detectLanguage } from './language';
import { renderPassages, surveyInSteps } from './markdown';
import { mathAttribute } from './markdown/roles';
import { normalizeInSteps } from './normalize';
import { Changes } from './normalize/changes';
import { pathOf } from './path-of';
import { type DropReason, selectInSteps } from './select';
import { stride } from './select/steps';
import { leftOverReason } from './sites/left-over';
import { siteFor } from './sites/site-for';
import type { Site, SiteContent } from './sites/types';
import { titleOf } from './title';
import { findUndrawn, type Undrawn } from './undrawn';
import { findUnloaded } from './unloaded';

export interface ReadPageOptions
  extends Pick<FlattenOptions, 'shadowRootOf' | 'withHidden' | 'maximumNodes' | 'ranges' | 'url'> {
  /** `article`: the text, without what stands around it. `everything`: all that is visible on the page. */
  mode?: 'article' | 'everything';
  /** Called with each thing that is left out, for debugging and for the developer's view. */
  trace?: (removal: Removal) => void;
  /** Adapters for the site of this page; they come apart from the reader, only to pages that need them. */
  sites?: readonly Site[];
  /** Fetches an address of the page's own host as text, for sites that need it. Without it nothing is fetched. */
  fetchText?: (url: string) => Promise<string>;
  /** The user has asked for what sites hand out only on request. */
  mayAsk?: boolean;
}

/** Something that is on the page and not in the text. `size` is in characters without white space. */
export interface Removal {
  reason: string;
  /** `tag#id.class` of the root of what was removed, or of its parent. */
  path: string;
  size: number;
  sample: string;
}

export interface FramePlace {
  path: number[];
  /** It stands after this many passages; undefined where it stands in a part of the page that is not in the text. */
  after?: number;
  /** Square pixels: a frame that nobody sees holds nothing to read. */
  size: number;
  /** Where its page comes from, when its address says so. */
  host: string;
}

/** A reading with what only the page itself knows; the door to the browser uses it and hands on a `Reading`. */
export interface PageReading extends Reading {
  /** Frames of other sites and where they stand. */
  frames: FramePlace[];
  /** For each passage, the live elements that it was made from. */
  elements: Element[][];
}

/** Less text than this (characters without white space) is an empty page. */
const minimumText = 20;

/**
 * Reads the whole page as it stands now.
 * @throws AppError `page-empty` when there is no text to read.
 */
export async function readPage(
  document: Document,
  { mode = 'article', trace, sites = [], fetchText, mayAsk = false, ...flattening }: ReadPageOptions = {},
): Promise<PageReading> {
  const slices = createSlices();
  const failed = (part: string, error: unknown) =>
    trace?.({ reason: `${part} failed: ${error}`, path: '', size: 0, sample: '' });
  const flat = async () => {
    const page = await flatten(document, { ...flattening, slices });
    const changes = new Changes();
    const undrawn = findUndrawn(page);
    // Before anything is changed: what is counted here is in the text or in a gap at the end.
    const texts = await runInSlices(textsInSteps(page.document.body), slices);
    const steps = normalizeInSteps(page.document, changes, (error) => failed('a normalising step', error));
    await runInSlices(steps, slices);
    return { page, texts, changes, undrawn };
  };
  let { page, texts, changes, undrawn } = await flat();
  let site: SiteContent | undefined;
  try {
    site = mode === 'article' ? await readSite(page, siteFor(page, sites), { fetchText, mayAsk }) : undefined;
  } catch (error) {
    // Sites change overnight. What the adapter had begun is thrown away and the page is read like any other.
    failed('the site adapter', error);
    ({ page, texts, changes, undrawn } = await flat());
  }
  for (const piece of page.hidden) trace?.({ ...piece, path: '' });
  for (const { what, ...piece } of changes.taken) trace?.({ ...piece, reason: `page-tools: ${what}` });
  const { dropped } = site
    ? { dropped: new Map<Node, DropReason>() }
    : await runInSlices(selectInSteps(page, { mode, trace }), slices);
  await slices.rest();
  const root = site?.content ?? page.document.body;
  const reasonIn = reasonsBy(dropped);
  const inside = site && new Set(textsOf(root).map(({ node }) => node));
  const leaveOut = (reason: LeftOut, why: string, text: Text, data: string) => {
    trace?.({ reason: why, path: pathOf(text), size: sizeOf(data), sample: data });
    return reason;
  };
  const reasonOf = (text: Text, data: string): LeftOut | undefined => {
    const words = changes.fateOf(text);
    if (!words) return 'page-tools';
    if (inside?.has(words)) return undefined;
    // No step takes words away without a note; should one do it, they are missing all the same.
    if (!words.isConnected) return leaveOut('page-tools', 'page-tools: lost', text, data);
    if (!inside) return reasonIn(words);
    const reason = leftOverReason(words);
    return leaveOut(reason, reason, words, data);
  };
  const account = await runInSlices(accountInSteps(texts, reasonOf), slices);

  const rendered = await render(page, root, (node) => dropped.has(node), slices);
  const { passages, elements, frames } = rendered;
  for (const { after, host } of frames) {
    if (after === undefined) trace?.({ reason: 'frame', path: 'iframe', size: 0, sample: host });
  }
  // What a site fetched besides counts; names of embedded things alone are no text.
  const letters = site
    ? passages.reduce((sum, { text }) => sum + sizeOf(text), 0)
    : account.kept + formulaSize(page.document.body);
  // A page of nothing but frames of other sites may have its text there.
  if (letters < minimumText && page.frames.length === 0) {
    throw new AppError('page-empty', {
      images: document.images.length,
      frames: document.querySelectorAll('iframe, frame').length,
    });
  }
  const numbered = await runInSlices(numberInSteps(passages), slices);
  const unloaded = site?.gaps ?? (await runInSlices(findUnloaded(document), slices));
  const chosen = [...account.dropped].filter(([why]) => why !== 'page-tools');
  const everything = numbered.words + chosen.reduce((sum, [, { words }]) => sum + words, 0);
  const missing = account.dropped.get('outside-article')?.size ?? 0;
  return {
    kind: 'tab',
    title: (site?.title || titleOf(document, headingsOf(root))).trim(),
    url: page.url,
    lang: detectLanguage(document, numbered.text),
    ...numbered,
    coverage: { visible: account.kept + missing, read: account.kept },
    choices: mode === 'article' ? { article: numbered.words, everything } : undefined,
    gaps: [
      ...findGaps(document, page, account, unloaded, flattening.withHidden ?? false),
      ...undrawnGap(undrawn.filter(({ element }) => root.contains(element))),
    ],
    frames,
    elements,
  };
}

/** Formulas may be pictures, whose words are no visible text and are read all the same. */
function formulaSize(root: Element): number {
  let size = 0;
  for (const formula of root.querySelectorAll(`[${mathAttribute}]`))
    size += sizeOf(formula.textContent ?? '');
  return size;
}

function* headingsOf(root: Element): Generator<Element> {
  yield* root.querySelectorAll('h1');
}

async function readSite(
  page: Flattened,
  site: Site | undefined,
  { fetchText, mayAsk }: Pick<ReadPageOptions, 'fetchText' | 'mayAsk'>,
): Promise<SiteContent | undefined> {
  if (!site) return undefined;
  const resources: Record<string, string> = {};
  const isAllowed = fetchText && (mayAsk || !site.asksFirst);
  const needed = isAllowed ? (site.resources?.(page) ?? {}) : {};
  await Promise.all(
    Object.entries(needed).map(async ([name, url]) => {
      if (new URL(url, page.url).host !== new URL(page.url).host) return;
      // Without it the adapter says what is missing.
      resources[name] = (await fetchText?.(url).catch(() => '')) ?? '';
    }),
  );
  return site.read(page, resources) ?? undefined;
}

/** All passages, with the live elements of each and the places where frames of other sites stand between them. */
async function render(
  page: Flattened,
  root: Element,
  isDropped: (node: Node) => boolean,
  slices: ReturnType<typeof createSlices>,
) {
  const passages: Passage[] = [];
  const elements: Element[][] = [];
  const frames: PageReading['frames'] = [];
  const order = page.frames.length > 0 ? await runInSlices(orderOf(root), slices) : undefined;
  const waiting: ForeignFrame[] = [];
  for (const frame of page.frames) {
    if (order?.has(frame.element) && !isIn(frame.element, isDropped)) waiting.push(frame);
    else frames.push(placeOf(frame));
  }
  const placeFramesBefore = (position: number) => {
    for (let next = waiting[0]; next && (order?.get(next.element) ?? 0) < position; next = waiting[0]) {
      frames.push({ ...placeOf(next), after: passages.length });
      waiting.shift();
    }
  };
  const survey = await runInSlices(surveyInSteps(root, isDropped), slices);
  for (const { elements: flat, ...passage } of renderPassages(root, isDropped, survey)) {
    if (order && flat[0]) placeFramesBefore(order.get(flat[0]) ?? 0);
    passages.push(passage);
    elements.push(flat.map((element) => page.liveOf(element)).filter((live) => live !== undefined));
    const pause = slices.step();
    if (pause) await pause;
  }
  placeFramesBefore(Number.POSITIVE_INFINITY);
  return { passages, elements, frames };
}

function isIn(element: Element, isDropped: (node: Node) => boolean): boolean {
  for (let node: Node | null = element; node; node = node.parentNode) if (isDropped(node)) return true;
  return false;
}

function placeOf({ live, path }: ForeignFrame): FramePlace {
  const address = live.getAttribute('src') ?? live.getAttribute('data') ?? '';
  const host = URL.canParse(address, live.baseURI) ? new URL(address, live.baseURI).hostname : '';
  return { path, size: live.clientWidth * live.clientHeight, host };
}

function* orderOf(root: Element): Generator<void, Map<Element, number>> {
  const order = new Map<Element, number>();
  for (const element of root.querySelectorAll('*')) {
    if (order.size % stride === 0) yield;
    order.set(element, order.size);
  }
  return order;
}

/** Reasons that pages have for not showing something just now; any other is a way to hide it from people. */
const ordinaryReasons = new Set([
  'not displayed',
  'invisible',
  'for screen readers',
  'without its style sheet',
]);

function hiddenGaps({ hidden }: Flattened): Gap[] {
  const gaps: Gap[] = [];
  for (const { reason, size, sample } of hidden) {
    const why = ordinaryReasons.has(reason) ? 'hidden' : 'concealed';
    const gap = gaps.find((known) => known.why === why);
    if (gap) gap.size += size;
    else gaps.push(why === 'hidden' ? { why, size } : { why, size, sample });
  }
  return gaps;
}

function undrawnGap(editors: Undrawn[]): Gap[] {
  if (editors.length === 0) return [];
  const lines = editors.flatMap((editor) => editor.lines ?? []).join(', ');
  return [{ why: 'undrawn-lines', size: editors.length, sample: lines || undefined }];
}

function findGaps(
  document: Document,
  page: Flattened,
  account: Account,
  unloaded: readonly Gap[],
  withHidden: boolean,
): Gap[] {
  const gaps: Gap[] = [];
  for (const why of ['outside-article', 'furniture', 'page-tools'] as const) {
    const { size = 0, sample } = account.dropped.get(why) ?? {};
    if (size > 0) gaps.push(why === 'outside-article' ? { why, size, sample } : { why, size });
  }
  if (!withHidden) gaps.push(...hiddenGaps(page));
  if (page.invisibleCharacters > 0) {
    gaps.push({ why: 'invisible-characters', size: page.invisibleCharacters });
  }
  gaps.push(...unloaded);
  if (page.isPartial) gaps.push({ why: 'too-large', size: 0 });
  if (document.readyState === 'loading') gaps.push({ why: 'still-loading', size: 0 });
  return gaps;
}

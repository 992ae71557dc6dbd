/** Pages of a book as passages that know their chapter. */

import { renderPassages } from '../../page/markdown';
import { normalize } from '../../page/normalize';
import type { Gap, Passage } from '../../source';
import { asDocument, asElement, type LightElement } from '../html/dom';
import { hiddenIn } from '../html/hidden';
import type { Chapter } from './contents';
import type { BookPage } from './notes';

/** Passages in which the title of a chapter is looked for before it is written above them. */
const titlePlaces = 4;

export interface PageText {
  passages: Passage[];
  gaps: Gap[];
  /** The chapter that goes on in the next page. */
  chapter: Chapter | undefined;
}

/** The passages of a page. `chapters` are those that begin in it, `before` the one that comes into it. */
export function readPage(
  { document }: BookPage,
  chapters: readonly Chapter[],
  before: Chapter | undefined,
): PageText {
  const { dropped, gaps } = hiddenIn(document);
  const starts = startsOf(document.body, chapters);
  const order = orderOf(document.body);
  normalize(asDocument(document));
  const pictures = document.body.querySelectorAll('img, svg image').length;
  if (pictures > 0) gaps.push({ why: 'pictures', size: pictures });
  const nodes = dropped as Set<unknown>;
  const found: { text: string; kind: Passage['kind']; chapter: Chapter | undefined }[] = [];
  /** Chapters that begin with the passage of this index. */
  const begun: { index: number; chapter: Chapter }[] = [];
  let chapter = before;
  let next = 0;
  const begin = (index: number) => {
    chapter = starts[next]?.chapter;
    if (chapter) begun.push({ index, chapter });
    next++;
  };
  for (const { text, kind, elements } of renderPassages(asElement(document.body), (node) =>
    nodes.has(node),
  )) {
    const at = order.get(elements[0] as unknown as LightElement) ?? -1;
    while (next < starts.length && at >= (starts[next]?.at ?? 0)) begin(found.length);
    found.push({ text, kind, chapter });
  }
  while (next < starts.length) begin(found.length);
  return { passages: withTitles(found, begun), gaps, chapter };
}

/**
 * Where chapters begin: at the top of the page, or at the element that their entry names. Where it names none that is
 * there, the first begins at the top, and others where the one after them does.
 */
function startsOf(body: LightElement, chapters: readonly Chapter[]): { chapter: Chapter; at: number }[] {
  if (chapters.length === 0) return [];
  const order = orderOf(body);
  const ids = new Map<string, LightElement>();
  for (const element of body.querySelectorAll('[id], a[name]')) {
    const id = element.id || (element.getAttribute('name') ?? '');
    if (!ids.has(id)) ids.set(id, element);
  }
  let after = Number.POSITIVE_INFINITY;
  const starts = chapters.toReversed().map((chapter, index) => {
    const target = ids.get(chapter.fragment);
    const isFirst = index === chapters.length - 1;
    if (target) after = order.get(outermost(target, body)) ?? -1;
    else if (isFirst || chapter.fragment === '') after = -1;
    return { chapter, at: after };
  });
  return starts.reverse().sort((a, b) => a.at - b.at);
}

/** The largest element that begins where this one does. */
function outermost(target: LightElement, body: LightElement): LightElement {
  let element = target;
  for (let parent = element.parentElement; parent && parent !== body; parent = element.parentElement) {
    let first = parent.firstChild;
    while (first && first !== element && first.textContent.trim() === '') first = first.nextSibling;
    if (first !== element) break;
    element = parent;
  }
  return element;
}

function orderOf(body: LightElement): Map<LightElement, number> {
  const order = new Map<LightElement, number>([[body, -1]]);
  for (const element of body.querySelectorAll('*')) order.set(element, order.size);
  return order;
}

const folded = (text: string) =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');

/** The title of a chapter stands above it, once: most pages have it, and some books have it only in their contents. */
function withTitles(
  found: readonly { text: string; kind: Passage['kind']; chapter: Chapter | undefined }[],
  begun: readonly { index: number; chapter: Chapter }[],
): Passage[] {
  const titles = new Map<number, Chapter[]>();
  for (const [index, chapters] of Map.groupBy(begun, (one) => one.index)) {
    const near = found.slice(index, index + titlePlaces).map(({ text }) => text.slice(0, 500));
    const said = folded(near.join(' '));
    const unsaid = chapters
      .map(({ chapter }) => chapter)
      .filter(({ title }) => !said.includes(folded(title)));
    titles.set(index, unsaid);
  }
  const heading = (chapter: Chapter): Passage => ({
    text: `${'#'.repeat(Math.min(6, chapter.depth + 1))} ${chapter.title}`,
    kind: 'heading',
    ...placeIn(chapter),
  });
  const passages = found.flatMap(({ text, kind, chapter }, index): Passage[] => [
    ...(titles.get(index) ?? []).map(heading),
    { text, kind, ...placeIn(chapter) },
  ]);
  return [...passages, ...(titles.get(found.length) ?? []).map(heading)];
}

export const placeIn = (chapter: Chapter | undefined): Pick<Passage, 'place'> =>
  chapter?.number === undefined ? {} : { place: { chapter: chapter.number } };

import { createSlices, type Slices } from '../source/slices';
import { isClobbered, own } from './clobbered';
import { childrenOf } from './composed';
import { fieldText } from './fields';
import {
  bareCopy,
  drawsLineEnds,
  holdsSource,
  isFormulaScript,
  isSourceText,
  markDisplay,
  nameOf,
} from './flat-element';
import type { FlatPage, HiddenText } from './flat-page';
import { documentOf, type FrameElement, indexOfFrame, isForeign, isFrame } from './frame-document';
import { markInvisibleCharacters } from './invisible-characters';
import { sizeOf } from './size';
import { createVisibility, type PageVisibility } from './visibility';
import { createWithin } from './within';
import { dataOf, isOwnElement, ownTextsOf } from './written';

export interface FlattenOptions {
  /** Opens closed shadow roots too; without it only open ones are seen. */
  shadowRootOf?: (element: Element) => ShadowRoot | null | undefined;
  /** Hidden text comes along, each piece marked `[hidden on page]`. */
  withHidden?: boolean;
  slices?: Slices;
  /** Nodes after which the walk stops, so that no page can hold the browser for minutes. */
  maximumNodes?: number;
  /** Only what these ranges hold; they may begin and end in the middle of a text. */
  ranges?: readonly Range[];
  /** The address of a page that stands in no tab; the document's own when not said. */
  url?: string;
}

/** Ten times the largest real page known to us (the HTML standard on one page has about 400,000 nodes). */
const defaultMaximumNodes = 4_000_000;

/** Deeper nesting than this is folded into its ancestor: later steps stay far from the limits of any parser. */
const maximumDepth = 300;

/** Read by nobody, or not text. `math/tex` scripts are formulas (MathJax 2). */
const skipped = new Set('STYLE TEMPLATE LINK META HEAD TITLE BASE DATALIST WHOLEMOON-OVERLAY'.split(' '));
/** Their children show only in browsers that cannot show the thing itself. */
const withoutChildren = new Set(['CANVAS', 'VIDEO', 'AUDIO', 'EMBED', 'IMG', 'INPUT', 'SELECT', 'TEXTAREA']);
/** What is left of a drawing: its words. */
const drawnText = new Set(['text', 'tspan', 'textPath', 'foreignObject', 'a']);
const svgNamespace = 'http://www.w3.org/2000/svg';

interface Step {
  nodes: ArrayLike<Node>;
  index: number;
  parent: Node;
  depth: number;
  visibility: PageVisibility;
  /** Indexes into `window.frames` that lead to the document of these nodes. */
  frame: number[];
  /** Everything in here belongs to the text, however it is hidden. */
  isSource?: boolean;
  /** Everything in here stands in a range, shadow trees and frames too. */
  isWithin?: boolean;
}

export interface Flattened extends FlatPage {
  /** Characters that make no mark on the screen and were replaced by visible marks. */
  invisibleCharacters: number;
  /** True when the page was larger than the limit, so that its end is missing. */
  isPartial: boolean;
}

/**
 * Copies what a person can see of the live page into one plain, detached tree. The live page is only read.
 * Linear in the number of nodes, without recursion, and with pauses when it takes long.
 */
export async function flatten(
  document: Document,
  {
    shadowRootOf = (element) => element.shadowRoot,
    withHidden = false,
    slices = createSlices(),
    maximumNodes = defaultMaximumNodes,
    ranges,
    url = document.location?.href ?? document.baseURI,
  }: FlattenOptions = {},
): Promise<Flattened> {
  const flat = document.implementation.createHTMLDocument('');
  const live = new Map<Element, Element>();
  const selected = ranges && createWithin(ranges);
  const hidden: HiddenText[] = [];
  const frames: FlatPage['frames'] = [];
  let invisibleCharacters = 0;
  let nodes = 0;

  const root = document.body ?? document.documentElement;
  flat.documentElement.lang = document.documentElement.lang;
  live.set(flat.body, root);
  for (const name of ['class', 'id', 'itemtype']) {
    const value = root.getAttribute(name);
    if (value) flat.body.setAttribute(name, value);
  }
  const stack: Step[] = [
    {
      nodes: childrenOf(root, shadowRootOf) ?? [],
      index: 0,
      parent: flat.body,
      depth: 0,
      visibility: createVisibility(document),
      frame: [],
    },
  ];

  for (let step = stack.at(-1); step; step = stack.at(-1)) {
    const node = step.nodes[step.index++];
    if (!node || nodes >= maximumNodes) {
      stack.pop();
      continue;
    }
    if (isOwnElement(node)) continue;
    nodes++;
    const pause = slices.step();
    if (pause) await pause;
    const kind: unknown = node.nodeType;
    if (kind === 3 /* Node.TEXT_NODE */ || kind === 4 /* Node.CDATA_SECTION_NODE */)
      addText(node as Text, step);
    // A form with a field of this name is an element all the same.
    else if (kind === 1 /* Node.ELEMENT_NODE */ || typeof kind !== 'number')
      addElement(node as Element, step);
  }
  return {
    document: flat,
    url,
    title: document.title.trim(),
    liveOf: (element) => live.get(element),
    hidden,
    frames,
    invisibleCharacters,
    isPartial: nodes >= maximumNodes,
  };

  function addText(node: Text, { parent, visibility, isSource, isWithin }: Step): void {
    const owner = node.parentElement ?? (node.parentNode as ShadowRoot).host;
    const data = selected && !isWithin ? selected.partOf(node) : dataOf(node);
    if (!data) return;
    if (!letter.test(data)) {
      parent.appendChild(flat.createTextNode(data));
      return;
    }
    if (!(isSource && isSourceText(owner)) && visibility.of(owner) === 'hidden') {
      hide(data, visibility.reason(owner));
      if (!withHidden) return;
      parent.appendChild(flat.createTextNode(hiddenMark));
    }
    const { text, count } = markInvisibleCharacters(data);
    invisibleCharacters += count;
    // Where line ends are drawn as such (posts, chats, poems), they are line ends in the text too.
    if (!drawsLineEnds(owner, text)) {
      parent.appendChild(flat.createTextNode(text));
      return;
    }
    for (const [index, line] of text.split('\n').entries()) {
      if (index > 0) parent.appendChild(flat.createElement('br'));
      parent.appendChild(flat.createTextNode(line));
    }
  }

  function addElement(element: Element, step: Step): void {
    const { visibility, frame, depth } = step;
    const isForm = isClobbered(element);
    const name = isForm ? 'FORM' : nameOf(element);
    const within = !selected || step.isWithin ? 'whole' : selected.placeOf(element);
    if (within === 'outside') return;
    const isWithin = selected && within === 'whole';
    if (skipped.has(name) || (name === 'SCRIPT' && !isFormulaScript(element))) return;
    const isDrawing = !isForm && element.namespaceURI === svgNamespace && name !== 'svg';
    // MathJax may draw a formula of which nothing but the drawing tells what it is.
    if (isDrawing && !drawnText.has(name) && !step.isSource) {
      // The shapes of a drawing say nothing, but its groups hold words.
      if (element.firstElementChild) stack.push({ ...step, nodes: element.childNodes, index: 0, isWithin });
      return;
    }
    // Without scripts a <noscript> has elements; with them its content is a string that nobody sees.
    if (name === 'NOSCRIPT' && !element.firstElementChild) return;
    const isSource = step.isSource || name === 'SCRIPT';
    if (!withHidden && !isSource && visibility.hidesSubtree(element)) {
      hideSubtree(element, visibility.reason(element));
      return;
    }
    if (isForm) {
      stack.push({ ...step, nodes: own(element, 'childNodes'), index: 0, isWithin });
      return;
    }
    const isFolded = depth >= maximumDepth;
    const copy = isFolded ? flat.createElement('br') : bareCopy(element, flat);
    if (!isFolded) markDisplay(element, copy);
    step.parent.appendChild(copy);
    live.set(copy, element);
    const parent = isFolded ? step.parent : copy;

    if (isFrame(element, name)) {
      if (visibility.of(element) === 'hidden') {
        copy.remove();
        const unseen = documentOf(element)?.body;
        if (unseen) hideSubtree(unseen, visibility.reason(element));
        return;
      }
      const inner = addFrame(element, copy, frame);
      if (inner) stack.push({ ...inner, parent: inner.copy, depth: depth + 1, isWithin });
      return;
    }
    if (withoutChildren.has(name)) {
      const text = visibility.of(element) === 'hidden' ? undefined : fieldText(element);
      if (text) copy.appendChild(flat.createTextNode(text));
      return;
    }
    const nodes = childrenOf(element, shadowRootOf);
    if (!nodes) return;
    // A formula that is itself invisible has no source to give.
    const holds = isSource || (holdsSource(element) && visibility.of(element) !== 'hidden');
    stack.push({ nodes, index: 0, parent, depth: depth + 1, visibility, frame, isSource: holds, isWithin });
  }

  /** The content of a frame that may be read from here stands in the frame's place. */
  function addFrame(element: FrameElement, copy: Element, outer: number[]) {
    const inner = documentOf(element);
    const frame = [...outer, indexOfFrame(element)];
    if (!inner?.body?.firstChild) {
      if (!inner || isForeign(element)) frames.push({ element: copy, live: element, path: frame });
      return undefined;
    }
    const section = flat.createElement('section');
    section.setAttribute('data-frame', inner.location?.href ?? '');
    copy.replaceWith(section);
    live.set(section, element);
    return {
      nodes: childrenOf(inner.body, shadowRootOf) ?? [],
      index: 0,
      copy: section,
      visibility: createVisibility(inner),
      frame,
    };
  }

  function hide(text: string, reason: string): void {
    const words = sampleOf(text);
    const last = hidden.at(-1);
    // Pieces that follow each other for the same reason are one finding.
    if (last && last.reason === reason && last.sample.length < sampleLength) {
      last.size += sizeOf(text);
      last.sample += ` ${words}`;
    } else hidden.push({ size: sizeOf(text), reason, sample: words });
  }

  function hideSubtree(element: Element, reason: string): void {
    const walker = ownTextsOf(element);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement ? nameOf(node.parentElement) : '';
      if (parent === 'SCRIPT' || parent === 'NOSCRIPT' || skipped.has(parent)) continue;
      const data = dataOf(node as Text);
      if (/\S/.test(data)) hide(data, reason);
    }
  }
}

/** Characters of a hidden piece that are kept to show what it was. */
const sampleLength = 80;

function sampleOf(text: string): string {
  const words = text.replace(/\s+/g, ' ').trim();
  return words.length > sampleLength ? `${words.slice(0, sampleLength)}…` : words;
}

/** Something that could be seen: white space and a lone zero-width space are not. */
const letter = /[^\s\u200B\u2060\uFEFF]/;

const hiddenMark = '[hidden on page] ';

export { sizeOf } from './size';

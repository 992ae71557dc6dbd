/**
 * What a block stands in: list items, quotes, definitions, notes. From the inside out, each knows the one around it.
 */
export interface Container {
  kind: 'item' | 'quote' | 'group' | 'note';
  outer?: Container;
  element: Element;
  /** Written before its first line. */
  marker: string;
  /** Written before its other lines. */
  indent: string;
  /** Too long for one passage: its blocks are passages of their own. */
  isSplit: boolean;
  /** Nothing of it has been written yet. */
  isFresh: boolean;
  depth: number;
}

/** Deeper levels are not indented further: three hundred nested lists would be mostly white space. */
const maximumDepth = 6;

/** A container inside another. At the deepest level it takes the place of the last one, so no text is lost. */
export function enclose(
  outer: Container | undefined,
  { kind, element, marker, isSplit }: Pick<Container, 'kind' | 'element' | 'marker' | 'isSplit'>,
): Container {
  let around = outer;
  if (around && around.depth >= maximumDepth) {
    if (kind === 'quote' || kind === 'group') return around;
    around = around.outer;
  }
  const indent = isSplit && kind !== 'quote' ? '' : kind === 'quote' ? '> ' : kind === 'group' ? '' : '  ';
  return {
    kind,
    outer: around,
    element,
    marker,
    indent: kind === 'item' && /^\w/.test(marker) && indent !== '' ? '   ' : indent,
    isSplit,
    isFresh: true,
    depth: (around?.depth ?? 0) + 1,
  };
}

/** The outermost container that is one passage, or undefined. */
export function unitOf(container: Container | undefined): Container | undefined {
  let unit: Container | undefined;
  for (let entry = container; entry; entry = entry.outer) if (!entry.isSplit) unit = entry;
  return unit;
}

export interface Prefixes {
  first: string;
  rest: string;
  /** Before an empty line between the block before and this one. */
  blank: string;
  /** True when a mark begins here, so that no empty line is needed. */
  isMarked: boolean;
}

/** What to write before the lines of a block. Counts as written from then on. */
export function prefixesOf(container: Container | undefined): Prefixes {
  const result: Prefixes = { first: '', rest: '', blank: '', isMarked: false };
  for (let entry = container; entry; entry = entry.outer) {
    result.first = (entry.isFresh ? entry.marker : entry.indent) + result.first;
    result.rest = entry.indent + result.rest;
    if (!entry.isFresh) result.blank = entry.indent + result.blank;
    else if (entry.kind === 'item') result.isMarked = true;
    entry.isFresh = false;
  }
  result.blank = result.blank.trimEnd();
  return result;
}

/**
 * Puts a translation in the place of the selected words, by writing into the page's own texts: no node is added, moved
 * or taken out, so that whatever the page does with them goes on. Taking back touches only what still is as we wrote it.
 */

import { textsIn } from './words';

export interface Replacement {
  /** Gives the page its own words back, except where it has written other ones itself. */
  restore(): void;
}

/** The words come into the first text that has any; the others of the range lose theirs. */
export function replaceWords(range: Range, words: string): Replacement | undefined {
  const texts = [...textsIn(range)];
  const first = texts.findIndex(({ node, start, end }) => node.data.slice(start, end).trim());
  if (first < 0) return undefined;
  const last = texts.at(-1);
  const trail = /\s*$/.exec(last?.node.data.slice(last.start, last.end) ?? '')?.[0] ?? '';
  const written = texts.map(({ node, start, end }, index) => {
    const before = node.data;
    const own = before.slice(start, end);
    const lead = /^\s*/.exec(own)?.[0] ?? '';
    const put = index === first ? lead + words + trail : '';
    const after = before.slice(0, start) + put + before.slice(end);
    return { node, before, after };
  });
  for (const { node, after } of written) node.nodeValue = after;
  // What is written moves the ends of the range; it goes on to hold what stands there.
  const hold = (isRestored: boolean) => {
    const [start, end] = [texts[0], texts.at(-1)];
    if (!start || !end) return;
    const behind = (isRestored ? written.at(-1)?.before : written.at(-1)?.after)?.length ?? 0;
    const rest = (written.at(-1)?.before.length ?? 0) - end.end;
    range.setStart(start.node, Math.min(start.start, start.node.length));
    range.setEnd(end.node, Math.max(0, Math.min(behind - rest, end.node.length)));
  };
  hold(false);
  return {
    restore() {
      for (const { node, before, after } of written) if (node.data === after) node.nodeValue = before;
      hold(true);
    },
  };
}

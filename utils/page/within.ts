/** What ranges, as a selection has them, hold of a page. */

/** Whether an element stands in one of the ranges, in part or as a whole. */
export function placeWithin(element: Element, ranges: readonly Range[]): 'outside' | 'part' | 'whole' {
  let place: 'outside' | 'part' = 'outside';
  for (const range of ranges) {
    if (!range.intersectsNode(element)) continue;
    const around = element.ownerDocument.createRange();
    around.selectNode(element);
    const startsBefore = range.compareBoundaryPoints(0 /* Range.START_TO_START */, around) <= 0;
    const endsAfter = range.compareBoundaryPoints(2 /* Range.END_TO_END */, around) >= 0;
    if (startsBefore && endsAfter) return 'whole';
    place = 'part';
  }
  return place;
}

/** The part of a text that the ranges hold, to the letter. */
export function partWithin(node: Text, ranges: readonly Range[]): string {
  let part = '';
  for (const range of ranges) {
    if (!range.intersectsNode(node)) continue;
    const start = range.startContainer === node ? range.startOffset : 0;
    const end = range.endContainer === node ? range.endOffset : node.length;
    part += node.data.slice(start, end);
  }
  return part;
}

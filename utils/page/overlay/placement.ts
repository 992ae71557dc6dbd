/** Where the frame stands beside what it belongs to. Pure geometry in CSS pixels of the viewport. */

import type { Side } from './types';

export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

export interface Size {
  width: number;
  height: number;
}

export interface Place {
  left: number;
  top: number;
  side: Side;
  /** How far the small corner that points at the text is from the frame's left edge; undefined beside the text. */
  corner?: number;
}

/** Between the frame and the edge of the viewport, and between the frame and the text. */
const [margin, gap] = [12, 8];
/** From the frame's edge to the corner that points at the text. */
const cornerInset = 46;

/** The box around boxes; undefined for none. */
export function around(boxes: readonly Box[]): Box | undefined {
  if (boxes.length === 0) return undefined;
  return {
    left: Math.min(...boxes.map(({ left }) => left)),
    top: Math.min(...boxes.map(({ top }) => top)),
    right: Math.max(...boxes.map(({ right }) => right)),
    bottom: Math.max(...boxes.map(({ bottom }) => bottom)),
  };
}

/**
 * Places a frame beside text whose lines have these boxes, in their order. The side that is wanted is taken where it
 * has room, else the opposite one, else the one of above and below that has more. A frame higher than either stands at
 * the edge. It is never pushed back into view: it moves with the text.
 */
export function placeBeside(
  lines: readonly Box[],
  { width, height }: Size,
  viewport: Size,
  wanted: Side = 'below',
  direction: 'ltr' | 'rtl' = 'ltr',
): Place | undefined {
  const text = around(lines);
  const first = lines[0];
  const last = lines.at(-1);
  if (!text || !first || !last) return undefined;
  const room: Record<Side, number> = {
    below: viewport.height - text.bottom - gap - margin - height,
    above: text.top - gap - margin - height,
    start: (direction === 'ltr' ? text.left : viewport.width - text.right) - gap - margin - width,
    end: (direction === 'ltr' ? viewport.width - text.right : text.left) - gap - margin - width,
  };
  const opposite: Record<Side, Side> = { below: 'above', above: 'below', start: 'end', end: 'start' };
  const candidates: Side[] = [wanted, opposite[wanted], 'below', 'above'];
  // Text that has left the screen takes its frame along, on the side where it was.
  const isGone = text.bottom < 0 || text.top > viewport.height;
  const side = isGone
    ? wanted
    : (candidates.find((one) => room[one] >= 0) ?? (room.below >= room.above ? 'below' : 'above'));

  const clamped = (value: number, least: number, most: number) => Math.max(least, Math.min(value, most));
  const mostLeft = Math.max(margin, viewport.width - margin - width);
  if (side === 'start' || side === 'end') {
    const isLeft = (side === 'start') === (direction === 'ltr');
    return {
      side,
      left: isLeft ? text.left - gap - width : text.right + gap,
      top: clamped(text.top, margin, Math.max(margin, viewport.height - margin - height)),
    };
  }
  const line = side === 'below' ? last : first;
  const edge = direction === 'ltr' ? line.left - 2 : line.right + 2 - width;
  const left = clamped(edge, margin, mostLeft);
  const pointed =
    direction === 'ltr'
      ? Math.min(line.left + cornerInset, (line.left + line.right) / 2 + cornerInset / 2)
      : Math.max(line.right - cornerInset, (line.left + line.right) / 2 - cornerInset / 2);
  const fitting = side === 'below' ? text.bottom + gap : text.top - gap - height;
  return {
    side,
    left,
    // Text higher than the screen leaves no room on either side: the frame covers its end.
    top: isGone || room[side] >= 0 ? fitting : Math.max(margin, viewport.height - margin - height),
    corner: isGone || room[side] >= 0 ? clamped(pointed - left, 20, Math.max(20, width - 20)) : undefined,
  };
}

/** On which side of the text the middle of a frame is that was let go at `frame`. */
export function sideOf(text: Box, frame: Box, direction: 'ltr' | 'rtl' = 'ltr'): Side {
  const x = (frame.left + frame.right) / 2;
  const y = (frame.top + frame.bottom) / 2;
  if (y >= text.bottom) return 'below';
  if (y <= text.top) return 'above';
  const isLeft = x < (text.left + text.right) / 2;
  return isLeft === (direction === 'ltr') ? 'start' : 'end';
}

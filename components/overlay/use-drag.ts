import { type PointerEvent as ReactPointerEvent, useRef } from 'react';
import type { OverlayLine } from './line';

/**
 * Lets a part of the frame be taken hold of. The frame moves under the pointer, so what counts is how far the pointer
 * has gone on the screen, by how much the page is enlarged.
 */
export function useDrag(line: OverlayLine, zoom: () => Promise<number>) {
  const held = useRef<{ x: number; y: number; zoom: number; moved: boolean }>(undefined);
  const move = ({ screenX, screenY }: ReactPointerEvent) => {
    const from = held.current;
    if (!from) return;
    const [x, y] = [(screenX - from.x) / from.zoom, (screenY - from.y) / from.zoom];
    // A click that trembles is no dragging.
    if (!from.moved && Math.hypot(x, y) < 4) return;
    from.moved = true;
    line.send({ type: 'drag', x, y });
  };
  const end = () => {
    if (held.current?.moved) line.send({ type: 'drop' });
    held.current = undefined;
  };
  return {
    onPointerDown(event: ReactPointerEvent<HTMLElement>) {
      if (event.button !== 0 || (event.target as Element).closest('button')) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      const from = { x: event.screenX, y: event.screenY, zoom: 1, moved: false };
      held.current = from;
      void zoom().then((found) => {
        from.zoom = found || 1;
      });
    },
    onPointerMove: move,
    onPointerUp: end,
    onPointerCancel: end,
    onLostPointerCapture: end,
  };
}

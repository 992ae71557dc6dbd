import { type KeyboardEvent, type MouseEvent, type PointerEvent, useEffect, useRef } from 'react';
import { type BarPlace, barPlace } from '@/utils/store/bar-place';
import type { OverlayLine } from './line';

/** Below in the middle, where it stands until it is moved. */
const usual: BarPlace = { x: 0.5, y: 1 };
/** Pixels from which a movement is no trembling click. */
const least = 4;
/** Share of the room that an arrow key moves it by. */
const step = 0.05;

/**
 * Lets the bar be moved: dragged by whatever is no control, or by its handle, which takes keys too. It stands there the
 * next time, on every page.
 */
export function useBarPlace(line: OverlayLine, zoom: () => Promise<number>) {
  const place = useRef(usual);
  const held = useRef<{ x: number; y: number; zoom: number; moved: boolean }>(undefined);
  /** A click that ended a drag is none. */
  const dragged = useRef(false);
  useEffect(() => {
    const stand = (next: BarPlace) => {
      place.current = next;
      line.send({ type: 'stand', ...next });
    };
    void barPlace.read().then((kept) => kept && stand(kept));
    return line.listen((message) => {
      if (message.type !== 'stands') return;
      place.current = { x: message.x, y: message.y };
      void barPlace.write(place.current);
    });
  }, [line]);
  const move = (next: BarPlace) => {
    const within = (share: number) => Math.min(1, Math.max(0, share));
    place.current = { x: within(next.x), y: within(next.y) };
    line.send({ type: 'stand', ...place.current });
    void barPlace.write(place.current);
  };
  const end = () => {
    if (!held.current) return;
    dragged.current = held.current.moved;
    if (dragged.current) line.send({ type: 'drop' });
    held.current = undefined;
  };
  const drag = {
    onPointerDown(event: PointerEvent<HTMLElement>) {
      const control = (event.target as Element).closest('button, select, input, a');
      if (event.button !== 0 || (control && !control.matches('.run-handle'))) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      dragged.current = false;
      const from = { x: event.screenX, y: event.screenY, zoom: 1, moved: false };
      held.current = from;
      void zoom().then((found) => {
        from.zoom = found || 1;
      });
    },
    onPointerMove({ screenX, screenY }: PointerEvent) {
      const from = held.current;
      if (!from) return;
      const [x, y] = [(screenX - from.x) / from.zoom, (screenY - from.y) / from.zoom];
      if (!from.moved && Math.hypot(x, y) < least) return;
      from.moved = true;
      line.send({ type: 'drag', x, y });
    },
    onPointerUp: end,
    onPointerCancel: end,
    onLostPointerCapture: end,
  };
  const handle = {
    /** Without dragging: to the other edge, in the middle. */
    onClick({ detail }: MouseEvent) {
      // Keys make clicks without a pointer: none of them ended a drag.
      if (detail === 0 || !dragged.current) move({ x: 0.5, y: place.current.y > 0.5 ? 0 : 1 });
      dragged.current = false;
    },
    onKeyDown(event: KeyboardEvent) {
      const { x, y } = place.current;
      const to: Record<string, BarPlace> = {
        ArrowLeft: { x: x - step, y },
        ArrowRight: { x: x + step, y },
        ArrowUp: { x, y: y - step },
        ArrowDown: { x, y: y + step },
      };
      const next = to[event.key];
      if (!next) return;
      event.preventDefault();
      move(next);
    },
  };
  return { drag, handle };
}

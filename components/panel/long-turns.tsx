import {
  type CSSProperties,
  type ReactElement,
  type ReactNode,
  type Ref,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { Virtualizer, type VirtualizerHandle } from 'virtua';
import { readable } from '@/utils/chat/readable';
import type { MeasuredSource } from '@/utils/context/compose';
import { sayAlso } from '@/utils/i18n';
import type { TurnRecord } from '@/utils/store/records';
import { useScroller, useThreadPlace } from './thread';

// Comparisons among what is copied.
await sayAlso('comparisons');

/** Pixels beyond the view in which turns are drawn already. */
const ahead = 800;
/** What the scroller has above its content: its own padding. */
const above = 16;

/** The words of a turn; `read` makes of an answer what is to be copied. */
export type TextOf = (turn: TurnRecord, read: (body: string, sources: MeasuredSource[]) => string) => string;

const asRead = (body: string, sources: MeasuredSource[]): string =>
  readable(
    body,
    sources.map(({ source }) => source),
  );

/**
 * The turns of a long chat: only those near the view are in the document. What must not go away stays although it is
 * out of sight: the last turn, where an answer may be streaming, the turn that has the focus with its neighbours, to
 * which Tab leads, and the turns in which a selection begins and ends.
 */
export function LongTurns({
  turns,
  live,
  editing,
  draw,
  textOf,
}: {
  turns: TurnRecord[];
  live: boolean;
  /** Which question is written anew; -1 when none is. It is not taken out of the page while it is typed. */
  editing: number;
  draw: (turn: TurnRecord, index: number) => ReactElement;
  /** The words of a turn, for copying it while it is not in the document. */
  textOf: TextOf;
}) {
  const scroller = useScroller();
  const place = useThreadPlace();
  const [left] = useState(place.current);
  const list = useRef<VirtualizerHandle>(null);
  const focused = useFocused();
  const selected = useSelected(scroller);
  useCopy(scroller, (from, to) =>
    turns.slice(from, to === undefined ? undefined : to + 1).map((turn) => textOf(turn, asRead)),
  );
  const last = turns.length - 1;

  // biome-ignore lint/correctness/useExhaustiveDependencies: a chat shows its end when it is opened, not at every answer
  useLayoutEffect(() => {
    const handle = list.current;
    if (!live && !left) handle?.scrollToIndex(last, { align: 'end' });
    return () => {
      if (place.current) place.current.sizes = handle?.cache;
    };
  }, []);

  const kept = [last, editing, ...selected];
  if (focused !== undefined) kept.push(focused - 1, focused, focused + 1);
  return (
    <Virtualizer
      ref={list}
      data={turns}
      scrollRef={scroller}
      startMargin={above}
      bufferSize={ahead}
      cache={left?.sizes}
      keepMounted={kept.filter((index) => index >= 0 && index <= last)}
      item={Place}
    >
      {draw}
    </Virtualizer>
  );
}

function Place({
  ref,
  style,
  index,
  children,
}: {
  ref?: Ref<HTMLDivElement>;
  style: CSSProperties;
  index: number;
  children: ReactNode;
}) {
  return (
    <div ref={ref} style={style} className="turn-place" data-index={index}>
      {children}
    </div>
  );
}

const indexOf = (node: Node | null): number | undefined => {
  const element = node instanceof Element ? node : node?.parentElement;
  const place = element?.closest<HTMLElement>('.turn-place');
  return place ? Number(place.dataset.index) : undefined;
};

type Scroller = ReturnType<typeof useScroller>;

/** The turn in which the focus is. */
function useFocused(): number | undefined {
  const [focused, setFocused] = useState<number>();
  useEffect(() => {
    // When the window loses the focus, its element is still the active one: it is there when the window has it again.
    const look = () => setFocused(indexOf(document.activeElement));
    const later = () => setTimeout(look);
    document.addEventListener('focusin', look);
    document.addEventListener('focusout', later);
    return () => {
      document.removeEventListener('focusin', look);
      document.removeEventListener('focusout', later);
    };
  }, []);
  return focused;
}

/** The turns in which the selection begins and ends; undefined for an end that is in none of them. */
function selectionEnds(scroller: Scroller): [number | undefined, number | undefined] | undefined {
  const selection = document.getSelection();
  const element = scroller.current;
  if (!element || !selection || selection.isCollapsed || selection.rangeCount === 0) return undefined;
  const range = selection.getRangeAt(0);
  return range.intersectsNode(element)
    ? [indexOf(range.startContainer), indexOf(range.endContainer)]
    : undefined;
}

/** The turns without which the selection would be lost. */
function useSelected(scroller: Scroller): number[] {
  const [selected, setSelected] = useState<number[]>([]);
  useEffect(() => {
    const onChange = () => {
      const next = (selectionEnds(scroller) ?? []).flatMap((index) => index ?? []);
      setSelected((before) => (before.join() === next.join() ? before : next));
    };
    document.addEventListener('selectionchange', onChange);
    return () => document.removeEventListener('selectionchange', onChange);
  }, [scroller]);
  return selected;
}

/** A selection over turns that are not in the document is copied whole, from the records, and not with holes. */
function useCopy(scroller: Scroller, textsOf: (from: number, to?: number) => string[]): void {
  const newest = useRef(textsOf);
  useLayoutEffect(() => {
    newest.current = textsOf;
  });
  useEffect(() => {
    const onCopy = (event: ClipboardEvent) => {
      const ends = selectionEnds(scroller);
      if (!ends || !event.clipboardData) return;
      const [from = 0, to] = ends;
      // Neighbours are in the document, and what is within one is the browser's own business.
      if (to !== undefined && to - from < 2) return;
      event.clipboardData.setData('text/plain', newest.current(from, to).join('\n\n'));
      event.preventDefault();
    };
    document.addEventListener('copy', onCopy);
    return () => document.removeEventListener('copy', onCopy);
  }, [scroller]);
}

import {
  memo,
  type Ref,
  type RefObject,
  useCallback,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { flushSync } from 'react-dom';
import type { CutPassage, CutSource } from '@/utils/translate/source-units';
import type { Display } from '@/utils/translate/types';
import { Passage } from './passage';

/** Passages that come into the document together. */
const chunkLength = 30;
/** Pixels beyond the view in which they are drawn already. */
const ahead = 1_200;
/** Milliseconds after the last movement at which a place is a place. */
const resting = 200;

export interface PassagesHandle {
  /** Draws the passage with this ¶ and brings it into view; its element, or nothing where there is none. */
  show(number: number, align: ScrollLogicalPosition): Element | undefined;
  drawAll(): void;
}

interface Chunk {
  passages: CutPassage[];
  /** The page on which the passage before it stands. */
  before?: number;
  /** What it is reckoned to take, before it is drawn: lines of text, some of them broken. */
  lines: number;
}

/**
 * All passages of a source. They come into the document as the reader comes near, and stay there; what is out of sight
 * the browser neither lays out nor draws, so that a text of any length moves smoothly.
 */
export function Passages({
  ref,
  cut,
  display,
  start,
  scroller,
  onFind,
  onPlace,
}: {
  ref: Ref<PassagesHandle>;
  cut: CutSource;
  display: Display;
  start: number;
  scroller: RefObject<HTMLElement | null>;
  onFind: () => void;
  /** The reader rests at a place: the first and the last ¶ on the screen. */
  onPlace: (first: number, last: number) => void;
}) {
  const chunks = useMemo(() => chunksOf(cut.passages), [cut]);
  const [drawn, setDrawn] = useState<ReadonlySet<number>>(() => new Set([0]));
  const root = useRef<HTMLDivElement>(null);
  const draw = useCallback((some: Iterable<number>) => {
    setDrawn((before) => {
      const next = new Set(before);
      for (const index of some) next.add(index);
      return next.size === before.size ? before : next;
    });
  }, []);

  useEffect(() => {
    const near = new IntersectionObserver(
      (entries) => {
        const met = entries.filter(({ isIntersecting }) => isIntersecting);
        if (met.length > 0) draw(met.map(({ target }) => Number((target as HTMLElement).dataset.chunk)));
      },
      { root: scroller.current, rootMargin: `${ahead}px 0px` },
    );
    for (const element of root.current?.children ?? []) near.observe(element);
    return () => near.disconnect();
  }, [draw, scroller]);

  const show = useCallback(
    (number: number, align: ScrollLogicalPosition) => {
      const index = chunks.findIndex(({ passages }) => passages.some((one) => one.number === number));
      if (index < 0) return undefined;
      flushSync(() => draw([index]));
      const element = root.current?.querySelector(`[data-passage="${number}"]`) ?? undefined;
      element?.scrollIntoView({ block: align });
      return element;
    },
    [chunks, draw],
  );
  useImperativeHandle(ref, () => ({ show, drawAll: () => draw(chunks.keys()) }), [show, draw, chunks]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: where the reader was, once
  useLayoutEffect(() => {
    if (start === cut.passages[0]?.number) return;
    // Not inside of the drawing that is under way.
    queueMicrotask(() => show(start, 'start'));
  }, []);

  const newest = useRef(onPlace);
  useLayoutEffect(() => {
    newest.current = onPlace;
  });
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        const place = root.current && placeIn(element, root.current);
        if (place) newest.current(...place);
      }, resting);
    };
    look();
    element.addEventListener('scroll', look, { passive: true });
    return () => {
      clearTimeout(timer);
      element.removeEventListener('scroll', look);
    };
  }, [scroller]);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (
        event.key.toLowerCase() !== 'f' ||
        !(event.ctrlKey || event.metaKey) ||
        event.altKey ||
        event.shiftKey
      )
        return;
      // The browser's own search would not know what is not drawn.
      event.preventDefault();
      onFind();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [onFind]);

  return (
    <div ref={root} className={`passages shows-${display}`}>
      {chunks.map((chunk, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text never move
        <ChunkView key={index} index={index} chunk={chunk} isDrawn={drawn.has(index)} display={display} />
      ))}
    </div>
  );
}

const ChunkView = memo(function ChunkView({
  index,
  chunk: { passages, before, lines },
  isDrawn,
  display,
}: {
  index: number;
  chunk: Chunk;
  isDrawn: boolean;
  display: Display;
}) {
  const height = `${Math.round(lines * (display === 'both' ? 2 : 1) * 1.65)}rem`;
  let page = before;
  return (
    <div
      className="passage-chunk"
      data-chunk={index}
      style={isDrawn ? { containIntrinsicBlockSize: `auto ${height}` } : { blockSize: height }}
    >
      {isDrawn &&
        passages.map((passage) => {
          const isNew = passage.page !== undefined && passage.page !== page;
          page = passage.page;
          return (
            <Passage
              key={passage.number}
              passage={passage}
              page={isNew ? passage.page : undefined}
              display={display}
            />
          );
        })}
    </div>
  );
});

function chunksOf(passages: CutPassage[]): Chunk[] {
  const chunks: Chunk[] = [];
  for (let start = 0; start < passages.length; start += chunkLength) {
    const some = passages.slice(start, start + chunkLength);
    const lines = some.reduce(
      (sum, { blocks }) =>
        sum + 0.6 + blocks.reduce((all, { content }) => all + Math.ceil(content.raw.length / 52), 0),
      0,
    );
    chunks.push({ passages: some, lines, before: passages[start - 1]?.page });
  }
  return chunks;
}

/** The first and the last ¶ on the screen. */
function placeIn(scroller: HTMLElement, root: HTMLElement): [number, number] | undefined {
  const { top, bottom } = scroller.getBoundingClientRect();
  let [first, last]: [number | undefined, number | undefined] = [undefined, undefined];
  for (const chunk of root.children) {
    const box = chunk.getBoundingClientRect();
    if (box.bottom < top) continue;
    if (box.top > bottom) break;
    for (const passage of chunk.querySelectorAll<HTMLElement>('[data-passage]')) {
      const place = passage.getBoundingClientRect();
      if (place.bottom < top + 4 || place.top > bottom) continue;
      first ??= Number(passage.dataset.passage);
      last = Number(passage.dataset.passage);
    }
  }
  return first === undefined || last === undefined ? undefined : [first, last];
}

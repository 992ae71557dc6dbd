import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { Virtualizer, type VirtualizerHandle } from 'virtua';
import { type CheckedMark, plainPassage } from '@/utils/citations';
import type { MeasuredSource } from '@/utils/context/compose';
import { sayAlso, t } from '@/utils/i18n';
import { passageText, type Segment, type Source } from '@/utils/source';
import { markedSpans } from '../answer/quoted-passage';
import { Sheet } from '../ui/sheet';
import { FindField } from './find-field';
import { ViewerHead } from './viewer-head';
import { segmentsWith, spansOf, type ViewerItem, viewerItems } from './viewer-items';
import { ViewerPassage } from './viewer-passage';

await sayAlso('files');

/** From so many pieces on only those near the screen are drawn. */
const manyItems = 300;
/** Pixels above the passage that is shown. */
const margin = 40;
/** Frames that a passage may take until it is drawn. */
const patience = 20;
/** Milliseconds after the last key press until the text is looked through. */
const pause = 150;

/**
 * The whole text of a source as the model has it, with the numbers by which it is cited and the places in its file. Opened
 * at what a citation names, which is marked.
 */
export default function SourceViewer({
  entry,
  citation,
  at,
  onClose,
}: {
  entry: MeasuredSource;
  citation?: CheckedMark;
  /** The passage to open at, where nothing is cited. */
  at?: number;
  onClose: () => void;
}) {
  const { source } = entry;
  const items = useMemo(() => viewerItems(source), [source]);
  const list = useRef<VirtualizerHandle>(null);
  const box = useRef<HTMLElement>(null);
  const [wanted, setWanted] = useState('');
  const [words, setWords] = useState('');
  const [hit, setHit] = useState(0);
  const found = useMemo(() => segmentsWith(source, words), [source, words]);
  const isLong = items.length > manyItems;

  useEffect(() => {
    const timer = setTimeout(() => {
      setWords(wanted);
      setHit(0);
    }, pause);
    return () => clearTimeout(timer);
  }, [wanted]);

  const show = useRef<(number: number) => void>(() => {});
  show.current = (number) => {
    const index = items.findIndex((item) => 'segment' in item && item.segment.number === number);
    if (index < 0) return;
    const passage = () => box.current?.querySelector(`[data-passage="${number}"]`);
    // The head is the first of the list.
    if (isLong) list.current?.scrollToIndex(index + 1, { align: 'start', offset: -margin });
    else passage()?.scrollIntoView?.({ block: 'start' });
    // Once it is drawn: the words themselves, where the passage is longer than the screen.
    const settle = (frames: number) => {
      const words = passage()?.querySelector('mark');
      if (words) words.scrollIntoView?.({ block: 'center' });
      else if (frames > 0) requestAnimationFrame(() => settle(frames - 1));
    };
    settle(patience);
  };
  const first = citation ? citedFirst(source, citation) : at;
  useEffect(() => {
    if (first !== undefined) show.current(first);
  }, [first]);
  const shown = source.segments[found[hit] ?? -1]?.number;
  useEffect(() => {
    if (shown !== undefined) show.current(shown);
  }, [shown]);

  const spansIn = (segment: Segment) => {
    const text = source.text.slice(segment.start, segment.end);
    if (words) return spansOf(text, words);
    return citation && isCited(citation, segment.number) ? markedSpans(text, citation.verdict) : undefined;
  };
  const draw = (item: ViewerItem): ReactNode =>
    'place' in item ? (
      <h3 className="source-place">
        <bdi>{item.place}</bdi>
      </h3>
    ) : (
      <ViewerPassage
        source={source}
        segment={item.segment}
        spans={spansIn(item.segment)}
        isCited={
          item.segment.number === shown || (citation !== undefined && isCited(citation, item.segment.number))
        }
      />
    );
  const head = <ViewerHead entry={entry} onClose={onClose} />;
  return (
    <Sheet title={t('viewer.title')} onClose={onClose}>
      <FindField
        words={wanted}
        onWords={setWanted}
        count={words ? found.length : undefined}
        at={hit}
        onMove={(step) => setHit((before) => (before + step + found.length) % Math.max(1, found.length))}
      />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <section ref={box} className="source-text" tabIndex={0} aria-label={t('viewer.title')}>
        {isLong ? (
          <Virtualizer ref={list} scrollRef={box} bufferSize={600}>
            {[
              <div key="head">{head}</div>,
              ...items.map((item) => (
                <div key={keyOf(item)} className="source-item">
                  {draw(item)}
                </div>
              )),
            ]}
          </Virtualizer>
        ) : (
          <>
            {head}
            {items.map((item) => (
              <div key={keyOf(item)} className="source-item">
                {draw(item)}
              </div>
            ))}
          </>
        )}
      </section>
    </Sheet>
  );
}

const keyOf = (item: ViewerItem): string =>
  'place' in item ? `place ${item.start}` : String(item.segment.start);

const isCited = ({ paragraph, last = paragraph }: CheckedMark, number: number): boolean =>
  number >= paragraph && number <= last;

/** Of a run of passages the first that has the quoted words. */
function citedFirst(source: Source, { paragraph, last = paragraph, verdict }: CheckedMark): number {
  for (let number = paragraph; number <= last; number++) {
    const text = plainPassage(passageText(source, number) ?? '');
    if (markedSpans(text, verdict).length > 0) return number;
  }
  return paragraph;
}

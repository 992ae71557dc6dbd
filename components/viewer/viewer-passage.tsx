import { memo, type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import type { Span, Verdict } from '@/utils/citations';
import { t } from '@/utils/i18n';
import { passageText, type Segment, type Source } from '@/utils/source';
import { directionOf, languageOf, markedSpans } from '../answer/quoted-passage';
import { type CellTable, tableOf } from './table-cells';
import { fineWords } from './viewer-items';

/** One passage to the letter with its number; tables as tables. */
export const ViewerPassage = memo(function ViewerPassage({
  source,
  segment: { number, start, end, kind, place },
  spans,
  isCited = false,
}: {
  source: Source;
  segment: Segment;
  /** Words that are marked, as offsets of the passage. */
  spans?: readonly Span[];
  /** The passage that a citation names. */
  isCited?: boolean;
}) {
  const words = source.text.slice(start, end);
  const table = useMemo(() => (kind === 'table' ? tableOf(words) : undefined), [kind, words]);
  const fine = fineWords(place);
  const lang = languageOf(words, source);
  const mark = (
    <span className="source-mark">
      ¶{number}
      {fine && ` · ${fine}`}
    </span>
  );
  const look = `source-passage is-${kind}${isCited ? ' is-cited' : ''}`;
  if (table) {
    return (
      <div className={look} data-passage={number}>
        {mark}
        <Scroller label={`¶${number}`}>
          <Table table={table} spans={spans} lang={lang} />
        </Scroller>
      </div>
    );
  }
  return (
    <p className={look} data-passage={number}>
      {mark}
      <span lang={lang} dir={directionOf(words)}>
        {marked(words, 0, spans)}
      </span>
    </p>
  );
});

/** A passage that is a table, as one; `otherwise` where it cannot be drawn so. */
export function PassageTable({
  source,
  number,
  verdict,
  otherwise,
}: {
  source: Source;
  number: number;
  verdict: Verdict;
  otherwise: ReactNode;
}) {
  const words = passageText(source, number) ?? '';
  const table = useMemo(() => tableOf(words), [words]);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const scroller = box.current?.querySelector<HTMLElement>('.source-table');
    const mark = box.current?.querySelector<HTMLElement>('mark');
    if (scroller && mark) scroller.scrollTop = Math.max(0, mark.offsetTop - 48);
  }, []);
  if (!table) return otherwise;
  return (
    <div ref={box} className="quote-table">
      <Scroller label={t('citation.passage')}>
        <Table table={table} spans={markedSpans(words, verdict)} lang={languageOf(words, source)} />
      </Scroller>
    </div>
  );
}

/** A table that is wider than the panel can be moved by keys; one that is not is no stop on their way. */
function Scroller({ label, children }: { label: string; children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null);
  const [scrolls, setScrolls] = useState(false);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const observer = new ResizeObserver(() =>
      setScrolls(
        element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1,
      ),
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return (
    <div
      ref={box}
      className="source-table"
      {...(scrolls && { tabIndex: 0, role: 'group', 'aria-label': label })}
    >
      {children}
    </div>
  );
}

function Table({ table, spans, lang }: { table: CellTable; spans?: readonly Span[]; lang?: string }) {
  const { letters, rows, hasHead, width } = table;
  const isNumbered = letters !== undefined;
  return (
    <table lang={lang}>
      {letters && (
        <thead>
          <tr>
            <td className="source-corner" />
            {letters.map((letter) => (
              <th key={letter} scope="col">
                {letter}
              </th>
            ))}
          </tr>
        </thead>
      )}
      <tbody>
        {rows.map(({ name, cells }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the rows of a text stay where they are
          <tr key={index} className={hasHead && index === 0 ? 'is-head' : undefined}>
            {isNumbered && <th scope="row">{name}</th>}
            {drawCells(cells, width, spans)}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function drawCells(cells: CellTable['rows'][number]['cells'], width: number, spans?: readonly Span[]) {
  const drawn: ReactNode[] = [];
  let next = 1;
  for (const { text, start, end, column, span = 1 } of cells) {
    // A cell that overlaps what a merged one takes stands behind it.
    if (column > next) drawn.push(<td key={`gap ${next}`} colSpan={column - next} />);
    const isMarked = spans?.some((one) => one.start < end && one.end > start && end > start);
    drawn.push(
      <td key={start} colSpan={span > 1 ? span : undefined} className={isMarked ? 'is-marked' : undefined}>
        {isMarked ? <mark>{text}</mark> : text}
      </td>,
    );
    next = Math.max(next, column) + span;
  }
  if (next <= width) drawn.push(<td key="rest" colSpan={width - next + 1} />);
  return drawn;
}

function marked(words: string, from: number, spans: readonly Span[] = []): ReactNode {
  if (spans.length === 0) return words;
  const pieces: ReactNode[] = [];
  let last = from;
  for (const { start, end } of spans) {
    pieces.push(words.slice(last, start), <mark key={start}>{words.slice(start, end)}</mark>);
    last = end;
  }
  return [...pieces, words.slice(last)];
}

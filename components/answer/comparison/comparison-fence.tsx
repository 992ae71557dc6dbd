import type { Tokens } from 'marked';
import { lazy, type ReactNode, Suspense } from 'react';
import { useAnswerIdentity } from '../answer-identity';
import { isFenceClosed } from '../markdown/fences';
import { useAnswerSources } from '../sources-context';

/** Answers with a comparison are few: what draws it comes with the first. */
const load = () => import('./comparison-view');
const ComparisonView = lazy(async () => ({ default: (await load()).ComparisonView }));
const ComparisonOfTable = lazy(async () => ({ default: (await load()).ComparisonOfTable }));

/** Pixels of a row and of what stands around the rows, about; rows beyond which a table scrolls within itself. */
const rowHeight = 34;
const aroundRows = 100;
const mostRows = 14;

/** The fence of a comparison. Until it can be drawn, its place is kept. */
export function ComparisonFence({
  code: { text, raw },
  growing,
  start,
}: {
  code: Tokens.Code;
  growing: boolean;
  start?: number;
}) {
  const lines = Math.min(mostRows, text.slice(0, 24_000).split('\n').length);
  const isClosed = isFenceClosed(raw);
  // A line that has ended is a row; the line end is no part of the text of code.
  const ended = !isClosed && raw.endsWith('\n') ? `${text}\n` : text;
  const place = <div style={{ minBlockSize: lines * rowHeight + aroundRows }} aria-busy="true" />;
  return (
    <Suspense fallback={place}>
      <ComparisonView text={ended} isComplete={!growing || isClosed} start={start} />
    </Suspense>
  );
}

/** A table that a model wrote in place of the fence; `children` is the table as any other is drawn. */
export function TableOfSources({
  raw,
  growing,
  start,
  children,
}: {
  raw: string;
  growing: boolean;
  start?: number;
  children: ReactNode;
}) {
  const ofAll = useAnswerIdentity()?.task !== 'compare';
  const isOne = useAnswerSources().filter(({ source }) => source.segments.length > 0).length < 2;
  if (isOne) return children;
  return (
    <Suspense fallback={children}>
      <ComparisonOfTable text={raw} isComplete={!growing} start={start} ofAll={ofAll}>
        {children}
      </ComparisonOfTable>
    </Suspense>
  );
}

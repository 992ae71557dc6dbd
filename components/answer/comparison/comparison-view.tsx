import { type ReactNode, useMemo, useRef } from 'react';
import { type Comparison, comparisonOfTable, createComparisonParser } from '@/utils/compare';
import { sayAlso, t } from '@/utils/i18n';
import { useLanguage } from '../../use-preferences';
import { useAnswerIdentity } from '../answer-identity';
import { useAnswerSources } from '../sources-context';
import { arrangeColumns, arrangeRows } from './arrange';
import { shownColumns } from './columns';
import { ComparisonBar } from './comparison-bar';
import { ComparisonCards } from './comparison-cards';
import { ComparisonGrid } from './comparison-grid';
import { ComparisonNotes } from './comparison-notes';
import { ComparisonSkeleton } from './comparison-skeleton';
import { HiddenRows } from './hidden-rows';
import { useRowMenu } from './row-menu';
import { useView } from './use-arrangement';

await sayAlso('comparisons');

/** A fence of JSON lines as a table that grows row by row. */
export function ComparisonView({
  text,
  isComplete,
  start,
}: {
  text: string;
  /** Nothing more comes. */
  isComplete: boolean;
  /** Where it stands in the answer. */
  start?: number;
}) {
  const sources = useSources();
  const parser = useMemo(() => createComparisonParser(sources), [sources]);
  return <ComparisonTable comparison={parser.parse(text, isComplete)} start={start} />;
}

/** A Markdown table whose columns are the sources; any other is drawn as `children`. */
export function ComparisonOfTable({
  text,
  isComplete,
  start,
  ofAll,
  children,
}: {
  text: string;
  isComplete: boolean;
  start?: number;
  /** Where nobody asked for a comparison, a table is one when every source has a column: others are about anything. */
  ofAll: boolean;
  children: ReactNode;
}) {
  const sources = useSources();
  // A line that has not ended is no row yet.
  const lines = isComplete ? text : text.slice(0, text.lastIndexOf('\n') + 1);
  const comparison = useMemo(() => comparisonOfTable(lines, sources), [lines, sources]);
  const isEnough = comparison && (!ofAll || comparison.columns.length === documents(sources));
  if (!comparison || !isEnough) return children;
  return <ComparisonTable comparison={{ ...comparison, isComplete }} start={start} />;
}

const documents = (sources: readonly { segments: readonly unknown[] }[]) =>
  sources.filter(({ segments }) => segments.length > 0).length;

/** The sources of the answer in the order of their numbers: the same array as long as they are the same. */
function useSources() {
  const measured = useAnswerSources();
  return useMemo(() => measured.map(({ source }) => source), [measured]);
}

/** What a model wrote about several sources side by side, each cell checked, and what readers do with such a table. */
export function ComparisonTable({ comparison, start: place }: { comparison: Comparison; start?: number }) {
  const { rows, broken, isComplete } = comparison;
  const language = useLanguage();
  const identity = useAnswerIdentity();
  const sources = useSources();
  const start = place === undefined ? undefined : place + (identity?.from ?? 0);
  const key = identity && start !== undefined ? `${identity.id} ${start}` : undefined;
  const [view, change] = useView(key);
  const box = useRef<HTMLDivElement>(null);
  const region = useRef<HTMLElement>(null);
  const { order, hidden, byRow } = view;

  const arranged = useMemo(
    () => arrangeRows(rows, { order, hidden }, language.replace('_', '-')),
    [rows, order, hidden, language],
  );
  const columnKey = JSON.stringify(comparison.columns);
  // Rows come and go beside the one that columns are ordered by; its own cells do not change.
  // biome-ignore lint/correctness/useExhaustiveDependencies: what the columns look like hangs on these alone
  const columns = useMemo(
    () => shownColumns(comparison.columns, arrangeColumns(comparison.columns, rows, byRow), sources),
    [columnKey, byRow, sources, language],
  );
  const menu = useRowMenu({ comparison, arranged, view, change, box });

  if (columns.length === 0) {
    return (
      <div className="table comparison">
        {isComplete ? <ComparisonNotes comparison={comparison} columns={columns} /> : <ComparisonSkeleton />}
      </div>
    );
  }
  const label = t('comparison.name', { count: columns.length, names: namesOf(columns) });
  return (
    <div ref={box} className="table comparison" data-columns={columns.length < 4 ? 'few' : 'many'}>
      {view.asCards ? (
        <ComparisonCards columns={columns} rows={arranged} sources={sources} menu={menu} />
      ) : (
        <ComparisonGrid
          label={label}
          columns={columns}
          rows={arranged}
          sources={sources}
          growing={!isComplete}
          menu={menu}
          region={region}
        />
      )}
      <HiddenRows count={hidden.size} onShow={() => change({ hidden: new Set() })} />
      {(rows.length > 0 || isComplete) && (
        <ComparisonBar
          comparison={comparison}
          arranged={arranged}
          columns={columns}
          sources={sources}
          view={view}
          change={change}
          answerId={identity?.id}
          start={start}
        />
      )}
      {(isComplete || broken.length > 0) && <ComparisonNotes comparison={comparison} columns={columns} />}
    </div>
  );
}

const namesOf = (columns: { name: string }[]) => columns.map(({ name }) => name).join(', ');

import { Fragment, memo } from 'react';
import type { ComparisonRow } from '@/utils/compare';
import { t } from '@/utils/i18n';
import type { Source } from '@/utils/source';
import { useLanguage } from '../../use-preferences';
import { CitationScope } from '../citation';
import type { ArrangedRows } from './arrange';
import { ColumnHead, isBest, isSameRow, type ShownColumn, valueAt } from './columns';
import { ComparisonCellView } from './comparison-cell';
import { isSameAround, type RowMenu, RowName } from './comparison-grid';
import { MoreRows, useDrawnRows } from './drawn-rows';
import { useCellSearch } from './use-cell-search';

/** One card for each attribute, for a place that is narrower than the table. */
export function ComparisonCards({
  columns,
  rows: { rows, sameFrom },
  sources,
  menu,
}: {
  columns: ShownColumn[];
  rows: ArrangedRows;
  sources: readonly Source[];
  menu: RowMenu;
}) {
  const [drawn, drawMore] = useDrawnRows(rows.length);
  return (
    <div className="cards">
      {rows.slice(0, drawn).map(({ row, place }, index) => (
        <Fragment key={place}>
          {index === sameFrom && <p className="comparison-same">{t('comparison.same')}</p>}
          <Card row={row} place={place} columns={columns} sources={sources} menu={menu} />
        </Fragment>
      ))}
      {drawn < rows.length && <MoreRows count={rows.length} drawn={drawn} onMore={drawMore} />}
    </div>
  );
}

const Card = memo(
  function ComparisonCard({
    row,
    place,
    columns,
    sources,
    menu,
  }: {
    row: ComparisonRow;
    place: number;
    columns: ShownColumn[];
    sources: readonly Source[];
    menu: RowMenu;
  }) {
    useLanguage();
    const searchOf = useCellSearch(row, columns);
    return (
      <div className="card comparison-card">
        <CitationScope>
          <p className="card-name">
            <RowName row={row} place={place} menu={menu} />
          </p>
          <dl>
            {columns.map((column) => (
              <Fragment key={column.place}>
                <dt>
                  <ColumnHead column={column} title={sources[column.document - 1]?.title} />
                </dt>
                <dd>
                  <ComparisonCellView
                    value={valueAt(row, column)}
                    column={column}
                    sources={sources}
                    isBest={isBest(row, column)}
                    onSearch={searchOf(column)}
                  />
                </dd>
              </Fragment>
            ))}
          </dl>
        </CitationScope>
      </div>
    );
  },
  (before, after) => isSameRow(before.row, after.row) && isSameAround(before, after),
);

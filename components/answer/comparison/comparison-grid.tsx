import { ChevronDown } from 'lucide-react';
import { memo, type ReactNode, type RefObject } from 'react';
import type { ComparisonRow } from '@/utils/compare';
import { t } from '@/utils/i18n';
import type { Source } from '@/utils/source';
import { MenuButton, type MenuEntry } from '../../ui/menu';
import { useLanguage } from '../../use-preferences';
import { CitationScope } from '../citation';
import type { ArrangedRows } from './arrange';
import { ColumnHead, isBest, isSameRow, type ShownColumn, valueAt } from './columns';
import { ComparisonCellView, LineText, nameOf } from './comparison-cell';
import { MoreRows, useDrawnRows } from './drawn-rows';
import { useCellSearch } from './use-cell-search';

export type RowMenu = (place: number) => MenuEntry[];

/** One column for each source, one row for each attribute, in a region that scrolls under its head. */
export function ComparisonGrid({
  label,
  columns,
  rows: { rows, sameFrom },
  sources,
  growing,
  menu,
  region,
}: {
  label: string;
  columns: ShownColumn[];
  rows: ArrangedRows;
  sources: readonly Source[];
  /** More rows come. */
  growing: boolean;
  /** What the menu of a row offers; the same function at every drawing. */
  menu: RowMenu;
  region: RefObject<HTMLElement | null>;
}) {
  const [drawn, drawMore] = useDrawnRows(rows.length);
  const shown = rows.slice(0, drawn);
  const draw = ({ row, place }: (typeof rows)[number]) => (
    <GridRow key={place} row={row} place={place} columns={columns} sources={sources} menu={menu} />
  );
  const different = sameFrom === undefined ? shown : shown.slice(0, sameFrom);
  const same = sameFrom === undefined ? [] : shown.slice(sameFrom);
  return (
    <section
      ref={region}
      className="table-scroll comparison-scroll"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
      tabIndex={0}
      aria-label={label}
      aria-busy={growing}
    >
      <table>
        <thead>
          <tr>
            <th scope="col">
              <span className="for-screen-readers">{t('comparison.attribute')}</span>
            </th>
            {columns.map((column) => (
              <th key={column.place} scope="col">
                <ColumnHead column={column} title={sources[column.document - 1]?.title} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {different.map(draw)}
          {growing && same.length === 0 && <WaitingRow columns={columns.length} />}
        </tbody>
        {same.length > 0 && (
          <tbody>
            <tr className="comparison-same">
              <th scope="rowgroup" colSpan={columns.length + 1}>
                <span className="comparison-aside">{t('comparison.same')}</span>
              </th>
            </tr>
            {same.map(draw)}
            {growing && <WaitingRow columns={columns.length} />}
          </tbody>
        )}
      </table>
      {drawn < rows.length && (
        <MoreRows count={rows.length} drawn={drawn} region={region} onMore={drawMore} />
      )}
    </section>
  );
}

/** Where the next row will stand. */
const WaitingRow = ({ columns }: { columns: number }) => (
  <tr className="comparison-wait">
    <td>
      <div className="skeleton" />
    </td>
    {Array.from({ length: columns }, (_, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: empty cells have no other identity
      <td key={index}>
        <div className="skeleton" />
      </td>
    ))}
  </tr>
);

interface RowParts {
  row: ComparisonRow;
  place: number;
  columns: ShownColumn[];
  sources: readonly Source[];
  menu: RowMenu;
}

/** Drawn once, while the table around it grows. The quote of its citations opens below it. */
const GridRow = memo(
  function ComparisonGridRow({ row, place, columns, sources, menu }: RowParts) {
    useLanguage();
    const searchOf = useCellSearch(row, columns);
    const below = (card: ReactNode) => (
      <tr className="comparison-quote">
        <td colSpan={columns.length + 1}>
          <div className="comparison-aside">{card}</div>
        </td>
      </tr>
    );
    return (
      <CitationScope around={below}>
        <tr>
          <th scope="row">
            <RowName row={row} place={place} menu={menu} />
          </th>
          {columns.map((column) => (
            <td key={column.place}>
              <ComparisonCellView
                value={valueAt(row, column)}
                column={column}
                sources={sources}
                isBest={isBest(row, column)}
                onSearch={searchOf(column)}
              />
            </td>
          ))}
        </tr>
      </CitationScope>
    );
  },
  (before, after) => isSameRow(before.row, after.row) && isSameAround(before, after),
);

/** Whether nothing around a row has changed that it would look different for. */
export const isSameAround = (before: RowParts, after: RowParts): boolean =>
  before.place === after.place &&
  before.columns === after.columns &&
  before.sources === after.sources &&
  before.menu === after.menu;

/** The name of a row, which opens what can be done with it. */
export function RowName({ row, place, menu }: Pick<RowParts, 'row' | 'place' | 'menu'>) {
  const name = nameOf(row.name) || t('comparison.row', { number: place + 1 });
  return (
    <MenuButton label={name} className="comparison-row-name" entries={() => menu(place)} align="start">
      <LineText text={name} isName />
      <ChevronDown className="icon" aria-hidden="true" />
    </MenuButton>
  );
}

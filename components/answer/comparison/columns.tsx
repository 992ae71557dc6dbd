import type { ComparisonColumn, ComparisonRow, ComparisonValue } from '@/utils/compare';
import { t } from '@/utils/i18n';
import type { Source } from '@/utils/source';
import { SourceNumber } from '../../ui/source-number';
import { LineText, nameOf } from './comparison-cell';

/** A column where it is shown. */
export interface ShownColumn extends ComparisonColumn {
  /** Its place in the answer, from 0: where its cells stand in a row. */
  place: number;
  /** The source was not sent with the answer, or there is none with this number: nothing in it can be checked. */
  isUnknown: boolean;
}

/** The columns in their order, with names where the model gave none. */
export function shownColumns(
  columns: ComparisonColumn[],
  order: number[],
  sources: readonly Source[],
): ShownColumn[] {
  return order.flatMap((place) => {
    const column = columns[place];
    if (!column) return [];
    const source = sources[column.document - 1];
    const isUnknown = !source || source.segments.length === 0;
    const name = nameOf(column.name) || source?.title || t('comparison.source', { number: column.document });
    return [{ ...column, name, place, isUnknown }];
  });
}

/** The number of a source in its colour and what the answer calls it; says when it was not sent. */
export function ColumnHead({ column, title }: { column: ShownColumn; title?: string }) {
  return (
    <span className="comparison-head">
      <SourceNumber number={column.document} />
      <span title={title}>
        <LineText text={column.name} isName />
      </span>
      {column.isUnknown && <span className="cell-alarm">{t('comparison.notSent')}</span>}
    </span>
  );
}

export const valueAt = (row: ComparisonRow, column: ShownColumn): ComparisonValue =>
  row.cells[column.place] ?? 'lost';

export const isBest = (row: ComparisonRow, column: ShownColumn): boolean =>
  !column.isUnknown && row.best.includes(column.document);

/** What rows look like from outside; a row that says the same is not drawn again although it was read anew. */
export function isSameRow(one: ComparisonRow, other: ComparisonRow): boolean {
  if (one === other) return true;
  return (
    one.name === other.name &&
    one.cells.length === other.cells.length &&
    one.best.join() === other.best.join() &&
    one.cells.every((cell, index) => isSameValue(cell, other.cells[index]))
  );
}

function isSameValue(one: ComparisonValue, other: ComparisonValue | undefined): boolean {
  if (typeof one === 'string' || typeof other !== 'object') return one === other;
  return (
    one.text === other.text &&
    one.quote === other.quote &&
    one.paragraph === other.paragraph &&
    one.last === other.last
  );
}

import type { ComparisonRow } from '@/utils/compare';
import { t } from '@/utils/i18n';
import { formatList } from '../../format';
import { useReadingActions } from '../../panel/actions';
import { type ShownColumn, valueAt } from './columns';
import { nameOf } from './comparison-cell';

/**
 * Lets what a row leaves open be looked up on the web: one question about all of its sources that say nothing, asked
 * with a search. Undefined where no question can be asked.
 */
export function useCellSearch(row: ComparisonRow, columns: readonly ShownColumn[]) {
  const { searchFor } = useReadingActions();
  if (!searchFor) return () => undefined;
  const name = nameOf(row.name);
  const run = () => {
    const open = columns.filter((column) => valueAt(row, column) === 'not-stated');
    searchFor(
      t('comparison.searchQuestion', { row: name, names: formatList(open.map((column) => column.name)) }),
    );
  };
  return (column: ShownColumn) => ({
    label: t('comparison.searchCell', { row: name, name: column.name }),
    run,
  });
}

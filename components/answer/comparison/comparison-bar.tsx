import { ArrowDownUp, Check, Copy, Download, FileText, Maximize2, Sheet } from 'lucide-react';
import { csvFile } from '@/utils/chat/export/csv';
import type { Comparison } from '@/utils/compare';
import { t } from '@/utils/i18n';
import type { Source } from '@/utils/source';
import { useReadingActions } from '../../panel/actions';
import { saveFile } from '../../save-file';
import { IconButton } from '../../ui/icon-button';
import { MenuButton, type MenuEntry } from '../../ui/menu';
import { useCopy } from '../use-copy';
import type { ArrangedRows } from './arrange';
import type { ShownColumn } from './columns';
import type { View } from './use-arrangement';

/** What writes it out is loaded when it is wanted. */
const files = () => import('@/utils/chat/export/comparison-files');
const fileStem = 'comparison';

/** What can be done with a comparison: look at it in another way, order it, take it along. */
export function ComparisonBar({
  comparison,
  arranged,
  columns,
  sources,
  view,
  change,
  answerId,
  start,
}: {
  comparison: Comparison;
  arranged: ArrangedRows;
  columns: ShownColumn[];
  sources: readonly Source[];
  view: View;
  change: (part: Partial<View>) => void;
  answerId?: string;
  start?: number;
}) {
  const { openComparison } = useReadingActions();
  const [copied, copy] = useCopy();
  /** What is on screen, in its order. */
  const shown = (): Comparison => ({
    ...comparison,
    columns: columns.map(({ document, name }) => ({ document, name })),
    rows: arranged.rows.map(({ row }) => ({
      ...row,
      cells: columns.map(({ place }) => row.cells[place] ?? 'lost'),
    })),
  });
  const order = (value: View['order'], label: string): MenuEntry => ({
    label,
    checked: view.order === value,
    run: () => change({ order: value }),
  });
  const orders = (): MenuEntry[] => [
    order('differences', t('comparison.byDifferences')),
    order('answered', t('comparison.asAnswered')),
    order('name', t('comparison.byName')),
    ...(view.byRow
      ? [
          {
            label: t('comparison.columnsAsAnswered'),
            separated: true,
            run: () => change({ byRow: undefined }),
          },
        ]
      : []),
  ];
  const asCsv = () => files().then((made) => made.comparisonAsCsv(shown(), sources));
  const takeAlong = (): MenuEntry[] => [
    { label: t('table.copy'), icon: Copy, run: () => copy(asCsv()) },
    {
      label: t('table.download'),
      icon: FileText,
      separated: true,
      run: () => void asCsv().then((csv) => saveFile(csvFile(csv), `${fileStem}.csv`)),
    },
    {
      label: t('comparison.saveXlsx'),
      icon: Sheet,
      run: () =>
        void files()
          .then((made) => made.comparisonAsWorkbook(shown(), sources))
          .then((workbook) => saveFile(workbook, `${fileStem}.xlsx`)),
    },
    {
      label: t('comparison.saveMarkdown'),
      icon: FileText,
      run: () =>
        void files()
          .then((made) => made.comparisonAsMarkdown(shown(), sources, true))
          .then((text) => saveFile(new Blob([text], { type: 'text/markdown' }), `${fileStem}.md`)),
    },
  ];
  return (
    <div className="block-bar comparison-bar">
      <fieldset className="segments" aria-label={t('table.view')} data-used={view.asCards || undefined}>
        <button type="button" aria-pressed={!view.asCards} onClick={() => change({ asCards: false })}>
          {t('table.table')}
        </button>
        <button type="button" aria-pressed={view.asCards} onClick={() => change({ asCards: true })}>
          {t('table.cards')}
        </button>
      </fieldset>
      <span className="grow" />
      <MenuButton icon={ArrowDownUp} label={t('comparison.order')} entries={orders} />
      <IconButton
        icon={copied ? Check : Copy}
        label={copied ? t('action.copied') : t('action.copy')}
        onClick={() => copy(files().then((made) => made.comparisonAsMarkdown(shown(), sources)))}
      />
      <MenuButton icon={Download} label={t('comparison.save')} entries={takeAlong} />
      {openComparison && answerId !== undefined && start !== undefined && (
        <IconButton
          icon={Maximize2}
          label={t('comparison.open')}
          onClick={() => openComparison(answerId, start)}
        />
      )}
    </div>
  );
}

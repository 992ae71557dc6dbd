import { ArrowDownWideNarrow, ArrowUpNarrowWide, EyeOff } from 'lucide-react';
import { type RefObject, useCallback, useEffect, useRef } from 'react';
import type { Comparison } from '@/utils/compare';
import { t } from '@/utils/i18n';
import type { MenuEntry } from '../../ui/menu';
import { type ArrangedRows, hasFigures } from './arrange';
import type { RowMenu } from './comparison-grid';
import type { View } from './use-arrangement';

/** What the menu of a row does: hides it, and puts the columns in the order of its figures. */
export function useRowMenu({
  comparison,
  arranged,
  view,
  change,
  box,
}: {
  comparison: Comparison;
  arranged: ArrangedRows;
  view: View;
  change: (part: Partial<View>) => void;
  box: RefObject<HTMLElement | null>;
}): RowMenu {
  const focusNext = useRef<number>(undefined);
  const now = { comparison, arranged, view, change };
  const latest = useRef(now);
  latest.current = now;

  // The row with the button is gone: the focus goes on to the next one, or to the line that brings rows back.
  useEffect(() => {
    const at = focusNext.current;
    if (at === undefined) return;
    focusNext.current = undefined;
    const buttons = box.current?.querySelectorAll<HTMLElement>('.comparison-row-name') ?? [];
    const next = buttons[Math.min(at, buttons.length - 1)];
    (next ?? box.current?.querySelector<HTMLElement>('.comparison-hidden button'))?.focus();
  });

  return useCallback((place): MenuEntry[] => {
    const { comparison, arranged, view, change } = latest.current;
    const row = comparison.rows[place];
    const { byRow, hidden } = view;
    const by = (rising: boolean): MenuEntry => {
      const isOn = byRow?.row === place && byRow.rising === rising;
      return {
        label: t(rising ? 'comparison.rising' : 'comparison.falling'),
        icon: rising ? ArrowUpNarrowWide : ArrowDownWideNarrow,
        checked: isOn,
        run: () => change({ byRow: isOn ? undefined : { row: place, rising } }),
      };
    };
    return [
      {
        label: t('comparison.hide'),
        icon: EyeOff,
        run: () => {
          focusNext.current = arranged.rows.findIndex((entry) => entry.place === place);
          change({ hidden: new Set([...hidden, place]) });
        },
      },
      ...(row && hasFigures(row) ? [{ ...by(true), separated: true }, by(false)] : []),
    ];
  }, []);
}

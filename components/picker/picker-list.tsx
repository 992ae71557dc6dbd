import {
  type KeyboardEvent,
  type ReactNode,
  type Ref,
  useCallback,
  useImperativeHandle,
  useRef,
  useState,
} from 'react';
import { Virtualizer, type VirtualizerHandle } from 'virtua';
import type { PickerRow } from './picker-rows';

/** Rows from which on only those in sight are drawn. */
const manyRows = 60;
/** Rows that Page Up and Page Down go past. */
const page = 8;

export interface PickerListHandle {
  /** Gives the focus to the row with this id once it is there, or to the first one. */
  focus: (id?: string) => void;
}

/**
 * The rows, with one of them in the order of Tab: the arrow keys go from one to the next, and what is typed goes on in
 * the field for searching.
 */
export function PickerList({
  ref,
  rows,
  label,
  drawRow,
  onLeave,
  onType,
}: {
  ref: Ref<PickerListHandle>;
  rows: PickerRow[];
  label: string;
  drawRow: (row: PickerRow, isActive: boolean) => ReactNode;
  /** Up from the first row. */
  onLeave: () => void;
  /** A character was pressed: the field takes it. */
  onType: () => void;
}) {
  const scroller = useRef<HTMLDivElement>(null);
  const list = useRef<VirtualizerHandle>(null);
  const [active, setActive] = useState<string>();
  const found = rows.findIndex(({ id }) => id === active);
  const activeAt = Math.max(0, found);
  const isMany = rows.length >= manyRows;

  const focus = useCallback(
    (position: number) => {
      const row = rows[Math.min(Math.max(position, 0), rows.length - 1)];
      if (!row) return;
      setActive(row.id);
      list.current?.scrollToIndex(rows.indexOf(row), { align: 'nearest' });
      focusWhenThere(scroller.current, row.id);
    },
    [rows],
  );
  useImperativeHandle(
    ref,
    () => ({
      focus: (id) => {
        if (id === undefined) return focus(0);
        setActive(id);
        focusWhenThere(scroller.current, id);
      },
    }),
    [focus],
  );

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const { key } = event;
    const moves: Record<string, number> = {
      ArrowDown: activeAt + 1,
      ArrowUp: activeAt - 1,
      PageDown: activeAt + page,
      PageUp: Math.max(0, activeAt - page),
      Home: 0,
      End: rows.length - 1,
    };
    const to = moves[key];
    if (to !== undefined) {
      event.preventDefault();
      if (to < 0) onLeave();
      else focus(to);
    } else if (key.length === 1 && key !== ' ') onType();
  };
  const draw = (row: PickerRow, index: number) => (
    <div key={row.id} data-row={row.id}>
      {drawRow(row, index === activeAt)}
    </div>
  );
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot scroll
    <div
      ref={scroller}
      className="picker-rows"
      role="group"
      aria-label={label}
      onKeyDown={onKeyDown}
      onFocus={(event) => {
        const id = (event.target as HTMLElement).closest<HTMLElement>('[data-row]')?.dataset.row;
        if (id !== undefined) setActive(id);
      }}
    >
      {isMany ? (
        <Virtualizer
          ref={list}
          data={rows}
          itemSize={48}
          // So far ahead that an arrow key that is held down finds the next row measured.
          bufferSize={600}
          keepMounted={[activeAt - 1, activeAt, activeAt + 1].filter((at) => at >= 0 && at < rows.length)}
        >
          {draw}
        </Virtualizer>
      ) : (
        rows.map(draw)
      )}
    </div>
  );
}

/** Frames that a row far away may take until it is measured; before that it takes no focus. */
const patience = 20;

function focusWhenThere(scroller: HTMLElement | null, id: string, frames = patience): void {
  const row = scroller?.querySelector<HTMLElement>(`[data-row="${CSS.escape(id)}"] [data-stop]`);
  row?.focus();
  if (document.activeElement !== row || !row) {
    if (frames > 0) requestAnimationFrame(() => focusWhenThere(scroller, id, frames - 1));
  }
}

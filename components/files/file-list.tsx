import { useState } from 'react';
import { Virtualizer } from 'virtua';
import { FileRow, type RowHandlers } from './file-row';
import type { FileRow as Row } from './file-rows';
import type { ReadingAgain } from './use-reading-again';

/** Rows from which on the list scrolls by itself, and only those in sight are drawn. */
const manyRows = 40;

/** Files as rows, in the order of their numbers. */
export function FileList({
  rows,
  on,
  again,
  model,
  sees,
}: {
  rows: Row[];
  on: RowHandlers;
  again: ReadingAgain;
  model?: string;
  sees: boolean;
}) {
  const [focused, setFocused] = useState<number>();
  const draw = (row: Row) => {
    const id = row.is === 'read' ? row.entry.source.id : '';
    return (
      <FileRow
        row={row}
        on={on}
        isBusy={again.busy.has(id)}
        trouble={again.troubles.get(id)}
        model={row.is === 'picture' ? model : undefined}
        sees={sees}
      />
    );
  };
  if (rows.length < manyRows) {
    return (
      <ul className="file-list">
        {rows.map((row) => (
          <li key={row.id}>{draw(row)}</li>
        ))}
      </ul>
    );
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only notices where the focus is
    <div
      className="file-list is-long"
      // A row that has the focus stays, however far it is scrolled away.
      onFocus={(event) => {
        const at = (event.target as HTMLElement).closest<HTMLElement>('[data-row]')?.dataset.row;
        setFocused(at === undefined ? undefined : Number(at));
      }}
    >
      <Virtualizer
        as="ul"
        item="li"
        data={rows}
        itemSize={55}
        // So far ahead that a Tab key that is held down finds the next row measured: before that it takes no focus.
        bufferSize={800}
        keepMounted={(focused === undefined ? [] : [focused - 1, focused, focused + 1]).filter(
          (index) => index >= 0 && index < rows.length,
        )}
      >
        {(row, index) => (
          <div key={row.id} data-row={index}>
            {draw(row)}
          </div>
        )}
      </Virtualizer>
    </div>
  );
}

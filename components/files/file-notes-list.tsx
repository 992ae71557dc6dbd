import { useState } from 'react';
import type { MeasuredSource } from '@/utils/context/compose';
import { sayAlso, t } from '@/utils/i18n';
import { notesOf } from './file-notes';
import type { FileRow } from './file-rows';
import type { ReadingAgain } from './use-reading-again';

await sayAlso('files');

/** Notes that are shown before the user asks for the rest. */
const mostNotes = 3;

/** What differs between the files and their texts, under the list of them. */
export function FileNotes({
  rows,
  again,
  onCheck,
  compact,
}: {
  rows: readonly FileRow[];
  again: ReadingAgain;
  onCheck: (entry: MeasuredSource) => void;
  compact: boolean;
}) {
  const [all, setAll] = useState(false);
  const notes = rows.flatMap((row) =>
    row.is === 'read'
      ? notesOf(row.entry.source)
          .filter(({ isMinor }) => !isMinor)
          .map((note) => ({ note, entry: row.entry, id: `${row.id} ${note.id}` }))
      : [],
  );
  const most = compact ? 1 : mostNotes;
  const shown = all ? notes : notes.slice(0, most);
  const rest = notes.length - shown.length;
  if (notes.length === 0) return null;
  return (
    <div className="file-notes">
      {shown.map(({ id, entry, note: { icon: Icon, text, action } }) => (
        <p key={id} className="file-note">
          <Icon className="icon icon-small" aria-hidden="true" />
          <span>
            {text}{' '}
            {action && (
              <button
                type="button"
                className="text-button"
                aria-label={t('files.note.again', { action: action.label, name: entry.source.title })}
                disabled={again.busy.has(entry.source.id)}
                onClick={() => ('check' in action ? onCheck(entry) : void again.read(entry, action.choices))}
              >
                {action.label}
              </button>
            )}
          </span>
        </p>
      ))}
      {rest > 0 && (
        <button type="button" className="text-button" onClick={() => setAll(true)}>
          {t('files.note.more', { count: rest })}
        </button>
      )}
    </div>
  );
}

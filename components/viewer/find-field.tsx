import { ChevronDown, ChevronUp, Search } from 'lucide-react';
import { sayAlso, t } from '@/utils/i18n';
import { IconButton } from '../ui/icon-button';

await sayAlso('files');

/** Looks for words in the text: of a long one only what is near the screen is drawn, so the browser cannot. */
export function FindField({
  words,
  onWords,
  count,
  at,
  onMove,
}: {
  words: string;
  onWords: (words: string) => void;
  /** Passages that have the words; undefined while nothing is looked for. */
  count?: number;
  /** Which of them is shown, from 0. */
  at: number;
  onMove: (step: 1 | -1) => void;
}) {
  return (
    <div className="source-find">
      <Search className="icon icon-small" aria-hidden="true" />
      <input
        type="search"
        value={words}
        aria-label={t('viewer.find')}
        placeholder={t('viewer.find')}
        onChange={(event) => onWords(event.target.value)}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing || event.keyCode === 229) return;
          if (event.key === 'Enter') {
            event.preventDefault();
            onMove(event.shiftKey ? -1 : 1);
          } else if (event.key === 'Escape' && words) {
            // Esc ends the search before it closes the sheet.
            event.preventDefault();
            event.stopPropagation();
            onWords('');
          }
        }}
      />
      <span className="meta" role="status">
        {count !== undefined && t('viewer.found', { number: count === 0 ? 0 : at + 1, count })}
      </span>
      {count !== undefined && count > 1 && (
        <>
          <IconButton icon={ChevronUp} label={t('viewer.previous')} onClick={() => onMove(-1)} />
          <IconButton icon={ChevronDown} label={t('viewer.next')} onClick={() => onMove(1)} />
        </>
      )}
    </div>
  );
}

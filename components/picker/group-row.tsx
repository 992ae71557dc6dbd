import { ChevronDown } from 'lucide-react';
import { memo } from 'react';
import { t } from '@/utils/i18n';
import { headOf, type PickerRow } from './picker-rows';

interface HeadProps {
  row: PickerRow & { kind: 'group' };
  /** Whether there is something to tick; undefined where nothing can be ticked at all. */
  mayTickAll?: boolean;
  isActive: boolean;
  onFold: (id: string) => void;
  onTickAll: (row: PickerRow & { kind: 'group' }) => void;
}

/** The head of a group: its name, which folds it where it folds, and all or none of it. */
export const GroupRow = memo(function GroupRow({ row, mayTickAll, isActive, onFold, onTickAll }: HeadProps) {
  const { group, title, folds, isOpen } = row;
  const tabIndex = isActive ? 0 : -1;
  const count = group.candidates.length + (group.more ?? 0);
  const name = (
    <>
      {group.color && <i className={`picker-color is-${knownColor(group.color)}`} aria-hidden="true" />}
      <bdi className="ellipsis">{title}</bdi>
      <span className="picker-count">{count}</span>
    </>
  );
  return (
    <div className="picker-group">
      <h3 id={headOf(row.id)} className="eyebrow grow">
        {folds ? (
          <button
            type="button"
            className="picker-fold"
            data-stop=""
            tabIndex={tabIndex}
            aria-expanded={isOpen}
            onClick={() => onFold(row.id)}
          >
            <ChevronDown
              className={isOpen ? 'icon icon-small is-open' : 'icon icon-small'}
              aria-hidden="true"
            />
            {name}
          </button>
        ) : (
          <span className="picker-name">{name}</span>
        )}
      </h3>
      {isOpen && mayTickAll !== undefined && (
        <button
          type="button"
          className="text-button"
          data-stop={folds ? undefined : ''}
          tabIndex={tabIndex}
          aria-label={t(mayTickAll ? 'picker.allOf' : 'picker.noneOf', { group: title })}
          onClick={() => onTickAll(row)}
        >
          {t(mayTickAll ? 'picker.all' : 'picker.none')}
        </button>
      )}
    </div>
  );
});

/** The colours that browsers give to groups of tabs. */
const colors = ['grey', 'blue', 'red', 'yellow', 'green', 'pink', 'purple', 'cyan', 'orange'];

const knownColor = (color: string) => (colors.includes(color) ? color : 'grey');

/** A list that the browser shows only when it is asked to: the click asks. */
export function LackingRow({
  what,
  isActive,
  onAllow,
}: {
  what: 'bookmarks' | 'history';
  isActive: boolean;
  onAllow: (what: 'bookmarks' | 'history') => void;
}) {
  return (
    <div className="picker-group">
      <h3 className="eyebrow grow">
        <span className="picker-name">{t(what === 'history' ? 'picker.history' : 'picker.bookmarks')}</span>
      </h3>
      <button
        type="button"
        className="text-button"
        data-stop=""
        tabIndex={isActive ? 0 : -1}
        onClick={() => onAllow(what)}
      >
        {t(what === 'history' ? 'picker.show.history' : 'picker.show.bookmarks')}
      </button>
    </div>
  );
}

import { Ellipsis, type LucideIcon } from 'lucide-react';
import { lazy, type ReactNode, Suspense, useRef, useState } from 'react';

/** One thing that a menu offers. */
export interface MenuEntry {
  label: string;
  /** Tells it from others with the same label. */
  id?: string;
  icon?: LucideIcon;
  run: () => void;
  /** Done within the click, before the menu closes: what the browser allows only then. */
  atClick?: () => void;
  /** What choosing it means, under the label. */
  hint?: string;
  /** Something is lost by it: drawn in the colour of danger. */
  danger?: boolean;
  disabled?: boolean;
  /** One of several choices, and whether it is the one that holds. */
  checked?: boolean;
  /** A line stands before it. */
  separated?: boolean;
}

/** Loaded at the first sign of a wish for a menu: the first paint does without. */
const loadList = () => import('./menu-list');
const MenuList = lazy(loadList);

/** How a menu was opened: by keys, its first entry has the focus at once. */
export type Opening = 'pointer' | 'keys';

/**
 * A button that opens a menu. Without `children`, which name it then, it is an icon. Esc, Tab and a click elsewhere close it, and the
 * focus goes back to the button, or where `run` puts it.
 */
export function MenuButton({
  label,
  entries,
  icon: Icon = Ellipsis,
  className = 'icon-button',
  align = 'end',
  children,
  disabled,
  note,
}: {
  /** The accessible name of the button and of its menu; begins with what the button shows, where it shows words. */
  label: string;
  /** Asked for when the menu is open, so that closed menus of a long list cost nothing. */
  entries: () => MenuEntry[];
  icon?: LucideIcon;
  className?: string;
  /** Which edges of the button and of the menu are on one line. */
  align?: 'start' | 'end';
  children?: ReactNode;
  disabled?: boolean;
  /** What is said under the entries. */
  note?: ReactNode;
}) {
  const button = useRef<HTMLButtonElement>(null);
  const [opening, setOpening] = useState<Opening>();
  /** Stays set once the menu was opened, so that it can end its closing. */
  const [used, setUsed] = useState(false);
  const open = (how: Opening) => {
    setUsed(true);
    setOpening(how);
  };
  return (
    <>
      <button
        ref={button}
        type="button"
        className={className}
        aria-label={label}
        title={children ? undefined : label}
        aria-haspopup="menu"
        aria-expanded={opening !== undefined}
        disabled={disabled}
        onPointerEnter={loadList}
        onFocus={loadList}
        onClick={(event) => (opening ? setOpening(undefined) : open(event.detail === 0 ? 'keys' : 'pointer'))}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
          event.preventDefault();
          open('keys');
        }}
      >
        {children ?? <Icon className="icon" aria-hidden="true" />}
      </button>
      {used && (
        <Suspense>
          <MenuList
            button={button}
            label={label}
            entries={entries}
            opening={opening}
            align={align}
            note={note}
            onClose={() => setOpening(undefined)}
          />
        </Suspense>
      )}
    </>
  );
}

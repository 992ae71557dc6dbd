import { Menu } from '@base-ui/react/menu';
import { Check } from 'lucide-react';
import { Fragment, type ReactNode, type RefObject, useEffect, useId, useRef } from 'react';
import type { MenuEntry, Opening } from './menu';

/** Space between the button and its menu, and between the menu and the edges of the panel, in pixels. */
const gap = 4;
const edge = 8;

/** The menu of a button. Its own file, since the library behind it is loaded only when a menu is wanted. */
export default function MenuList({
  button,
  label,
  entries,
  opening,
  align,
  note,
  onClose,
}: {
  button: RefObject<HTMLButtonElement | null>;
  label: string;
  entries: () => MenuEntry[];
  /** Undefined while it is closed. */
  opening?: Opening;
  align: 'start' | 'end';
  note?: ReactNode;
  onClose: () => void;
}) {
  const noteId = useId();
  /** What was chosen is done when the menu has given the focus back, so that it can put the focus elsewhere. */
  const chosen = useRef<() => void>(undefined);
  const close = () => {
    const run = chosen.current;
    chosen.current = undefined;
    run?.();
  };
  return (
    <Menu.Root
      open={opening !== undefined}
      onOpenChange={(open) => !open && onClose()}
      onOpenChangeComplete={(open) => !open && close()}
    >
      {/* An open dialog lies over everything else: its menus belong inside. */}
      <Menu.Portal container={button.current?.closest('dialog') ?? undefined}>
        <Menu.Positioner
          className="menu-place"
          anchor={button}
          side="bottom"
          align={align}
          sideOffset={gap}
          collisionPadding={edge}
        >
          <Menu.Popup
            className="menu"
            aria-label={label}
            aria-describedby={note ? noteId : undefined}
            finalFocus={button}
            onKeyDown={(event) => {
              if (event.key !== 'Tab') return;
              event.preventDefault();
              onClose();
            }}
          >
            <Entries
              entries={entries()}
              focusFirst={opening === 'keys'}
              onChoose={(run) => {
                chosen.current = run;
              }}
            />
            {note && (
              <p className="menu-note" id={noteId}>
                {note}
              </p>
            )}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

function Entries({
  entries,
  focusFirst,
  onChoose,
}: {
  entries: MenuEntry[];
  focusFirst: boolean;
  onChoose: (run: () => void) => void;
}) {
  const first = useRef<HTMLDivElement>(null);
  const hints = useId();
  useEffect(() => {
    // The library gives the focus to the menu in the next frame: the first entry gets it after that.
    const frame =
      focusFirst && requestAnimationFrame(() => requestAnimationFrame(() => first.current?.focus()));
    return () => void (frame && cancelAnimationFrame(frame));
  }, [focusFirst]);
  return entries.map(
    (
      { label, id = label, icon: Icon, run, atClick, hint, danger, disabled, checked, separated },
      position,
    ) => {
      const content = (
        <>
          {checked === undefined ? (
            Icon && <Icon className="icon icon-small" aria-hidden="true" />
          ) : (
            <Check className="icon icon-small menu-check" aria-hidden="true" />
          )}
          {hint ? (
            <span className="grow">
              <span id={`${hints}${id}`}>{label}</span>
              <span className="menu-hint" id={`${hints}${id}-hint`}>
                {hint}
              </span>
            </span>
          ) : (
            <span className="grow">{label}</span>
          )}
        </>
      );
      const common = {
        ref: position === 0 ? first : undefined,
        className: danger ? 'menu-entry menu-entry-danger' : 'menu-entry',
        disabled,
        label,
        onClick: () => {
          atClick?.();
          onChoose(run);
        },
        ...(hint && { 'aria-labelledby': `${hints}${id}`, 'aria-describedby': `${hints}${id}-hint` }),
      };
      return (
        <Fragment key={id}>
          {separated && <hr className="menu-line" />}
          {checked === undefined ? (
            <Menu.Item {...common}>{content}</Menu.Item>
          ) : (
            <Menu.CheckboxItem {...common} checked={checked} closeOnClick>
              {content}
            </Menu.CheckboxItem>
          )}
        </Fragment>
      );
    },
  );
}

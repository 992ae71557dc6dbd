import { X } from 'lucide-react';
import { type ReactNode, useId, useLayoutEffect, useRef } from 'react';
import { t } from '@/utils/i18n';
import { IconButton } from './icon-button';

/** A sheet from the bottom of the panel. Esc and the cross close it; the focus goes back where it came from. */
export function Sheet({
  title,
  onClose,
  children,
}: {
  title: string;
  onClose: () => void;
  children: ReactNode;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const id = useId();
  // A layout effect ends before the dialog leaves the document; afterwards it could not give the focus back.
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    heading.current?.focus();
    return () => element?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      className="sheet"
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <div className="sheet-head">
        <h2 id={id} ref={heading} tabIndex={-1} className="grow">
          {title}
        </h2>
        <IconButton icon={X} label={t('action.close')} onClick={onClose} />
      </div>
      {children}
    </dialog>
  );
}

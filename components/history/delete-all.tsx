import { Trash2 } from 'lucide-react';
import { useEffect, useId, useRef } from 'react';
import { t } from '@/utils/i18n';

/** The second click that deleting everything takes. */
export function DeleteAll({
  count,
  onCancel,
  onDelete,
}: {
  count: number;
  onCancel: () => void;
  onDelete: () => void;
}) {
  const cancel = useRef<HTMLButtonElement>(null);
  const id = useId();
  // Where a key that is pressed twice does no harm.
  useEffect(() => cancel.current?.focus(), []);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields
    <div className="notice notice-red" role="group" aria-labelledby={id}>
      <Trash2 className="icon" aria-hidden="true" />
      <div className="grow">
        <p id={id}>
          <b>{t('history.deleteAllSure', { count })}</b>
        </p>
        <div className="notice-actions">
          <button type="button" className="button button-small button-solid" onClick={onDelete}>
            {t('history.deleteAllGo')}
          </button>
          <button
            ref={cancel}
            type="button"
            className="button button-small button-quiet"
            onClick={onCancel}
            onKeyDown={(event) => {
              if (event.key !== 'Escape') return;
              event.preventDefault();
              event.stopPropagation();
              onCancel();
            }}
          >
            {t('history.cancel')}
          </button>
        </div>
      </div>
    </div>
  );
}

import { X } from 'lucide-react';
import { mostInQuestion } from '@/utils/chat/pasted-text';
import { t } from '@/utils/i18n';

/** Says that a pasted text became a source, and offers to put it into the question after all where that is sensible. */
export function PastedNote({
  words,
  characters,
  onPutIn,
  onClose,
}: {
  words: number;
  characters: number;
  onPutIn: () => void;
  onClose: () => void;
}) {
  return (
    <div className="pasted-note">
      <p role="status" className="grow">
        {t('paste.attached', { count: words })}
      </p>
      {characters <= mostInQuestion && (
        <button type="button" className="text-button" onClick={onPutIn}>
          {t('paste.putIn')}
        </button>
      )}
      <button type="button" className="chip-close" aria-label={t('action.close')} onClick={onClose}>
        <X className="icon icon-small" aria-hidden="true" />
      </button>
    </div>
  );
}

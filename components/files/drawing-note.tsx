import { Crop } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { sayAlso, t } from '@/utils/i18n';

await sayAlso('troubles');

/** Said in the panel while a frame is drawn on the page: the focus may be here and not there. */
export function DrawingNote({ drawing }: { drawing: AbortController }) {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    button.current?.focus();
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') drawing.abort();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [drawing]);
  return (
    <p className="answer-status scan-progress" role="status">
      <Crop className="icon" aria-hidden="true" />
      <span className="grow">{t('screenshot.waiting')}</span>
      <button ref={button} type="button" className="text-button" onClick={() => drawing.abort()}>
        {t('screenshot.cancel')}
      </button>
    </p>
  );
}

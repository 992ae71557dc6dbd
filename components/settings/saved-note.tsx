import { Check, CircleAlert } from 'lucide-react';
import { useEffect, useState } from 'react';
import { t } from '@/utils/i18n';
import { Notice } from '../ui/notice';
import { useWatched } from '../use-watched';
import { saving } from './saving';

/** Milliseconds for which a saved change is said. */
const shownFor = 2_500;

/** Says quietly that a change was saved, and aloud that it was not. */
export function SavedNote() {
  const latest = useWatched(saving);
  const [said, setSaid] = useState(latest);
  const isShown = latest !== undefined && latest !== said;
  useEffect(() => {
    if (!isShown || latest?.trouble) return;
    const timer = setTimeout(() => setSaid(latest), shownFor);
    return () => clearTimeout(timer);
  }, [isShown, latest]);
  const { trouble } = latest ?? {};
  return (
    <div className="saved-note">
      <p role="status" className={isShown && !trouble ? 'saved-line' : undefined}>
        {isShown && !trouble && (
          <>
            <Check className="icon icon-small" aria-hidden="true" />
            {t('settings.changeSaved')}
          </>
        )}
      </p>
      {isShown && trouble && (
        <Notice
          icon={CircleAlert}
          tone="red"
          title={t('settings.notSaved')}
          alert
          actions={[{ label: t('action.close'), run: () => setSaid(latest) }]}
        >
          {trouble.code === 'storage-full'
            ? t('settings.notSavedFull')
            : t('settings.notSavedWhy', { message: String(trouble.facts.message ?? trouble.code) })}
        </Notice>
      )}
    </div>
  );
}

import { Check, CircleAlert } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { t } from '@/utils/i18n';
import { deleteEverything } from '@/utils/store/delete-everything';
import type { StoredCounts } from '@/utils/store/stored';
import { Notice } from '../ui/notice';
import { useSettingsActions } from './actions';
import { useStored } from './stored-setting';

/** The part of the page's address that says what has just been done: the page is loaded anew to forget it all. */
const deletedMark = '#deleted';

/** Deletes all that is kept, after a second click on a list of what goes. */
export function DeleteEverything() {
  const { grantedOrigins, takeBack } = useSettingsActions();
  const stored = useStored();
  const [state, setState] = useState<'idle' | 'asking' | 'deleting' | 'failed'>('idle');
  const ask = useRef<HTMLButtonElement>(null);
  const stop = () => {
    setState('idle');
    // The button comes back with the next drawing.
    requestAnimationFrame(() => ask.current?.focus());
  };
  const go = async () => {
    setState('deleting');
    try {
      const origins = await grantedOrigins();
      await deleteEverything();
      for (const origin of origins) await takeBack(origin);
      location.hash = deletedMark;
      location.reload();
    } catch (error) {
      console.error(error);
      setState('failed');
    }
  };
  return (
    <>
      <h3>{t('privacy.delete')}</h3>
      <p className="meta">{t('privacy.deleteAbout')}</p>
      {/* Before it is counted nobody can say what goes. */}
      {state === 'idle' || !stored ? (
        <div className="form-actions">
          <button
            ref={ask}
            type="button"
            className="button button-line button-small button-danger"
            onClick={() => setState('asking')}
          >
            {t('privacy.deleteAsk')}
          </button>
        </div>
      ) : (
        <WhatGoes stored={stored} isBusy={state === 'deleting'} onGo={() => void go()} onCancel={stop} />
      )}
      <div role="status">
        {state === 'deleting' && <p className="meta">{t('privacy.deleting')}</p>}
        {state === 'failed' && <Notice icon={CircleAlert} tone="red" title={t('privacy.notDeleted')} />}
      </div>
    </>
  );
}

function WhatGoes({
  stored,
  isBusy,
  onGo,
  onCancel,
}: {
  stored: StoredCounts;
  isBusy: boolean;
  onGo: () => void;
  onCancel: () => void;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <div className="what-goes">
      <h4 ref={heading} tabIndex={-1}>
        {t('privacy.deleteList')}
      </h4>
      <ul>
        <li>{t('privacy.goChats', { ...stored })}</li>
        <li>{t('privacy.goFiles', { ...stored })}</li>
        <li>{t('privacy.goKeys', { ...stored })}</li>
        <li>{t('privacy.goPrompts', { ...stored })}</li>
        <li>{t('privacy.goTerms', { ...stored })}</li>
        <li>{t('privacy.goSettings')}</li>
        <li>{t('privacy.goAccess')}</li>
      </ul>
      <p className="meta">{t('privacy.deleteStays')}</p>
      <div className="form-actions">
        <button
          type="button"
          className="button button-solid button-small button-delete"
          disabled={isBusy}
          onClick={onGo}
        >
          {t('privacy.deleteGo')}
        </button>
        <a className="button button-line button-small" href="#backup">
          {t('privacy.deleteBackup')}
        </a>
        <button
          type="button"
          className="button button-quiet button-small"
          disabled={isBusy}
          onClick={onCancel}
        >
          {t('decision.cancel')}
        </button>
      </div>
    </div>
  );
}

/** Said at the top of the page when everything was deleted; the address forgets it at once. */
export function DeletedNotice() {
  const { beginAgain } = useSettingsActions();
  const [isShown] = useState(() => location.hash === deletedMark);
  useEffect(() => {
    if (isShown) history.replaceState(null, '', location.pathname);
  }, [isShown]);
  if (!isShown) return null;
  return (
    <Notice
      icon={Check}
      title={t('privacy.deleted')}
      actions={[{ label: t('privacy.beginAgain'), run: beginAgain }]}
      alert
    >
      {t('privacy.deletedAbout')}
    </Notice>
  );
}

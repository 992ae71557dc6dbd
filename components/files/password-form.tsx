import { useEffect, useId, useRef, useState } from 'react';
import { sayAlso, t } from '@/utils/i18n';

await sayAlso('files');

/** Asks for the password of a locked file. It is used once and kept nowhere. */
export function PasswordForm({
  name,
  isWrong,
  onEnter,
  onCancel,
}: {
  name: string;
  isWrong: boolean;
  onEnter: (password: string) => void;
  onCancel: () => void;
}) {
  const [password, setPassword] = useState('');
  const field = useRef<HTMLInputElement>(null);
  const id = useId();
  // It stands where the user asked for it, or where the last attempt was; nobody is called back from elsewhere.
  useEffect(() => {
    const { activeElement } = document;
    const row = field.current?.closest('.file-row');
    if (activeElement === document.body || row?.contains(activeElement)) field.current?.focus();
  }, []);
  return (
    <form
      className="file-password"
      onSubmit={(event) => {
        event.preventDefault();
        if (!password) return;
        // The form goes while the file is read; the focus waits in its row.
        field.current?.closest('.file-row')?.querySelector<HTMLElement>('.file-remove')?.focus();
        onEnter(password);
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        event.stopPropagation();
        onCancel();
      }}
    >
      <label className="for-screen-readers" htmlFor={id}>
        {t('files.password', { name })}
      </label>
      <input
        ref={field}
        id={id}
        type="password"
        autoComplete="off"
        value={password}
        aria-invalid={isWrong}
        onChange={(event) => setPassword(event.target.value)}
      />
      <button type="submit" className="button button-small button-solid" disabled={!password}>
        {t('files.open')}
      </button>
      <button type="button" className="button button-small button-quiet" onClick={onCancel}>
        {t('files.cancel')}
      </button>
    </form>
  );
}

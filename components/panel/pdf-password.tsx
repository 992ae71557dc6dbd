import { Lock } from 'lucide-react';
import { useId, useState } from 'react';
import type { Trouble } from '@/utils/errors';
import { sayAlso, t } from '@/utils/i18n';
import { useActions } from './actions';

await Promise.all([sayAlso('files'), sayAlso('troubles')]);

/** Asks for the password of an encrypted PDF. It is used once, here, and kept nowhere. */
export function PdfPassword({ trouble }: { trouble: Trouble }) {
  const { readWithPassword } = useActions();
  const [password, setPassword] = useState('');
  const id = useId();
  const isWrong = Boolean(trouble.facts.wrong);
  return (
    <form
      className="notice"
      onSubmit={(event) => {
        event.preventDefault();
        if (password) readWithPassword(password);
      }}
    >
      <Lock className="icon" aria-hidden="true" />
      <div className="grow">
        <p role="alert">
          <b>{t('trouble.pdf-password.title', { name: trouble.facts.name ?? '' })}</b>{' '}
          {t('trouble.pdf-password.text', { wrong: isWrong ? 1 : 0 })}
        </p>
        <label className="for-screen-readers" htmlFor={id}>
          {t('pdf.password')}
        </label>
        <div className="notice-actions pdf-password">
          <input
            id={id}
            type="password"
            autoComplete="off"
            placeholder={t('pdf.password')}
            value={password}
            aria-invalid={isWrong}
            onChange={(event) => setPassword(event.target.value)}
          />
          <button type="submit" className="button button-small button-solid" disabled={!password}>
            {t('pdf.open')}
          </button>
        </div>
      </div>
    </form>
  );
}

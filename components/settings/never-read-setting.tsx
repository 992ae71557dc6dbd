import { type FormEvent, useId, useRef, useState } from 'react';
import { type MessageKey, t } from '@/utils/i18n';
import { hostFrom } from '@/utils/store/hosts';
import { settings } from '@/utils/store/settings';
import { reportSaving } from './saving';
import { useSetting } from './use-setting';

/** Letters of something typed that a sentence repeats: it may have been pasted by mistake. */
const saidLetters = 60;

/** The sites whose pages are never read. */
export function NeverRead() {
  const [sites = []] = useSetting(settings.neverRead);
  const [typed, setTyped] = useState('');
  // Not the sentence itself: it is said in another language when that changes.
  const [said, setSaid] = useState<{ key: MessageKey; values: { site: string } | { text: string } }>();
  const isError = said?.key === 'privacy.siteInvalid';
  const field = useRef<HTMLInputElement>(null);
  const id = useId();
  const add = (event: FormEvent) => {
    event.preventDefault();
    const site = hostFrom(typed);
    field.current?.focus();
    if (!site) {
      const text = typed.trim();
      const shown = text.length > saidLetters ? `${text.slice(0, saidLetters)}…` : text;
      return setSaid({ key: 'privacy.siteInvalid', values: { text: shown } });
    }
    setTyped('');
    if (sites.includes(site)) return setSaid({ key: 'privacy.siteThere', values: { site } });
    reportSaving(settings.neverRead.change((list) => [...list, site]));
    setSaid({ key: 'privacy.siteAdded', values: { site } });
  };
  const remove = (site: string) => {
    reportSaving(settings.neverRead.change((list) => list.filter((entry) => entry !== site)));
    setSaid({ key: 'privacy.siteRemoved', values: { site } });
    // Its row is gone, and the button with it.
    field.current?.focus();
  };
  return (
    <>
      <h3>{t('privacy.neverRead')}</h3>
      <p className="meta">{t('privacy.neverReadAbout')}</p>
      <form className="add-site" onSubmit={add}>
        <div className="field grow">
          <label htmlFor={`${id}site`}>{t('privacy.site')}</label>
          <span className="field-box">
            <input
              ref={field}
              id={`${id}site`}
              type="text"
              inputMode="url"
              dir="ltr"
              autoComplete="off"
              autoCapitalize="off"
              spellCheck={false}
              value={typed}
              aria-invalid={isError}
              aria-describedby={`${id}said`}
              onChange={(event) => {
                setTyped(event.target.value);
                setSaid(undefined);
              }}
            />
          </span>
        </div>
        <button type="submit" className="button button-line" disabled={!typed.trim()}>
          {t('privacy.addSite')}
        </button>
      </form>
      <p id={`${id}said`} role="status" className={isError ? 'field-error' : 'meta'}>
        {said && t(said.key, said.values)}
      </p>
      {sites.length === 0 ? (
        <p className="meta">{t('privacy.neverReadNone')}</p>
      ) : (
        <ul className="plain-list">
          {sites.map((site) => (
            <li key={site}>
              <bdi className="grow">{site}</bdi>
              <button
                type="button"
                className="button button-quiet button-small"
                aria-label={t('privacy.removeSite', { site })}
                onClick={() => remove(site)}
              >
                {t('privacy.removeShort')}
              </button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

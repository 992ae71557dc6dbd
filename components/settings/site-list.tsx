import { type FormEvent, useId, useRef, useState } from 'react';
import { type MessageKey, t } from '@/utils/i18n';
import { hostFrom } from '@/utils/store/hosts';
import type { settings } from '@/utils/store/settings';
import { reportSaving } from './saving';
import { useSetting } from './use-setting';

/** Letters of something typed that a sentence repeats: it may have been pasted by mistake. */
const saidLetters = 60;

/** What a list of sites says of itself. */
export interface SiteListWords {
  title: MessageKey;
  about: MessageKey;
  /** Over the field; no two fields of one page have the same name. */
  field: MessageKey;
  /** On the button that adds a site. */
  add: MessageKey;
  /** Sentences about a `{site}`. */
  added: MessageKey;
  removed: MessageKey;
}

/** A list of sites that can be added to and taken from. */
export function SiteList({ setting, words }: { setting: typeof settings.neverRead; words: SiteListWords }) {
  const [sites = []] = useSetting(setting);
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
    reportSaving(setting.change((list) => [...list, site]));
    setSaid({ key: words.added, values: { site } });
  };
  const remove = (site: string) => {
    reportSaving(setting.change((list) => list.filter((entry) => entry !== site)));
    setSaid({ key: words.removed, values: { site } });
    // Its row is gone, and the button with it.
    field.current?.focus();
  };
  return (
    <>
      <h3>{t(words.title)}</h3>
      <p className="meta">{t(words.about)}</p>
      <form className="add-site" onSubmit={add}>
        <div className="field grow">
          <label htmlFor={`${id}site`}>{t(words.field)}</label>
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
          {t(words.add)}
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

import { type FormEvent, useId, useState } from 'react';
import { sayAlso, t } from '@/utils/i18n';
import { lineTrouble, longestNote, longestTerm as mostOfTerm } from '@/utils/store/term-shape';
import type { BubbleState } from '@/utils/translate/bubble';
import { useOverlayActions } from './actions';

await Promise.all([sayAlso('overlay'), sayAlso('runs')]);

/** A selection up to so many characters and words may be a term itself; the language may have no spaces. */
const longestTerm = 40;
const mostWords = 4;
const mostHan = 10;

/** Whether selected words look like a name for something, and not like a part of a sentence. */
const isName = (text: string) =>
  text.length <= longestTerm &&
  !/[\n,.;:!?，。；：！？、]/.test(text) &&
  (/\p{Script=Han}/u.test(text) ? text.length <= mostHan : text.split(/\s+/).length <= mostWords);

type Scope = 'page' | 'site' | 'everywhere';

/** A word and what it is to be called from now on: on this page, on its site, or everywhere. */
export function AddTerm({
  state,
  onClose,
  onSaved,
}: {
  state: BubbleState;
  onClose: () => void;
  onSaved: () => void;
}) {
  const { addTerm, host } = useOverlayActions();
  const { selected, terms, to, text } = state;
  const isTerm = isName(selected.text);
  const [first] = terms;
  const [source, setSource] = useState(isTerm ? selected.text : (first?.source ?? ''));
  const [target, setTarget] = useState(isTerm ? text : (first?.target ?? ''));
  const [scope, setScope] = useState<Scope>('page');
  const [hasFailed, setFailed] = useState(false);
  const id = useId();
  const trouble = lineTrouble(source.trim()) ?? lineTrouble(target.trim());
  const said = trouble
    ? t(`glossary.wrong.${trouble}`, { limit: mostOfTerm, note: longestNote })
    : hasFailed
      ? t('glossary.notSaved')
      : undefined;
  const scopes: { value: Scope; label: string }[] = [
    { value: 'page', label: t('bubble.page') },
    ...(host ? [{ value: 'site' as const, label: t('bubble.site', { host }) }] : []),
    { value: 'everywhere', label: t('bubble.everywhere') },
  ];
  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (!source.trim() || trouble || !addTerm) return;
    try {
      await addTerm({ source: source.trim(), target: target.trim(), scope, lang: to });
      onSaved();
    } catch {
      // What was typed stays where it is.
      setFailed(true);
    }
  };
  return (
    <form onSubmit={(event) => void save(event)} className="bubble-term">
      <div className="bubble-fields">
        <label>
          {t('bubble.term')}
          <input
            // biome-ignore lint/a11y/noAutofocus: the button that opened the form had the focus
            autoFocus
            type="text"
            value={source}
            required
            autoComplete="off"
            onChange={(event) => setSource(event.target.value)}
          />
        </label>
        <label>
          {t('bubble.termTarget')}
          <input
            type="text"
            lang={to}
            value={target}
            autoComplete="off"
            aria-describedby={id}
            onChange={(event) => setTarget(event.target.value)}
          />
        </label>
      </div>
      <p id={id} className="meta">
        {t('bubble.keepAsIs')}
      </p>
      <fieldset className="bubble-scopes">
        <legend className="for-screen-readers">{t('bubble.scope')}</legend>
        {scopes.map(({ value, label }) => (
          <label key={value}>
            <input
              type="radio"
              name={`${id}scope`}
              checked={scope === value}
              onChange={() => setScope(value)}
            />
            <bdi>{label}</bdi>
          </label>
        ))}
      </fieldset>
      {said && <p role="alert">{said}</p>}
      <footer>
        <button type="submit" disabled={trouble !== undefined} className="button button-solid button-small">
          {t('bubble.saveTerm')}
        </button>
        <button type="button" className="button button-quiet button-small" onClick={onClose}>
          {t('bubble.cancel')}
        </button>
      </footer>
    </form>
  );
}

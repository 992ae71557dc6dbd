import { RefreshCw } from 'lucide-react';
import { type FormEvent, useDeferredValue, useId, useMemo, useState } from 'react';
import { sayAlso, t } from '@/utils/i18n';
import { lineTrouble, longestNote, longestTerm } from '@/utils/store/term-shape';
import { directionOf } from '@/utils/translate/languages';
import type { Term } from '@/utils/translate/types';

await sayAlso('runs');

const wrong = { long: 'glossary.wrong.long', lines: 'glossary.wrong.lines' } as const;

/** A term that is being written: what it is called, where, and when it counts. */
export function TermEditor({
  term,
  isNew,
  host,
  hasPage = true,
  of = 'page',
  affected,
  onSave,
  onRemove,
  onCancel,
}: {
  term: Term;
  isNew: boolean;
  /** Of the page; without one a term cannot be of its site. */
  host: string;
  /** There is a page of which it could be. */
  hasPage?: boolean;
  /** What a term that is of no site would be of. */
  of?: 'page' | 'text';
  /** How many paragraphs would be translated again. */
  affected: (term: Term) => number;
  /** @returns whether it is kept */
  onSave: (term: Term) => Promise<boolean>;
  onRemove?: () => void;
  onCancel: () => void;
}) {
  const [edited, setEdited] = useState(term);
  const [isKept, setKept] = useState(!isNew && term.target === '');
  const [isBusy, setBusy] = useState(false);
  const [hasFailed, setFailed] = useState(false);
  const id = useId();
  const change = (part: Partial<Term>) => setEdited({ ...edited, ...part });
  const final: Term = { ...edited, source: edited.source.trim(), target: isKept ? '' : edited.target.trim() };
  const trouble =
    lineTrouble(final.source) ?? lineTrouble(final.target) ?? lineTrouble(final.note ?? '', longestNote);
  const isWhole = final.source !== '' && (isKept || final.target !== '') && !trouble;
  // The whole page is looked through: after the keys, not between them.
  const said = useDeferredValue(isWhole ? JSON.stringify(final) : '');
  const count = useMemo(() => (said ? affected(JSON.parse(said) as Term) : 0), [said, affected]);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (!isWhole || isBusy) return;
    setBusy(true);
    const isSaved = await onSave(final).catch(() => false);
    setBusy(false);
    setFailed(!isSaved);
  };
  const scopes: { value: Term['scope']; label: string }[] = [
    ...(hasPage ? [{ value: 'page' as const, label: t('glossary.page', { of }) }] : []),
    ...(host ? [{ value: 'site' as const, label: t('glossary.site', { host }) }] : []),
    { value: 'everywhere', label: t('glossary.everywhere') },
  ];
  const isLower = final.source === final.source.toLowerCase();
  return (
    <form
      className="term-editor"
      aria-label={isNew ? t('glossary.add') : t('glossary.edit', { term: term.source })}
      onSubmit={(event) => void save(event)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onCancel();
      }}
    >
      <label className="field">
        <span>{t('glossary.source')}</span>
        <span className="field-box">
          <input
            // biome-ignore lint/a11y/noAutofocus: the button that opened the form had the focus
            autoFocus={isNew}
            type="text"
            dir="auto"
            autoComplete="off"
            required
            value={edited.source}
            onChange={(event) => change({ source: event.target.value })}
          />
        </span>
      </label>
      <label className="field">
        <span>{t('glossary.target')}</span>
        <span className="field-box">
          <input
            // biome-ignore lint/a11y/noAutofocus: the button that opened the form had the focus
            autoFocus={!isNew}
            type="text"
            lang={term.lang}
            dir={directionOf(term.lang)}
            autoComplete="off"
            disabled={isKept}
            value={isKept ? '' : edited.target}
            placeholder={isKept ? t('glossary.keptAsIs') : undefined}
            onChange={(event) => change({ target: event.target.value })}
          />
        </span>
      </label>
      <label className="term-check">
        <input type="checkbox" checked={isKept} onChange={(event) => setKept(event.target.checked)} />
        {t('glossary.keepAsIs')}
      </label>
      <label className="term-check">
        <input
          type="checkbox"
          checked={edited.match.caseSensitive}
          onChange={(event) => change({ match: { ...edited.match, caseSensitive: event.target.checked } })}
        />
        {t(isLower ? 'glossary.onlyLower' : 'glossary.onlyCase')}
      </label>
      <label className="term-check">
        <input
          type="checkbox"
          checked={edited.match.wholeWord}
          onChange={(event) => change({ match: { ...edited.match, wholeWord: event.target.checked } })}
        />
        {t('glossary.wholeWord')}
      </label>
      <label className="field">
        <span>{t('glossary.note')}</span>
        <span className="field-box">
          <input
            type="text"
            dir="auto"
            autoComplete="off"
            value={edited.note ?? ''}
            onChange={(event) => {
              const { note: _, ...rest } = edited;
              setEdited(event.target.value ? { ...rest, note: event.target.value } : rest);
            }}
          />
        </span>
      </label>
      <fieldset className="term-scopes">
        <legend>{t('glossary.scope')}</legend>
        {scopes.map(({ value, label }) => (
          <label key={value} className="term-check">
            <input
              type="radio"
              name={`${id}scope`}
              checked={edited.scope === value}
              onChange={() => change({ scope: value })}
            />
            <bdi>{label}</bdi>
          </label>
        ))}
      </fieldset>
      <div role="status">
        {count > 0 && (
          <p className="notice notice-lamp term-affected">
            <RefreshCw className="icon icon-small" aria-hidden="true" />
            {t('glossary.affected', { count })}
          </p>
        )}
        {trouble && (
          <p className="field-error">{t(wrong[trouble], { limit: longestTerm, note: longestNote })}</p>
        )}
        {hasFailed && <p className="field-error">{t('glossary.notSaved')}</p>}
      </div>
      <div className="term-actions">
        <button type="submit" className="button button-solid button-small" disabled={!isWhole || isBusy}>
          {count > 0 ? t('glossary.saveAndFix', { count }) : t('glossary.save')}
        </button>
        <button type="button" className="button button-quiet button-small" onClick={onCancel}>
          {t('glossary.cancel')}
        </button>
        <span className="grow" />
        {onRemove && (
          <button type="button" className="button button-quiet button-small" onClick={onRemove}>
            {t('glossary.remove')}
          </button>
        )}
      </div>
    </form>
  );
}

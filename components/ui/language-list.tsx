import { Check } from 'lucide-react';
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react';
import { getLanguage, sayAlso, t } from '@/utils/i18n';
import { commonLanguages, languageName, otherLanguages, ownName } from '@/utils/translate/languages';
import type { FirstChoice } from './language-picker';

await sayAlso('sheets');

interface Row {
  value: string;
  name: string;
  /** The language's own name for itself, where it is another one. */
  own?: string;
}

/** Width, case and accents do not count: `espanol` finds `Español`. */
const fold = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase();

/** The rows whose names or tag have every word of the search: in the interface's language, in their own, in English. */
export function findLanguages(rows: readonly Row[], search: string): Row[] {
  const words = fold(search).split(/\s+/).filter(Boolean);
  return rows.filter(({ value, name, own = '' }) => {
    const text = fold(`${name} ${own} ${languageName(value, 'en')} ${value}`);
    return words.every((word) => text.includes(word));
  });
}

function rowsOf(tags: readonly string[]): Row[] {
  return tags.map((value) => {
    const [name, own] = [languageName(value), ownName(value)];
    return { value, name, ...(own === name || own === value ? {} : { own }) };
  });
}

/** Every language with a field to find one. The focus stays in the field, the arrow keys move what is marked. */
export function LanguageList({
  label,
  value,
  first,
  onChoose,
  onClose,
  onLeave,
}: {
  label: string;
  value?: string;
  first?: FirstChoice;
  onChoose: (value: string) => void;
  /** The list is done with; the focus goes back. */
  onClose: () => void;
  /** The focus went elsewhere by itself. */
  onLeave: () => void;
}) {
  const id = useId();
  const [search, setSearch] = useState('');
  const [marked, setMarked] = useState(value);
  const field = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const language = getLanguage();
  // biome-ignore lint/correctness/useExhaustiveDependencies: names are in the language of the interface
  const all = useMemo(() => {
    const order = new Intl.Collator(undefined);
    const rest = rowsOf(otherLanguages).sort((a, b) => order.compare(a.name, b.name));
    const head = first ? [{ value: first.value, name: first.label }] : [];
    return { common: [...head, ...rowsOf(commonLanguages)], rest };
  }, [language, first?.value, first?.label]);
  const groups = [
    { title: t('language.common'), rows: findLanguages(all.common, search) },
    { title: t('language.all'), rows: findLanguages(all.rest, search) },
  ].filter(({ rows }) => rows.length > 0);
  const rows = groups.flatMap((group) => group.rows);
  const position = Math.max(
    0,
    rows.findIndex((row) => row.value === marked),
  );
  const current = rows[position]?.value;

  useEffect(() => field.current?.focus(), []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is marked comes into view
  useEffect(() => {
    list.current?.querySelector('[data-marked]')?.scrollIntoView({ block: 'nearest' });
  }, [current]);

  const choose = (chosen: string | undefined) => {
    if (chosen === undefined) return;
    onChoose(chosen);
    onClose();
  };
  const mark = (next: number) => setMarked(rows[Math.min(rows.length - 1, Math.max(0, next))]?.value);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const { key } = event;
    if (key === 'ArrowDown') mark(position + 1);
    else if (key === 'ArrowUp') mark(position - 1);
    else if (key === 'PageDown') mark(position + 8);
    else if (key === 'PageUp') mark(position - 8);
    else if (key === 'Enter') choose(current);
    else if (key === 'Escape') onClose();
    else if (key === 'Tab') return onLeave();
    else return;
    event.preventDefault();
    // Esc also closes what the list stands in: the list is what it was meant for.
    event.stopPropagation();
  };
  return (
    <div className="option-list language-list">
      <input
        ref={field}
        type="text"
        role="combobox"
        aria-expanded="true"
        aria-controls={`${id}list`}
        aria-autocomplete="list"
        aria-activedescendant={current && `${id}${current}`}
        aria-label={t('language.find')}
        placeholder={t('language.find')}
        autoComplete="off"
        spellCheck={false}
        value={search}
        onChange={(event) => {
          setSearch(event.target.value);
          setMarked(undefined);
        }}
        onKeyDown={onKeyDown}
      />
      <div
        ref={list}
        id={`${id}list`}
        role="listbox"
        aria-label={label}
        className="option-rows"
        tabIndex={-1}
        // The focus stays in the field.
        onMouseDown={(event) => event.preventDefault()}
      >
        {groups.map((group, index) => (
          // biome-ignore lint/a11y/useSemanticElements: a fieldset has no place in a listbox
          <div key={group.title} role="group" aria-labelledby={`${id}group${index}`}>
            <p id={`${id}group${index}`} className="eyebrow option-title">
              {group.title}
            </p>
            {group.rows.map((row) => (
              // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/useFocusableInteractive: keys are taken where the focus is
              <div
                key={row.value}
                id={`${id}${row.value}`}
                role="option"
                aria-selected={row.value === value}
                className="option-row"
                data-marked={row.value === current || undefined}
                onPointerMove={() => setMarked(row.value)}
                onClick={() => choose(row.value)}
              >
                <Check className="icon icon-small" aria-hidden="true" />
                <span className="grow">{row.name}</span>
                {row.own && (
                  <bdi lang={row.value} className="meta">
                    {row.own}
                  </bdi>
                )}
              </div>
            ))}
          </div>
        ))}
        {rows.length === 0 && (
          <p className="meta option-none" role="presentation">
            {t('language.none', { search })}
          </p>
        )}
      </div>
    </div>
  );
}

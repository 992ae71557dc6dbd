import { Link, Search } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { t } from '@/utils/i18n';
import { scriptLanguage } from '@/utils/source';
import type { SearchQuery, SearchRecord } from '@/utils/store/records';
import { growToText } from '../composer/composer';
import { troubleTitle } from '../panel/trouble-notice';
import { isLink } from './search-words';

/** What was searched for, with what came of it. Pressed, a query can be changed, and the search begins again with it. */
export function SearchQueries({
  record,
  onRerun,
}: {
  record: SearchRecord;
  /** Absent where it cannot be searched for again. */
  onRerun?: (queries: string[]) => void;
}) {
  const { queries } = record;
  const [editing, setEditing] = useState<number>();
  const isOfLink = isLink(record);
  const list = useRef<HTMLUListElement>(null);
  const close = (position: number) => {
    setEditing(undefined);
    requestAnimationFrame(() =>
      list.current?.querySelectorAll<HTMLElement>('.search-query-text')[position]?.focus(),
    );
  };
  const done = (position: number, text: string) => {
    close(position);
    const changed = queries.map((query, index) => (index === position ? text.trim() : query.text));
    const wanted = changed.filter(Boolean);
    if (wanted.length > 0 && changed[position] !== queries[position]?.text) onRerun?.(wanted);
  };
  return (
    <div className="search-queries">
      <ul ref={list}>
        {queries.map((query, position) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: queries stay in their places
          <li key={position} className="search-query">
            {isOfLink ? (
              <Link className="icon icon-small" aria-hidden="true" />
            ) : (
              <Search className="icon icon-small" aria-hidden="true" />
            )}
            {editing === position ? (
              <QueryField
                label={t('searchRun.query', { number: position + 1 })}
                text={query.text}
                onDone={(text) => done(position, text)}
                onCancel={() => close(position)}
              />
            ) : onRerun && !isOfLink ? (
              <button
                type="button"
                className="search-query-text"
                aria-label={t('searchRun.edit', { query: query.text })}
                title={t('searchRun.edit', { query: query.text })}
                onClick={() => setEditing(position)}
              >
                <QueryText text={query.text} />
              </button>
            ) : (
              <QueryText text={query.text} />
            )}
            {query.hits !== undefined && !isOfLink && (
              <span className="meta">
                <span aria-hidden="true">{query.hits}</span>
                <span className="for-screen-readers">{t('searchRun.results', { count: query.hits })}</span>
              </span>
            )}
          </li>
        ))}
      </ul>
      <Engines queries={queries} />
    </div>
  );
}

const QueryText = ({ text }: { text: string }) => (
  <bdi className="search-words" lang={scriptLanguage(text)}>
    {text}
  </bdi>
);

/** A query while it is written: one line of thought that wraps, so Enter sends it. */
export function QueryField({
  label,
  text,
  onDone,
  onCancel,
  onChange,
  autoFocus = true,
}: {
  label: string;
  text: string;
  onDone: (text: string) => void;
  onCancel?: () => void;
  onChange?: (text: string) => void;
  autoFocus?: boolean;
}) {
  const field = useRef<HTMLTextAreaElement>(null);
  const over = useRef(false);
  useEffect(() => {
    const element = field.current;
    growToText(element);
    if (!element || !autoFocus) return;
    element.focus();
    element.setSelectionRange(element.value.length, element.value.length);
  }, [autoFocus]);
  /** Once: a field that goes away loses the focus too. */
  const end = (work?: () => void) => {
    if (over.current) return;
    over.current = onCancel !== undefined;
    work?.();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    // Keys of an input method are not commands, and the panel must not hear Esc.
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    if (event.key === 'Enter') end(() => onDone(event.currentTarget.value));
    else if (event.key === 'Escape' && onCancel) end(onCancel);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <textarea
      ref={field}
      rows={1}
      className="search-query-field search-words"
      aria-label={label}
      defaultValue={text}
      dir="auto"
      spellCheck={false}
      onKeyDown={onKeyDown}
      onChange={(event) => {
        growToText(event.currentTarget);
        onChange?.(event.currentTarget.value.replace(/\s*\n\s*/g, ' '));
      }}
      onBlur={() => onCancel && end(onCancel)}
    />
  );
}

/** Who answered, and quietly who could not. */
function Engines({ queries }: { queries: readonly SearchQuery[] }) {
  const names = [...new Set(queries.flatMap(({ engine }) => engine ?? []))];
  const passed = new Map(
    queries.flatMap(({ passedOver = [] }) =>
      passedOver.map(({ engine, trouble }) => [engine, trouble] as const),
    ),
  );
  // What no engine could do is said by the notice below.
  if (names.length === 0) return null;
  return (
    <p className="search-engines meta">
      <span>{names.map((engine) => t('searchRun.by', { engine: nameOf(engine) })).join(' · ')}</span>
      {[...passed].map(([engine, trouble]) => (
        <span key={engine}>
          {t('searchRun.passedOver', { engine: nameOf(engine), reason: troubleTitle(trouble) })}
        </span>
      ))}
    </p>
  );
}

/** The browser does not always tell which engine it would ask. */
const nameOf = (engine: string) => (engine === 'browser' ? t('searchRun.browser') : engine);

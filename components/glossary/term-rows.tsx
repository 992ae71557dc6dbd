import { BookMarked, SearchX } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { sayAlso, t } from '@/utils/i18n';
import type { Term } from '@/utils/translate/types';
import type { EditedTerm } from './use-editing-term';

await sayAlso('runs');

/** Terms as rows, in the place of the one that is being written its form; or why there are none. */
export function TermRows({
  found,
  isEmpty,
  none,
  atOnce,
  editing,
  form,
  row,
}: {
  found: readonly Term[];
  /** There is no term, whatever is searched. */
  isEmpty: boolean;
  /** What is said then; nothing where it is not known yet. */
  none?: string | undefined;
  /** Rows that are drawn at once; more are drawn when they are asked for, or searched. */
  atOnce: number;
  editing?: EditedTerm | undefined;
  form: (edited: EditedTerm) => ReactNode;
  row: (term: Term) => ReactNode;
}) {
  const [limit, setLimit] = useState(atOnce);
  return (
    <>
      {editing?.isNew && form(editing)}
      {isEmpty && none && !editing && (
        <p className="glossary-empty">
          <BookMarked className="icon" aria-hidden="true" />
          {none}
        </p>
      )}
      {!isEmpty && found.length === 0 && (
        <p className="glossary-empty">
          <SearchX className="icon" aria-hidden="true" />
          {t('glossary.notFound')}
        </p>
      )}
      <ul>
        {found
          .slice(0, limit)
          .map((term) =>
            editing && !editing.isNew && editing.term.id === term.id ? (
              <li key={term.id}>{form(editing)}</li>
            ) : (
              row(term)
            ),
          )}
      </ul>
      {found.length > limit && (
        <button
          type="button"
          className="button button-line button-small"
          onClick={() => setLimit(limit + atOnce)}
        >
          {t('glossary.showMore', { count: found.length - limit })}
        </button>
      )}
    </>
  );
}

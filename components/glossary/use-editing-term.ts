import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import type { Term } from '@/utils/translate/types';

/** A term that is being written: one that is there, or a new one. */
export interface EditedTerm {
  term: Term;
  isNew: boolean;
}

/**
 * The term that is being written, if any. When its form goes, the focus is on the row that it stood for, or where there is
 * none any more, where `otherwise` puts it.
 */
export function useEditingTerm(list: RefObject<HTMLElement | null>, otherwise: () => void) {
  const [editing, setEditing] = useState<EditedTerm>();
  const left = useRef<string>(undefined);
  const elsewhere = useRef(otherwise);
  elsewhere.current = otherwise;
  useEffect(() => {
    const id = left.current;
    if (editing || id === undefined) return;
    left.current = undefined;
    const row = list.current?.querySelector<HTMLElement>(`[data-term="${CSS.escape(id)}"] button`);
    if (row) row.focus();
    else elsewhere.current();
  }, [editing, list]);
  const stop = useCallback((id: string) => {
    left.current = id;
    setEditing(undefined);
  }, []);
  return { editing, setEditing, stop };
}

import type { Token } from 'marked';
import { createContext, useContext, useMemo, useSyncExternalStore } from 'react';
import { checksVersion, watchChecks } from '@/utils/citations';
import { useAnswerSources } from '../sources-context';
import { type CitedPieces, citedPieces } from './cited-leaves';

/** The block is still being written: a quotation whose end is not there is not wrong. */
export const UnfinishedContext = createContext(false);
/** The block is a quotation as a whole (`>`). */
export const QuotationContext = createContext(false);

/** Cheap to ask at every drawing; most blocks have none. */
export const hasMarks = (tokens: Token[]): boolean => tokens.some(({ raw }) => /[¶第]/.test(raw));

/** Finds and checks the citations of a block. Drawn again when a check that was pending can be made. */
export function useCitedPieces(tokens: Token[]): CitedPieces {
  const measured = useAnswerSources();
  const unfinished = useContext(UnfinishedContext);
  const isQuotation = useContext(QuotationContext);
  const version = useSyncExternalStore(watchChecks, checksVersion);
  return useMemo(() => {
    // The number of a check that came to its end: the same block is judged anew.
    void version;
    const sources = measured.map(({ source }) => source);
    return citedPieces(tokens, sources, { unfinished, isQuotation });
  }, [tokens, measured, unfinished, isQuotation, version]);
}

import { createContext, useContext } from 'react';
import type { MeasuredSource } from '@/utils/context/compose';
import type { ReadingTexts } from '@/utils/translate/reading-texts';

/** What every paragraph of a source that is read in two languages needs to be drawn. */
export interface ReadingContextValue {
  entry: MeasuredSource;
  texts: ReadingTexts;
  /** BCP 47 tag of the translation. */
  lang: string;
  /** Code of the interface's language: what a paragraph says of itself is drawn anew with another one. */
  language: string;
  /** Shows a term; absent where there is no list of them. */
  onTerm?: (id: string) => void;
  /** Asks for the translation of a unit once more. */
  again: (unit: number) => void;
}

const ReadingContext = createContext<ReadingContextValue | undefined>(undefined);
export const ReadingProvider = ReadingContext.Provider;

export function useReading(): ReadingContextValue {
  const value = useContext(ReadingContext);
  if (!value) throw new Error('This component stands outside of a source that is read');
  return value;
}

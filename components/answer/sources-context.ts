import { createContext, useContext } from 'react';
import type { MeasuredSource } from '@/utils/context/compose';

/** The sources an answer was written from, in the order of their numbers. Constant while an answer streams. */
const SourcesContext = createContext<MeasuredSource[]>([]);

export const SourcesProvider = SourcesContext.Provider;
export const useAnswerSources = (): MeasuredSource[] => useContext(SourcesContext);

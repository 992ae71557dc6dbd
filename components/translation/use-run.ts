import { useEffect, useState } from 'react';
import { watchRuns } from '@/utils/store/translation-runs';
import type { TranslationRun } from '@/utils/translate/run-types';

/** The run that translates the page in a tab, wherever it runs, or undefined. */
export function useRun(tabId: number | undefined): TranslationRun | undefined {
  const [runs, setRuns] = useState<ReadonlyMap<number, TranslationRun>>(new Map());
  useEffect(() => watchRuns(setRuns), []);
  return tabId === undefined ? undefined : runs.get(tabId);
}

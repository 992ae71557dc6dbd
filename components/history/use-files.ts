import { useCallback, useState } from 'react';
import { type Trouble, toAppError } from '@/utils/errors';
import { t } from '@/utils/i18n';

export interface Files {
  /** What became of the last file, for screen readers; the browser shows its downloads itself. */
  sentence: string;
  trouble?: Trouble;
  /** Runs what writes a file and resolves with its name. */
  save: (work: () => Promise<string>) => void;
  dismiss: () => void;
}

/** Files that are written on a click, and what came in their way. */
export function useFiles(): Files {
  const [state, setState] = useState<{ sentence: string; trouble?: Trouble }>({ sentence: '' });
  const save = useCallback((work: () => Promise<string>) => {
    setState({ sentence: t('history.exporting') });
    work().then(
      (name) => setState({ sentence: t('history.exported', { name }) }),
      (error) => setState({ sentence: '', trouble: toAppError(error).toTrouble() }),
    );
  }, []);
  return { ...state, save, dismiss: useCallback(() => setState({ sentence: '' }), []) };
}

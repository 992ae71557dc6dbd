import { useCallback, useState } from 'react';

/** Does what may not be kept, and knows whether the last time it was not. */
export function useGuarded() {
  const [hasFailed, setFailed] = useState(false);
  /** @returns whether it was done */
  const guarded = useCallback(async (work: () => Promise<void>): Promise<boolean> => {
    const isDone = await work().then(
      () => true,
      () => false,
    );
    setFailed(!isDone);
    return isDone;
  }, []);
  return { guarded, hasFailed, setFailed };
}

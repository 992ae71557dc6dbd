/**
 * Begins what takes its time by nature, in a browser of its own, while the other tests of a file go on. Returns what
 * waits for its end, and fails as it failed.
 */
export function meanwhile(work: () => Promise<void>): () => Promise<void> {
  const outcome = work().then(
    () => undefined,
    (error: unknown) => ({ error }),
  );
  return async () => {
    const failure = await outcome;
    if (failure) throw failure.error;
  };
}

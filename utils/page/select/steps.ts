/** Long loops stop for a pause once in so many turns: to stop at each would cost more than most turns do. */
export const stride = 64;

/** Runs a piece of work to its end without pauses. */
export function runThrough<Result>(steps: Generator<void, Result>): Result {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/** Whether a run goes on after a request: at once, after a pause, or only when the user says so. */

import { AppError, type Trouble } from '../errors';
import type { BatchOutcome } from './batch-run';
import type { Verdict } from './judge';

/** Longer pauses (seconds) are the user's to decide on. */
const longestPause = 15 * 60;
/** Seconds waited when a server does not say how long. */
const usualPause = 30;
/** Pauses in a row in which nothing came. */
const mostPauses = 10;
/** Troubles after which the same is asked again, after a pause. */
const passing = new Set<Trouble['code']>(['rate-limited', 'overloaded', 'server-error', 'model-loading']);
/** Troubles of one request that has brought something: the rest is asked for. */
const brokenOff = new Set<Trouble['code']>(['stream-cut', 'stalled', 'stream-error']);
/** Requests in a row that may break off; then it is no accident. */
const mostBreaks = 3;
/**
 * Units in a row that come to nothing before any has come to something: every further one would cost its requests, each
 * with the whole document, and fail like these.
 */
const mostInVain = 8;

export type Next = { kind: 'on' } | { kind: 'pause'; seconds: number } | { kind: 'fail'; trouble: Trouble };

export interface Patience {
  after(
    outcome: Pick<BatchOutcome, 'made' | 'trouble'>,
    verdict: Pick<Verdict, 'failed' | 'unmarked'>,
    isPaused: boolean,
  ): Next;
  /** The user wants it to go on. */
  renew(): void;
}

/** @param model its name, for what is said */
export function createPatience(model: string): Patience {
  let breaks = 0;
  let pauses = 0;
  let inVain = 0;
  let hasCome = false;
  return {
    after({ made, trouble }, { failed, unmarked }, isPaused) {
      const some = made.length + unmarked.length;
      if (some > 0) {
        hasCome = true;
        pauses = 0;
      }
      inVain += failed.length;
      if (!trouble) {
        breaks = 0;
        if (hasCome || inVain < mostInVain) return { kind: 'on' };
        return { kind: 'fail', trouble: new AppError('translation-useless', { model }).toTrouble() };
      }
      const seconds = Number(trouble.facts.seconds ?? usualPause);
      if (passing.has(trouble.code) && seconds <= longestPause) {
        // Requests that ran side by side are refused together: one pause is for all of them.
        if (isPaused || ++pauses <= mostPauses) return { kind: 'pause', seconds };
      } else if (brokenOff.has(trouble.code) && some > 0 && ++breaks < mostBreaks) return { kind: 'on' };
      return { kind: 'fail', trouble };
    },
    renew() {
      breaks = 0;
      pauses = 0;
      inVain = 0;
    },
  };
}

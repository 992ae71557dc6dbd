import { useCallback, useMemo, useRef } from 'react';
import type { ActivePageState } from '@/utils/chat/active-page';
import { nextPlace } from '@/utils/chat/attaching';
import type { Candidate, Gathering } from '@/utils/chat/gathering';
import type { NextRequest, NextSource } from '@/utils/chat/next-request';
import { keyOfPage } from '@/utils/chat/next-sources';
import type { useAsk } from '../panel/use-ask';
import { pickStates, type StateOf, ticksOf } from './pick-states';

/** What the list of things to pick is about: the question that is being made. */
export interface PickTarget {
  asking: Pick<ReturnType<typeof useAsk>, 'sources' | 'gathered'>;
  gathering: Gathering;
  next?: NextRequest;
  page: ActivePageState;
  /** The chat has no question yet: it is about the page in front. */
  isNew: boolean;
}

const none: NextSource[] = [];

/** How things stand with the next question, and ticking them, which is attaching them to it. */
export function usePicks({ asking: { sources, gathered }, gathering, next, page, isNew }: PickTarget) {
  const { picks } = sources;
  const listed = next?.sources ?? none;
  const front =
    page.status === 'ready'
      ? page.page.source.id
      : page.status === 'reading' && isNew
        ? ('reading' as const)
        : undefined;
  const stateOf: StateOf = useMemo(
    () => pickStates({ gathered, picks, sources: listed, front }),
    [gathered, picks, listed, front],
  );
  const newest = useRef({ stateOf, sources, page, isNew });
  newest.current = { stateOf, sources, page, isNew };

  /** In the order of the list, which becomes the order of their numbers. */
  const tick = useCallback(
    (candidates: readonly Candidate[]) => {
      const { stateOf, sources, page, isNew } = newest.current;
      // The page that they are picked beside stays with them when another tab comes to the front.
      const front = isNew && page.status === 'ready' && sources.takesPage ? page.page : undefined;
      if (front)
        void sources
          .attachEntry(front, {
            key: keyOfPage(front.source),
            place: nextPlace(),
            url: front.source.url,
            title: front.source.title,
          })
          .catch(() => {});
      gathering.pick(
        candidates.filter((candidate) => {
          const { source } = stateOf(candidate);
          // What is there and only left out comes back without being read again.
          if (source) sources.setOut(source.entry, false);
          return !source;
        }),
      );
    },
    [gathering],
  );
  const untick = useCallback(
    (candidates: readonly Candidate[]) => {
      const { stateOf, sources, page } = newest.current;
      const keys: string[] = [];
      for (const candidate of candidates) {
        const { source, twins } = stateOf(candidate);
        // What another tab has brought too stays with that one.
        if (!source || (twins && sources.picks.some(({ key }) => key === candidate.key))) {
          keys.push(candidate.key);
          continue;
        }
        const { id } = source.entry.source;
        const own = sources.picks.filter((pick) => pick.id === id).map(({ key }) => key);
        keys.push(...own);
        if (page.status === 'ready' && page.page.source.id === id) sources.setOut(source.entry, true);
        else if (own.length === 0) sources.detach(source.entry);
      }
      gathering.unpick([...new Set(keys)]);
    },
    [gathering],
  );
  /** Ticks all of a group, or unticks all when there is nothing left to tick. */
  const tickAll = useCallback(
    (candidates: readonly Candidate[]) => {
      const { on, off } = ticksOf(candidates, newest.current.stateOf);
      if (on.length > 0) tick(on);
      else untick(off);
    },
    [tick, untick],
  );
  return { stateOf, tick, untick, tickAll };
}

export type Picks = ReturnType<typeof usePicks>;

import { useEffect, useMemo, useRef, useState } from 'react';
import { createHistorySearch } from '@/utils/chat/history-search';
import type { ChatRecord } from '@/utils/store/records';
import type { ChatHit } from '@/utils/store/search/chats';
import { termsOf } from '@/utils/store/search/terms';

/** Milliseconds after the last key press until a search begins. */
const searchDelay = 150;

export interface Search {
  /** What was found so far, by the chat's id. */
  hits: ReadonlyMap<string, ChatHit>;
  done: number;
  total: number;
  unreadable: number;
  state: 'idle' | 'running' | 'ended' | 'failed';
  terms: RegExp[];
  /** Searches once more what a search that failed left out. */
  again: () => void;
}

type Progress = Omit<Search, 'terms' | 'again'>;
const nothing: Progress = { hits: new Map(), done: 0, total: 0, unreadable: 0, state: 'idle' };

/**
 * Searches the chats of a list, the first ones first. What was found stays on screen while more is typed, until the new
 * search has something to say. Chats that are added or change meanwhile are searched afterwards.
 */
export function useSearch(chats: ChatRecord[] | undefined, query: string): Search {
  const [progress, setProgress] = useState(nothing);
  const [ended, setEnded] = useState(0);
  const [searcher] = useState(createHistorySearch);
  const searched = useRef({ query: '', versions: new Map<string, string>(), isRunning: false });
  const terms = useMemo(() => termsOf(query), [query]);
  useEffect(() => () => searcher.close(), [searcher]);

  const controller = useRef(new AbortController());
  // biome-ignore lint/correctness/useExhaustiveDependencies: `ended` is when what came meanwhile has its turn
  useEffect(() => {
    const before = searched.current;
    if (before.query !== query) {
      controller.current.abort();
      controller.current = new AbortController();
      searched.current = { query, versions: new Map(), isRunning: false };
    }
    const mine = searched.current;
    if (terms.length === 0) {
      setProgress(nothing);
      return;
    }
    const waiting = (chats ?? []).filter((chat) => mine.versions.get(chat.id) !== versionOf(chat));
    if (!chats || mine.isRunning) return;
    if (waiting.length === 0) {
      setProgress((now) => ({ ...now, state: 'ended' }));
      return;
    }
    const { signal } = controller.current;
    const isFirst = mine.versions.size === 0;
    let isFresh = isFirst;
    const timer = setTimeout(
      () => {
        mine.isRunning = true;
        for (const chat of waiting) mine.versions.set(chat.id, versionOf(chat));
        setProgress((now) => ({ ...now, state: 'running', done: 0, total: waiting.length }));
        searcher.search({
          query,
          ids: waiting.map(({ id }) => id),
          signal,
          onReport: ({ hits, done, total, unreadable, ended: isOver }) => {
            // React may carry this out only when more has been reported.
            const replacesOthers = isFresh;
            isFresh = false;
            setProgress((now) => {
              const found = new Map(replacesOthers ? [] : now.hits);
              for (const hit of hits) found.set(hit.id, hit);
              return { hits: found, done, total, unreadable, state: isOver ? 'ended' : 'running' };
            });
            if (!isOver) return;
            mine.isRunning = false;
            setEnded((count) => count + 1);
          },
          onFailed: () => {
            mine.isRunning = false;
            mine.versions.clear();
            setProgress((now) => ({ ...now, state: 'failed' }));
          },
        });
      },
      isFirst ? searchDelay : 0,
    );
    return () => clearTimeout(timer);
  }, [chats, query, terms, searcher, ended]);
  useEffect(() => () => controller.current.abort(), []);
  return { ...progress, terms, again: () => setEnded((count) => count + 1) };
}

const versionOf = ({ updatedAt, title }: ChatRecord) => `${updatedAt} ${title}`;

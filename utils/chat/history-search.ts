import { workerAddress } from '../browser/worker-address';
import type { SearchReport, SearchRequest } from '../store/search/messages';

export interface SearchJob {
  query: string;
  /** Chats to search, in this order. */
  ids: string[];
  /** What was found since the last report, and how far the search is. */
  onReport: (report: Omit<SearchReport, 'number'>) => void;
  onFailed: () => void;
  signal: AbortSignal;
}

export interface HistorySearch {
  /** Searches in the background, until the signal or the next search. */
  search(job: SearchJob): void;
  close(): void;
}

/** Searches the chats that are kept, in a worker that lives as long as the list is open. */
export function createHistorySearch(
  start = () => new Worker(workerAddress('/history-search.js')),
): HistorySearch {
  let worker: Worker | undefined;
  let number = 0;
  const ask = (request: SearchRequest) => {
    worker ??= start();
    worker.postMessage(request);
    return worker;
  };
  return {
    search({ query, ids, onReport, onFailed, signal }) {
      if (signal.aborted) return;
      const mine = ++number;
      const running = ask({ number: mine, query, ids });
      running.onmessage = ({ data: { number: about, ...report } }: MessageEvent<SearchReport>) => {
        if (about === mine && !signal.aborted) onReport(report);
      };
      running.onerror = () => {
        // The next search begins with a new worker.
        running.terminate();
        if (worker === running) worker = undefined;
        if (!signal.aborted) onFailed();
      };
      signal.addEventListener('abort', () => {
        if (mine === number) worker?.postMessage({ number: mine, ids: [] } satisfies SearchRequest);
      });
    },
    close() {
      worker?.terminate();
      worker = undefined;
    },
  };
}

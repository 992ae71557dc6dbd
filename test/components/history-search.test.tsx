/** @vitest-environment jsdom */
import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { afterEach, expect, it, vi } from 'vitest';
import { type Search, useSearch } from '@/components/history/use-search';
import type { ChatRecord } from '@/utils/store/records';
import type { SearchReport, SearchRequest } from '@/utils/store/search/messages';

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it('shows nothing of the search before, also when the new one says two things at once', async () => {
  vi.useFakeTimers();
  const asked: SearchRequest[] = [];
  let worker: FakeWorker | undefined;
  class FakeWorker {
    onmessage?: (event: { data: SearchReport }) => void;
    constructor() {
      worker = this;
    }
    postMessage(request: SearchRequest) {
      if (request.query !== undefined) asked.push(request);
    }
    terminate() {}
  }
  vi.stubGlobal('Worker', FakeWorker);
  const chats: ChatRecord[] = [{ id: 'a', title: 'A', createdAt: 1, updatedAt: 1, urls: [] }];
  let search: Search | undefined;
  const List = ({ query }: { query: string }) => {
    search = useSearch(chats, query);
    return null;
  };
  const root = createRoot(document.body.appendChild(document.createElement('div')));
  const type = async (query: string) => {
    await act(async () => root.render(<List query={query} />));
    act(() => vi.advanceTimersByTime(1_000));
  };
  const report = (facts: Partial<SearchReport>) =>
    worker?.onmessage?.({
      data: {
        number: asked.at(-1)?.number ?? 0,
        hits: [],
        done: 1,
        total: 1,
        unreadable: 0,
        ended: false,
        ...facts,
      },
    });

  await type('ze');
  act(() => report({ hits: [{ id: 'a' }], ended: true }));
  expect([...(search?.hits.keys() ?? [])]).toEqual(['a']);

  await type('zeppelin');
  expect([...(search?.hits.keys() ?? [])]).toEqual(['a']);
  act(() => {
    report({});
    report({ ended: true });
  });
  expect(search?.state).toBe('ended');
  expect([...(search?.hits.keys() ?? [])]).toEqual([]);
  await act(async () => root.unmount());
});

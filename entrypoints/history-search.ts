import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { bodyOf } from '@/utils/chat/follow-ups';
import { wordsOf } from '@/utils/chat/readable';
import type { AnswerRecord } from '@/utils/store/records';
import { searchChats } from '@/utils/store/search/chats';
import type { SearchReport, SearchRequest } from '@/utils/store/search/messages';

/** Milliseconds between two reports: often enough for the eye. */
const interval = 80;

/** Without the questions that the model suggested and the form of comparisons. What is damaged has no words. */
const shownOf = (answer: AnswerRecord): string =>
  typeof answer.text === 'string' ? wordsOf(bodyOf(answer)) : '';

/** The worker that searches chats, away from the screen: the panel stays quick, however much is kept. */
export default defineUnlistedScript(() => {
  let current = new AbortController();
  const search = async ({ number, query, ids }: SearchRequest, { signal }: AbortController) => {
    const report: SearchReport = {
      number,
      hits: [],
      done: 0,
      total: ids.length,
      unreadable: 0,
      ended: false,
    };
    let said = 0;
    const say = () => {
      postMessage(report);
      report.hits = [];
      said = performance.now();
    };
    for await (const { hit, ...progress } of searchChats(query ?? '', { ids, signal, shownOf })) {
      Object.assign(report, progress);
      if (hit) report.hits.push(hit);
      if (performance.now() - said > interval) say();
    }
    report.ended = true;
    say();
  };
  addEventListener('message', ({ data }: MessageEvent<SearchRequest>) => {
    current.abort();
    if (data.query === undefined) return;
    current = new AbortController();
    const mine = current;
    search(data, mine).catch((error) => {
      // Reported to the panel as an error of the worker.
      if (!mine.signal.aborted) setTimeout(() => Promise.reject(error));
    });
  });
});

import { ChevronDown, CircleAlert, Globe } from 'lucide-react';
import {
  lazy,
  type RefObject,
  Suspense,
  useEffect,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { sayAlso, t } from '@/utils/i18n';
import { scriptLanguage } from '@/utils/source';
import type { AnswerRecord, SearchPage, SearchRecord } from '@/utils/store/records';
import { Markdown } from '../answer/markdown/markdown';
import { useAnswerSources } from '../answer/sources-context';
import { useActions } from '../panel/actions';
import { announce } from '../panel/announcer';
import { Notice } from '../ui/notice';
import { useLanguage } from '../use-preferences';
import { AskFirst } from './ask-first';
import { type PageHandlers, PageRow } from './page-row';
import { SearchFoot } from './search-foot';
import { SearchQueries } from './search-queries';
import { SearchTrouble } from './search-trouble';
import { isRunning, readCount, summaryOf } from './search-words';

await sayAlso('searches');

const SourceViewer = lazy(() => import('../viewer/source-viewer'));

/**
 * One round of searching, where it happened in its answer: why, what was searched for, and every page with how far it
 * is read. When it is over and the answer goes on, it folds to a line that opens again.
 */
export function SearchRun({
  record,
  answer,
  goesOn,
}: {
  record: SearchRecord;
  answer: AnswerRecord;
  /** Something follows it: text, another round, the end of the answer. */
  goesOn: boolean;
}) {
  useLanguage();
  const { search, openLink, allow, readForNext } = useActions();
  const sources = useAnswerSources();
  const details = useId();
  const box = useRef<HTMLElement>(null);
  const [shown, setShown] = useState<SearchPage>();
  const isLive = answer.state === 'streaming' && isRunning(record);
  const hasFailed = record.pages.length === 0 && record.queries.some(({ trouble }) => trouble);
  // What went wrong stays in sight, with what helps.
  const [isOpen, setOpen] = useFolding(box, !isLive && goesOn && !hasFailed);
  useSpoken(record, isLive);
  const onFocus = useKeptFocus(box, `${record.state} ${isLive}`);
  const on = useMemo<PageHandlers>(
    () => ({
      showText: setShown,
      open: ({ url }) => openLink(url),
      drop: (rank) => search?.drop(rank),
      retry: (rank) => search?.retry(rank),
      // First thing in the click, where the browser has to ask; without leave, what was to be read says so.
      ...(readForNext && {
        readForNext: ({ url }) =>
          void allow(url)
            .catch(() => false)
            .then(() => readForNext(url)),
      }),
    }),
    [openLink, search, allow, readForNext],
  );
  const here = useMemo(() => new Map(sources.map((entry) => [entry.source.id, entry])), [sources]);
  const text = shown?.sourceId === undefined ? undefined : here.get(shown.sourceId);
  if (record.queries.length === 0 && record.pages.length === 0) return null;

  const { state, pages, why } = record;
  const whyLine = why?.trim() && <Markdown text={why.trim()} streaming={false} lang={scriptLanguage(why)} />;
  if (isLive && state === 'asking') {
    return (
      <>
        {whyLine}
        <section
          ref={box}
          className="search-run"
          tabIndex={-1}
          onFocus={onFocus}
          aria-label={t('searchRun.name')}
        >
          <AskFirst record={record} />
        </section>
      </>
    );
  }
  const mayRerun = isLive ? search?.rerun : search && answer.state === 'ended' ? again : undefined;
  function again(queries: string[]) {
    search?.rerun(queries, answer.id);
  }
  const isReading = isLive && state === 'reading';
  const allUnread = !isLive && pages.length > 0 && readCount(pages) === 0 && state !== 'stopped';
  return (
    <>
      {whyLine}
      <section
        ref={box}
        className="search-run"
        tabIndex={-1}
        onFocus={onFocus}
        aria-label={t('searchRun.name')}
        aria-busy={isLive}
      >
        {!isLive && (
          <button
            type="button"
            className="search-fold"
            aria-expanded={isOpen}
            aria-controls={isOpen ? details : undefined}
            onClick={() => setOpen(!isOpen)}
          >
            <Globe className="icon icon-small" aria-hidden="true" />
            <span className="grow">{summaryOf(record)}</span>
            <ChevronDown
              className={isOpen ? 'icon icon-small is-open' : 'icon icon-small'}
              aria-hidden="true"
            />
          </button>
        )}
        {(isLive || isOpen) && (
          <div id={details}>
            <SearchQueries record={record} onRerun={mayRerun} />
            <SearchTrouble record={record} live={isLive} onRerun={mayRerun} />
            {isLive && state === 'finding' && pages.length === 0 && <Finding />}
            {pages.length > 0 && (
              <ul aria-label={t('searchRun.rows')}>
                {pages.map((page, rank) => (
                  <PageRow
                    // biome-ignore lint/suspicious/noArrayIndexKey: a rank stays with its page
                    key={rank}
                    page={page}
                    rank={rank}
                    hasText={page.sourceId !== undefined && here.has(page.sourceId)}
                    live={isReading}
                    on={on}
                  />
                ))}
              </ul>
            )}
            {allUnread && (
              <div className="search-note">
                <Notice icon={CircleAlert} tone="lamp" title={t('searchRun.allUnread')} />
              </div>
            )}
            {pages.length > 0 && (
              <SearchFoot
                record={record}
                answer={answer}
                onNow={isReading ? () => search?.answerNow() : undefined}
              />
            )}
          </div>
        )}
      </section>
      {text && (
        <Suspense>
          <SourceViewer entry={text} onClose={() => setShown(undefined)} />
        </Suspense>
      )}
    </>
  );
}

/** Where the pages will stand, while they are looked for. */
const Finding = () => (
  <div className="search-finding">
    <p className="meta">{t('searchRun.finding')}</p>
    <div className="skeleton" />
    <div className="skeleton" />
  </div>
);

/**
 * Open while it runs. Folds by itself when the answer goes on, unless somebody is in it or points at it; from then on it
 * is as the user wants it.
 */
function useFolding(box: RefObject<HTMLElement | null>, isOver: boolean) {
  const [isOpen, setOpen] = useState(!isOver);
  const was = useRef(isOver);
  useLayoutEffect(() => {
    if (isOver && !was.current && !box.current?.matches(':hover, :focus-within')) setOpen(false);
    if (!isOver) setOpen(true);
    was.current = isOver;
  }, [isOver, box]);
  return [isOpen, setOpen] as const;
}

/** What was pressed goes away when the run goes on: the focus goes to the line it folds to, or stays with the run. */
function useKeptFocus(box: RefObject<HTMLElement | null>, stage: string) {
  const wasInside = useRef(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: at each turn of the run
  useLayoutEffect(() => {
    if (wasInside.current && document.activeElement === document.body)
      (box.current?.querySelector<HTMLElement>('.search-fold') ?? box.current)?.focus({
        preventScroll: true,
      });
    wasInside.current = box.current?.contains(document.activeElement) ?? false;
  }, [stage]);
  return () => {
    wasInside.current = true;
  };
}

/** Says what has come of it at its turns: that it searches, that it reads, what it has read. */
function useSpoken(record: SearchRecord, isLive: boolean) {
  const { state } = record;
  const count = record.pages.length;
  const spoken = useRef(isLive ? '' : state);
  const newest = useRef(record);
  newest.current = record;
  useEffect(() => {
    if (spoken.current === state) return;
    spoken.current = state;
    const waits = newest.current.queries.some(({ trouble }) => trouble);
    if (state === 'asking') announce(t(waits ? 'searchRun.waits' : 'searchRun.ask'));
    else if (state === 'finding') announce(t('searchRun.finding'));
    else if (state === 'reading') announce(t('searchRun.foundAloud', { count }));
    else announce(summaryOf(newest.current));
  }, [state, count]);
}

import { CircleStop, TriangleAlert } from 'lucide-react';
import { lazy, Suspense, useEffect, useMemo } from 'react';
import { splitAnswer } from '@/utils/chat/follow-ups';
import type { Waiting } from '@/utils/chat/live-answer';
import { foundIn } from '@/utils/chat/searches';
import { countable } from '@/utils/compare/fence';
import type { MeasuredSource } from '@/utils/context/compose';
import type { Trouble } from '@/utils/errors';
import { t } from '@/utils/i18n';
import type { Task } from '@/utils/models/types';
import { countWords, scriptLanguage } from '@/utils/source';
import type { AnswerRecord, QuestionScope } from '@/utils/store/records';
import { Trouble as TroubleNotice } from '../panel/trouble';
import { isSearching, placeIn } from '../search/pieces';
import { Moon } from '../ui/moon';
import { Notice } from '../ui/notice';
import { AnswerIdentityContext } from './answer-identity';
import { AnswerStatus } from './answer-status';
import { copiedText } from './copied-text';
import { FollowUps } from './follow-ups';
import { Receipt } from './receipt';
import { SourcesProvider } from './sources-context';
import { Thinking } from './thinking';
import { useCopy } from './use-copy';

/** A tenth of the panel's code, which is not needed to open it: loaded with the first answer, while it is waited for. */
const loadMarkdown = () => import('./markdown/markdown');
/** The same for what can be done with an answer that has come to its end. */
const loadActions = () => import('./answer-actions');
const AnswerActions = lazy(async () => ({ default: (await loadActions()).AnswerActions }));
const Translation = lazy(async () => ({ default: (await import('./translation-answer')).TranslationAnswer }));
const SearchedText = lazy(async () => ({
  default: (await import('../search/searched-text')).SearchedText,
}));
const Markdown = lazy(async () => ({ default: (await loadMarkdown()).Markdown }));

/** The text as it is, until its Markdown can be drawn. */
const AsWritten = ({ text }: { text: string }) => (
  <div className="markdown" aria-busy="true">
    <p>{text}</p>
  </div>
);

export interface AnswerHandlers {
  again: () => void;
  continue: () => void;
  showVersion: (position: number) => void;
  showExactText: (position: number) => void;
  /** Asks a question that the model suggested; absent where none is to be asked. */
  followUp?: (question: string) => void;
}

/** One answer: who reads what, the text as it arrives, how it ended, what was sent. */
export function Answer({
  task,
  question = '',
  answer,
  waiting,
  sources,
  position,
  count,
  busy,
  scope,
  on,
}: {
  /** What was asked for. */
  task: Task;
  /** What was asked, where the answer is drawn beside it. */
  question?: string;
  answer: AnswerRecord;
  waiting?: Waiting;
  /** The sources that were sent with it, in the order of their numbers. Must be the same array while it streams. */
  sources: MeasuredSource[];
  position: number;
  count: number;
  busy: boolean;
  /** Which documents its question is about, where others were sent along. */
  scope?: QuestionScope;
  on: AnswerHandlers;
}) {
  const streaming = answer.state === 'streaming';
  const paragraphs = [...new Set(sources)].reduce((sum, { source }) => sum + source.segments.length, 0);
  const [, copy] = useCopy();
  const identity = useMemo(
    () => ({ id: answer.id, task, question, scope }),
    [answer.id, task, question, scope],
  );
  const { body, followUps } = useMemo(() => splitAnswer(answer), [answer]);
  useEffect(() => {
    void loadMarkdown();
    void loadActions();
  }, []);
  const searches = task === 'translate' ? undefined : answer.searches;
  // What stands before the first search is drawn as ever, and stays where it is when the search begins.
  const first = searches?.[0] ? body.slice(0, placeIn(body, answer.text, searches[0].at)) : body;
  const searching = streaming && isSearching(answer);
  const status = streaming && waiting && !searching && <AnswerStatus answer={answer} waiting={waiting} />;
  return (
    <article className="answer" aria-busy={streaming}>
      {(answer.text || searching || !streaming) && (
        <p className="answer-head">
          <Moon share={searching ? 0.5 : 1} size={14} />
          <b>{answer.provider === 'excerpts' ? t('excerpts.name') : answer.model}</b>
          <span>{searching ? t('answer.searching') : headline(answer, paragraphs)}</span>
        </p>
      )}
      {answer.thinking && <Thinking answer={answer} />}
      {!searches && status}
      {(body || searches) && (
        <AnswerIdentityContext value={identity}>
          <SourcesProvider value={sources}>
            {first && (
              <Suspense fallback={<AsWritten text={first} />}>
                {task === 'translate' ? (
                  <Translation
                    text={answer.text}
                    question={question}
                    streaming={streaming}
                    source={sources[0]?.source}
                  />
                ) : (
                  <Markdown text={first} streaming={streaming && !searches} lang={scriptLanguage(body)} />
                )}
              </Suspense>
            )}
            {searches && (
              <Suspense>
                <SearchedText answer={answer} searches={searches} body={body} streaming={streaming} />
              </Suspense>
            )}
          </SourcesProvider>
        </AnswerIdentityContext>
      )}
      {searches && status}
      {!streaming && (
        <>
          <Alarm answer={answer} />
          <Ending
            answer={answer}
            on={on}
            words={countWords(countable(body))}
            onCopy={() => copy(copiedText(body, sources))}
          />
          {(answer.text || count > 1) && (
            <Suspense fallback={<div className="answer-actions" aria-busy="true" />}>
              <AnswerActions
                text={body}
                question={question}
                answer={answer}
                sources={sources}
                position={position}
                count={count}
                disabled={busy}
                onAgain={on.again}
                onVersion={on.showVersion}
              />
            </Suspense>
          )}
          <Receipt answer={answer} scope={scope} onExactText={on.showExactText} />
          {on.followUp && answer.reason === 'stop' && followUps.length > 0 && (
            <FollowUps questions={followUps} onAsk={on.followUp} />
          )}
        </>
      )}
    </article>
  );
}

function headline(answer: AnswerRecord, paragraphs: number): string {
  if (paragraphs === 0) return t('answer.byNone');
  // “Has read” is claimed once text of the answer proves that the whole request was taken.
  if (!answer.text || answer.sendings.some(({ alarm }) => alarm)) return '';
  const { passes } = answer;
  return passes
    ? t('answer.byPasses', { count: paragraphs, passes: passes.plan.length })
    : t('answer.by', { count: paragraphs });
}

/** The server counted far less than was sent: whatever it answered, it did not read all of it. */
function Alarm({ answer }: { answer: AnswerRecord }) {
  const alarm = answer.sendings.find((sending) => sending.alarm)?.alarm;
  if (!alarm) return null;
  return (
    <Notice icon={TriangleAlert} tone="red" title={t('answer.alarm', { ...alarm })} alert>
      {t('answer.alarmText')}
    </Notice>
  );
}

/** Troubles of the way to the model, which may be gone a moment later. */
const passing = new Set<Trouble['code']>([
  'offline',
  'unreachable',
  'rate-limited',
  'server-error',
  'overloaded',
  'model-loading',
]);

function Ending({
  answer,
  words,
  on,
  onCopy,
}: {
  answer: AnswerRecord;
  words: number;
  on: AnswerHandlers;
  onCopy: () => void;
}) {
  const { trouble, reason } = answer;
  // What was looked up and read for it is not looked up again.
  const hasFound = foundIn(answer).length > 0;
  const resume = { label: t('action.continue'), run: on.continue };
  if (trouble) {
    const facts = { ...trouble.facts, words };
    return (
      <TroubleNotice
        trouble={{ ...trouble, facts }}
        on={{
          retry: hasFound && passing.has(trouble.code) ? on.continue : on.again,
          continue: answer.text || answer.passes ? on.continue : undefined,
          copy: onCopy,
        }}
      />
    );
  }
  if (reason === 'aborted') {
    const title = t(answer.text ? 'answer.stopped' : 'answer.stoppedEmpty');
    const again = { label: t('action.tryAgain'), run: on.again };
    return (
      <Notice
        icon={CircleStop}
        title={title}
        actions={[answer.text || answer.passes || hasFound ? resume : again]}
      />
    );
  }
  if (reason === 'length') {
    return (
      <Notice
        icon={CircleStop}
        tone="lamp"
        title={t('answer.length', { model: answer.model })}
        actions={[resume]}
        alert
      />
    );
  }
  if (reason === 'filtered') {
    return (
      <TroubleNotice
        trouble={{
          code: 'filtered',
          facts: { provider: answer.providerName, words },
        }}
        on={{ retry: on.again }}
      />
    );
  }
  return null;
}

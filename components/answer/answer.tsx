import { CircleStop, TriangleAlert } from 'lucide-react';
import { lazy, Suspense, useEffect } from 'react';
import type { Waiting } from '@/utils/chat/live-answer';
import type { MeasuredSource } from '@/utils/context/compose';
import { t } from '@/utils/i18n';
import { countWords, scriptLanguage } from '@/utils/source';
import type { AnswerRecord } from '@/utils/store/records';
import { TroubleNotice } from '../panel/trouble-notice';
import { Moon } from '../ui/moon';
import { Notice } from '../ui/notice';
import { AnswerActions } from './answer-actions';
import { AnswerStatus } from './answer-status';
import { Receipt } from './receipt';
import { SourcesProvider } from './sources-context';
import { Thinking } from './thinking';
import { useCopy } from './use-copy';

/** A tenth of the panel's code, which is not needed to open it: loaded with the first answer, while it is waited for. */
const loadMarkdown = () => import('./markdown/markdown');
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
}

/** One answer: who reads what, the text as it arrives, how it ended, what was sent. */
export function Answer({
  answer,
  waiting,
  sources,
  position,
  count,
  busy,
  on,
}: {
  answer: AnswerRecord;
  waiting?: Waiting;
  /** The sources that were sent with it, in the order of their numbers. Must be the same array while it streams. */
  sources: MeasuredSource[];
  position: number;
  count: number;
  busy: boolean;
  on: AnswerHandlers;
}) {
  const streaming = answer.state === 'streaming';
  const paragraphs = [...new Set(sources)].reduce((sum, { source }) => sum + source.segments.length, 0);
  const [, copy] = useCopy();
  useEffect(() => void loadMarkdown(), []);
  return (
    <article className="answer" aria-busy={streaming}>
      {(answer.text || !streaming) && (
        <p className="answer-head">
          <Moon share={1} size={14} />
          <b>{answer.provider === 'excerpts' ? t('excerpts.name') : answer.model}</b>
          <span>{headline(answer, paragraphs)}</span>
        </p>
      )}
      {answer.thinking && <Thinking answer={answer} />}
      {streaming && waiting && <AnswerStatus answer={answer} waiting={waiting} />}
      {answer.text && (
        <SourcesProvider value={sources}>
          <Suspense fallback={<AsWritten text={answer.text} />}>
            <Markdown text={answer.text} streaming={streaming} lang={scriptLanguage(answer.text)} />
          </Suspense>
        </SourcesProvider>
      )}
      {!streaming && (
        <>
          <Alarm answer={answer} />
          <Ending answer={answer} on={on} onCopy={() => copy(answer.text)} />
          {(answer.text || count > 1) && (
            <AnswerActions
              text={answer.text}
              position={position}
              count={count}
              disabled={busy}
              onAgain={on.again}
              onVersion={on.showVersion}
            />
          )}
          <Receipt answer={answer} onExactText={on.showExactText} />
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

function Ending({ answer, on, onCopy }: { answer: AnswerRecord; on: AnswerHandlers; onCopy: () => void }) {
  const { trouble, reason } = answer;
  const resume = { label: t('action.continue'), run: on.continue };
  if (trouble) {
    const facts = { ...trouble.facts, words: countWords(answer.text) };
    return (
      <TroubleNotice
        trouble={{ ...trouble, facts }}
        on={{
          retry: on.again,
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
      <Notice icon={CircleStop} title={title} actions={[answer.text || answer.passes ? resume : again]} />
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
          facts: { provider: answer.providerName, words: countWords(answer.text) },
        }}
        on={{ retry: on.again }}
      />
    );
  }
  return null;
}

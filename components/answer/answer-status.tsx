import { Timer } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Waiting } from '@/utils/chat/live-answer';
import type { Trouble } from '@/utils/errors';
import { t } from '@/utils/i18n';
import type { AnswerRecord } from '@/utils/store/records';
import { formatTokens } from '../format';
import { WaitingMoon } from '../ui/moon';
import { Notice } from '../ui/notice';

/** What is being waited for before the first word: the model, or the end of a pause that the server asked for. */
export function AnswerStatus({ answer, waiting }: { answer: AnswerRecord; waiting: Waiting }) {
  const now = useClock();
  const { pause } = waiting;
  if (pause) {
    const seconds = Math.max(0, Math.ceil((pause.until - now) / 1000));
    const title = pauseTitle(pause.trouble);
    return (
      <Notice icon={Timer} title={title} actions={[{ label: t('action.tryNow'), run: pause.tryNow }]} alert>
        {/* Read out once a second, it would drown everything else. */}
        <span aria-hidden="true">{t('answer.pauseCount', { count: seconds })}</span>
      </Notice>
    );
  }
  const elapsed = Math.floor((now - waiting.since) / 1000);
  const tokens = formatTokens(answer.sendings.at(-1)?.estimate.total ?? 0);
  const sentence =
    answer.provider === 'excerpts'
      ? t('answer.waitingLocal')
      : waiting.pass
        ? t('answer.waitingPass', { ...waiting.pass, model: answer.model })
        : t('answer.waiting', { tokens, model: answer.model });
  return (
    <div className="answer-wait">
      <p className="answer-status">
        <WaitingMoon share={waiting.pass && (waiting.pass.number - 1) / waiting.pass.count} />
        <span className="grow">{sentence}</span>
        {elapsed >= 3 && <span className="meta">{t('answer.seconds', { count: elapsed })}</span>}
      </p>
      <div className="skeleton" />
      <div className="skeleton" />
    </div>
  );
}

function pauseTitle({ code, facts }: Trouble): string {
  const known = { provider: '', model: '', status: '', ...facts };
  if (code === 'rate-limited') return t('answer.pausedRate');
  if (code === 'model-loading') return t('answer.pausedLoading', known);
  return code === 'overloaded' ? t('answer.pausedOverloaded', known) : t('answer.pausedServer', known);
}

/** The time, often enough for seconds to be counted. */
function useClock(): number {
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => tick((count) => count + 1), 200);
    return () => clearInterval(timer);
  }, []);
  return Date.now();
}

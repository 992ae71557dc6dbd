import { useEffect, useState } from 'react';
import { t } from '@/utils/i18n';
import type { AnswerRecord } from '@/utils/store/records';

/** What the model thought, folded. It is no part of the answer: it is not copied, cited or read out by itself. */
export function Thinking({ answer }: { answer: AnswerRecord }) {
  const [open, setOpen] = useState(false);
  const going = answer.state === 'streaming' && !answer.text;
  return (
    <details className="thinking" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{going ? <Counting /> : done(answer.thoughtFor)}</summary>
      {/* Folded it costs nothing: some models think for a hundred thousand words. */}
      {open && <p>{answer.thinking}</p>}
    </details>
  );
}

/** How long it has been thinking; the seconds are not read out. */
function Counting() {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const since = Date.now();
    const timer = setInterval(() => setSeconds(Math.floor((Date.now() - since) / 1_000)), 500);
    return () => clearInterval(timer);
  }, []);
  if (seconds < 1) return t('answer.thinking');
  return (
    <>
      <span className="for-screen-readers">{t('answer.thinking')}</span>
      <span aria-hidden="true">{t('answer.thought', { seconds })}</span>
    </>
  );
}

function done(thoughtFor: number | undefined): string {
  if (thoughtFor === undefined) return t('answer.thinking');
  return t('answer.thought', { seconds: Math.max(1, Math.round(thoughtFor / 1_000)) });
}

import { ChevronDown, ReceiptText } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { sumMoney } from '@/utils/context/money';
import { t } from '@/utils/i18n';
import type { AnswerRecord, QuestionScope, SendingRecord } from '@/utils/store/records';
import { useMoney } from '../use-money';
import { about, isLocal } from './receipt-figures';

// Folded it costs nothing: a chat may have two hundred sources and a thousand answers.
const Parts = lazy(() => import('./receipt-parts'));

/** What was sent for an answer: per source, cached share, answer, time to the first word, the exact text. */
export function Receipt({
  answer,
  scope,
  onExactText,
}: {
  answer: AnswerRecord;
  /** Which documents its question was about, where others were sent along. */
  scope?: QuestionScope;
  onExactText: (position: number) => void;
}) {
  const total = answer.sendings.reduce((sum, sending) => sum + inputOf(sending, answer), 0);
  const isExact = answer.sendings.every((sending) => sending.usage?.input !== undefined);
  const money = useMoney();
  const [open, setOpen] = useState(false);
  if (answer.sendings.length === 0) return null;
  const cost = sumMoney(answer.sendings.flatMap((sending) => sending.cost ?? []))
    .map(money)
    .join(' + ');
  const tokens = about(total, isExact);
  return (
    <details className="receipt" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <ReceiptText className="icon icon-small" aria-hidden="true" />
        <span className="grow">{t(isLocal(answer) ? 'receipt.local' : 'receipt.title')}</span>
        <span>{cost ? t('receipt.summary', { tokens, cost }) : t('receipt.tokens', { tokens })}</span>
        <ChevronDown className="icon icon-small" aria-hidden="true" />
      </summary>
      {open && (
        <Suspense>
          <Parts answer={answer} scope={scope} money={money} onExactText={onExactText} />
        </Suspense>
      )}
    </details>
  );
}

/** Tokens that were sent; for Excerpts, which takes no instructions, those of the documents it read. */
function inputOf({ usage, estimate }: SendingRecord, answer: AnswerRecord): number {
  if (isLocal(answer)) return estimate.bySource.reduce((sum, { tokens }) => sum + tokens, 0);
  return usage?.input ?? estimate.total;
}

import type { ReactNode } from 'react';
import type { Decision, DecisionAnswer } from '@/utils/chat/decisions';
import { sayAlso, t } from '@/utils/i18n';
import { formatNumber, formatTokens } from '../format';
import { Sheet } from '../ui/sheet';
import { useMoney } from '../use-money';
import { useActions } from './actions';
import { OverflowForm } from './overflow-form';

await sayAlso('sheets');

/** What the user has to decide before a question is sent. It lies over the panel until it is answered. */
export function DecisionSheet({
  decision,
  onDecide,
}: {
  decision: Decision;
  onDecide: (answer: DecisionAnswer) => void;
}) {
  const money = useMoney();
  const { openSettings } = useActions();
  const cancel = () => onDecide({ kind: 'cancel' });
  const goOn = () => onDecide({ kind: 'go-on' });

  if (decision.kind === 'overflow') {
    return (
      <Sheet title={t('decision.overflow', { model: decision.model })} onClose={cancel}>
        <OverflowForm decision={decision} onDecide={onDecide} />
      </Sheet>
    );
  }
  const isSpending = decision.kind === 'spending';
  const title = isSpending
    ? t('decision.spending', { cost: money(decision.cost) })
    : t('decision.memory', { model: decision.model, tokens: formatTokens(decision.window) });
  return (
    <Sheet title={title} onClose={cancel}>
      <div className="sheet-summary">
        {isSpending ? (
          <p>
            {t(decision.period === 'chat' ? 'decision.spendingChat' : 'decision.spendingMonth', {
              cap: money(decision.cap),
              spent: money(decision.spent),
            })}{' '}
            {t('decision.nothingSent')}
          </p>
        ) : (
          <p>
            {decision.bytes
              ? t('decision.memoryText', { gigabytes: formatNumber(gigabytes(decision.bytes)) })
              : t('decision.memoryUnknown')}{' '}
            {t('decision.nothingSent')}
          </p>
        )}
      </div>
      <SheetFooter onCancel={cancel}>
        {isSpending && (
          <button
            type="button"
            className="button button-quiet button-small"
            onClick={() => openSettings('spending')}
          >
            {t('decision.changeLimit')}
          </button>
        )}
        <button type="button" className="button button-solid button-small" onClick={goOn}>
          {t(isSpending ? 'decision.spendingGo' : 'decision.memoryGo')}
        </button>
      </SheetFooter>
    </Sheet>
  );
}

/** In gigabytes with one digit behind the point while they are few. */
const gigabytes = (bytes: number) => Math.round((bytes / 2 ** 30) * 10) / 10;

/** The ways out: cancel at the beginning, what it comes to at the end. */
export function SheetFooter({ onCancel, children }: { onCancel: () => void; children: ReactNode }) {
  return (
    <div className="sheet-footer">
      <button type="button" className="button button-quiet button-small" onClick={onCancel}>
        {t('decision.cancel')}
      </button>
      <span className="grow" />
      {children}
    </div>
  );
}

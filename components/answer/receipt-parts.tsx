import type { Money } from '@/utils/context/money';
import { estimateTokens } from '@/utils/context/tokens';
import { t } from '@/utils/i18n';
import type { AnswerRecord, QuestionScope, SendingRecord } from '@/utils/store/records';
import { formatNumber, formatSeconds } from '../format';
import { SourceNumber } from '../ui/source-number';
import { ChatSpending } from './chat-spending';
import { about, isLocal } from './receipt-figures';

/** Everything that was sent for an answer, sending by sending. */
export default function Parts({
  answer,
  scope,
  money,
  onExactText,
}: {
  answer: AnswerRecord;
  scope?: QuestionScope;
  money: (amount: Money) => string;
  onExactText: (position: number) => void;
}) {
  return (
    <>
      {answer.passes && (
        <p className="receipt-exact">
          <b>{t('receipt.passes', { count: answer.passes.plan.length })}</b>
        </p>
      )}
      {answer.sendings.map((sending, position) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: sendings are only ever added at the end
        <div key={position}>
          {answer.sendings.length > 1 && (
            <p className="receipt-exact eyebrow">{partName(sending, position)}</p>
          )}
          <Rows sending={sending} answer={answer} scope={scope} position={position} money={money} />
          <p className="receipt-exact">
            <button type="button" className="text-button" onClick={() => onExactText(position)}>
              {t('receipt.exact')}
            </button>
          </p>
        </div>
      ))}
      {!isLocal(answer) && <ChatSpending chatId={answer.chatId} money={money} />}
    </>
  );
}

function partName({ pass, instead }: SendingRecord, position: number): string {
  if (instead) return t('receipt.forSearch');
  if (!pass) return t('receipt.part', { number: position + 1 });
  const { number, count } = pass;
  return number > count ? t('receipt.fromNotes') : t('receipt.pass', { number, count });
}

function Rows({
  sending,
  answer,
  scope,
  position,
  money,
}: {
  sending: SendingRecord;
  answer: AnswerRecord;
  scope?: QuestionScope;
  position: number;
  money: (amount: Money) => string;
}) {
  const { estimate, usage, cost, pass } = sending;
  const asked = scope && new Set(scope.documents.map(({ id }) => id));
  const end = answer.sendings[position + 1]?.from ?? answer.text.length;
  return (
    <dl>
      {estimate.bySource.map((source) => (
        <Row
          key={source.id}
          label={
            <>
              <SourceNumber number={source.index} />
              <span className="grow">
                <bdi className="row-text ellipsis">{source.title}</bdi>
                <span className="meta">
                  {t(pass ? 'receipt.partOf' : 'receipt.whole', { count: source.characters })}
                  {asked && !asked.has(source.id) && ` · ${t('receipt.aside')}`}
                </span>
              </span>
            </>
          }
          value={about(source.tokens)}
        />
      ))}
      {sending.omitted?.map(({ id, index }) => (
        <Row
          key={id}
          label={
            <>
              <SourceNumber number={index} />
              <span className="grow">{t('receipt.takenOut')}</span>
            </>
          }
          value="0"
        />
      ))}
      {!isLocal(answer) && <Row label={t('receipt.instructions')} value={about(estimate.instructions)} />}
      {!isLocal(answer) && estimate.history > 0 && (
        <Row label={t('receipt.history')} value={about(estimate.history)} />
      )}
      {usage?.input !== undefined && (
        <Row
          label={t('receipt.input', { provider: answer.providerName })}
          value={formatNumber(usage.input)}
        />
      )}
      {usage?.input !== undefined && usage.cached !== undefined && (
        <Row
          label={t('receipt.cached')}
          value={t('receipt.cachedValue', {
            tokens: formatNumber(usage.cached),
            share: usage.input > 0 ? usage.cached / usage.input : 0,
          })}
        />
      )}
      {usage?.input !== undefined && usage.cached !== undefined && (
        <Row
          label={t('receipt.fresh')}
          value={formatNumber(Math.max(0, usage.input - usage.cached - (usage.written ?? 0)))}
        />
      )}
      {usage?.written !== undefined && (
        <Row label={t('receipt.written')} value={formatNumber(usage.written)} />
      )}
      <Row
        label={t('receipt.answer')}
        value={
          usage?.output === undefined
            ? about(estimateTokens(answer.text.slice(sending.from, end)))
            : formatNumber(usage.output)
        }
      />
      {usage?.thinking !== undefined && usage.thinking > 0 && (
        <Row label={t('receipt.thinking')} value={formatNumber(usage.thinking)} />
      )}
      {!isLocal(answer) && (
        <Row label={t('receipt.cost')} value={cost ? money(cost) : t('receipt.noPrice')} />
      )}
      {sending.firstWordAfter !== undefined && (
        <Row label={t('receipt.firstWord')} value={formatSeconds(sending.firstWordAfter)} />
      )}
    </dl>
  );
}

function Row({ label, value }: { label: React.ReactNode; value: string }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </>
  );
}

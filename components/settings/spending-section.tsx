import { useEffect, useId, useRef, useState } from 'react';
import { sumMoney } from '@/utils/context/money';
import { t } from '@/utils/i18n';
import { findProvider } from '@/utils/models/providers';
import type { Currency } from '@/utils/models/types';
import type { SpendingRecord } from '@/utils/store/records';
import { type SpendingCap, settings } from '@/utils/store/settings';
import { watchMonth } from '@/utils/store/spending';
import { useMoney } from '../use-money';
import { useSetting } from './use-setting';

/** What this month has cost, in all and by provider. */
export function SpentThisMonth() {
  const money = useMoney();
  const records = useMonth();
  const sums = (list: SpendingRecord[]) =>
    sumMoney(list.map(({ cost }) => cost))
      .map(money)
      .join(' + ');
  const providers = [...new Set(records.map(({ providerId }) => providerId))];
  return (
    <>
      <h3>{t('receipt.month')}</h3>
      <p>
        {records.length > 0 ? t('settings.spentMonth', { sum: sums(records) }) : t('settings.spentNothing')}
      </p>
      {providers.length > 1 && (
        <dl className="fact-list">
          {providers.map((providerId) => (
            <div key={providerId}>
              <dt>{findProvider(providerId)?.name ?? providerId}</dt>
              <dd>{sums(records.filter((record) => record.providerId === providerId))}</dd>
            </div>
          ))}
        </dl>
      )}
    </>
  );
}

/** The limit before which to ask. */
export function SpendingCapFields() {
  const [cap, setCap] = useSetting(settings.spendingCap);
  const lastCap = useRef<SpendingCap>(undefined);
  const [amountTyped, setAmountTyped] = useState<string>();
  const id = useId();
  return (
    <div className="choice-grid">
      <div className="field">
        <label htmlFor={`${id}cap`}>{t('settings.cap')}</label>
        <span className="field-box">
          <input
            id={`${id}cap`}
            type="number"
            min="0"
            step="any"
            value={amountTyped ?? cap?.amount ?? ''}
            placeholder={t('settings.noCap')}
            onChange={(event) => {
              // The field keeps what is typed: `0` is the beginning of `0.5`.
              setAmountTyped(event.target.value);
              const amount = Number(event.target.value);
              if (cap) lastCap.current = cap;
              setCap(amount > 0 ? { currency: 'USD', period: 'month', ...lastCap.current, amount } : null);
            }}
            onBlur={() => setAmountTyped(undefined)}
          />
          <select
            aria-label={t('settings.priceCurrency')}
            value={cap?.currency ?? 'USD'}
            disabled={!cap}
            onChange={(event) => cap && setCap({ ...cap, currency: event.target.value as Currency })}
          >
            <option value="USD">USD</option>
            <option value="CNY">CNY</option>
          </select>
        </span>
        <span className="meta">{t('settings.capHelp')}</span>
      </div>
      <div className="field">
        <label htmlFor={`${id}period`}>{t('settings.capPeriod')}</label>
        <span className="field-box">
          <select
            id={`${id}period`}
            value={cap?.period ?? 'month'}
            disabled={!cap}
            onChange={(event) => cap && setCap({ ...cap, period: event.target.value as 'chat' | 'month' })}
          >
            <option value="month">{t('settings.perMonth')}</option>
            <option value="chat">{t('settings.perChat')}</option>
          </select>
        </span>
      </div>
    </div>
  );
}

/** The user's own currency. It counts once both fields say something; until then they keep what is typed. */
export function OwnCurrencyFields() {
  const [own, setOwn] = useSetting(settings.currency);
  const [typed, setTyped] = useState<{ code?: string; rate?: string }>({});
  const id = useId();
  const code = typed.code ?? own?.code ?? '';
  const rate = typed.rate ?? String(own?.perDollar ?? '');
  const change = (part: { code?: string; rate?: string }) => {
    const next = { code, rate, ...part };
    setTyped(next);
    const perDollar = Number(next.rate);
    if (next.code === '') setOwn(null);
    else if (isCode(next.code) && perDollar > 0) setOwn({ code: next.code, perDollar });
  };
  return (
    <div className="choice-grid">
      <div className="field">
        <label htmlFor={`${id}code`}>{t('settings.ownCurrency')}</label>
        <span className="field-box">
          <input
            id={`${id}code`}
            value={code}
            maxLength={3}
            placeholder="EUR"
            spellCheck={false}
            autoComplete="off"
            onChange={(event) => change({ code: event.target.value.toUpperCase() })}
            onBlur={() => code && !isCode(code) && setTyped({ ...typed, code: undefined })}
          />
        </span>
        <span className="meta">{t('settings.ownCurrencyHelp')}</span>
      </div>
      <div className="field">
        <label htmlFor={`${id}rate`}>{t('settings.rate')}</label>
        <span className="field-box">
          <input
            id={`${id}rate`}
            type="number"
            min="0"
            step="any"
            value={rate}
            disabled={!isCode(code)}
            onChange={(event) => change({ rate: event.target.value })}
            onBlur={() => !(Number(rate) > 0) && setTyped({ ...typed, rate: undefined })}
          />
        </span>
      </div>
    </div>
  );
}

/** As ISO 4217 has them. */
const isCode = (text: string) => /^[A-Z]{3}$/.test(text);

function useMonth(): SpendingRecord[] {
  const [records, setRecords] = useState<SpendingRecord[]>([]);
  useEffect(() => {
    const subscription = watchMonth().subscribe(setRecords);
    return () => subscription.unsubscribe();
  }, []);
  return records;
}

import { useEffect, useId, useState } from 'react';
import { sumMoney } from '@/utils/context/money';
import { t } from '@/utils/i18n';
import { findProvider } from '@/utils/models/providers';
import type { Currency } from '@/utils/models/types';
import type { SpendingRecord } from '@/utils/store/records';
import { settings } from '@/utils/store/settings';
import { watchMonth } from '@/utils/store/spending';
import { useMoney } from '../use-money';
import { useSetting } from './use-setting';

/** What this month has cost, the limit before which to ask, and the user's own currency. */
export function SpendingSection() {
  const [cap, setCap] = useSetting(settings.spendingCap);
  const [own, setOwn] = useSetting(settings.currency);
  const money = useMoney();
  const records = useMonth();
  const id = useId();
  const sums = (list: SpendingRecord[]) =>
    sumMoney(list.map(({ cost }) => cost))
      .map(money)
      .join(' + ');
  const providers = [...new Set(records.map(({ providerId }) => providerId))];
  return (
    <>
      <p>
        {records.length > 0 ? t('settings.spentMonth', { sum: sums(records) }) : t('settings.spentNothing')}
      </p>
      {providers.length > 1 && (
        <dl className="spent-by">
          {providers.map((providerId) => (
            <div key={providerId}>
              <dt>{findProvider(providerId)?.name ?? providerId}</dt>
              <dd>{sums(records.filter((record) => record.providerId === providerId))}</dd>
            </div>
          ))}
        </dl>
      )}
      <div className="choice-grid">
        <div className="field">
          <label htmlFor={`${id}cap`}>{t('settings.cap')}</label>
          <span className="field-box">
            <input
              id={`${id}cap`}
              type="number"
              min="0"
              step="any"
              value={cap?.amount ?? ''}
              placeholder={t('settings.noCap')}
              onChange={(event) => {
                const amount = Number(event.target.value);
                setCap(amount > 0 ? { currency: 'USD', period: 'month', ...cap, amount } : null);
              }}
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
        <div className="field">
          <label htmlFor={`${id}code`}>{t('settings.ownCurrency')}</label>
          <span className="field-box">
            <input
              id={`${id}code`}
              value={own?.code ?? ''}
              maxLength={3}
              placeholder="EUR"
              spellCheck={false}
              onChange={(event) => {
                const code = event.target.value.toUpperCase();
                setOwn(code ? { perDollar: own?.perDollar ?? 1, code } : null);
              }}
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
              value={own?.perDollar ?? ''}
              disabled={!own}
              onChange={(event) => {
                const perDollar = Number(event.target.value);
                if (own && perDollar > 0) setOwn({ ...own, perDollar });
              }}
            />
          </span>
        </div>
      </div>
    </>
  );
}

function useMonth(): SpendingRecord[] {
  const [records, setRecords] = useState<SpendingRecord[]>([]);
  useEffect(() => {
    const subscription = watchMonth().subscribe(setRecords);
    return () => subscription.unsubscribe();
  }, []);
  return records;
}

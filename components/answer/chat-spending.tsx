import { useEffect, useMemo, useState } from 'react';
import { type Money, sumMoney } from '@/utils/context/money';
import { t } from '@/utils/i18n';
import type { SpendingRecord } from '@/utils/store/records';
import { watchChatSpending, watchMonth } from '@/utils/store/spending';

/** What this chat and this month have cost so far; nothing while nothing had a price. */
export function ChatSpending({ chatId, money }: { chatId: string; money: (amount: Money) => string }) {
  const chat = useSum(useMemo(() => watchChatSpending(chatId), [chatId]));
  const month = useSum(useMemo(() => watchMonth(), []));
  if (month.length === 0) return null;
  return (
    <p className="receipt-sums">
      {chat.length > 0 && (
        <span>
          {t('receipt.chat')} <b>{chat.map(money).join(' + ')}</b>
        </span>
      )}
      <span>
        {t('receipt.month')} <b>{month.map(money).join(' + ')}</b>
      </span>
    </p>
  );
}

interface Watched {
  subscribe(listener: (records: SpendingRecord[]) => void): { unsubscribe(): void };
}

function useSum(records: Watched): Money[] {
  const [sum, setSum] = useState<Money[]>([]);
  useEffect(() => {
    const subscription = records.subscribe((list) => setSum(sumMoney(list.map(({ cost }) => cost))));
    return () => subscription.unsubscribe();
  }, [records]);
  return sum;
}

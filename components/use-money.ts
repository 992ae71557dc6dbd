import type { Money } from '@/utils/context/money';
import { settings } from '@/utils/store/settings';
import { formatMoney } from './format';
import { useSetting } from './settings/use-setting';

/** Amounts as the user reads them: in their own currency where they gave a rate, with ≈ where they are estimates. */
export function useMoney(): (money: Money) => string {
  const [own] = useSetting(settings.currency);
  return (money) => formatMoney(money, own ?? undefined);
}

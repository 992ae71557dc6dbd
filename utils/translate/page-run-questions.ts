/** What a run asks the user before it begins and while it goes, and what they have agreed to pay. */

import { type Money, sumMoney } from '../context/money';
import type { Trouble } from '../errors';
import { sameLanguage } from './languages';
import { longerModels } from './page-run-commands';
import type { Engine, PageRunDeps } from './page-run-types';
import type { RunQuestion } from './run-types';
import type { PageUnit, TranslationState } from './types';

export function createQuestions(deps: Pick<PageRunDeps, 'mainLanguage' | 'mustAsk' | 'connected'>) {
  let agreed: Money | undefined;
  const isAgreed = ({ currency, amount }: Money) => agreed?.currency === currency && amount <= agreed.amount;
  return {
    /** What may be spent; nothing for another text, language or model, which has another price. */
    agree(sum: Money | undefined) {
      agreed = sum;
    },
    /** What is asked when all of the page is known, before anything is sent. */
    async before(engine: Engine, units: readonly PageUnit[]): Promise<RunQuestion | undefined> {
      const { price, cachedShare = 0, already } = engine.get();
      if (already) {
        const main = await deps.mainLanguage(units);
        const isOther = main !== undefined && !sameLanguage(main, already);
        return isOther ? { kind: 'never', lang: main } : { kind: 'already', lang: already };
      }
      // A run that begins anew is not asked about twice.
      if (!price || isAgreed(price) || !(await deps.mustAsk(price))) return undefined;
      return { kind: 'price', price, cachedShare };
    },
    /** What is asked when it turns out dearer than was agreed, where that is worth a question. */
    async during(state: TranslationState): Promise<RunQuestion | undefined> {
      const { price: left, spent, unitsAtOnce } = state;
      const price = sumOf(state);
      if (!left || !price || !agreed || !(await deps.mustAsk(left, price))) return undefined;
      return {
        kind: 'dearer',
        price,
        agreed,
        spent: spent ?? { ...agreed, amount: 0 },
        ...(unitsAtOnce !== undefined && { unitsAtOnce }),
      };
    },
    /** By how much it is too long, and what would hold it. */
    async tooLong({ facts }: Trouble): Promise<RunQuestion> {
      const [needed, limit] = [Number(facts.needed ?? 0), Number(facts.limit ?? 0)];
      const models = longerModels(await deps.connected().catch(() => []), Math.max(needed, limit));
      const sections = Number(facts.sections) > 1 ? { sections: Number(facts.sections) } : {};
      return { kind: 'too-long', model: String(facts.model ?? ''), needed, limit, models, ...sections };
    },
  };
}

/** What a run comes to: what it has cost and what is left. */
export const sumOf = ({ spent, price }: TranslationState): Money | undefined =>
  sumMoney([spent, price].flatMap((sum) => sum ?? []))[0];

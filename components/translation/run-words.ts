import { sayAlso, t } from '@/utils/i18n';
import type { TranslationRun } from '@/utils/translate/run-types';

await sayAlso('runs');

/** What is translated, for sentences that name it: a page in a tab, or the text of a source, which has none. */
export const kindOf = ({ tabId }: Pick<TranslationRun, 'tabId'>): { of: 'page' | 'text' } => ({
  of: tabId > 0 ? 'page' : 'text',
});

/** How far a run is, in the few words beside its progress line. `seconds` are those until it goes on by itself. */
export function progressWords(run: TranslationRun, seconds: number): string {
  const { stage, state } = run;
  if (stage === 'undone') return t('translation.undoing');
  if (stage === 'asking' || stage === 'refused') return t('translation.label', kindOf(run));
  if (stage !== 'translating' || !state) return t('translation.reading', kindOf(run));
  const { status, done, total } = state;
  if (status === 'waiting') return t('translation.goesOn', { seconds });
  if (status === 'paused' || status === 'price') return t('translation.paused', { done, total });
  if (status === 'stopped') return t('translation.stopped', { done, total });
  // Nothing to count before the page has been cut.
  if (total === 0)
    return status === 'done' ? t('translation.nothing') : t('translation.reading', kindOf(run));
  return status === 'done' && done >= total
    ? t('translation.all', { total })
    : t('translation.count', { done, total });
}

/** Something is on its way: the line of progress may grow by itself. */
export const isAtWork = ({ stage, state }: TranslationRun): boolean =>
  stage === 'opening' || (stage === 'translating' && state?.status === 'running');

/** Shares of a run after which it is said aloud how far it is. */
const saidShares = 4;

/** What a screen reader hears: the beginning, each quarter, pauses and the end; not each paragraph. */
export function spokenWords(run: TranslationRun, language: string): string {
  const { stage, state } = run;
  if (stage === 'asking' || stage === 'refused') return '';
  if (stage === 'undone') return t('translation.undoing');
  // The question is said by itself.
  if (state?.status === 'price') return '';
  if (stage !== 'translating' || !state || state.total === 0) return t('translation.reading', kindOf(run));
  const { status, done, total, failed } = state;
  if (status === 'paused') return t('translation.paused', { done, total });
  if (status === 'stopped') return t('translation.stopped', { done, total });
  if (status === 'waiting') return t('translation.waitsAloud');
  if (status === 'done') return t('translation.doneAloud', { done, failed: failed.length });
  const quarter = Math.floor((done / total) * saidShares);
  return quarter === 0
    ? t('translation.begunAloud', { language })
    : t('translation.partAloud', { share: quarter / saidShares });
}

import { Check, CircleAlert } from 'lucide-react';
import { useState } from 'react';
import { type Trouble, toAppError } from '@/utils/errors';
import { type MessageKey, t } from '@/utils/i18n';
import { whenAnswered } from '@/utils/search/browser-engine';
import { checkEngine } from '@/utils/search/engine-setup';
import { Notice } from '../ui/notice';
import { useSettingsActions } from './actions';

export type CheckOutcome =
  | { kind: 'checking' }
  | { kind: 'removed' }
  | { kind: 'works'; engineName: string; count: number; seconds: number }
  | { kind: 'trouble'; trouble: Trouble };

/** One question to an engine: what came of it, and the way to ask. */
export function useEngineCheck(id: string) {
  const { allow } = useSettingsActions();
  const [outcome, setOutcome] = useState<CheckOutcome>();
  /** Must run inside a click. A refusal of the browser is told by the question itself. */
  const check = (addresses: string[], before: () => Promise<void> = async () => {}, after = () => {}) => {
    const asked = allow(...addresses).catch(() => false);
    setOutcome({ kind: 'checking' });
    const ask = (): Promise<void> =>
      checkEngine(id, t('webSearch.checkQuery'))
        .then((worked) => {
          setOutcome({ kind: 'works', ...worked });
          after();
        })
        .catch(async (error: unknown) => {
          const trouble = toAppError(error).toTrouble();
          setOutcome({ kind: 'trouble', trouble });
          // Where the user has something to do in a tab of the engine, it goes on when that is done.
          if (trouble.facts.tabId !== undefined && (await whenAnswered(new AbortController().signal)))
            await ask();
        });
    asked
      .then(before)
      .then(ask, (error: unknown) => setOutcome({ kind: 'trouble', trouble: toAppError(error).toTrouble() }));
  };
  return { outcome, setOutcome, check };
}

/** What came of the question, with what the user can do about it. The room for it is always there and says it aloud. */
export function CheckOutcomeView({ outcome, engine }: { outcome?: CheckOutcome; engine: string }) {
  const { showTab } = useSettingsActions();
  if (!outcome) return null;
  if (outcome.kind === 'checking')
    return <p className="meta">{t('webSearch.checking', { query: t('webSearch.checkQuery') })}</p>;
  if (outcome.kind === 'removed') return <Notice icon={Check} title={t('webSearch.removed', { engine })} />;
  if (outcome.kind === 'works') {
    const { engineName, count, seconds } = outcome;
    return <Notice icon={Check} title={t('webSearch.works', { engine: engineName, count, seconds })} />;
  }
  const { code, facts } = outcome.trouble;
  const all = { engine, host: '', status: 0, seconds: 0, message: '', ...facts };
  const waits = typeof facts.tabId === 'number';
  const key = !waits && ['search-captcha', 'search-consent'].includes(code) ? `${code}-gone` : code;
  return (
    <Notice
      icon={CircleAlert}
      tone={waits ? 'lamp' : 'red'}
      title={t(`trouble.${key}.title` as MessageKey, all)}
      actions={waits ? [{ label: t('action.openEngine'), run: () => showTab(Number(facts.tabId)) }] : []}
    >
      {code.startsWith('search-') && t(`trouble.${key}.text` as MessageKey, all)}
      {all.message}
    </Notice>
  );
}

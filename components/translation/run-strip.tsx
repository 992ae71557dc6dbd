import { useEffect } from 'react';
import { sayAlso, t } from '@/utils/i18n';
import { sendCommand } from '@/utils/store/translation-runs';
import { languageName } from '@/utils/translate/languages';
import type { TranslationRun } from '@/utils/translate/run-types';
import { useActions } from '../panel/actions';
import { useMoney } from '../use-money';
import { RunControls } from './run-controls';
import { RunNotice } from './run-notice';
import { kindOf, spokenWords } from './run-words';
import { useRun } from './use-run';

await sayAlso('runs');

/** The translation of the page in front, steered from the panel: nothing while there is none. */
export function PageTranslation({
  tabId,
  onGlossary,
}: {
  tabId?: number;
  /** Shows the terms of the page, at one of them when it is named. */
  onGlossary: (termId?: string) => void;
}) {
  const run = useRun(tabId);
  const { id, at = 0 } = run?.term ?? {};
  useEffect(() => {
    if (at <= lastWish || Date.now() - at > wishLifetime) return;
    lastWish = at;
    onGlossary(id || undefined);
  }, [id, at, onGlossary]);
  return run && run.stage !== 'undone' ? <RunStrip run={run} onGlossary={() => onGlossary()} /> : null;
}

/** Milliseconds in which a panel that is being opened shows the terms that were asked for in the page. */
const wishLifetime = 15_000;
/** When the terms were asked for that are shown already. */
let lastWish = 0;

/** How far a run is and what can be done with it; also the head of the glossary. */
export function RunStrip({ run, onGlossary }: { run: TranslationRun; onGlossary?: () => void }) {
  const { openSettings } = useActions();
  const money = useMoney();
  const language = languageName(run.lang);
  const { spent, cachedShare } = run.state ?? {};
  // In Firefox no page has a bar, and a text has none anywhere.
  const isPage = kindOf(run).of === 'page' && !import.meta.env.FIREFOX;
  const isKeptOut = run.place === 'panel' && run.stage === 'translating' && isPage;
  const on = {
    send: (command: Parameters<typeof sendCommand>[1]) => sendCommand(run.id, command),
    openSettings,
    ...(onGlossary ? { openGlossary: onGlossary } : {}),
  };
  return (
    <section className="run-strip" aria-label={t('translation.label', kindOf(run))}>
      <div className="run-strip-head">
        <b className="ellipsis">{t('translation.thisPage', { language, ...kindOf(run) })}</b>
        <span className="meta grow">
          {[
            spent && t('translation.spent', { cost: money(spent) }),
            cachedShare !== undefined &&
              cachedShare >= 0.01 &&
              t('translation.cached', { share: cachedShare }),
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </div>
      <RunControls run={run} on={on} />
      {isKeptOut && <p className="meta run-strip-note">{t('translation.inPanel')}</p>}
      <div className="run-notice">
        <RunNotice run={run} on={on} />
      </div>
      {/* The bar in the page says it there. */}
      <div className="for-screen-readers" role="status">
        {run.place === 'panel' && spokenWords(run, language)}
      </div>
    </section>
  );
}

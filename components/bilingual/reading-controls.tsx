import { ChevronDown, Pause, Play, Square } from 'lucide-react';
import { t } from '@/utils/i18n';
import type { RunCommand, TranslationRun } from '@/utils/translate/run-types';
import type { Display } from '@/utils/translate/types';
import { isAtWork, kindOf, progressWords } from '../translation/run-words';
import { useSecondsUntil } from '../translation/use-seconds';
import { IconButton } from '../ui/icon-button';
import { LanguagePicker } from '../ui/language-picker';
import { useMoney } from '../use-money';

/** How far the translation is, into which language, what is shown, pause and stop. */
export function ReadingControls({ run, send }: { run: TranslationRun; send: (command: RunCommand) => void }) {
  const money = useMoney();
  const { state, display, lang, stage } = run;
  const { status, done = 0, total = 0, spent, cachedShare } = state ?? {};
  const seconds = useSecondsUntil(status === 'waiting' ? state?.until : undefined);
  const isOn = stage === 'translating' && (status === 'running' || status === 'waiting');
  const goesOn =
    stage === 'translating' && (status === 'paused' || status === 'stopped' || status === 'failed');
  const share = total > 0 ? Math.min(1, done / total) : 0;
  return (
    <>
      <div
        className="run-progress"
        role="progressbar"
        aria-label={t('translation.progress')}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(share * 100)}
        aria-valuetext={t('translation.countAloud', { done, total })}
      >
        <i className={isAtWork(run) ? 'at-work' : undefined} style={{ inlineSize: `${share * 100}%` }} />
      </div>
      <div className="reading-controls">
        <LanguagePicker
          label={t('bilingual.into')}
          value={lang}
          className="run-button"
          onChoose={(chosen) => chosen !== lang && send({ type: 'language', lang: chosen })}
        />
        <span className="run-display">
          <select
            className="run-button"
            aria-label={t('translation.display', kindOf(run))}
            value={display}
            onChange={(event) => send({ type: 'display', display: event.target.value as Display })}
          >
            <option value="both">{t('translation.both')}</option>
            <option value="translation">{t('translation.only')}</option>
            <option value="original">{t('translation.original')}</option>
          </select>
          <ChevronDown className="icon icon-small" aria-hidden="true" />
        </span>
        <span className="run-count grow">
          {progressWords(run, seconds)}
          <span className="meta">
            {spent && ` · ${t('translation.spent', { cost: money(spent) })}`}
            {cachedShare !== undefined &&
              cachedShare >= 0.01 &&
              ` · ${t('translation.cached', { share: cachedShare })}`}
          </span>
        </span>
        {isOn && (
          <>
            <IconButton icon={Pause} label={t('translation.pause')} onClick={() => send({ type: 'pause' })} />
            <IconButton icon={Square} label={t('bilingual.stop')} onClick={() => send({ type: 'stop' })} />
          </>
        )}
        {goesOn && (
          <IconButton icon={Play} label={t('translation.resume')} onClick={() => send({ type: 'resume' })} />
        )}
      </div>
    </>
  );
}

import { BookMarked, ChevronDown, Pause, Play, Undo2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { sayAlso, t } from '@/utils/i18n';
import type { RunCommand, TranslationRun } from '@/utils/translate/run-types';
import type { Display } from '@/utils/translate/types';
import { IconButton } from '../ui/icon-button';
import { isAtWork, kindOf, progressWords } from './run-words';
import { useSecondsUntil } from './use-seconds';

await sayAlso('runs');

/** What can be done with a run from where it is shown. */
export interface RunHandlers {
  send: (command: RunCommand) => void;
  /** Shows the terms; absent where they are on the screen. */
  openGlossary?: () => void;
  /** Opens the settings, at the element with this id when one is given. */
  openSettings: (place?: string) => void;
}

const displays = {
  both: 'translation.both',
  translation: 'translation.only',
  original: 'translation.original',
} as const;

/** The line of progress, what is shown, the terms, how far it is, and pause and undo: in the bar and in the panel. */
export function RunControls({
  run,
  on,
  lead,
  end,
}: {
  run: TranslationRun;
  on: RunHandlers;
  lead?: ReactNode;
  end?: ReactNode;
}) {
  const { stage, state, display, terms } = run;
  const seconds = useSecondsUntil(state?.status === 'waiting' ? state.until : undefined);
  const isTranslating = stage === 'translating' && state !== undefined;
  const canPause = isTranslating && (state.status === 'running' || state.status === 'waiting');
  const canGoOn =
    isTranslating && (state.status === 'paused' || state.status === 'stopped' || state.status === 'failed');
  return (
    <>
      <Progress run={run} />
      <div className="run-row">
        {lead}
        {isTranslating && (
          <span className="run-display">
            <select
              className="run-button"
              aria-label={t('translation.display', kindOf(run))}
              value={display}
              onChange={(event) => on.send({ type: 'display', display: event.target.value as Display })}
            >
              {Object.entries(displays).map(([value, key]) => (
                <option key={value} value={value}>
                  {t(key)}
                </option>
              ))}
            </select>
            <ChevronDown className="icon icon-small" aria-hidden="true" />
          </span>
        )}
        {isTranslating && on.openGlossary && terms > 0 && (
          <>
            <Line />
            <button
              type="button"
              className="run-button"
              title={t('translation.openTerms')}
              onClick={on.openGlossary}
            >
              <BookMarked className="icon icon-small" aria-hidden="true" />
              {t('translation.terms', { count: terms })}
            </button>
          </>
        )}
        {isTranslating && <Line />}
        <span className="run-count">{progressWords(run, seconds)}</span>
        {canPause && (
          <IconButton
            icon={Pause}
            label={t('translation.pause')}
            onClick={() => on.send({ type: 'pause' })}
          />
        )}
        {canGoOn && (
          <IconButton
            icon={Play}
            label={t('translation.resume')}
            onClick={() => on.send({ type: 'resume' })}
          />
        )}
        {/* Where a text is read there is nothing to take out of it. */}
        {isTranslating && kindOf(run).of === 'page' && (
          <IconButton icon={Undo2} label={t('translation.undo')} onClick={() => on.send({ type: 'undo' })} />
        )}
        {end}
      </div>
    </>
  );
}

const Line = () => <span className="run-line" aria-hidden="true" />;

function Progress({ run }: { run: TranslationRun }) {
  const { done = 0, total = 0 } = run.state ?? {};
  const share = total > 0 ? Math.min(1, done / total) : 0;
  const isKnown = run.stage === 'translating' && total > 0;
  return (
    <div
      className="run-progress"
      role="progressbar"
      aria-label={t('translation.progress')}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={isKnown ? Math.round(share * 100) : undefined}
      aria-valuetext={
        isKnown ? t('translation.countAloud', { done, total }) : t('translation.reading', kindOf(run))
      }
    >
      <i
        className={isAtWork(run) ? 'at-work' : undefined}
        style={{ inlineSize: `${isKnown ? share * 100 : 0}%` }}
      />
    </div>
  );
}

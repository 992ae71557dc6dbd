import { Check, CircleAlert } from 'lucide-react';
import { useRef, useState } from 'react';
import { checkReading, type ReadingCheck, readingCheckCost } from '@/utils/chat/reading-check';
import { type Trouble, toAppError } from '@/utils/errors';
import { t } from '@/utils/i18n';
import type { Connection } from '@/utils/models/types';
import { formatList, formatTokens } from '../format';
import { Notice } from '../ui/notice';
import { useMoney } from '../use-money';
import { OutcomeLine } from './outcome-line';

type State =
  | { kind: 'idle' }
  | { kind: 'running'; step: 'sent' | 'answering' | 'preparing' }
  | { kind: 'done'; result: ReadingCheck }
  | { kind: 'trouble'; trouble: Trouble };

/** “Check that my model reads everything”: what it costs, how far it is, and what came of it, in words. */
export function ReadingCheckView({ connection }: { connection: Connection }) {
  const [state, setState] = useState<State>({ kind: 'idle' });
  const controller = useRef<AbortController>(undefined);
  const money = useMoney();
  const { tokens, cost } = readingCheckCost(connection);
  const run = () => {
    controller.current = new AbortController();
    const { signal } = controller.current;
    setState({ kind: 'running', step: 'preparing' });
    checkReading(connection, { signal, onProgress: (step) => setState({ kind: 'running', step }) }).then(
      (result) => setState({ kind: 'done', result }),
      (error) =>
        setState(
          signal.aborted ? { kind: 'idle' } : { kind: 'trouble', trouble: toAppError(error).toTrouble() },
        ),
    );
  };
  const running = state.kind === 'running';
  return (
    <div className="reading-check wide">
      <div className="form-actions">
        <button
          type="button"
          className="button button-line button-small"
          onClick={running ? () => controller.current?.abort() : run}
        >
          {t(running ? 'action.stop' : 'settings.checkReading')}
        </button>
        <span className="meta">
          {running
            ? t(state.step === 'answering' ? 'settings.checkAnswering' : 'settings.checkSent', {
                tokens: formatTokens(tokens),
              })
            : cost
              ? t('settings.checkCost', { tokens: formatTokens(tokens), cost: money(cost) })
              : t('settings.checkTokens', { tokens: formatTokens(tokens) })}
        </span>
      </div>
      <div role="status">
        {state.kind === 'done' && <Result result={state.result} />}
        {state.kind === 'trouble' && (
          <OutcomeLine outcome={state} model={connection.model.name} provider={connection.provider.name} />
        )}
      </div>
    </div>
  );
}

function Result({ result }: { result: ReadingCheck }) {
  const { found, reported, expected, cut } = result;
  const names = placeNames();
  const lost = found.flatMap((isFound, place) => (isFound ? [] : [names[place] ?? '']));
  const counts =
    reported === undefined
      ? t('settings.checkNoCount', { expected })
      : t('settings.checkCounts', { reported, expected });
  if (lost.length === 0 && !cut) {
    return (
      <Notice icon={Check} title={t('settings.checkAll')}>
        {counts}
      </Notice>
    );
  }
  const title =
    lost.length === 0
      ? t('settings.checkCut')
      : lost.length === found.length
        ? t('settings.checkNone')
        : t('settings.checkLost', { places: formatList(lost) });
  return (
    <Notice icon={CircleAlert} tone="red" title={title} alert>
      {counts} {t('settings.checkAdvice')}
    </Notice>
  );
}

/** The places of the three words, in the order in which they stand. */
const placeNames = () => [
  t('settings.places.beginning'),
  t('settings.places.middle'),
  t('settings.places.end'),
];

import { useEffect, useState } from 'react';
import { t } from '@/utils/i18n';
import type { Task } from '@/utils/models/types';
import { formatTokens, hostOf } from '../format';
import { useActions } from '../panel/actions';
import { isOnWay, isPicked } from './picked';
import { isAsleep, lacksLeave } from './row-trouble';
import type { PickTarget } from './use-picks';

/** What all that is ticked comes to, what stands in the way of several at once, and where to go from here. */
export function PickerFooter({
  target: { asking, gathering, next },
  onAsk,
  onDone,
}: {
  target: PickTarget;
  onAsk?: (task: Task) => void;
  onDone: () => void;
}) {
  const actions = useActions();
  const picked = asking.gathered.filter(isPicked);
  const onWay = picked.filter(isOnWay).length;
  const barred = picked.filter(lacksLeave);
  const asleep = picked.filter(isAsleep);
  const sites = new Set(
    barred.flatMap(({ trouble, url }) => hostOf(String(trouble.facts.address || url || '')) || []),
  );
  const there = next?.sources.filter(({ out }) => !out).length ?? 0;
  const all = there + onWay;
  /** Where the browser does not say which sites they are of. */
  const allowEverySite = () =>
    void actions.allowEverySite().then((isAllowed) => {
      if (isAllowed) for (const { id } of barred) gathering.retry(id);
    });
  const isEndless = next && !Number.isFinite(next.window);
  const size = next
    ? isEndless
      ? `≈${formatTokens(next.total)}`
      : t('picker.size', { used: `≈${formatTokens(next.total)}`, window: formatTokens(next.window) })
    : '';
  return (
    <div className="picker-footer">
      {(barred.length > 0 || asleep.length > 1) && (
        <p className="picker-all-helps">
          {barred.length > 0 && (
            <button
              type="button"
              className="button button-line button-small"
              // First of all the browser is asked: it answers only inside a click.
              onClick={() => (sites.size > 0 ? void gathering.allowPicked() : allowEverySite())}
            >
              {sites.size > 0 ? t('picker.allowSites', { count: sites.size }) : t('action.allowEverySite')}
            </button>
          )}
          {asleep.length > 1 && (
            <button
              type="button"
              className="button button-line button-small"
              onClick={() => {
                for (const { key = '' } of asleep) gathering.wake(key);
              }}
            >
              {t('picker.wakeAll', { count: asleep.length })}
            </button>
          )}
        </p>
      )}
      <div className="sheet-footer">
        <p className={next && next.share > 1 ? 'picker-sum is-over' : 'picker-sum'}>
          <span>{t('picker.count', { count: all })}</span>
          {size && <span>{size}</span>}
        </p>
        {onAsk && all > 1 && (
          <button type="button" className="button button-line button-small" onClick={() => onAsk('compare')}>
            {t('many.compare')}
          </button>
        )}
        <button type="button" className="button button-solid button-small" onClick={onDone}>
          {t('picker.done')}
        </button>
      </div>
      <Said read={there} all={all} onWay={onWay} />
    </div>
  );
}

/** Milliseconds of quiet before it is said how far the reading is: not every page is news. */
const quiet = 1_500;

/** How many are read, for those who do not see the rows. */
function Said({ read, all, onWay }: { read: number; all: number; onWay: number }) {
  const [said, setSaid] = useState('');
  const [wasReading, setReading] = useState(false);
  useEffect(() => {
    if (onWay > 0) setReading(true);
    if (onWay === 0 && !wasReading) return;
    const timer = setTimeout(() => setSaid(t('picker.said', { read, all })), quiet);
    return () => clearTimeout(timer);
  }, [read, all, onWay, wasReading]);
  return (
    <p className="for-screen-readers" role="status">
      {said}
    </p>
  );
}

import type { NextRequest } from '@/utils/chat/next-request';
import { t } from '@/utils/i18n';
import { formatNumber, sourceColour } from '../format';

/** Sources from which on the bar shows shares only: gaps between so many would be wider than the bar. */
const many = 24;

/**
 * How the window is filled: each source in its colour, hatched where it is likely cached, then the talk, then the
 * room kept for the answer. What does not fit is hatched at the end.
 */
export function TrayBar({ next }: { next: NextRequest }) {
  const { sources, others, total, reserve, window, share } = next;
  const isEndless = !Number.isFinite(window);
  const going = sources.filter(({ out }) => !out);
  const over = isEndless ? 0 : Math.max(0, total + reserve - window);
  const free = isEndless ? 0 : Math.max(0, window - total - reserve);
  const talkIsCached = next.cached > 0 && next.lost === 0;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a meter element has one colour and no parts
    <div
      className={going.length > many ? 'tray-bar is-dense' : 'tray-bar'}
      role="meter"
      aria-label={t('tray.title')}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.min(100, Math.round(share * 100))}
      aria-valuetext={
        isEndless ? t('tray.barEndless', { total: `≈${formatNumber(total)}` }) : t('tray.bar', { share })
      }
    >
      {going.map(({ entry, number, tokens, cached, aside }) => (
        <i
          key={entry.source.id}
          className={`${sourceColour(number)}${cached ? ' is-cached' : ''}${aside ? ' is-aside' : ''}`}
          style={{ flexGrow: tokens }}
        />
      ))}
      {others > 0 && <i className={talkIsCached ? 'talk is-cached' : 'talk'} style={{ flexGrow: others }} />}
      {!isEndless && reserve > 0 && (
        <i className="reserve" style={{ flexGrow: Math.max(0, reserve - over) }} />
      )}
      {over > 0 && <i className="over" style={{ flexGrow: over }} />}
      {free > 0 && <i className="free" style={{ flexGrow: free }} />}
    </div>
  );
}

import { CircleMinus, CirclePlus, Languages, RotateCw, Trash2 } from 'lucide-react';
import type { NextRequest } from '@/utils/chat/next-request';
import { t } from '@/utils/i18n';
import { formatTokens } from '../format';
import { useActions } from '../panel/actions';
import { GapRow } from '../panel/gap-row';
import { shareOf } from '../panel/read-tag';
import { ReadingSwitch } from '../panel/reading-switch';
import { useMoney } from '../use-money';
import type { TrayRowProps } from './tray-row';

/** What is known about a source, and what can be done with it. */
export function TrayDetails({
  id,
  source: { entry, sent, out, aside },
  next,
  page,
  preview,
  onWish,
  onRemove,
}: Pick<TrayRowProps, 'source' | 'next' | 'page' | 'preview' | 'onWish' | 'onRemove'> & { id: string }) {
  const { readPage, translateSource } = useActions();
  const { source } = entry;
  const move = sent && (
    <Move
      // The same button in the same place: it keeps the focus.
      out={out}
      next={next}
      then={preview(!out)}
      onMove={() => onWish(out ? 'in' : 'out')}
    />
  );
  return (
    <div id={id} className="tray-details">
      <ul>
        <li>
          {t('page.words', { count: source.words })} ·{' '}
          {t('page.paragraphs', { count: source.segments.length, characters: source.characters })}
        </li>
        {source.coverage && source.coverage.visible > 0 && (
          <li>{t('tray.coverage', { share: shareOf(source.coverage) })}</li>
        )}
        {source.gaps.map((gap) => (
          <GapRow key={gap.why} gap={gap} />
        ))}
        {sent && <li>{t('tray.sent')}</li>}
        {aside && <li>{t('tray.asideMeans')}</li>}
      </ul>
      {page && <ReadingSwitch state={page} />}
      {(page || onRemove || translateSource) && (
        <div className="notice-actions">
          {translateSource && (
            <button
              type="button"
              className="button button-small button-line"
              onClick={() => translateSource(entry)}
            >
              <Languages className="icon icon-small" aria-hidden="true" />
              {t('tray.translate')}
            </button>
          )}
          {page && (
            <button type="button" className="button button-small button-line" onClick={readPage}>
              <RotateCw className="icon icon-small" aria-hidden="true" />
              {t('page.again')}
            </button>
          )}
          {onRemove && (
            <button type="button" className="button button-small button-line" onClick={onRemove}>
              <Trash2 className="icon icon-small" aria-hidden="true" />
              {t('tray.remove')}
            </button>
          )}
        </div>
      )}
      {move}
    </div>
  );
}

/** Takes a source that was sent out of everything that follows, or puts it back; and says before what that costs. */
function Move({
  out,
  next,
  then,
  onMove,
}: {
  out: boolean;
  next: NextRequest;
  then: NextRequest | undefined;
  onMove: () => void;
}) {
  const money = useMoney();
  const Icon = out ? CirclePlus : CircleMinus;
  // Bringing back what the last request did not have is read, and so is everything behind it.
  const reread = then ? then.total - then.cached - (next.total - next.cached) : 0;
  return (
    <div className="tray-move">
      <button type="button" className="button button-small button-line" onClick={onMove}>
        <Icon className="icon icon-small" aria-hidden="true" />
        {t(out ? 'tray.bringBack' : 'tray.takeOut')}
      </button>
      <p>
        <span>{t(out ? 'tray.bringBackMeans' : 'tray.takeOutMeans')}</span>
        <span>{t(reread > 0 ? 'tray.reread' : 'tray.noReread', { tokens: `≈${formatTokens(reread)}` })}</span>
        {next.cost && then?.cost && t('tray.costThen', { after: money(then.cost), now: money(next.cost) })}
      </p>
    </div>
  );
}

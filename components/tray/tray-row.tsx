import { Check, ChevronDown, CircleDashed, Trash2 } from 'lucide-react';
import { useId } from 'react';
import type { ReadyPage } from '@/utils/chat/active-page';
import type { NextSource } from '@/utils/chat/next-request';
import { t } from '@/utils/i18n';
import type { Source } from '@/utils/source';
import { titleOf } from '../composer/source-chips';
import { formatTokens, hostOf, sourceColour } from '../format';
import { useActions } from '../panel/actions';
import { GapRow } from '../panel/page-details';
import { missingFrom, partly, shareOf } from '../panel/read-tag';
import { ReadingSwitch } from '../panel/reading-switch';

export interface TrayRowProps {
  source: NextSource;
  /** The page in front, where this is it. */
  page?: ReadyPage;
  /** A page that may come into a chat about something else. */
  offered: boolean;
  open: boolean;
  onOpen: (open: boolean) => void;
  onOut: (out: boolean) => void;
  /** Takes it away; absent where an earlier question has sent it, or where it is the page in front. */
  onRemove?: () => void;
}

/** One source: its number is the switch, its title opens what is known about it. */
export function TrayRow({ source, page, offered, open, onOpen, onOut, onRemove }: TrayRowProps) {
  const { entry, number, out, tokens } = source;
  const details = useId();
  const title = titleOf(entry);
  return (
    <>
      <div className="tray-row">
        {/* biome-ignore lint/a11y/useSemanticElements: the number is the box, and an input cannot hold it */}
        <button
          type="button"
          role="checkbox"
          aria-checked={!out}
          aria-label={t('tray.send', { number, title })}
          className={`tray-number ${out ? 'is-out' : sourceColour(number)}`}
          onClick={() => onOut(!out)}
        >
          {number}
        </button>
        <button
          type="button"
          className="tray-title"
          aria-expanded={open}
          aria-controls={open ? details : undefined}
          onClick={() => onOpen(!open)}
        >
          <bdi className="ellipsis row-text" lang={entry.source.lang}>
            {title}
          </bdi>
          <Status source={entry.source} out={out} offered={offered} isHere={page !== undefined} />
        </button>
        <span className={out ? 'tray-tokens is-out' : 'tray-tokens'}>≈{formatTokens(tokens)}</span>
        <ChevronDown className={open ? 'icon icon-small is-open' : 'icon icon-small'} aria-hidden="true" />
      </div>
      {open && <Details id={details} source={source} page={page} onRemove={onRemove} />}
    </>
  );
}

function Status({
  source,
  out,
  offered,
  isHere,
}: {
  source: Source;
  out: boolean;
  offered: boolean;
  isHere: boolean;
}) {
  if (out) return <span className="tray-status">{t(offered ? 'tray.offered' : 'tray.out')}</span>;
  const missing = missingFrom(source);
  const Icon = missing ? CircleDashed : Check;
  const place = isHere ? t('tray.thisTab') : hostOf(source.url);
  return (
    <span className={missing ? 'tray-status is-partly' : 'tray-status'}>
      <Icon className="icon icon-small" aria-hidden="true" />
      <span className="ellipsis">
        {missing ? partly(source, missing) : wholeOf(source)}
        {place && ' · '}
        <bdi>{place}</bdi>
      </span>
    </span>
  );
}

function wholeOf({ pages, kind }: Source): string {
  if (pages !== undefined) return t('tray.wholePages', { pages });
  return t(kind === 'file' || kind === 'selection' ? 'tray.wholeText' : 'tray.whole');
}

function Details({
  id,
  source: { entry, sent },
  page,
  onRemove,
}: Pick<TrayRowProps, 'source' | 'page' | 'onRemove'> & { id: string }) {
  const { readPage } = useActions();
  const { source } = entry;
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
      </ul>
      {page && <ReadingSwitch state={page} />}
      {(page || onRemove) && (
        <div className="notice-actions">
          {page && (
            <button type="button" className="button button-small button-line" onClick={readPage}>
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
    </div>
  );
}

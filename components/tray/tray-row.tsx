import { Check, ChevronDown, CircleDashed, CircleSlash2, FileDiff, MessagesSquare } from 'lucide-react';
import { useId } from 'react';
import type { ReadyPage } from '@/utils/chat/active-page';
import { familyOf } from '@/utils/chat/file-family';
import type { NextRequest, NextSource } from '@/utils/chat/next-request';
import type { Wish } from '@/utils/chat/next-sources';
import type { PageChange } from '@/utils/chat/page-changes';
import { t } from '@/utils/i18n';
import type { Source } from '@/utils/source';
import { titleOf } from '../composer/source-chips';
import { FileIcon } from '../files/file-icon';
import { unitWords } from '../files/file-words';
import type { ReadingAgain } from '../files/use-reading-again';
import { formatTokens, hostOf, sourceColour } from '../format';
import { missingFrom, partly } from '../panel/read-tag';
import { namesOf } from '../picker/names';
import { LetterTile } from '../ui/letter-tile';
import { TrayDetails } from './tray-details';

export interface TrayRowProps {
  source: NextSource;
  next: NextRequest;
  /** The page in front, where this is it. */
  page?: ReadyPage;
  /** A page that may come into a chat about something else. */
  offered: boolean;
  /** The number of an earlier source that has the same text. */
  twin?: number;
  /** Of several tabs that have this one text, what each was called. */
  tabs?: readonly { title: string; url?: string }[];
  /** What has changed on its page since it was read. */
  change?: PageChange;
  onReadAgain: () => void;
  open: boolean;
  onOpen: (open: boolean) => void;
  onWish: (wish: Wish) => void;
  /** What the next question would be with it, or without it. */
  preview: (out: boolean) => NextRequest | undefined;
  /** Reads a file once more with another choice; absent where nothing is read. */
  again?: ReadingAgain;
  /** Takes it away; absent where an earlier question has sent it, or where it is the page in front. */
  onRemove?: () => void;
}

/** One source: its number is the switch, its title opens what is known about it and what can be done with it. */
export function TrayRow({
  source,
  page,
  offered,
  twin,
  tabs,
  change,
  open,
  onOpen,
  onWish,
  onReadAgain,
  ...rest
}: TrayRowProps) {
  const { entry, number, out, aside, sent, tokens } = source;
  const details = useId();
  const title = titleOf(entry);
  const isOff = out || aside;
  return (
    <>
      <div className="tray-row">
        {/* biome-ignore lint/a11y/useSemanticElements: the number is the box, and an input cannot hold it */}
        <button
          type="button"
          role="checkbox"
          aria-checked={!isOff}
          aria-label={t(sent && !out ? 'tray.ask' : 'tray.send', { number, title })}
          className={`tray-number ${isOff ? 'is-out' : ''} ${out ? '' : sourceColour(number)}`}
          onClick={() => onWish(isOff ? 'in' : sent ? 'aside' : 'out')}
        >
          {number}
        </button>
        <Mark source={entry.source} title={title} />
        <button
          type="button"
          className="tray-title"
          aria-expanded={open}
          aria-controls={open ? details : undefined}
          data-source={entry.source.id}
          onClick={() => onOpen(!open)}
        >
          <bdi className="ellipsis row-text" lang={entry.source.lang}>
            {title}
          </bdi>
          <Status source={source} offered={offered} twin={twin} isHere={page !== undefined} />
        </button>
        <span className={out ? 'tray-tokens is-out' : 'tray-tokens'}>≈{formatTokens(tokens)}</span>
        <ChevronDown className={open ? 'icon icon-small is-open' : 'icon icon-small'} aria-hidden="true" />
      </div>
      {tabs && <p className="tray-note">{t('tray.oneText', { count: tabs.length, names: namesOf(tabs) })}</p>}
      {change && (
        <p className="tray-note is-changed">
          <FileDiff className="icon icon-small" aria-hidden="true" />
          <span>
            {change.fresh > 0 && t('changed.fresh', { fresh: change.fresh })}{' '}
            {change.gone > 0 && t('changed.gone', { gone: change.gone })}{' '}
            <button
              type="button"
              className="text-button"
              aria-label={t('picker.helpFor', { action: t('changed.again'), title })}
              onClick={onReadAgain}
            >
              {t('changed.again')}
            </button>
          </span>
        </p>
      )}
      {open && <TrayDetails id={details} source={source} page={page} onWish={onWish} {...rest} />}
    </>
  );
}

/** A page has the letter of its site; everything else the sign of its kind. */
function Mark({ source: { kind, url, file }, title }: { source: Source; title: string }) {
  if (kind === 'file' || kind === 'chat' || file) {
    return (
      <span className="letter-tile tray-kind" aria-hidden="true">
        {kind === 'chat' ? (
          <MessagesSquare className="icon icon-small" />
        ) : (
          <FileIcon family={familyOf(file?.type ?? '')} size="icon icon-small" />
        )}
      </span>
    );
  }
  return <LetterTile url={url} title={title} />;
}

function Status({
  source: { entry, out, aside, sent },
  offered,
  twin,
  isHere,
}: Pick<TrayRowProps, 'source' | 'offered' | 'twin'> & { isHere: boolean }) {
  const { source } = entry;
  if (out) {
    const says = offered ? 'tray.offered' : sent ? 'tray.takenOut' : 'tray.out';
    return <span className="tray-status">{t(says)}</span>;
  }
  const place = isHere ? t('tray.thisTab') : hostOf(source.url);
  if (aside || twin !== undefined) {
    return (
      <span className="tray-status">
        {aside && <CircleSlash2 className="icon icon-small" aria-hidden="true" />}
        <span className="ellipsis">
          {aside ? t('tray.aside') : t('tray.twin', { number: twin ?? 0 })}
          {!aside && place && ' · '}
          {!aside && <bdi>{place}</bdi>}
        </span>
      </span>
    );
  }
  const missing = missingFrom(source);
  const Icon = missing ? CircleDashed : Check;
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

function wholeOf(source: Source): string {
  const { pages, kind, file } = source;
  if (file) return unitWords(source);
  if (pages !== undefined) return t('tray.wholePages', { pages });
  return t(kind === 'file' || kind === 'selection' || kind === 'chat' ? 'tray.wholeText' : 'tray.whole');
}

import { X } from 'lucide-react';
import { memo, type ReactNode, useEffect, useRef, useState } from 'react';
import type { Trouble } from '@/utils/errors';
import { sayAlso, t } from '@/utils/i18n';
import { scriptLanguage } from '@/utils/source';
import { Picture } from '../composer/image-chips';
import { formatTokens } from '../format';
import { useLanguage } from '../use-preferences';
import { FileIcon } from './file-icon';
import type { FileRow as Row } from './file-rows';
import { isLocked, mayTryAgain, progressShare, progressWords, unitWords, whyWords } from './file-words';
import { PasswordForm } from './password-form';
import { PictureChange } from './picture-change';

await sayAlso('files');

/** What can be done with a row; the same object at every drawing. */
export interface RowHandlers {
  remove: (row: Row) => void;
  retry: (id: string) => void;
  open: (row: Row & { is: 'read' }) => void;
  unlock: (id: string, password: string) => void;
}

interface RowProps {
  row: Row;
  on: RowHandlers;
  /** It is being read once more. */
  isBusy?: boolean;
  /** Why it could not be read once more. */
  trouble?: Trouble;
  /** The model that is asked, and whether it sees pictures. */
  model?: string;
  sees?: boolean;
}

/** One file: its kind, its name, what was read of it or what is in the way, its size, and the way to take it away. */
export const FileRow = memo(
  function FileRow({ row, on, isBusy = false, trouble, model, sees = false }: RowProps) {
    useLanguage();
    const inTheWay = row.is === 'trouble' && row.item.status === 'trouble' ? row.item.trouble : undefined;
    const isUnseen = row.is === 'picture' && model !== undefined && !sees;
    const name = (
      <bdi className="ellipsis" lang={scriptLanguage(row.name)}>
        {row.name}
      </bdi>
    );
    const remove = t(
      row.is === 'picture' ? 'composer.removeImage' : row.is === 'reading' ? 'files.stop' : 'files.remove',
      { name: row.name },
    );
    return (
      <div className={inTheWay || isUnseen ? 'file-row is-trouble' : 'file-row'} data-file={row.id}>
        {row.is === 'picture' ? (
          <span className="file-tile has-picture">
            <Picture image={row.image} label="" />
          </span>
        ) : (
          <span className="file-tile">
            <FileIcon family={row.family} trouble={inTheWay && (isLocked(inTheWay) ? 'locked' : 'unread')} />
          </span>
        )}
        <div className="file-words">
          {row.is === 'read' ? (
            <button
              type="button"
              className="file-name"
              aria-haspopup="dialog"
              aria-label={t('files.showText', { name: row.name })}
              onClick={() => on.open(row)}
            >
              {name}
            </button>
          ) : (
            <span className="file-name">{name}</span>
          )}
          {row.is === 'trouble' && inTheWay ? (
            <Why trouble={inTheWay} name={row.name} id={row.item.id} on={on} />
          ) : (
            <span className={isUnseen ? 'meta file-why' : 'meta'}>
              {isBusy ? t('files.again') : saysOf(row, model, sees)}
            </span>
          )}
          {row.is === 'picture' && <PictureChange image={row.image} />}
          {trouble && !isBusy && (
            <span className="meta file-why" role="alert">
              {whyWords(trouble)}
            </span>
          )}
        </div>
        <span className="file-size">{sizeOf(row)}</span>
        <button
          type="button"
          className="icon-button file-remove"
          aria-label={remove}
          title={remove}
          onClick={() => on.remove(row)}
        >
          <X className="icon icon-small" aria-hidden="true" />
        </button>
      </div>
    );
  },
  (before, after) =>
    before.on === after.on &&
    before.isBusy === after.isBusy &&
    before.trouble === after.trouble &&
    before.model === after.model &&
    before.sees === after.sees &&
    isSameRow(before.row, after.row),
);

function saysOf(row: Row, model: string | undefined, sees: boolean): string {
  switch (row.is) {
    case 'queued':
      return t('files.queued');
    case 'reading':
      return row.item.status === 'reading' ? progressWords(row.item) : t('files.reading');
    case 'read':
      return unitWords(row.entry.source);
    case 'twin':
      return row.number === undefined ? t('files.twinUnnumbered') : t('files.twin', { number: row.number });
    case 'picture':
      if (model === undefined) return t('files.pictureAlone');
      return t(sees ? 'files.picture' : 'files.pictureUnseen', { model });
    case 'trouble':
      return '';
  }
}

function sizeOf(row: Row): ReactNode {
  if (row.is === 'reading' && row.item.status === 'reading') return progressShare(row.item);
  return 'tokens' in row ? formatTokens(row.tokens) : undefined;
}

/** What is in the way, and the one thing that helps. */
function Why({ trouble, name, id, on }: { trouble: Trouble; name: string; id: string; on: RowHandlers }) {
  const mayOpen = isLocked(trouble);
  const isWrong = mayOpen && Boolean(trouble.facts.wrong);
  const [open, setOpen] = useState(isWrong);
  const opener = useRef<HTMLButtonElement>(null);
  const wasOpen = useRef(open);
  useEffect(() => {
    if (wasOpen.current && !open) opener.current?.focus();
    wasOpen.current = open;
  }, [open]);
  return (
    <>
      <span className="meta file-why" role={isWrong ? 'alert' : undefined}>
        {whyWords(trouble)}{' '}
        {mayOpen && !open && (
          <button
            ref={opener}
            type="button"
            className="text-button"
            aria-label={t('files.enterPasswordFor', { name: name })}
            onClick={() => setOpen(true)}
          >
            {t('files.enterPassword')}
          </button>
        )}
        {mayTryAgain(trouble) && (
          <button
            type="button"
            className="text-button"
            aria-label={t('files.tryAgainFor', { name: name })}
            onClick={() => on.retry(id)}
          >
            {t('files.tryAgain')}
          </button>
        )}
      </span>
      {open && (
        <PasswordForm
          name={name}
          isWrong={isWrong}
          onEnter={(password) => on.unlock(id, password)}
          onCancel={() => setOpen(false)}
        />
      )}
    </>
  );
}

/** Whether two rows look alike: lists are made anew at every sign of progress. */
function isSameRow(before: Row, after: Row): boolean {
  if (before === after) return true;
  const facts = (row: Row) => ({
    ...row,
    item: undefined,
    pick: undefined,
    ...('item' in row && {
      progress: row.item.status === 'reading' ? row.item.progress : undefined,
      trouble: row.item.status === 'trouble' ? row.item.trouble : undefined,
    }),
  });
  const [was, is] = [facts(before), facts(after)] as [Record<string, unknown>, Record<string, unknown>];
  return [...new Set([...Object.keys(was), ...Object.keys(is)])].every((key) => was[key] === is[key]);
}

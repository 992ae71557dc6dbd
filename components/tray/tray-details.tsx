import { BookOpenText, CircleMinus, CirclePlus, Languages, RotateCw, Trash2 } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import type { NextRequest } from '@/utils/chat/next-request';
import type { MeasuredSource } from '@/utils/context/compose';
import { t } from '@/utils/i18n';
import type { FileChoices } from '@/utils/source';
import { type Note, notesOf } from '../files/file-notes';
import { whyWords } from '../files/file-words';
import type { ReadingAgain } from '../files/use-reading-again';
import { formatTokens } from '../format';
import { useActions } from '../panel/actions';
import { GapRow } from '../panel/gap-row';
import { shareOf } from '../panel/read-tag';
import { ReadingSwitch } from '../panel/reading-switch';
import { useMoney } from '../use-money';
import type { TrayRowProps } from './tray-row';

const SourceViewer = lazy(() => import('../viewer/source-viewer'));

/** What is known about a source, and what can be done with it. */
export function TrayDetails({
  id,
  source: { entry, sent, out, aside },
  next,
  page,
  preview,
  onWish,
  onRemove,
  again,
}: Pick<TrayRowProps, 'source' | 'next' | 'page' | 'preview' | 'onWish' | 'onRemove' | 'again'> & {
  id: string;
}) {
  const { readPage, translateSource } = useActions();
  const { source } = entry;
  const [isShown, setShown] = useState(false);
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
        {notesOf(source).map((note) => (
          <li key={note.id}>
            {note.text}{' '}
            {again && note.action && 'choices' in note.action && (
              <Choice note={note.action} entry={entry} again={again} />
            )}
          </li>
        ))}
        {sent && <li>{t('tray.sent')}</li>}
        {aside && <li>{t('tray.asideMeans')}</li>}
      </ul>
      {page && <ReadingSwitch state={page} />}
      <div className="notice-actions">
        <button type="button" className="button button-small button-line" onClick={() => setShown(true)}>
          <BookOpenText className="icon icon-small" aria-hidden="true" />
          {t('tray.showText')}
        </button>
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
      {isShown && (
        <Suspense>
          <SourceViewer entry={entry} onClose={() => setShown(false)} />
        </Suspense>
      )}
      {move}
    </div>
  );
}

/** The other way to read a file. */
function Choice({
  note: { label, choices },
  entry,
  again,
}: {
  note: NonNullable<Note['action']> & { choices: FileChoices };
  entry: MeasuredSource;
  again: ReadingAgain;
}) {
  const { id, title } = entry.source;
  const trouble = again.troubles.get(id);
  if (again.busy.has(id)) return <span role="status">{t('tray.readAgain')}</span>;
  return (
    <>
      <button
        type="button"
        className="text-button"
        aria-label={t('picker.helpFor', { action: label, title })}
        onClick={() => void again.read(entry, choices)}
      >
        {label}
      </button>
      {trouble && (
        <span className="over" role="alert">
          {' '}
          {whyWords(trouble)}
        </span>
      )}
    </>
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

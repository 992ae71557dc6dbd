import { FilePlus2 } from 'lucide-react';
import { lazy, Suspense, useCallback, useMemo, useRef, useState } from 'react';
import type { Conversation } from '@/utils/chat/conversation';
import type { Gathering } from '@/utils/chat/gathering';
import type { MeasuredSource } from '@/utils/context/compose';
import { sayAlso, t } from '@/utils/i18n';
import type { Connection } from '@/utils/models/types';
import { formatTokens } from '../format';
import { focusComposer } from '../panel/focus-composer';
import type { useAsk } from '../panel/use-ask';
import { useNextRequest } from '../panel/use-next-request';
import { WaitingMoon } from '../ui/moon';
import { useWatched } from '../use-watched';
import { FileList } from './file-list';
import { FileNotes } from './file-notes-list';
import type { RowHandlers } from './file-row';
import { doneOf, type FileRow, fileRows, tokensOf } from './file-rows';
import type { Collecting } from './use-handing-over';
import { useReadingAgain } from './use-reading-again';

await sayAlso('files');

const FileScans = lazy(() => import('./file-scans'));
const SourceViewer = lazy(() => import('../viewer/source-viewer'));

/** Rows of a chat that has begun from which on they are folded away: the question keeps its room. */
const mostInDock = 3;

export interface FileSectionProps {
  conversation: Conversation;
  asking: ReturnType<typeof useAsk>;
  gathering: Gathering;
  connection?: Connection;
  collecting: readonly Collecting[];
  /** In the dock of a chat that has begun; otherwise in the main area, with the box that says where to drop. */
  compact?: boolean;
}

/** The files of the next question, what is to be said about them, and what can be done. */
export default function FileSection({
  conversation,
  asking,
  gathering,
  connection,
  collecting,
  compact = false,
}: FileSectionProps) {
  const chat = useWatched(conversation);
  const next = useNextRequest(chat, asking, connection);
  const { sources, images, gathered, removeImage } = asking;
  const { picks, plan, attachedAll } = sources;
  const again = useReadingAgain(gathering, sources);
  const [shown, setShown] = useState<MeasuredSource>();
  const [isUnfolded, setUnfolded] = useState(false);
  const section = useRef<HTMLElement>(null);

  const rows = useMemo(
    () =>
      fileRows({
        gathered,
        attached: attachedAll,
        picks,
        // In a chat that has begun pictures stand in the composer.
        images: compact ? [] : images,
        next: next?.sources,
        sent: new Set(chat.sources.map(({ source }) => source.id)),
        omit: plan.omit,
      }),
    [gathered, attachedAll, picks, images, compact, next?.sources, chat.sources, plan.omit],
  );
  const newest = useRef(rows);
  newest.current = rows;
  const { detach, detachPicked } = sources;
  const on = useMemo<RowHandlers>(
    () => ({
      remove(row) {
        focusAfter(newest.current, row, section.current);
        if (row.is === 'picture') removeImage(row.image);
        else if (row.is === 'twin') detachPicked([row.pick.key]);
        else if (row.is === 'read') detach(row.entry);
        else gathering.remove(row.item.id);
      },
      retry: (id) => gathering.retry(id),
      open: ({ entry }) => setShown(entry),
      unlock: (id, password) => gathering.readWithPassword(id, password),
    }),
    [gathering, removeImage, detach, detachPicked],
  );
  const stopAll = useCallback(() => {
    for (const row of newest.current)
      if (row.is === 'queued' || row.is === 'reading') gathering.remove(row.item.id);
    focusComposer();
  }, [gathering]);

  const done = doneOf(rows);
  const tokens = tokensOf(rows);
  const troubled = rows.filter(({ is }) => is === 'trouble').length;
  const isFolded = compact && rows.length > mostInDock && !isUnfolded;
  if (rows.length + collecting.length === 0) return null;
  return (
    <section
      ref={section}
      className={compact ? 'files is-compact' : 'files'}
      aria-label={t('files.count', { count: rows.length })}
    >
      {!compact && <DropBox />}
      {collecting.map(({ id, name, count, stop }) => (
        <p key={id} className="answer-status" role="status">
          <WaitingMoon />
          <span className="grow">{t('files.collecting', { name, count })}</span>
          <button type="button" className="text-button" onClick={stop}>
            {t('action.stop')}
          </button>
        </p>
      ))}
      {rows.length > 0 && (
        <>
          <div className="files-head">
            <h2 className="eyebrow">{t('files.count', { count: rows.length })}</h2>
            {done < rows.length && (
              <>
                <span className="meta">{t('files.done', { done, count: rows.length })}</span>
                <button type="button" className="text-button" onClick={stopAll}>
                  {t('files.stopAll')}
                </button>
              </>
            )}
            {isFolded && troubled > 0 && (
              <span className="meta file-why">{t('files.troubled', { count: troubled })}</span>
            )}
            <span className="grow" />
            {compact && rows.length > mostInDock && (
              <button
                type="button"
                className="text-button"
                aria-expanded={!isFolded}
                onClick={() => setUnfolded(isFolded)}
              >
                {isFolded ? t('files.showAll', { count: rows.length }) : t('files.showFew')}
              </button>
            )}
            {tokens > 0 && (
              <span className="meta">{t('files.tokens', { tokens: formatTokens(tokens) })}</span>
            )}
          </div>
          {!isFolded && (
            <FileList
              rows={rows}
              on={on}
              again={again}
              model={connection?.model.name}
              sees={connection?.model.vision === true}
            />
          )}
          <FileNotes rows={rows} again={again} onCheck={setShown} compact={compact} />
          {rows.some(mayHaveScans) && (
            <Suspense>
              <FileScans {...{ rows, again, gathering, removeImage }} attachEntry={sources.attachEntry} />
            </Suspense>
          )}
        </>
      )}
      {shown && (
        <Suspense>
          <SourceViewer entry={shown} onClose={() => setShown(undefined)} />
        </Suspense>
      )}
    </section>
  );
}

/** Pages or pictures whose words may be recognised. */
const mayHaveScans = (row: FileRow): boolean =>
  row.is === 'picture' ||
  (row.is === 'read' && row.entry.source.gaps.some(({ why }) => why === 'scanned-pages')) ||
  (row.is === 'trouble' && row.item.status === 'trouble' && row.item.trouble.code === 'pdf-scanned');

/** Says where files may be dropped; the whole panel takes them. */
function DropBox() {
  return (
    <div className="drop-box">
      <FilePlus2 className="icon icon-large" aria-hidden="true" />
      <b>{t('files.drop')}</b>
      <span className="meta">{t('files.dropKinds')}</span>
    </div>
  );
}

/** The row goes, and with it the button that had the focus: the next one has it then, or the question. */
function focusAfter(rows: readonly FileRow[], row: FileRow, section: HTMLElement | null): void {
  const at = rows.findIndex(({ id }) => id === row.id);
  const near = rows[at + 1] ?? rows[at - 1];
  const button =
    near && section?.querySelector<HTMLElement>(`[data-file="${CSS.escape(near.id)}"] .file-remove`);
  if (button) button.focus();
  else focusComposer();
}

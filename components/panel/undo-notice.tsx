import { Undo2 } from 'lucide-react';
import { useEffect, useLayoutEffect, useRef } from 'react';
import { sayAlso, t } from '@/utils/i18n';
import { formatBytes } from '../format';
import { Notice } from '../ui/notice';
import type { Deleted } from './use-deletion';

await sayAlso('sheets');

/** Milliseconds after a deletion in which its row or title may leave the screen with the focus. */
const patience = 1_000;

/**
 * What was deleted, and the way back. It takes the focus when that would be lost with what was deleted, and gives it to
 * `next` when its time is over.
 */
export default function UndoNotice({
  deleted,
  onUndo,
  onFiles,
  next,
}: {
  deleted: Deleted;
  onUndo: () => void;
  /** Deletes the files too that only the deleted chats used. */
  onFiles: () => void;
  next: () => void;
}) {
  const box = useRef<HTMLDivElement>(null);
  const goOn = useRef(next);
  useEffect(() => {
    goOn.current = next;
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: each deletion takes its own part of the screen with it
  useEffect(() => {
    const until = performance.now() + patience;
    let frame = 0;
    const look = () => {
      if (document.activeElement === document.body) box.current?.querySelector('button')?.focus();
      else if (performance.now() < until) frame = requestAnimationFrame(look);
    };
    look();
    return () => cancelAnimationFrame(frame);
  }, [deleted]);
  // A layout effect ends before the notice leaves the document; afterwards nobody knows where the focus was.
  useLayoutEffect(() => {
    const element = box.current;
    return () => {
      if (element?.contains(document.activeElement)) goOn.current();
    };
  }, []);
  const { title, count, files, gone } = deleted;
  const size = formatBytes(files.reduce((sum, file) => sum + file.size, 0));
  const actions = [{ label: t('panel.undo'), run: onUndo }];
  if (files.length > 0)
    actions.push({ label: t('library.deleteFiles', { count: files.length }), run: onFiles });
  return (
    <div ref={box}>
      <Notice
        icon={Undo2}
        title={
          title === undefined
            ? t('history.deletedAll', { count })
            : t('panel.deleted', { title: title || t('history.untitled') })
        }
        actions={actions}
        alert
      >
        {files.length > 0 && t('library.stay', { count: files.length, chats: count, size })}
        {files.length === 0 && gone && t('library.gone', { count: gone.files.length })}
      </Notice>
    </div>
  );
}

import type { PdfProgress as Progress } from '@/utils/browser/pdf-tab';
import type { FileProgress } from '@/utils/files/types';
import { t } from '@/utils/i18n';
import { WaitingMoon } from '../ui/moon';
import { useActions } from './actions';

/** How far a PDF is loaded or read, and the way to stop it. */
export function PdfProgress({ progress }: { progress: Progress }) {
  const { stopReading } = useActions();
  const share = shareOf(progress);
  return (
    <div className="answer-status">
      <WaitingMoon share={share} />
      <span className="grow" role="status" aria-live="off">
        {sentence(progress, share)}
      </span>
      <button type="button" className="text-button" onClick={stopReading}>
        {t('action.stop')}
      </button>
    </div>
  );
}

/** How far it is, from 0 to 1; undefined while nobody has said how much there is. */
export const shareOf = (progress: Progress | FileProgress): number | undefined => {
  if ('unit' in progress) return progress.total ? Math.min(1, progress.done / progress.total) : undefined;
  if ('page' in progress) return progress.page / progress.pages;
  return progress.total ? Math.min(1, progress.loaded / progress.total) : undefined;
};

function sentence(progress: Progress, share: number | undefined): string {
  if ('page' in progress) return t('pdf.page', { page: progress.page, pages: progress.pages });
  return share === undefined
    ? t('pdf.loading')
    : t('pdf.loadingShare', { share: Math.floor(share * 100) / 100 });
}

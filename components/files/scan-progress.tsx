import { useEffect, useRef } from 'react';
import { type ScanRun, stopScan } from '@/utils/chat/scan-runs';
import { sayAlso, t } from '@/utils/i18n';
import { WaitingMoon } from '../ui/moon';

await sayAlso('troubles');

/** How far the reading of words or the drawing of pages is, and the way to end it. */
export function ScanProgress({ run }: { run: ScanRun & { status: 'loading' | 'reading' | 'drawing' } }) {
  const button = useRef<HTMLButtonElement>(null);
  // The button that began it is gone: the focus is on the one that ends it.
  useEffect(() => {
    if (document.activeElement === document.body) button.current?.focus();
  }, []);
  return (
    <p className="answer-status scan-progress" role="status">
      <WaitingMoon
        share={run.status === 'loading' ? undefined : run.progress.done / Math.max(1, run.progress.of)}
      />
      <span className="grow">{words(run)}</span>
      <button ref={button} type="button" className="text-button" onClick={() => stopScan(run.id)}>
        {t('scan.stop')}
      </button>
    </p>
  );
}

function words(run: ScanRun & { status: 'loading' | 'reading' | 'drawing' }): string {
  if (run.status === 'loading') return t('scan.loading', { name: run.language });
  const { done, of } = run.progress;
  if (run.status === 'drawing') return t('scan.drawing', { done, of });
  return run.id.startsWith('picture ') ? t('scan.readingPicture') : t('scan.reading', { done, of });
}
